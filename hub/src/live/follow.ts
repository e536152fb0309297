// Follows an account: what events bring within seconds, and a sync from time to time that finds what no event told.
import { setTimeout as pause } from 'node:timers/promises'
import { messageOf } from '../errors.ts'
import type { LoadOptions } from '../load/load.ts'
import type { LiveSource, SourceMessage } from '../source/source.ts'
import { type Plan, planned, type SyncResult, sync } from '../sync/sync.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import type { Inbox, Waiting } from './inbox.ts'
import { createOwedChildren, type OwedChildren } from './owed-children.ts'
import { readChildren, readHints } from './read-hints.ts'
import { type LiveStream, openWriter, type Write } from './write.ts'

export interface FollowOptions extends LoadOptions {
  /** Milliseconds from the end of a sync to the next. */
  readonly every: number
  /** For how long events are collected, in milliseconds; longer while reading takes longer. */
  readonly window: number
  /** Of what belongs to tickets: lists read in a minute. */
  readonly listsPerMinute: number
  readonly now: () => number
  readonly signal: AbortSignal
  readonly report: (message: SourceMessage) => void
  readonly onSync?: (result: SyncResult) => void
  readonly onFollowed?: (followed: Followed) => void
}

/** What became of the events of one window. */
export interface Followed {
  readonly events: number
  readonly records: number
  /** For each event: milliseconds from the change to the table. */
  readonly latencies: readonly number[]
}

/** The longest window, in milliseconds. */
const WIDEST = 60_000
/** Hints that are followed together. */
const MOST = 5000
/** Milliseconds between two looks at what else is to be read. */
const BREATH = 250

export interface Followable {
  readonly source: LiveSource
  readonly warehouse: Warehouse
  readonly inbox: Inbox
  readonly plan: Plan
}

/**
 * Follows until the signal is given. A sync comes first: it makes the tables. Throws what the warehouse throws; what waits in
 * the inbox is followed by the next run.
 */
export async function follow(followable: Followable, options: FollowOptions): Promise<void> {
  const { source, warehouse, plan } = followable
  const { now, signal, every, onSync } = options
  const owed = createOwedChildren(options.listsPerMinute, now)
  while (!signal.aborted) {
    const result = await sync(source, warehouse, plan, options)
    onSync?.(result)
    if (signal.aborted) return
    const streams = await liveStreams(source, plan, result)
    const write = await openWriter(warehouse, streams, { ...options, syncId: result.syncId })
    await followUntil(now() + every, { ...followable, streams, write, owed }, options)
  }
}

interface Following extends Followable {
  readonly streams: readonly LiveStream[]
  readonly write: Write
  readonly owed: OwedChildren
}

/** Follows events until it is time for a sync, or to end. */
async function followUntil(until: number, following: Following, options: FollowOptions): Promise<void> {
  const { now, signal, report } = options
  let window = options.window
  while (now() < until && !signal.aborted) {
    const some = await nextWindow(following, { ...options, window, until })
    const began = now()
    try {
      if (some !== undefined) await followSome(some, following, options)
      // While Zendesk's limits leave no room, reading takes long: then more events are collected for one request.
      window = Math.min(WIDEST, Math.max(options.window, now() - began))
      await followChildren(following)
    } catch (error) {
      if (signal.aborted) return
      if (!isOfSource(error)) throw error
      window = Math.min(WIDEST, window * 2)
      report({ kind: 'log', level: 'warn', message: `Events wait, as Zendesk could not be read: ${messageOf(error)}` })
      await pause(Math.min(window, until - now()), undefined, { signal }).catch(() => undefined)
    }
  }
}

/** Whether reading failed: that passes, or the next sync says what to change. */
const isOfSource = (error: unknown): boolean => error instanceof Error && error.name === 'ConnectorError'

/** The hints of the next window; undefined if none came for a while, or it is time to do something else. */
async function nextWindow(
  { inbox, owed }: Following,
  { now, signal, window, until }: FollowOptions & { readonly until: number },
): Promise<Waiting | undefined> {
  const first = inbox.waiting(1)
  if (first === undefined) {
    const most = owed.size() > 0 ? BREATH : until - now()
    await inbox.arrival(AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, most))]))
    return undefined
  }
  const wait = Math.min(first.since + window, until) - now()
  if (wait > 0) await pause(wait, undefined, { signal }).catch(() => undefined)
  return signal.aborted ? undefined : inbox.waiting(MOST)
}

async function followSome({ hints, upTo }: Waiting, following: Following, options: FollowOptions): Promise<void> {
  const { inbox, streams, source, write, owed } = following
  const { brought, touched } = await readHints(hints, streams, source)
  const records = await write(brought)
  inbox.settle(upTo)
  for (const [kind, ids] of touched) owed.add(kind, ids)
  const { now, onFollowed } = options
  onFollowed?.({ events: hints.length, records, latencies: hints.map((hint) => now() - hint.at) })
}

async function followChildren({ owed, streams, source, write }: Following): Promise<void> {
  const some = owed.next()
  if (some !== undefined) await write(await readChildren(some.kind, some.ids, streams, source))
}

/** The streams of the plan that events can bring: by key, and with a table. */
async function liveStreams(source: LiveSource, plan: Plan, { tallies }: SyncResult): Promise<readonly LiveStream[]> {
  const known = await source.streams()
  const of = new Map(known.map((stream) => [stream.name, stream]))
  return planned(known, plan).flatMap((stream) => {
    const { shownBy, cursorField } = of.get(stream.name) ?? {}
    const isByKey = stream.mode === 'merge' || stream.mode === 'history'
    if (shownBy === undefined || !isByKey || tallies.get(stream.name)?.status === 'failed') return []
    return [{ ...stream, shownBy, ...(cursorField !== undefined && { cursorField }) }]
  })
}
