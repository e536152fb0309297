import { join } from 'node:path'
import type { Sandbox, SandboxOptions } from 'zendesk-sandbox'
import { startSandbox } from 'zendesk-sandbox'
import { runSource } from '../../src/bin/run-source.ts'
import { createConnector } from '../../src/connector/create-connector.ts'
import { stagedFile } from '../../src/io/staged-file.ts'
import type { Runtime } from '../../src/model/runtime.ts'
import { catalogOf } from '../../src/protocols/airbyte/catalog.ts'
import { afterwards } from './afterwards.ts'
import { compareWithAccount, type How, truthOf } from './expected-rows.ts'
import { hasty } from './hasty.ts'
import { linesIn, programHere } from './in-process.ts'
import { type AirbyteLine, type CatalogStream, filesOf, lineOf, type SourceArguments, startSource } from './program.ts'
import { createWarehouse, syncModeOf, type Warehouse } from './warehouse.ts'

/** A sandbox that is closed when the test, or else the file, is done. */
export async function openSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ tickets: 300, ...options })
  afterwards(() => sandbox.close())
  return sandbox
}

/** The same with a clock that only `advance` moves: nothing comes between a sync and what is compared with it, however long that takes. */
export const openStill = (options: SandboxOptions = {}): Promise<Sandbox> => openSandbox({ frozen: true, ...options })

/** The configuration that reads a sandbox, with an API token. */
export const configFor = ({ url, credentials: { email, apiToken } }: Sandbox, more: object = {}): object => ({
  subdomain: 'sandbox',
  base_url: url,
  credentials: { credentials: 'api_token', email, api_token: apiToken },
  ...more,
})

/** What a finished source wrote. */
export interface Output {
  readonly lines: readonly AirbyteLine[]
  readonly exitCode: number | NodeJS.Signals
  readonly stderr: string
  /** The data of a stream's records. */
  records(stream: string): readonly Record<string, unknown>[]
  /** The statuses of a stream, in order. */
  statuses(stream: string): readonly string[]
  readonly errors: readonly { readonly message: string; readonly failure_type: string }[]
  readonly logs: readonly string[]
}

/**
 * Runs the source to its end, in this process: for tests whose subject is what is read. `other` is what it has in place of
 * this machine's: a clock, time-outs.
 */
export async function runHere(
  command: string,
  { config, catalog, state, more = [], env = {} }: Omit<SourceArguments, 'program'> = {},
  onLine?: (line: AirbyteLine) => void,
  other?: Partial<Runtime>,
): Promise<Output> {
  const lines: AirbyteLine[] = []
  let stderr = ''
  const program = programHere([command, ...filesOf({ config, catalog, state }), ...more], {
    env,
    onOut: (text) => {
      for (const line of linesIn(text).map(lineOf)) {
        lines.push(line)
        onLine?.(line)
      }
    },
    onError: (text) => {
      stderr += text
    },
  })
  const exitCode = await runSource(program, other)
  return outputOf(lines, exitCode, stderr)
}

/** Runs the built source to its end, in a process of its own. */
export async function run(
  command: string,
  args: SourceArguments = {},
  onLine?: (line: AirbyteLine) => void,
): Promise<Output> {
  const source = startSource(command, args)
  const lines: AirbyteLine[] = []
  for await (const { line } of source.lines) {
    lines.push(line)
    onLine?.(line)
  }
  return outputOf(lines, await source.exit, source.stderr())
}

export function outputOf(lines: readonly AirbyteLine[], exitCode: number | NodeJS.Signals, stderr: string): Output {
  // Tests ask for one stream after the other.
  const records = Map.groupBy(
    lines.flatMap(({ record }) => record ?? []),
    ({ stream }) => stream,
  )
  return {
    lines,
    exitCode,
    stderr,
    records: (stream) => records.get(stream)?.map(({ data }) => data) ?? [],
    statuses: (stream) =>
      lines.flatMap(({ trace }) =>
        trace?.stream_status?.stream_descriptor.name === stream ? [trace.stream_status.status] : [],
      ),
    errors: lines.flatMap(({ trace }) => (trace?.error ? [trace.error] : [])),
    logs: lines.flatMap(({ log }) => (log ? [`${log.level} ${log.message}`] : [])),
  }
}

export async function discover(config: object): Promise<readonly CatalogStream[]> {
  const { lines } = await runHere('discover', { config })
  const streams = lines.find(({ catalog }) => catalog)?.catalog?.streams
  if (!streams) throw new Error(`discover wrote no catalog: ${JSON.stringify(lines)}`)
  return streams
}

