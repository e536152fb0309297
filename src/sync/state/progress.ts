import { ConnectorError } from '../../model/errors.ts'
import type { ConfiguredStream, ParentDeletion, Position, Stream, StreamState } from '../../model/stream.ts'
import { epochOf, isoOf } from '../../model/time.ts'
import { packNumbers, unpackNumbers } from './packed-ids.ts'

/**
 * Rows from `time` to `until` (epoch seconds) that are to be looked at again for the children of these parents:
 * deleted at the given time, or restored (null).
 */
export interface LookBack {
  readonly time: number
  readonly until: number
  readonly parents: Readonly<Record<string, string | null>>
}

/** By parent: the last record (id, epoch seconds) that was handed on before its row came. */
export type EmittedAhead = Readonly<Record<string, readonly [id: number, time: number]>>

/**
 * Parents whose children were told to be deleted with them, by id: when that was (epoch seconds), or null where the parent
 * is there again since. Kept where the child's own walk tells no restorations.
 */
export type ReportedParents = ReadonlyMap<number, number | null>

/** How far a parent's walk was read, and the deletions found in it that the child's own walk still needs, by id. */
export interface ParentProgress {
  readonly position: Position
  readonly deleted: ReadonlyMap<number, ParentDeletion>
  readonly reported: ReportedParents
}

/** How far one export stream has come: what its state says, understood. */
export interface Progress {
  readonly position: Position
  readonly parent?: ParentProgress
  readonly lookBacks: readonly LookBack[]
  readonly ahead: EmittedAhead
  /** Where the pass began that has not come to its end (epoch seconds): everything before it was read whole. */
  readonly since: number
  /** The ids of all records that there were at the end of the last sync; left out: not known. */
  readonly ids?: readonly number[]
}

/** Where a stream begins: at its state, or at the start date. Throws a ConnectorError for other shapes. */
export function progressFrom(one: ConfiguredStream): Progress {
  const state = stateToUse(one)
  if (state === undefined) {
    const time = one.selection?.startDate ?? 0
    return { position: { time }, lookBacks: [], ahead: {}, since: time }
  }
  const { stream } = one
  const position = positionIn(state, cursorFieldOf(stream), stream)
  const { look_back: lookBacks = [], ahead = {}, parent, since = position.time } = state
  if (!isLookBacks(lookBacks) || !isAhead(ahead) || typeof since !== 'number') throw unknownState(stream, state)
  const ids = state['ids'] === undefined ? undefined : unpackNumbers(state['ids'])
  if (state['ids'] !== undefined && ids === undefined) throw unknownState(stream, state)
  return {
    position,
    lookBacks,
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
  const known = Object.entries(told).map(([id, at]) => [Number(id), at] as const)
  return { position: positionIn(parent, 'time', stream), deleted: new Map(deletions), reported: new Map(known) }
}

/** The place that a state names. Throws a ConnectorError for one of another shape. */
export function positionIn(state: StreamState, field: string, stream: Stream): Position {
  const time = epochOf(state[field])
  const { cursor, seen, settled } = state
  const isSettled = settled === undefined || typeof settled === 'number'
  const isCursor = cursor === undefined || typeof cursor === 'string'
  if (time === undefined || !isCursor || !(seen === undefined || isObjectOf(seen, isForms)) || !isSettled)
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
const isForms = (value: unknown): value is Readonly<Record<string, string>> => isObjectOf(value, isText)
const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string'
const isNumberOrNull = (value: unknown): value is number | null => value === null || typeof value === 'number'
const isAhead = (value: unknown): value is EmittedAhead => isObjectOf(value, isPair)
const isLookBacks = (value: unknown): value is readonly LookBack[] =>
  Array.isArray(value) &&
  value.every(
    (one) => isObject(one) && isTimes([one['time'], one['until']]) && isObjectOf(one['parents'], isTextOrNull),
  )

/** The error for a state of a shape that we do not know: to start over in silence would double a warehouse's rows. */
export const unknownState = (stream: Stream, state: StreamState | undefined): ConnectorError =>
  new ConnectorError(
    `The state of stream "${stream.name}" cannot be understood: it should hold "${stream.cursorField}" as epoch seconds or an ISO date, ` +
      `but holds: ${JSON.stringify(state).slice(0, 200)}. Hand in the last state that this connector wrote, ` +
      'or reset the stream to read it from the start date.',
    'config_error',
  )

/** The stream's state as it is written after a page. */
export function stateFrom(one: ConfiguredStream, progress: Progress, done: boolean): StreamState {
  const { stream } = one
  const { position, parent, lookBacks, ahead, since, ids } = progress
  const isUnfinished = !done && stream.fallback?.isReordered === true && since !== position.time
  return {
    [cursorFieldOf(stream)]: stream.cursorFormat === 'iso' ? isoOf(position.time) : String(position.time),
    ...(position.cursor !== undefined && { cursor: position.cursor }),
    ...(position.seen && Object.keys(position.seen).length > 0 && { seen: position.seen }),
    ...(position.settled !== undefined && { settled: position.settled }),
    ...(parent && { parent: parentState(parent) }),
    ...(lookBacks.length > 0 && { look_back: lookBacks }),
    ...(Object.keys(ahead).length > 0 && { ahead }),
    ...(ids && { ids: packNumbers(ids.toSorted((a, b) => a - b)) }),
    ...selectionState(one),
    ...(isUnfinished && { since }),
    ...fullRefreshMark(one, done),
  }
}

/** What a state says of what is read of the stream; nothing of what is usual. */
export const selectionState = ({ selection }: ConfiguredStream): StreamState =>
  selection === undefined
    ? {}
    : {
        ...(selection.startDate > 0 && { start_date: isoOf(selection.startDate) }),
        ...(selection.pullBy === 'created' && { pull_by: selection.pullBy }),
        ...Object.fromEntries(Object.entries(selection.query).filter(([, value]) => value !== 'all')),
      }

const parentState = ({ position, deleted, reported }: ParentProgress): StreamState => ({
  ...position,
  ...(reported.size > 0 && { told: Object.fromEntries(reported) }),
  ...(deleted.size > 0 && {
    deleted: Object.fromEntries(
      [...deleted.values()].map(({ id, deletedAt, createdAt }) => [id, [epochOf(deletedAt) ?? createdAt, createdAt]]),
    ),
  }),
})

/** A full refresh says in its state whose it is, so that it resumes within its own sync and in no other. */
export const fullRefreshMark = ({ syncMode, syncId }: ConfiguredStream, done: boolean): StreamState =>
  syncMode === 'full_refresh' ? { full_refresh: { done, ...(syncId !== undefined && { sync_id: syncId }) } } : {}

/** The state to go on from: none at first, and none for a full refresh but that of its own unfinished sync. */
export function stateToUse({ state, syncMode, syncId }: ConfiguredStream): StreamState | undefined {
  if (state === undefined || Object.keys(state).length === 0) return undefined
  if (syncMode === 'incremental') return state
  const mark = state['full_refresh'] as { done?: boolean; sync_id?: number } | undefined
  return mark?.done === false && mark.sync_id === syncId ? state : undefined
}
