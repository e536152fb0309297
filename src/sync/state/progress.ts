import { ConnectorError } from '../../model/errors.ts'
import type { ConfiguredStream, ParentDeletion, Position, Stream, StreamState } from '../../model/stream.ts'
import { epochOf, isoOf } from '../../model/time.ts'
import { packNumbers, unpackNumbers } from './packed-ids.ts'
import { packedPosition, packSeen, unpackSeen } from './packed-seen.ts'

/**
 * Rows from `time` to `until` (epoch seconds) that must be read again for the children of these parents. By parent: when it
 * was deleted (ISO 8601), or null if it was restored.
 */
export interface Lookback {
  readonly time: number
  readonly until: number
  readonly parents: Readonly<Record<string, string | null>>
}

/** By parent: the last record (id, epoch seconds) that was emitted before its stub came. */
export type EmittedAhead = Readonly<Record<string, readonly [id: number, time: number]>>

/**
 * Parents whose children were emitted as deleted, by id: when that was (epoch seconds), or null if the parent was restored
 * since. Only for children whose own walk does not report restorations.
 */
export type ReportedParents = ReadonlyMap<number, number | null>

/** How far a parent's walk was read, and the deletions found in it that the child's own walk still needs, by id. */
export interface ParentProgress {
  readonly position: Position
  readonly deleted: ReadonlyMap<number, ParentDeletion>
  readonly reported: ReportedParents
}

/** The progress of a stream of the exports: its state, parsed. */
export interface Progress {
  readonly position: Position
  readonly parent?: ParentProgress
  readonly lookbacks: readonly Lookback[]
  readonly ahead: EmittedAhead
  /** Where the unfinished pass began (epoch seconds): everything before that was emitted. */
  readonly since: number
  /** The ids of all records at the end of the last sync; left out if they are not known. */
  readonly ids?: readonly number[]
}

/** The progress that a stream's state describes, or that of the start date. Throws a ConnectorError for a state of another shape. */
export function progressFrom(one: ConfiguredStream): Progress {
  const state = stateToUse(one)
  if (state === undefined) {
    const time = one.selection?.startDate ?? 0
    return { position: { time }, lookbacks: [], ahead: {}, since: time }
  }
  const { stream } = one
  const position = positionIn(state, cursorFieldOf(stream), stream)
  const { look_back: lookbacks = [], ahead = {}, parent, since = position.time } = state
  if (!isLookbacks(lookbacks) || !isAhead(ahead) || typeof since !== 'number') throw unknownState(stream, state)
  const ids = state['ids'] === undefined ? undefined : unpackNumbers(state['ids'])
  if (state['ids'] !== undefined && ids === undefined) throw unknownState(stream, state)
  return {
    position,
    lookbacks,
    ahead,
    since,
    ...(parent !== undefined && { parent: parentIn(parent, one) }),
    ...(ids && { ids }),
  }
}

/** The cursor field of an export's stream: each has one. */
export function cursorFieldOf({ name, cursorField }: Stream): string {
  if (cursorField === undefined) throw new Error(`Stream "${name}" has no cursor field.`)
  return cursorField
}

function parentIn(parent: unknown, { stream, state }: ConfiguredStream): ParentProgress {
  if (!isObject(parent)) throw unknownState(stream, state)
  const { deleted = {}, told = {} } = parent
  if (!isObjectOf(deleted, isTimes) || !isObjectOf(told, isNumberOrNull)) throw unknownState(stream, state)
  const deletions = Object.entries(deleted).map(([id, [deletedAt, createdAt]]): [number, ParentDeletion] => [
    Number(id),
    { id: Number(id), deletedAt: isoOf(deletedAt), createdAt },
  ])
  const reported = Object.entries(told).map(([id, at]) => [Number(id), at] as const)
  return { position: positionIn(parent, 'time', stream), deleted: new Map(deletions), reported: new Map(reported) }
}

