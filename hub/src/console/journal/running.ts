// The syncs that run now, as they are watched; when one ends, the journal has it.
import { now } from '../../clock.ts'
import { messageOf } from '../../errors.ts'
import type { Tally } from '../../load/books.ts'
import type { SourceCosts, SourceMessage } from '../../source/source.ts'
import type { Journal } from './open.ts'
import { addLine, beginSync, endSync, type StreamRow } from './syncs.ts'

/** A stream that is being read. Times in milliseconds since 1970 (UTC). */
export interface RunningStream {
  rows: number
  deletions: number
  /** How many rows there are about; undefined: unknown. */
  expected: number | undefined
  status: string
  began: number
  ended: number | undefined
  /** Until when it waits for a limit of Zendesk. */
  waitsUntil: number | undefined
  /** For how long it waited so far, in milliseconds. */
  waited: number
  error: string | undefined
}

export interface RunningSync {
  readonly id: number
  readonly connection: string
  readonly began: number
  readonly streams: ReadonlyMap<string, RunningStream>
  readonly costs: () => SourceCosts | undefined
}

/** Watches one sync. */
export interface Watch {
  take(message: SourceMessage): void
  costs(now: () => SourceCosts): void
  /** What became of it. `number` is `_syncs.id`. */
  end(result: WatchedResult): void
}

export interface WatchedResult {
  readonly number: number | undefined
  readonly status: string
  readonly tallies: ReadonlyMap<string, Tally>
  readonly error: string | undefined
}

export interface RunningSyncs {
  watch(connection: string): Watch
  syncs(): readonly RunningSync[]
  of(connection: string): RunningSync | undefined
  /** The limits of accounts as they were seen last, by connection, and when. */
  limits(): ReadonlyMap<string, { readonly at: number; readonly limits: SourceCosts['limits'] }>
  /** Calls back when something changed, at most twice a second. Returns a function that ends that. */
  subscribe(listener: () => void): () => void
  /** Says that something changed. */
  changed(): void
}

/** How many lines of a log are kept. */
const MOST_LINES = 5000
const PAUSE = 500

export function createRunning(journal: Journal): RunningSyncs {
  const syncs = new Map<string, RunningSync>()
  const limits = new Map<string, { at: number; limits: SourceCosts['limits'] }>()
  const listeners = new Set<() => void>()
  let timer: NodeJS.Timeout | undefined
  const changed = (): void => {
    if (listeners.size === 0 || timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      for (const listener of listeners) listener()
    }, PAUSE).unref()
  }
  return {
    syncs: () => [...syncs.values()],
    of: (connection) => syncs.get(connection),
    limits() {
      for (const [name, { costs }] of syncs) noteLimits(limits, name, costs())
      return limits
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    changed,
    watch(connection) {
      const began = now()
      const id = beginSync(journal, connection, began)
      const streams = new Map<string, RunningStream>()
      let costs: () => SourceCosts | undefined = () => undefined
      syncs.set(connection, { id, connection, began, streams, costs: () => costs() })
      let lines = 0
      const line = (level: string, text: string): void => {
        if (lines++ < MOST_LINES) addLine(journal, id, lines, { at: now(), level, text: text.slice(0, 4000) })
      }
      return {
        take(message) {
          takeMessage(streams, message, line)
          changed()
        },
        costs(current) {
          costs = current
        },
        end({ number, status, tallies, error }) {
          noteLimits(limits, connection, costs())
          syncs.delete(connection)
          if (error !== undefined) line('error', error)
          const rows = rowsOf(streams, tallies, costs()?.requests ?? new Map())
          const sum = (of: (row: StreamRow) => number): number => rows.reduce((total, row) => total + of(row), 0)
          const waited = Math.max(0, ...rows.map((row) => row.waited))
          endSync(
            journal,
            {
              ...{ id, number: number ?? null, ended: now(), status, error: error ?? null, waited },
              rows: sum((row) => row.rows),
              deletions: sum((row) => row.deletions),
              requests: sum((row) => row.requests),
            },
            rows,
          )
          changed()
        },
      }
    },
  }
}

function noteLimits(
  limits: Map<string, { at: number; limits: SourceCosts['limits'] }>,
  connection: string,
  costs: SourceCosts | undefined,
): void {
  if (costs !== undefined && costs.limits.length > 0) limits.set(connection, { at: now(), limits: costs.limits })
}

function takeMessage(
  streams: Map<string, RunningStream>,
  message: SourceMessage,
  line: (level: string, text: string) => void,
): void {
  if (message.kind === 'log') {
    if (message.level !== 'debug') line(message.level, message.message)
    return
  }
  if (message.kind === 'error') {
    line('error', `${message.stream === undefined ? '' : `${message.stream}: `}${messageOf(message.error)}`)
    if (message.stream !== undefined) streamIn(streams, message.stream).error = messageOf(message.error)
    return
  }
  const stream = streamIn(streams, message.stream)
  if (message.kind === 'records') {
    const deletions = message.deletedAt?.filter((time) => time !== undefined).length ?? 0
    stream.rows += message.records.length - deletions
    stream.deletions += deletions
    stream.waitsUntil = undefined
  } else if (message.kind === 'estimate') stream.expected = message.rows
  else if (message.kind === 'waiting') {
    // A wait that is longer than was said counts from where the last one ended.
    stream.waited += Math.max(0, message.until - Math.max(now(), stream.waitsUntil ?? 0))
    stream.waitsUntil = message.until
  } else if (message.kind === 'status') {
    stream.status = message.status
    if (message.status === 'complete' || message.status === 'incomplete') stream.ended = now()
  }
}

function streamIn(streams: Map<string, RunningStream>, name: string): RunningStream {
  const known = streams.get(name)
  if (known) return known
  const stream: RunningStream = {
    ...{ rows: 0, deletions: 0, expected: undefined, status: 'running', began: now(), ended: undefined },
    ...{ waitsUntil: undefined, waited: 0, error: undefined },
  }
  streams.set(name, stream)
  return stream
}

function rowsOf(
  streams: ReadonlyMap<string, RunningStream>,
  tallies: ReadonlyMap<string, Tally>,
  requests: ReadonlyMap<string, number>,
): readonly StreamRow[] {
  const names = new Set([...tallies.keys(), ...streams.keys()])
  return [...names].map((stream) => {
    const [tally, seen] = [tallies.get(stream), streams.get(stream)]
    return {
      stream,
      status: tally?.status ?? seen?.status ?? 'incomplete',
      rows: tally?.rows ?? seen?.rows ?? 0,
      deletions: tally?.deletions ?? seen?.deletions ?? 0,
      misfits: tally?.misfits ?? 0,
      requests: requests.get(stream) ?? 0,
      waited: seen?.waited ?? 0,
      started: seen?.began ?? null,
      ended: seen?.ended ?? now(),
      error: tally?.error ?? seen?.error ?? null,
    }
  })
}
