// Follows an account: what events bring within seconds, and a sync from time to time that finds what no event told.
import { setTimeout as pause } from 'node:timers/promises'
import { messageOf } from '../errors.ts'
import type { LiveSource, SourceMessage } from '../source/source.ts'
import { type Plan, planned, type SyncResult } from '../sync/sync.ts'
import type { Hint } from './event.ts'
import type { Inbox, Waiting } from './inbox.ts'
import type { Outlet } from './outlet.ts'
import { createOwedRecords, type OwedRecords } from './owed-records.ts'
import { readHints, readOwed } from './read-hints.ts'
import { createTurns, inFullRequests, type Turns } from './turns.ts'
import type { Brought, LiveStream, Write } from './write.ts'

export interface EventOptions {
  /** How long events are collected at least, in milliseconds; longer while reading takes longer. */
  readonly window: number
  /** How often a minute records of one kind are read; more often only for a hundred events each time. */
  readonly readsPerMinute: number
  readonly now: () => number
  readonly signal: AbortSignal
  readonly report: (message: SourceMessage) => void
  readonly onFollowed?: ((followed: Followed) => void) | undefined
}

export interface FollowOptions extends EventOptions {
  /** Milliseconds from the end of a sync to the next. */
  readonly every: number
  /** How many requests a minute for records that take one each. */
  readonly listsPerMinute: number
  readonly onSync?: (result: SyncResult) => void
  /** Called after each sync: finds deliveries that were missed, and puts them into the inbox, until the signal. Never rejects. */
  readonly catchUp?: (signal: AbortSignal) => Promise<void>
}

/** What became of the events of one window. */
export interface Followed {
  readonly events: number
  readonly records: number
  /** What the events said. */
  readonly hints: readonly Hint[]
  /** For each event: milliseconds from the change to the table. */
  readonly latencies: readonly number[]
}

/** The longest window, in milliseconds. */
const WIDEST = 60_000
/** How many hints are followed together. */
const MOST = 5000
/** Milliseconds between two looks at what else is to be read. */
const BREATH = 250

export interface Followable {
  readonly source: LiveSource
  readonly inbox: Inbox
}

/**
 * Follows until the signal is given. A sync comes first: it makes the tables. Throws what the outlet throws; what waits in
 * the inbox is followed by the next run.
 */
export async function follow(
  followable: Followable,
  outlet: Outlet,
  plan: Plan,
  options: FollowOptions,
): Promise<void> {
  const { source } = followable
  const { now, signal, every, listsPerMinute, onSync, catchUp } = options
  const owed = createOwedRecords(listsPerMinute, now)
  while (!signal.aborted) {
    const result = await outlet.sweep()
    onSync?.(result)
    if (signal.aborted) return
    const streams = await liveStreams(source, plan, failedIn(result))
    const write = await outlet.writer(streams, result.syncId)
    await beside(
      signal,
      async (until) => catchUp?.(until),
      () => followEvents(now() + every, { ...followable, streams, write, owed }, options),
    )
  }
}

/** Does `act`. `other` goes on beside it: what it does takes minutes, and events do not wait for it. It is told to stop when `act` ends. */
export async function beside(
  signal: AbortSignal,
  other: (until: AbortSignal) => Promise<void>,
  act: () => Promise<void>,
): Promise<void> {
  const stop = new AbortController()
  const others = other(AbortSignal.any([signal, stop.signal]))
  try {
    await act()
  } finally {
    stop.abort()
    await others
  }
}

/** The streams that a sync could not make tables for, or not read at all. */
export const failedIn = ({ tallies }: SyncResult): ReadonlySet<string> =>
  new Set([...tallies].filter(([, { status }]) => status === 'failed').map(([name]) => name))

export interface Following extends Followable {
  readonly streams: readonly LiveStream[]
  readonly write: Write
  readonly owed: OwedRecords
}

/** Follows events until this time, in milliseconds since 1970, or the signal. */
export async function followEvents(until: number, following: Following, options: EventOptions): Promise<void> {
  const { now, signal, report } = options
  const owedReader = createOwedReader(following)
  const turns = createTurns(options.readsPerMinute, now)
  let window = options.window
  const begins = now()
  // If the clock is set back, the next look comes too early rather than too late.
  const isOver = (): boolean => now() >= until || (Number.isFinite(until) && now() < begins)
  while (!isOver() && !signal.aborted) {
    const some = await nextWindow(following, turns, { ...options, window, until, isBusy: owedReader.isBusy })
    const began = now()
    try {
      if (some !== undefined) {
        for (const kind of new Set(some.map((hint) => hint.kind))) turns.note(kind)
        await followSome(some, following, options)
        // While Zendesk's limits leave no room, reading takes long: then more events are collected for one request.
        window = Math.min(WIDEST, Math.max(options.window, now() - began))
      }
      await owedReader.turn()
    } catch (error) {
      if (signal.aborted) return
      if (!isOfSource(error)) throw error
      window = Math.min(WIDEST, window * 2)
      report({ kind: 'log', level: 'warn', message: `Events wait, as Zendesk could not be read: ${messageOf(error)}` })
      await pause(Math.min(window, Math.max(0, until - now())), undefined, { signal }).catch(() => undefined)
    }
  }
  await owedReader.end(signal)
}

