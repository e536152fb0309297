import type { Message } from '../../model/message.ts'
import type { ConfiguredStream, Fallback, Position, Reconcile, RecordData, Walk } from '../../model/stream.ts'
import type { Sync } from '../export/run.ts'
import { stateToUse } from '../state/progress.ts'
import type { Count } from './emitted-ids.ts'
import { NOTHING_EMITTED } from './emitted-ids.ts'
import { type FallbackProgress, fallbackProgressFrom, fallbackState } from './state.ts'

/** A stream of the exports that is to be read from lists, and when they were found closed (epoch seconds). */
export interface FallbackStream {
  readonly one: ConfiguredStream
  readonly fallback: Fallback
  readonly closedAt?: number
}

/** One stream on a list that it may share with others. */
export interface FallbackRun {
  readonly one: ConfiguredStream
  readonly fallback: Fallback
  /** Where it stood when this sync began. */
  readonly begin: FallbackProgress
  progress: FallbackProgress
  joined: boolean
  /** What there is, of a stream that is read from its first row on; streams of one census share it. */
  readonly count: Count | undefined
  /** What ended this stream while the list goes on for the others. */
  failure?: unknown
}

/** Streams as their list begins. */
export function startRuns(fallbacks: readonly FallbackStream[], { reconcile }: Sync): readonly FallbackRun[] {
  const counts = new Map(
    fallbacks.map(({ fallback }): [string | undefined, Count] => [fallback.inventory?.name, new Map()]),
  )
  return fallbacks.map(({ one, fallback, closedAt }) => {
    const begin = fallbackProgressFrom(one)
    // Of a list that is read whole, each row is known from the first one on, also where a first pass is cut off.
    const isCounted = isCountedWhileRead(one, fallback, begin.position, reconcile)
    const known = isCounted && !fallback.inventory?.walk ? (begin.emitted ?? NOTHING_EMITTED) : begin.emitted
    const progress = { ...begin, ...(known && { emitted: known }), ...(closedAt !== undefined && { closedAt }) }
    const count = isCounted ? counts.get(fallback.inventory?.name) : undefined
    return { one, fallback: fallback, begin, progress, joined: false, count }
  })
}

/**
 * A stream that is read from its first row on is counted as it is read, so that whatever is deleted from then on is found
 * missing, and so is a list that gives all its rows in each sync. One that goes on from a place in its list cannot be.
 */
const isCountedWhileRead = (
  one: ConfiguredStream,
  { inventory }: Fallback,
  { cursor }: Position,
  { every }: Reconcile,
): boolean =>
  inventory !== undefined && every > 0 && (stateToUse(one) === undefined || (!inventory.walk && cursor === undefined))

/** Those of these rows of the walk that are this stream's to hand on. */
export function dueOf(
  { begin: { position } }: FallbackRun,
  rows: readonly RecordData[],
  walk: Walk,
): readonly RecordData[] {
  const isDue = walk.newSince?.(position) ?? ((row: RecordData) => (walk.timeOf?.(row) ?? 0) >= position.time)
  return rows.filter(isDue)
}

/** The stream's state as it stands; `done`: its sync has come to its end. */
export const checkpointOf = ({ one, progress }: FallbackRun, done: boolean): Message => ({
  kind: 'checkpoint',
  stream: one.stream.name,
  state: fallbackState(one, progress, done),
})

export const isReading = ({ joined, failure }: FallbackRun): boolean => joined && failure === undefined
