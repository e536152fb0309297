import type { Checkpoint } from '../../model/message.ts'
import type { ConfiguredStream, Fallback, Position, Reconcile, RecordData, Walk } from '../../model/stream.ts'
import type { Sync } from '../export/run.ts'
import { stateToUse } from '../state/progress.ts'
import type { FoundIds } from './emitted-ids.ts'
import { NOTHING_EMITTED } from './emitted-ids.ts'
import { type FallbackProgress, fallbackProgressFrom, fallbackState } from './state.ts'

/** An export's stream that is to be read from lists. `closedAt`: when its export was found closed (epoch seconds). */
export interface FallbackStream {
  readonly one: ConfiguredStream
  readonly fallback: Fallback
  readonly closedAt?: number
}

/** One stream while its list is read, which it may share with others. */
export interface FallbackRun {
  readonly one: ConfiguredStream
  readonly fallback: Fallback
  /** Its progress when this sync began. */
  readonly begin: FallbackProgress
  progress: FallbackProgress
  /** Whether the list has reached the place where this stream goes on. */
  joined: boolean
  /** The rows found so far, if the stream is read from its first row on. Streams that share an inventory share this too. */
  readonly found: FoundIds | undefined
  /** How many children that were emitted were found missing in lists of theirs that are still there. */
  missingChildren: number
  /** The error that ended this stream; the list goes on for the others. */
  failure?: unknown
}

/** The runs of these streams, before the first page of their list. */
export function startRuns(fallbacks: readonly FallbackStream[], { reconcile }: Sync): readonly FallbackRun[] {
  const foundIds = new Map(
    fallbacks.map(({ fallback }): [string | undefined, FoundIds] => [fallback.inventory?.name, new Map()]),
  )
  return fallbacks.map(({ one, fallback, closedAt }) => {
    const begin = fallbackProgressFrom(one)
    // A list that is read whole remembers its rows from the first one on, so that a first pass may be cut off.
    const isInventoried = isInventoriedWhileRead(one, fallback, begin.position, reconcile)
    const emitted = isInventoried && !fallback.inventory?.walk ? (begin.emitted ?? NOTHING_EMITTED) : begin.emitted
    const progress = { ...begin, ...(emitted && { emitted }), ...(closedAt !== undefined && { closedAt }) }
    const found = isInventoried ? foundIds.get(fallback.inventory?.name) : undefined
    return { one, fallback, begin, progress, joined: false, found, missingChildren: 0 }
  })
}

/**
 * Whether reading the stream is an inventory at the same time: if it is read from its first row on, or if its list gives
 * all rows in each sync. A stream that goes on from a place in its list does not see the rows before it.
 */
const isInventoriedWhileRead = (
  one: ConfiguredStream,
  { inventory }: Fallback,
  { cursor }: Position,
  { every }: Reconcile,
): boolean =>
  inventory !== undefined && every > 0 && (stateToUse(one) === undefined || (!inventory.walk && cursor === undefined))

/** Those of these rows that this stream has to emit: the ones that changed since the position that it began at. */
export function dueOf(
  { begin: { position } }: FallbackRun,
  rows: readonly RecordData[],
  walk: Walk,
): readonly RecordData[] {
  const isDue = walk.newSince?.(position) ?? ((row: RecordData) => (walk.timeOf?.(row) ?? 0) >= position.time)
  return rows.filter(isDue)
}

/** A checkpoint of the stream's progress. `done`: its sync has ended. */
export const checkpointOf = ({ one, progress }: FallbackRun, done: boolean): Checkpoint => ({
  kind: 'checkpoint',
  stream: one.stream.name,
  state: fallbackState(one, progress, done),
})

export const isReading = ({ joined, failure }: FallbackRun): boolean => joined && failure === undefined