/** Whether reading failed. It may be temporary; if not, the next sync says what to change. */
const isOfSource = (error: unknown): boolean => error instanceof Error && error.name === 'ConnectorError'

/** Milliseconds between two looks into the inbox: `webhooks replay` runs elsewhere, and puts events there. */
const LONGEST = 5000

/** The hints whose turn it is; undefined if there are none yet, or it is time to do something else. */
async function nextWindow(
  { inbox }: Following,
  turns: Turns,
  { now, signal, window, until, isBusy }: EventOptions & { readonly until: number; readonly isBusy: () => boolean },
): Promise<readonly Waiting[] | undefined> {
  const pending = inbox.pending().map((one) => ({ kind: one.kind, dueAt: Math.min(until, turns.dueAt(one, window)) }))
  if (pending.length === 0) {
    const most = Math.min(LONGEST, isBusy() ? BREATH : until - now())
    await inbox.arrival(AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, Math.floor(most)))]))
    return undefined
  }
  const due = pending.filter(({ dueAt }) => dueAt <= now()).map(({ kind }) => kind)
  if (due.length > 0) return inFullRequests(inbox.waiting(due, MOST))
  // Others may come meanwhile, whose turn is earlier.
  const wait = Math.min(BREATH, ...pending.map(({ dueAt }) => dueAt - now()))
  await pause(Math.max(1, wait), undefined, { signal }).catch(() => undefined)
  return undefined
}

async function followSome(hints: readonly Waiting[], following: Following, options: EventOptions): Promise<void> {
  const { inbox, streams, source, write, owed } = following
  const read = await readHints(hints, streams, source)
  const records = await write(read.brought)
  inbox.settle(hints)
  owed.add(read.owed)
  const { now, onFollowed } = options
  onFollowed?.({ events: hints.length, records, hints, latencies: hints.map((hint) => now() - hint.at) })
}

/** Reads what is owed beside the events, which do not wait for it; what came is written between two windows. */
function createOwedReader({ owed, streams, source, write }: Following) {
  let reading: Promise<void> | undefined
  let take: (() => readonly Brought[]) | undefined
  const settle = async (): Promise<void> => {
    const came = take
    if (came === undefined) return
    ;[reading, take] = [undefined, undefined]
    await write(came())
  }
  const begin = (hints: readonly Hint[]): Promise<void> =>
    readOwed(hints, streams, source).then(
      (brought) => {
        take = () => brought
      },
      (error: unknown) => {
        take = () => {
          throw error
        }
      },
    )
  return {
    isBusy: (): boolean => reading !== undefined || owed.size() > 0,
    /** Writes what came, and begins to read what is next. Throws what reading threw. */
    async turn(): Promise<void> {
      await settle()
      const some = reading === undefined ? owed.next() : undefined
      if (some !== undefined) reading = begin(some)
    },
    /** Waits for what is being read, and writes it, also after the signal. What cannot be read any more comes with the next sync. */
    async end(signal: AbortSignal): Promise<void> {
      await reading
      await settle().catch((error: unknown) => {
        if (!signal.aborted && !isOfSource(error)) throw error
      })
    },
  }
}

/** The streams of the plan that events can bring: by key, and with a table. */
export async function liveStreams(
  source: LiveSource,
  plan: Plan,
  failed: ReadonlySet<string>,
): Promise<readonly LiveStream[]> {
  const known = await source.streams()
  const of = new Map(known.map((stream) => [stream.name, stream]))
  return planned(known, plan).flatMap((stream) => {
    const { name, mode, properties } = stream
    const { shownBy, cursorField } = of.get(name) ?? {}
    const isByKey = mode === 'merge' || mode === 'history'
    if (shownBy === undefined || !isByKey || failed.has(name)) return []
    const columns = plan.columnsOf?.[name] && new Set(Object.keys(properties))
    return [{ ...stream, shownBy, ...(cursorField !== undefined && { cursorField }), ...(columns && { columns }) }]
  })
}
