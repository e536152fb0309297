// Lines of a connector, into the warehouse: their states go back once they are safe.
import type { Readable } from 'node:stream'
import { passed } from '../clock.ts'
import { HubError } from '../errors.ts'
import { openBooks } from '../load/books.ts'
import { type Load, type LoadOptions, openLoad } from '../load/load.ts'
import { readLines } from '../source/lines.ts'
import type { SourceMessage, SourceStream } from '../source/source.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { ahead } from './ahead.ts'
import { type Plan, planned, type SyncResult, withRefused } from './sync.ts'

export interface LineOptions extends Omit<LoadOptions, 'onCommit'> {
  /** The streams that no line announces. */
  readonly streams: readonly SourceStream[]
  readonly report: (message: SourceMessage) => void
  /** Takes a state that is safe, as it came. */
  readonly echo: (line: string) => void
}

/** The states are the connector's own affair: it reads on from where they say, and nothing that it leaves out is deleted. */
const GOES_ON = { state: {}, sinceSync: 0 }

/** Loads lines until they end. */
export async function loadLines(
  input: Readable,
  warehouse: Warehouse,
  plan: Plan,
  { streams, report, echo, ...options }: LineOptions,
): Promise<SyncResult> {
  const startedAt = passed()
  await openBooks(warehouse)
  const waiting: string[] = []
  const load = await openLoad(warehouse, {
    ...options,
    onCommit: async () => {
      for (const line of waiting.splice(0)) echo(line)
    },
  })
  const known = new Set<string>()
  const add = async (some: readonly SourceStream[]): Promise<void> => {
    for (const stream of planned(some, plan)) {
      if (known.has(stream.name)) continue
      known.add(stream.name)
      await load.add(stream, GOES_ON)
      const reason = load.refused.get(stream.name)
      if (reason !== undefined) report({ kind: 'error', stream: stream.name, error: new HubError(reason) })
    }
  }
  const isRefused = (message: SourceMessage): boolean => 'stream' in message && load.refused.has(message.stream ?? '')
  await add(streams)
  let failure: unknown
  const lines = ahead(readLines(input), (error) => {
    failure = error
  })
  for await (const { messages, stream, echo: line } of lines) {
    if (stream) await add([stream])
    const stray = messages.find((message) => message.kind === 'records' && !known.has(message.stream))
    if (stray?.kind === 'records') {
      failure = new HubError(`The source wrote a record of "${stray.stream}", which was not requested.`)
      break
    }
    // Whoever goes on from a state would never come back for what was refused. One without streams may cover it.
    const isWhole = messages.length > 0 ? !messages.some(isRefused) : load.refused.size === 0
    if (line !== undefined && isWhole) waiting.push(line)
    for (const message of messages) {
      if (isRefused(message)) continue
      report(message)
      await load.take(message)
    }
  }
  // Singer's taps do not say that a stream is complete: their end does.
  if (streams.length === 0 && failure === undefined) await completeAll(load)
  const status = await load.end(failure)
  return {
    syncId: load.syncId,
    status,
    tallies: withRefused(load),
    seconds: (passed() - startedAt) / 1000,
    error: failure,
  }
}

async function completeAll(load: Load): Promise<void> {
  for (const stream of load.tallies().keys()) await load.take({ kind: 'status', stream, status: 'complete' })
}
