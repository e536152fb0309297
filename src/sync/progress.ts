import { ConnectorError } from '../errors.ts'
import type { ConfiguredStream, Position, Stream, StreamState } from '../stream.ts'
import { epochOf, isoOf } from '../time.ts'

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
export type Ahead = Readonly<Record<string, readonly [id: number, time: number]>>

/** How far one export stream has come: what its state says, understood. */
export interface Progress {
  readonly position: Position
  /** How far the parent's walk was read for deletions. */
  readonly parent?: Position
  readonly lookBacks: readonly LookBack[]
  readonly ahead: Ahead
}

/** Where a stream begins: at its state, or at the start date (epoch seconds). Throws a ConnectorError for other shapes. */
export function progressFrom(one: ConfiguredStream, startDate: number): Progress {
  const state = stateToUse(one)
  if (state === undefined) return { position: { time: startDate }, lookBacks: [], ahead: {} }
  const { stream } = one
  const position = positionIn(state, stream.cursorField, stream)
  const parent = state['parent'] as StreamState | undefined
  return {
    position,
    lookBacks: (state['look_back'] as LookBack[] | undefined) ?? [],
    ahead: (state['ahead'] as Ahead | undefined) ?? {},
    ...(parent && { parent: positionIn(parent, 'time', stream) }),
  }
}

function positionIn(state: StreamState, field: string, stream: Stream): Position {
  const time = epochOf(state[field])
  const { cursor, seen } = state
  const understood =
    time !== undefined &&
    (cursor === undefined || typeof cursor === 'string') &&
    (seen === undefined || (typeof seen === 'object' && seen !== null))
  if (!understood) throw unknownState(stream, state)
  return {
    time,
    ...(cursor !== undefined && { cursor }),
    ...(seen !== undefined && { seen: seen as NonNullable<Position['seen']> }),
  }
}

/** What the state of a list stream holds: the latest cursor value, and a fingerprint of each record by its id. */
export function listStateOf(one: ConfiguredStream): {
  latest: number
  fingerprints?: Readonly<Record<string, string>>
} {
  const state = one.syncMode === 'incremental' ? stateToUse(one) : undefined
  if (state === undefined) return { latest: 0 }
  const latest = epochOf(state[one.stream.cursorField])
  const { records } = state
  if (latest === undefined || (records !== undefined && (typeof records !== 'object' || records === null)))
    throw unknownState(one.stream, state)
  return { latest, ...(records !== undefined && { fingerprints: records as Readonly<Record<string, string>> }) }
}

/** Throws a ConnectorError for a state that cannot be understood: before anything is read, and never in silence. */
export function checkState(one: ConfiguredStream): void {
  if (one.stream.walk.order === 'unordered') listStateOf(one)
  else progressFrom(one, 0)
}

/** The error for a state of a shape that we do not know: to start over in silence would double a warehouse's rows. */
const unknownState = (stream: Stream, state: StreamState): ConnectorError =>
  new ConnectorError(
    `The state of stream "${stream.name}" cannot be understood: it should hold "${stream.cursorField}" as epoch seconds or an ISO date, ` +
      `but holds: ${JSON.stringify(state).slice(0, 200)}. Hand in the last state that this connector wrote, ` +
      'or reset the stream to read it from the start date.',
    'config_error',
  )

/** The stream's state as it is written after a page. */
export function stateFrom(one: ConfiguredStream, progress: Progress, done: boolean): StreamState {
  const { stream } = one
  const { position, parent, lookBacks, ahead } = progress
  return {
    [stream.cursorField]: stream.cursorFormat === 'iso' ? isoOf(position.time) : String(position.time),
    ...(position.cursor !== undefined && { cursor: position.cursor }),
    ...(position.seen && Object.keys(position.seen).length > 0 && { seen: position.seen }),
    ...(parent && { parent }),
    ...(lookBacks.length > 0 && { look_back: lookBacks }),
    ...(Object.keys(ahead).length > 0 && { ahead }),
    ...fullRefreshMark(one, done),
  }
}

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
