import type { Message } from '../../message.ts'
import type { ConfiguredStream, ListWay, RecordData, Walk } from '../../stream.ts'
import { type SweepProgress, sweepFrom, sweepState } from './sweep-state.ts'

/** One stream on a list that it may share with others. */
export interface Sweeper {
  readonly one: ConfiguredStream
  readonly way: ListWay
  /** Where it stood when this sync began. */
  readonly begin: SweepProgress
  progress: SweepProgress
  joined: boolean
  /** What ended this stream while the list goes on for the others. */
  failure?: unknown
}

/** A stream as its list begins. */
export function sweeperOf(one: ConfiguredStream, way: ListWay, closedAt?: number): Sweeper {
  const begin = sweepFrom(one)
  const progress = { ...begin, ...(closedAt !== undefined && { closedAt }) }
  return { one, way, begin, progress, joined: false }
}

/** Those of these rows of the walk that are this stream's to read. */
export const dueOf = ({ begin }: Sweeper, rows: readonly RecordData[], walk: Walk): readonly RecordData[] =>
  rows.filter((row) => (walk.timeOf?.(row) ?? 0) >= begin.position.time)

/** The stream's state as it stands; `done`: its sync has come to its end. */
export const checkpointOf = ({ one, progress }: Sweeper, done: boolean): Message => ({
  kind: 'checkpoint',
  stream: one.stream.name,
  state: sweepState(one, progress, done),
})

export const isReading = ({ joined, failure }: Sweeper): boolean => joined && failure === undefined
