// Runs the destination in this process: for tests whose subject is what it writes to Zendesk.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sandbox } from 'zendesk-sandbox'
import { runDestination } from '../../src/bin/run-destination.ts'
import { createWriter } from '../../src/connector/create-writer.ts'
import { stagedFile } from '../../src/io/staged-file.ts'
import type { Runtime } from '../../src/model/runtime.ts'
import type { Writer } from '../../src/model/writer.ts'
import { configFor } from './account.ts'
import { hastyClock } from './hasty.ts'
import { linesIn, programHere } from './in-process.ts'
import { filesOf } from './program.ts'
import { tempFolder } from './temp-folder.ts'

/** A message of the protocol, as far as tests look into it. */
// biome-ignore lint/suspicious/noExplicitAny: messages are what the tests look into
export type DestinationLine = any

export interface Written {
  readonly exitCode: number
  readonly lines: readonly DestinationLine[]
  readonly text: string
  readonly states: readonly DestinationLine[]
  readonly logs: readonly string[]
  readonly errors: readonly { readonly message: string; readonly failure_type: string }[]
}

/** How many times as fast its clock runs: jobs are polled every few seconds. */
const HASTE = 40

/** A folder for the ledger and rejected rows. */
export const freshFolder = (): string => tempFolder('destination')

export const writingTo = (sandbox: Sandbox, folder: string, more: object = {}): object =>
  configFor(sandbox, { folder, rate_limit_percent: 100, ...more })

export interface StreamForWriting {
  readonly name: string
  readonly mode?: string
  readonly key?: readonly string[]
  readonly object?: string
}

export const catalogFor = (...streams: readonly StreamForWriting[]): object => ({
  streams: streams.map(({ name, mode = 'append_dedup', key = ['external_id'], object }) => ({
    stream: { name, json_schema: {}, supported_sync_modes: ['full_refresh'] },
    sync_mode: 'full_refresh',
    destination_sync_mode: mode,
    primary_key: key.map((column) => [column]),
    ...(object !== undefined && { destination_object_name: object }),
  })),
})

export const recordLine = (stream: string, data: object): string =>
  JSON.stringify({ type: 'RECORD', record: { stream, data, emitted_at: 1 } })

export const stateLine = (stream: string, mark: unknown, recordCount?: number): string =>
  JSON.stringify({
    type: 'STATE',
    state: {
      type: 'STREAM',
      stream: { stream_descriptor: { name: stream }, stream_state: { mark } },
      ...(recordCount !== undefined && { sourceStats: { recordCount } }),
    },
  })

/** Runs a command to its end. `onLine` is called for each line that it writes, at once. */
export async function destinationHere(
  args: readonly string[],
  {
    config,
    catalog,
    input = [],
  }: { config?: object; catalog?: object; input?: Iterable<string> | AsyncIterable<string> },
  other: Partial<Runtime> = { clock: hastyClock(HASTE) },
): Promise<Written> {
  let text = ''
  let stderr = ''
  const lines = async function* (): AsyncGenerator<string> {
    yield* input
  }
  const program = programHere([...args, ...filesOf({ config, catalog })], {
    input: lines(),
    onOut: (some) => {
      text += some
    },
    onError: (some) => {
      stderr += some
    },
  })
  const exitCode = await runDestination(program, other)
  if (stderr !== '') throw new Error(stderr)
  return writtenOf(text, exitCode)
}

export function writtenOf(text: string, exitCode: number): Written {
  const all = linesIn(text).map((line) => JSON.parse(line) as DestinationLine)
  return {
    exitCode,
    text,
    lines: all,
    states: all.filter(({ type }) => type === 'STATE').map(({ state }) => state),
    logs: all.flatMap(({ log }) => (log ? [`${log.level} ${log.message}`] : [])),
    errors: all.flatMap(({ trace }) => (trace?.error ? [trace.error] : [])),
  }
}

export const write = (config: object, catalog: object, input: Iterable<string>): Promise<Written> =>
  destinationHere(['write'], { config, catalog, input })

/** A writer whose waits take a part of their time. */
export const writerHere = (config: object): Promise<Writer> =>
  createWriter(config, {
    signal: new AbortController().signal,
    report: () => undefined,
    credentialSink: { in: 'nothing' },
    environment: {},
    stage: stagedFile,
    patient: true,
    clock: hastyClock(HASTE),
  })

/** The rows that were rejected into this folder, of all runs. */
export const rejectedIn = (folder: string): readonly DestinationLine[] => {
  const files = rejectedFiles(folder)
  return files.flatMap((file) => linesIn(readFileSync(file, 'utf8')).map((line) => JSON.parse(line) as DestinationLine))
}

export const rejectedFiles = (folder: string): readonly string[] => {
  try {
    return readdirSync(join(folder, 'rejected')).map((file) => join(folder, 'rejected', file))
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return []
    throw error
  }
}

/** The requests that write, `METHOD path`, since this many. */
export const writesIn = (sandbox: Sandbox, since = 0): readonly string[] =>
  sandbox.requests
    .all()
    .slice(since)
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path }) => `${method} ${path.replace(/\?.*/, '').replace('/api/v2/', '')}`)