/**
 * The streams of an account as `discover` shows them, and those that this user cannot read: for tests that name what they read.
 * It spares the request for each list, which is most of what a discovery costs.
 */
export async function streamsOf(config: object): Promise<readonly CatalogStream[]> {
  const { streams, deletedRecords } = await createConnector(config, {
    signal: new AbortController().signal,
    report: () => undefined,
    credentialSink: { in: 'message', emit: async () => undefined },
    environment: process.env,
    stage: stagedFile,
    patient: false,
  })
  const { streams: found } = JSON.parse(JSON.stringify(catalogOf(await streams(), deletedRecords)))
  return found
}

/** A configured catalog with these streams (all of them where none is named), all columns chosen, read as they can be. */
export const configured = (
  catalog: readonly CatalogStream[],
  { names, syncMode = 'incremental', more = {} }: { names?: readonly string[]; syncMode?: string; more?: object } = {},
): object => ({
  streams: catalog
    .filter(({ name }) => names === undefined || names.includes(name))
    .map((stream) => {
      const sync_mode = syncMode === 'incremental' ? syncModeOf(stream) : syncMode
      const destination_sync_mode = sync_mode === 'incremental' ? 'append_dedup' : 'overwrite'
      return { stream, sync_mode, destination_sync_mode, ...more }
    }),
})

/** A connection from a sandbox to a warehouse: each sync goes on from the last state. */
export interface Connection {
  readonly warehouse: Warehouse
  readonly catalog: readonly CatalogStream[]
  /**
   * Reads from the last state to the end, in this process unless it is to be killed at a line. `onLine` is called for each
   * line, before the warehouse takes it. `haste`: with short time-outs, and waits that take a part of their time.
   */
  sync(
    onLine?: (line: AirbyteLine) => void,
    otherConfig?: object,
    how?: { killAt?: number | undefined; haste?: number | undefined },
  ): Promise<Output>
  /** Whether a next sync has yet to look back for deletions: one sync spends 60 pages on that. */
  looksBack(): boolean
  /** What is not as it should be, by stream; {} when every row is right. `byList`: as far as lists tell. */
  differences(how?: How): Record<string, unknown>
}

export async function connect(
  sandbox: Sandbox,
  {
    config = configFor(sandbox),
    catalog: known,
    ownProcess = false,
    watchPages,
    ...choice
  }: {
    config?: object
    /** What was discovered with this configuration before; left out: it is found now. */
    catalog?: readonly CatalogStream[]
    names?: readonly string[]
    /** Whether each sync is a process of its own. */
    ownProcess?: boolean
    /** Stands between the connector and its pages, in syncs of this process. */
    watchPages?: Runtime['watchPages']
  } = {},
): Promise<Connection> {
  const catalog = known ?? (await (choice.names === undefined ? discover(config) : streamsOf(config)))
  const warehouse = createWarehouse(catalog)
  const chosen = catalog.filter(({ name }) => choice.names === undefined || choice.names.includes(name))
  return {
    warehouse,
    catalog,
    async sync(onLine, otherConfig = config, { haste, killAt } = {}) {
      const args = { config: otherConfig, catalog: configured(catalog, choice), state: warehouse.state() }
      const take = (line: AirbyteLine): void => {
        onLine?.(line)
        warehouse.take(line)
      }
      if (!ownProcess && killAt === undefined)
        return runHere('read', args, take, { watchPages, ...(haste !== undefined && hasty(haste)) })
      const inHaste = { program: join(import.meta.dirname, 'hasty-source.ts'), env: { HASTE: String(haste) } }
      const source = startSource('read', { ...args, ...(haste !== undefined && inHaste) })
      const lines: AirbyteLine[] = []
      for await (const { line } of source.lines) {
        take(line)
        if (lines.push(line) === killAt) source.process.kill('SIGKILL')
      }
      return outputOf(lines, await source.exit, source.stderr())
    },
    looksBack: () => catalog.some(({ name }) => warehouse.stateOf(name)?.['look_back'] !== undefined),
    differences(how) {
      const truth = truthOf(sandbox)
      return Object.fromEntries(
        chosen.flatMap((stream) => {
          const { missing, surplus, wrong } = compareWithAccount(truth, stream, warehouse.rows(stream.name), how)
          const all = { missing, surplus, wrong }
          if (Object.values(all).every(({ length }) => length === 0)) return []
          const some = Object.entries(all).map(([kind, keys]) => [kind, keys.slice(0, 5)])
          return [
            [stream.name, { ...Object.fromEntries(some), counts: Object.values(all).map(({ length }) => length) }],
          ]
        }),
      )
    },
  }
}
