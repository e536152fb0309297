// Records into a channel: at least once, each record's messages in order. The position of the last sync is the only state.
import { setTimeout as pause } from 'node:timers/promises'
import { passed } from '../clock.ts'
import { messageOf } from '../errors.ts'
import type { Tally } from '../load/books.ts'
import type { LoadedStream } from '../load/target.ts'
import type { Source, SourceMessage } from '../source/source.ts'
import { type Plan, planned, type SyncResult } from '../sync/sync.ts'
import type { Channel, Outgoing, States } from './channel.ts'
import { createNewest } from './newest.ts'
import type { Outlet } from './outlet.ts'
import type { Brought } from './write.ts'

export interface QueueOptions {
  readonly report: (message: SourceMessage) => void
  readonly signal: AbortSignal
}

/** Milliseconds before another attempt: doubled each time, up to the longest. */
const FIRST_PAUSE = 1000
const LONGEST_PAUSE = 30_000

/** What goes out of this channel. While it takes nothing, sending waits; the inbox keeps what comes meanwhile. */
export function queueOutlet(source: Source, channel: Channel, plan: Plan, options: QueueOptions): Outlet {
  const { report } = options
  let known = new Map<string, { readonly primaryKey: readonly string[]; readonly cursorField?: string }>()
  let states: States = channel.states()
  let syncs = 0
  const newest = createNewest((stream) => {
    const field = known.get(stream)?.cursorField
    return field === 'updated_at' ? undefined : field
  })
  const send = async (brought: Brought): Promise<number> => {
    const messages = outgoing(brought, known.get(brought.stream)?.primaryKey ?? []).filter(newest.isNews)
    await persistently(() => channel.send(messages), options)
    for (const message of messages) newest.note(message)
    return messages.length
  }
  const keep = async (stream: string, state: States[string]): Promise<void> => {
    states = { ...states, [stream]: state }
    await persistently(() => channel.keep(states), options)
  }
  return {
    async sweep(): Promise<SyncResult> {
      const startedAt = passed()
      const streams = await source.streams()
      known = new Map(streams.map((stream) => [stream.name, stream]))
      const some = planned(streams, plan)
      await persistently(() => channel.announce(some), options)
      const tallies = new Map(some.map(({ name }) => [name, { ...FRESH }]))
      let error: unknown
      try {
        for await (const message of source.read(some.map((stream) => requestFor(stream, states, plan)))) {
          report(message)
          note(message, tallies)
          if (message.kind === 'records') await send(message)
          if (message.kind === 'checkpoint') await keep(message.stream, message.state)
        }
      } catch (thrown) {
        if (!isOfSource(thrown) && !options.signal.aborted) throw thrown
        error = thrown
      }
      const isWhole = error === undefined && [...tallies.values()].every(({ status }) => status === 'complete')
      const seconds = (passed() - startedAt) / 1000
      return { syncId: ++syncs, status: isWhole ? 'complete' : 'incomplete', tallies, seconds, error }
    },
    async writer() {
      return async (brought) => {
        let sent = 0
        for (const one of brought) sent += await send(one)
        return sent
      }
    },
  }
}

const FRESH: Tally = { rows: 0, deletions: 0, misfits: 0, status: 'incomplete' }

const isOfSource = (error: unknown): boolean => error instanceof Error && error.name === 'ConnectorError'

const requestFor = ({ name, isWhole, properties }: LoadedStream, states: States, plan: Plan) => ({
  stream: name,
  isWhole,
  state: isWhole ? undefined : states[name],
  ...(plan.columnsOf?.[name] && { columns: Object.keys(properties) }),
})

function outgoing({ stream, records, deletedAt }: Brought, primaryKey: readonly string[]): readonly Outgoing[] {
  return records.map((record, nth) => ({
    stream,
    key: primaryKey.map((field) => String(record[field])).join('-'),
    record,
    deletedAt: deletedAt?.[nth],
  }))
}

function note(message: SourceMessage, tallies: ReadonlyMap<string, Tally>): void {
  const tally = 'stream' in message && message.stream !== undefined ? tallies.get(message.stream) : undefined
  if (tally === undefined) return
  if (message.kind === 'records') tally.rows += message.records.length
  if (message.kind === 'status' && message.status === 'complete') tally.status = 'complete'
  if (message.kind === 'error') tally.error = messageOf(message.error)
}

/** Does this until it succeeds. Throws the signal's reason. */
async function persistently(act: () => Promise<void>, { report, signal }: QueueOptions): Promise<void> {
  for (let wait = FIRST_PAUSE; ; wait = Math.min(LONGEST_PAUSE, wait * 2)) {
    try {
      return await act()
    } catch (error) {
      signal.throwIfAborted()
      report({ kind: 'log', level: 'warn', message: `Records wait, as nothing takes them: ${messageOf(error)}` })
      await pause(wait, undefined, { signal })
    }
  }
}
