import type { ConfiguredStream, Position, StreamState } from '../../model/stream.ts'
import { epochOf, isoOf } from '../../model/time.ts'
import { byId } from '../state/ids.ts'
import { packIds } from '../state/packed-ids.ts'
import {
  cursorFieldOf,
  fullRefreshMark,
  isObjectOf,
  isText,
  positionIn,
  progressFrom,
  selectionState,
  stateToUse,
  unknownState,
} from '../state/progress.ts'
import { type EmittedIds, emittedFrom, emittedState, idsEmitted } from './emitted-ids.ts'

/**
 * How far a stream that is read from lists has come. Its cursor field says up to when it is whole (epoch seconds), in
 * the exports' sense too, so that either reader goes on from it; `list` is where the lists are.
 */
export interface FallbackProgress {
  readonly whole: number
  /** Whether lists have not been read for it before. */
  readonly isFirst: boolean
  readonly position: Position
  /** Archived rows that were created before this second have been handed on; left out: there are none to be looked for. */
  readonly archived?: number
  /** Archived rows that changed before this second have been handed on (epoch seconds). */
  readonly searched: number
  /** How far the list of deletions was read. */
  readonly tombstones?: Position
  /** By row: what was handed on from the list below it, where that may not be full yet. */
  readonly revisits: Revisits
  /** By row: until when rows below it lie ahead of their time, and the ids of those (see `Below.ahead`). */
  readonly ahead: AheadOfTime
  /** By id of a row that has a list below it: when it was deleted (epoch seconds). Should it be there again, so is its list. */
  readonly deleted: Readonly<Record<string, number>>
  /** What was there when all of it was counted. */
  readonly emitted?: EmittedIds
  /** When the exports were found closed (epoch seconds). */
  readonly closedAt?: number
  /** What only the exports can make good, kept for them. */
  readonly forExports: StreamState
}

/** By id of a row: when it changed, up to when the list below it was known before, and the forms of what came since. */
export type Revisits = Readonly<
  Record<string, readonly [time: number, known: number, forms: Readonly<Record<string, string>>]>
>

/** By id of a row: a time in epoch seconds, then ids. */
export type AheadOfTime = Readonly<Record<string, readonly number[]>>

/** Where a stream begins. Throws a ConnectorError for a state of another shape. */
export function fallbackProgressFrom(one: ConfiguredStream): FallbackProgress {
  const state = stateToUse(one)
  const { parent, look_back, ids, list } = state ?? {}
  // Neither the second of the start date nor the one that an export has come to is whole: its next page may go on in it.
  const reached = state === undefined ? (one.selection?.startDate ?? 0) : wholeOf(one)
  const whole = list === undefined ? Math.max(0, reached - 1) : reached
  const forExports = {
    ...(parent !== undefined && { parent }),
    ...(look_back !== undefined && { look_back }),
    ...(ids !== undefined && { ids }),
  }
  if (list === undefined) {
    const { time } = (state && one.stream.walk.rewind?.({ time: whole })) ?? { time: whole }
    const position = { time: Math.max(0, time - (state ? (one.stream.fallback?.children?.ahead ?? 0) : 0)) }
    const known = emittedFrom({ at: 0, ids })
    const none = { revisits: {}, ahead: {}, deleted: {} }
    return { whole, isFirst: true, position, searched: whole, ...none, forExports, ...(known && { emitted: known }) }
  }
  if (typeof list !== 'object' || list === null) throw unknownState(one.stream, state)
  const {
    archived,
    searched = whole,
    gone,
    again = {},
    ahead = {},
    deleted = {},
    known: counted,
    closed_at,
  } = list as StreamState
  const known = emittedFrom(counted)
  const times = [archived, searched, closed_at].filter((time) => time !== undefined)
  const isOurs =
    isObjectOf(again, isRevisit) &&
    isObjectOf(ahead, areTimes) &&
    isObjectOf(deleted, isTime) &&
    times.every(isTime) &&
    (known !== undefined || counted === undefined)
  if (!isOurs) throw unknownState(one.stream, state)
  const place = (of: unknown) => positionIn({ ...(of as StreamState) }, 'time', one.stream)
  return {
    whole,
    isFirst: false,
    position: place(list),
    searched: searched as number,
    revisits: again,
    ahead,
    deleted,
    forExports,
    ...(archived !== undefined && { archived: archived as number }),
    ...(gone !== undefined && { tombstones: place(gone) }),
    ...(known && { emitted: known }),
    ...(closed_at !== undefined && { closedAt: closed_at as number }),
  }
}

/** Up to when the exports have handed on all that the lists tell by their own times. */
function wholeOf(one: ConfiguredStream): number {
  const { position, since } = progressFrom(one)
  return one.stream.fallback?.isReordered ? Math.min(since, position.time) : position.time
}

const isTime = (value: unknown): value is number => typeof value === 'number'

const areTimes = (value: unknown): value is AheadOfTime[string] => Array.isArray(value) && value.every(isTime)

const isRevisit = (value: unknown): value is Revisits[string] =>
  Array.isArray(value) &&
  value.length === 3 &&
  typeof value[0] === 'number' &&
  typeof value[1] === 'number' &&
  isObjectOf(value[2], isText)

/** When the exports were found closed for this stream, as its state says (epoch seconds). */
export const closedAtOf = ({ state }: ConfiguredStream): number | undefined =>
  epochOf((state?.['list'] as StreamState | undefined)?.['closed_at'])

/** The state as it is written; `done`: the sync has come to its end. */
export function fallbackState(one: ConfiguredStream, progress: FallbackProgress, done: boolean): StreamState {
  const { whole, position, archived, searched, tombstones, revisits, ahead, deleted, emitted, closedAt, forExports } =
    progress
  const { cursorFormat } = one.stream
  return {
    [cursorFieldOf(one.stream)]: cursorFormat === 'iso' ? isoOf(whole) : String(whole),
    list: {
      ...position,
      ...(one.stream.fallback?.archive && { searched }),
      ...(archived !== undefined && { archived }),
      ...(tombstones && { gone: tombstones }),
      ...(Object.keys(revisits).length > 0 && { again: revisits }),
      ...(Object.keys(ahead).length > 0 && { ahead }),
      ...(Object.keys(deleted).length > 0 && { deleted }),
      ...(emitted && { known: emittedState(emitted) }),
      ...(closedAt !== undefined && { closed_at: closedAt }),
    },
    ...forExports,
    ...(one.stream.inventory && emitted && { ids: packIds([...idsEmitted(emitted)].sort(byId)) }),
    ...selectionState(one),
    ...fullRefreshMark(one, done),
  }
}
