// A run whose records go to another program: it answers with the states that it has loaded.
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import split from 'split2'
import type { ConnectorOptions } from 'zendesk-connector'
import { now } from '../clock.ts'
import { streamsFor } from '../config/connection.ts'
import { connectionIn } from '../config/read.ts'
import { ConfigurationError, HubError } from '../errors.ts'
import type { RunWork, WorkEnd } from '../fleet/run-account.ts'
import { openAccount } from '../source/account.ts'
import { airbyteLines, configuredCatalog, stateIn } from '../source/airbyte-lines.ts'
import type { SourceMessage } from '../source/source.ts'
import type { Store } from '../store/open.ts'
import type { StreamOfRun } from '../store/runs.ts'
import { listStates, resetsOf, settleResets } from '../store/states.ts'
import { planned } from '../sync/sync.ts'
import type { Program } from './program.ts'
import { createProgress } from './progress.ts'

/** Reads the account into the command's standard input. Its states are kept in the store, as the command answers them. */
export async function runThrough(
  program: Program,
  store: Store,
  run: RunWork,
  command: readonly string[],
  options: Pick<ConnectorOptions, 'tokensFile' | 'maxWait'>,
): Promise<WorkEnd> {
  const { account, signal, tally } = run
  const { source, streams, capability, mode, modes, columns } = connectionIn(account.connection, program.environment)
  await settleResets(store, account.id, await resetsOf(store, account.id))
  const kept = new Map((await listStates(store, account.id)).map(({ stream, state }) => [stream, state]))
  const progress = createProgress(program)
  const report = (message: SourceMessage): void => {
    progress.take(message)
    if (message.kind !== 'checkpoint') tally.take(message)
  }
  const reader = await openAccount(source, {
    signal,
    report: (message) => report(message as SourceMessage),
    environment: program.environment,
    ...options,
  })
  const plan = { streams, among: streamsFor(capability), mode, modeOf: modes, columnsOf: columns }
  const chosen = planned(await reader.streams(), plan)
  const folder = await mkdtemp(join(tmpdir(), 'zendesk-hub-'))
  try {
    const catalog = join(folder, 'catalog.json')
    await writeFile(catalog, JSON.stringify(configuredCatalog(chosen)), { mode: 0o600 })
    const destination = started(command, catalog, program)
    const tallies = new Map<string, StreamOfRun>(
      chosen.map(({ name }) => [name, { stream: name, status: 'incomplete', rows: 0, deletions: 0 }]),
    )
    const requests = chosen.map(({ name, isWhole }) => ({
      stream: name,
      isWhole,
      state: isWhole ? undefined : kept.get(name),
    }))
    const answers = keepAnswers(destination.child, run)
    let error: unknown
    try {
      for await (const message of reader.read(requests)) {
        report(message)
        count(tallies, message)
        await handed(destination.child.stdin, message, run.held.signal)
      }
    } catch (thrown) {
      error = thrown
    }
    if (run.held.signal.aborted) destination.child.kill('SIGTERM')
    destination.child.stdin.end()
    const failed = (await answers) ?? (await destination.ended)
    const all = [...tallies.values()]
    // The destination's own failure says more than its broken pipe.
    return { isComplete: all.every(({ status }) => status === 'complete'), streams: all, error: failed ?? error }
  } finally {
    progress.end()
    await rm(folder, { recursive: true })
  }
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>

/** The command, and how it ended: undefined if it succeeded. */
function started(command: readonly string[], catalog: string, { environment, say }: Program) {
  const [file, ...args] = command.map((part) => part.replaceAll('{catalog}', catalog))
  if (file === undefined) throw new ConfigurationError('Say which command: zendesk-hub run acme -- COMMAND …')
  const child: Child = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...environment } })
  child.stderr.setEncoding('utf8').on('data', say)
  // The exit code that follows says more than the broken pipe.
  child.stdin.on('error', () => undefined)
  const ended = Promise.withResolvers<HubError | undefined>()
  child.on('error', (error) => ended.resolve(new ConfigurationError(`${file} cannot be started: ${error.message}`)))
  child.on('close', (code, signal) =>
    ended.resolve(code === 0 ? undefined : new HubError(`${file} ended with ${code ?? signal}.`)),
  )
  return { child, ended: ended.promise }
}

/** Writes a message, and waits until the command has room for more. */
async function handed(input: Writable, message: SourceMessage, signal: AbortSignal): Promise<void> {
  let isFull = false
  for (const line of airbyteLines(message, now())) isFull = !input.write(line)
  if (!isFull) return
  if (input.destroyed) throw new HubError('The command closed its input.')
  await Promise.race([once(input, 'drain', { signal }), once(input, 'close', { signal })])
}

/** Keeps each state that the command answers. Resolves to what went wrong. */
async function keepAnswers({ stdout }: Child, run: RunWork): Promise<unknown> {
  try {
    for await (const text of stdout.pipe(split('\n'))) {
      const answered = stateIn(text as string)
      if (answered === undefined) continue
      run.tally.take({ kind: 'checkpoint', ...answered })
      await run.committed()
    }
    return undefined
  } catch (error) {
    stdout.resume()
    return error
  }
}

function count(tallies: Map<string, StreamOfRun>, message: SourceMessage): void {
  if (!('stream' in message) || message.stream === undefined) return
  const tally = tallies.get(message.stream)
  if (tally === undefined) return
  if (message.kind === 'records') {
    const deleted = message.deletedAt?.filter((time) => time !== undefined).length ?? 0
    const rows = tally.rows + message.records.length - deleted
    tallies.set(message.stream, { ...tally, rows, deletions: tally.deletions + deleted })
  } else if (message.kind === 'status') tallies.set(message.stream, { ...tally, status: message.status })
}