/** The position in a state. Throws a ConnectorError for one of another shape. */
export function positionIn(state: StreamState, field: string, stream: Stream): Position {
  const time = epochOf(state[field])
  const { cursor, settled } = state
  const seen = state['seen'] === undefined ? undefined : unpackSeen(state['seen'])
  const isSettled = settled === undefined || typeof settled === 'number'
  const isCursor = cursor === undefined || typeof cursor === 'string'
  if (time === undefined || !isCursor || (state['seen'] !== undefined && seen === undefined) || !isSettled)
    throw unknownState(stream, state)
  return {
    time,
    ...(cursor !== undefined && { cursor }),
    ...(seen !== undefined && { seen }),
    ...(settled !== undefined && { settled }),
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const isObjectOf = <T>(value: unknown, is: (one: unknown) => one is T): value is Readonly<Record<string, T>> =>
  isObject(value) && Object.values(value).every(is)
const isNumbers = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'number')
const isPair = (value: unknown): value is readonly [number, number] => isNumbers(value) && value.length === 2
const isTimes = (value: unknown): value is readonly [number, number] =>
  isPair(value) && value.every((time) => epochOf(time) !== undefined)
export const isText = (value: unknown): value is string => typeof value === 'string'
const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string'
const isNumberOrNull = (value: unknown): value is number | null => value === null || typeof value === 'number'
const isAhead = (value: unknown): value is EmittedAhead => isObjectOf(value, isPair)
const isLookbacks = (value: unknown): value is readonly Lookback[] =>
  Array.isArray(value) &&
  value.every(
    (one) => isObject(one) && isTimes([one['time'], one['until']]) && isObjectOf(one['parents'], isTextOrNull),
  )

/** The error for a state of unknown shape: starting over without a word would duplicate rows in the warehouse. */
export const unknownState = (stream: Stream, state: StreamState | undefined): ConnectorError =>
  new ConnectorError(
    `The state of stream "${stream.name}" cannot be understood: it should hold "${stream.cursorField}" as epoch seconds or an ISO date, ` +
      `but holds: ${JSON.stringify(state).slice(0, 200)}. Hand in the last state that this connector wrote, ` +
      'or reset the stream to read it from the start date.',
    'config_error',
  )

/** The state to write for this progress. `done`: the sync has ended. */
export function stateFrom(one: ConfiguredStream, progress: Progress, done: boolean): StreamState {
  const { stream } = one
  const { position, parent, lookbacks, ahead, since, ids } = progress
  const isUnfinished = !done && stream.fallback?.isReordered === true && since !== position.time
  return {
    [cursorFieldOf(stream)]: stream.cursorFormat === 'iso' ? isoOf(position.time) : String(position.time),
    ...(position.cursor !== undefined && { cursor: position.cursor }),
    ...(position.seen && Object.keys(position.seen).length > 0 && { seen: packSeen(position.seen) }),
    ...(position.settled !== undefined && { settled: position.settled }),
    ...(parent && { parent: parentState(parent) }),
    ...(lookbacks.length > 0 && { look_back: lookbacks }),
    ...(Object.keys(ahead).length > 0 && { ahead }),
    ...(ids && { ids: packNumbers(ids.toSorted((a, b) => a - b)) }),
    ...selectionState(one),
    ...(isUnfinished && { since }),
    ...fullRefreshMark(one, done),
  }
}

/** The selection as a state holds it: only what differs from the defaults. */
export const selectionState = ({ selection }: ConfiguredStream): StreamState =>
  selection === undefined
    ? {}
    : {
        ...(selection.startDate > 0 && { start_date: isoOf(selection.startDate) }),
        ...(selection.pullBy === 'created' && { pull_by: selection.pullBy }),
        ...Object.fromEntries(Object.entries(selection.query).filter(([, value]) => value !== 'all')),
      }

const parentState = ({ position, deleted, reported }: ParentProgress): StreamState => ({
  ...packedPosition(position),
  ...(reported.size > 0 && { told: Object.fromEntries(reported) }),
  ...(deleted.size > 0 && {
    deleted: Object.fromEntries(
      [...deleted.values()].map(({ id, deletedAt, createdAt }) => [id, [epochOf(deletedAt) ?? createdAt, createdAt]]),
    ),
  }),
})

/** The mark of a full refresh in its state: it resumes within its own sync, and in no other. */
export const fullRefreshMark = ({ syncMode, syncId }: ConfiguredStream, done: boolean): StreamState =>
  syncMode === 'full_refresh' ? { full_refresh: { done, ...(syncId !== undefined && { sync_id: syncId }) } } : {}

/** The state to go on from; undefined for a first sync, and for a full refresh unless the state is of its own unfinished sync. */
export function stateToUse({ state, syncMode, syncId }: ConfiguredStream): StreamState | undefined {
  if (state === undefined || Object.keys(state).length === 0) return undefined
  if (syncMode === 'incremental') return state
  const mark = state['full_refresh'] as { done?: boolean; sync_id?: number } | undefined
  return mark?.done === false && mark.sync_id === syncId ? state : undefined
}
