import type { ConfiguredStream, Position, StreamState } from '../../model/stream.ts'
import { epochOf, isoOf } from '../../model/time.ts'
import { byId } from '../state/ids.ts'
import { packIds } from '../state/packed-ids.ts'
import { packedPosition } from '../state/packed-seen.ts'
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
 * The progress of a stream that is read from lists. Up to `whole` (epoch seconds) everything was emitted, also by the
 * exports' order of time: the state's cursor field says so, and either reader can go on from there.
 */
export interface FallbackProgress {
  readonly whole: number
  /** Whether this is the first time that lists are read for it. */
  readonly isFirst: boolean
  /** The place in the list of changed rows. */
  readonly position: Position
  /** Archived rows created before this second (epoch) have been emitted; left out: no search of the archive is under way. */
  readonly archived?: number
  /** Archived rows that changed before this second (epoch) have been emitted. */
  readonly searched: number
  /** The place in the list of deletions. */
  readonly tombstones?: Position
  /** By parent: the children that were emitted while more of them may still appear. */
  readonly revisits: Revisits
  /** By parent: until when it has children ahead of their time, and their ids (see `Children.ahead`). */
  readonly ahead: AheadOfTime
  /** By id of a parent: when it was deleted (epoch seconds). If it is restored, its children are emitted again. */
  readonly deleted: Readonly<Record<string, number>>
  /** The rows that the last inventory found, and those emitted since. */
  readonly emitted?: EmittedIds
  /** When the exports were found closed (epoch seconds). */
  readonly closedAt?: number
  /** Parts of the state that only the exports can use, kept for them. */
  readonly forExports: StreamState
}

/**
 * By id of a parent: when it changed, up to when its children had been emitted before that (both epoch seconds), and the
 * fingerprints of the children emitted since, by id.
 */
export type Revisits = Readonly<
  Record<string, readonly [time: number, emittedUntil: number, fingerprints: Readonly<Record<string, string>>]>
>

/** By id of a parent: a time in epoch seconds, then ids of children. */
export type AheadOfTime = Readonly<Record<string, readonly number[]>>

/** The progress that the stream's state describes. Throws a ConnectorError for a state of another shape. */
export function fallbackProgressFrom(one: ConfiguredStream): FallbackProgress {
  const state = stateToUse(one)
  const { parent, look_back, ids, list } = state ?? {}
  // Rows of the start date's own second have not been emitted, and an export's next page may go on in the second it reached.
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
    const emitted = emittedFrom({ at: 0, ids })
    const none = { revisits: {}, ahead: {}, deleted: {} }
    return { whole, isFirst: true, position, searched: whole, ...none, forExports, ...(emitted && { emitted }) }
  }
  if (typeof list !== 'object' || list === null) throw unknownState(one.stream, state)
  const {
    archived,
    searched = whole,
    gone: tombstones,
    again: revisits = {},
    ahead = {},
    deleted = {},
    known,
    closed_at,
  } = list as StreamState
  const emitted = emittedFrom(known)
  const times = [archived, searched, closed_at].filter((time) => time !== undefined)
  const isOurs =
    isObjectOf(revisits, isRevisit) &&
    isObjectOf(ahead, areTimes) &&
    isObjectOf(deleted, isTime) &&
    times.every(isTime) &&
    (emitted !== undefined || known === undefined)
  if (!isOurs) throw unknownState(one.stream, state)
  const place = (of: unknown) => positionIn({ ...(of as StreamState) }, 'time', one.stream)
  return {
    whole,
    isFirst: false,
    position: place(list),
    searched: searched as number,
    revisits,
    ahead,
    deleted,
    forExports,
    ...(archived !== undefined && { archived: archived as number }),
    ...(tombstones !== undefined && { tombstones: place(tombstones) }),
    ...(emitted && { emitted }),
    ...(closed_at !== undefined && { closedAt: closed_at as number }),
  }
}

/** Up to when the exports have emitted everything, by the times that the lists go by (epoch seconds). */
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

/** When this stream's export was found closed, according to its state (epoch seconds). */
export const closedAtOf = ({ state }: ConfiguredStream): number | undefined =>
  epochOf((state?.['list'] as StreamState | undefined)?.['closed_at'])

/** The state to write for this progress. `done`: the sync has ended. */
export function fallbackState(one: ConfiguredStream, progress: FallbackProgress, done: boolean): StreamState {
  const { whole, position, archived, searched, tombstones, revisits, ahead, deleted, emitted, closedAt, forExports } =
    progress
  const { cursorFormat } = one.stream
  return {
    [cursorFieldOf(one.stream)]: cursorFormat === 'iso' ? isoOf(whole) : String(whole),
    list: {
      ...packedPosition(position),
      ...(one.stream.fallback?.archive && { searched }),
      ...(archived !== undefined && { archived }),
      ...(tombstones && { gone: packedPosition(tombstones) }),
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
