import type { Message } from '../../model/message.ts'
import type { ConfiguredStream, ListWay, Position, Reconcile, RecordData, Walk } from '../../model/stream.ts'
import type { Sync } from '../export/run.ts'
import { stateToUse } from '../state/progress.ts'
import type { Count } from './inventory.ts'
import { NOTHING_KNOWN } from './known-ids.ts'
import { type SweepProgress, sweepFrom, sweepState } from './state.ts'

/** A stream of the exports that is to be read from lists, and when they were found closed (epoch seconds). */
export interface Swept {
  readonly one: ConfiguredStream
  readonly way: ListWay
  readonly closedAt?: number
}

/** One stream on a list that it may share with others. */
export interface Sweeper {
  readonly one: ConfiguredStream
  readonly way: ListWay
  /** Where it stood when this sync began. */
  readonly begin: SweepProgress
  progress: SweepProgress
  joined: boolean
  /** What there is, of a stream that is read from its first row on; streams of one census share it. */
  readonly count: Count | undefined
  /** What ended this stream while the list goes on for the others. */
  failure?: unknown
}

/** Streams as their list begins. */
export function sweepersOf(swept: readonly Swept[], { reconcile }: Sync): readonly Sweeper[] {
  const counts = new Map(swept.map(({ way }): [string | undefined, Count] => [way.census?.name, new Map()]))
  return swept.map(({ one, way, closedAt }) => {
    const begin = sweepFrom(one)
    // Of a list that is read whole, each row is known from the first one on, also where a first pass is cut off.
    const isCounted = isCountedWhileRead(one, way, begin.position, reconcile)
    const known = isCounted && !way.census?.walk ? (begin.known ?? NOTHING_KNOWN) : begin.known
    const progress = { ...begin, ...(known && { known }), ...(closedAt !== undefined && { closedAt }) }
    const count = isCounted ? counts.get(way.census?.name) : undefined
    return { one, way, begin, progress, joined: false, count }
  })
}

/**
 * A stream that is read from its first row on is counted as it is read, so that whatever is deleted from then on is found
 * missing, and so is a list that gives all its rows in each sync. One that goes on from a place in its list cannot be.
 */
const isCountedWhileRead = (
  one: ConfiguredStream,
  { census }: ListWay,
  { cursor }: Position,
  { every }: Reconcile,
): boolean =>
  census !== undefined && every > 0 && (stateToUse(one) === undefined || (!census.walk && cursor === undefined))

/** Those of these rows of the walk that are this stream's to hand on. */
export function dueOf(
  { begin: { position } }: Sweeper,
  rows: readonly RecordData[],
  walk: Walk,
): readonly RecordData[] {
  const isDue = walk.newSince?.(position) ?? ((row: RecordData) => (walk.timeOf?.(row) ?? 0) >= position.time)
  return rows.filter(isDue)
}

/** The stream's state as it stands; `done`: its sync has come to its end. */
export const checkpointOf = ({ one, progress }: Sweeper, done: boolean): Message => ({
  kind: 'checkpoint',
  stream: one.stream.name,
  state: sweepState(one, progress, done),
})

export const isReading = ({ joined, failure }: Sweeper): boolean => joined && failure === undefined
