import { ConnectorError } from '../../model/errors.ts'
import type {
  ConfiguredStream,
  EmittedRows,
  Feed,
  ParentDeletion,
  Position,
  Stream,
  StreamState,
} from '../../model/stream.ts'
import { epochOf, isoOf } from '../../model/time.ts'
import { beside, type Codec, inForm, listOf, Misshapen, members, number, recordOf, text, tuple } from './codec.ts'
import { type EmittedIds, emittedFrom, emittedState, idsEmitted, NOTHING_EMITTED } from './emitted-ids.ts'
import { byId, packIds, packSeen, unpackNumbers, unpackSeen } from './packed.ts'
import { deletions, epoch, restoredOrDeleted, timesOrNull } from './parent-times.ts'

/**
 * Rows from this place to `until` (epoch seconds) that must be read again for the children of these parents. By parent: when
 * it was deleted (ISO 8601), or null if it was restored.
 */
export interface Lookback extends Omit<Position, 'cursor'> {
  readonly until: number
  readonly parents: Readonly<Record<string, string | null>>
}

/** By parent: the last record (id, epoch seconds) that was emitted before its stub came. */
export type EmittedAhead = Readonly<Record<string, readonly [id: number, time: number]>>

/**
 * Parents whose children were emitted as deleted, by id: when that was (epoch seconds), or null if the parent was restored
 * since. Only for children whose own walk does not report restorations.
 */
type ReportedParents = ReadonlyMap<number, number | null>

/** How far a parent's walk was read, and the deletions found in it that the child's own walk still needs, by id. */
export interface ParentProgress {
  readonly position: Position
  readonly deleted: ReadonlyMap<number, ParentDeletion>
  readonly reported: ReportedParents
  /** Children after this second (epoch) were emitted as deleted already; left out: those after the child's position. */
  readonly knownSince?: number
}

/** The progress of a stream that is read by its place in time: its state, parsed. */
export interface Progress {
  /** The place in an export. For a fallback only its time counts: everything up to then was emitted, also by the export's order. */
  readonly position: Position
  readonly parent?: ParentProgress
  readonly lookbacks: readonly Lookback[]
  readonly ahead: EmittedAhead
  /** Where the unfinished pass began (epoch seconds): everything before that was emitted. */
  readonly since: number
  /** The rows that the last inventory found, and those emitted since; left out if they are not known. */
  readonly emitted?: EmittedIds
  /** How far the lists of a fallback are. */
  readonly list?: ListProgress
}

/** How far the lists of a fallback are. */
export interface ListProgress {
  /** The place in the list of changed rows. */
  readonly position: Position
  /** Archived rows created before this second (epoch) have been emitted; left out: no search of the archive is under way. */
  readonly archived?: number
  /** Archived rows that changed before this second (epoch) have been emitted; left out: those that the state covers. */
  readonly searched?: number
  /** The place in the list of deletions. */
  readonly tombstones?: Position
  /** By parent: the children that were emitted while more of them may still appear. */
  readonly revisits: Revisits
  /** By parent: until when it has children ahead of their time, and their ids (see `Children.ahead`). */
  readonly ahead: AheadOfTime
  /** By id of a parent: when it was deleted (epoch seconds). If it is restored, its children are emitted again. */
  readonly deleted: Readonly<Record<string, number>>
  /** When the exports were found closed (epoch seconds). */
  readonly closedAt?: number
}

/** The lists of which nothing was read yet. */
export const NO_LIST: ListProgress = { position: { time: 0 }, revisits: {}, ahead: {}, deleted: {} }

/**
 * By id of a parent: when it changed, up to when its children had been emitted before that (both epoch seconds), and the
 * fingerprints of the children emitted since, by id.
 */
type Revisits = Readonly<
  Record<string, readonly [time: number, emittedUntil: number, fingerprints: Readonly<Record<string, string>>]>
>

/** By id of a parent: a time in epoch seconds, then ids of children. */
type AheadOfTime = Readonly<Record<string, readonly number[]>>

const seconds = inForm<number>((time) => time, epochOf)

const emittedRows = inForm<EmittedRows>(packSeen, unpackSeen)

const place: Codec<Position> = members<Position>({
  time: ['time', seconds],
  cursor: ['cursor', text],
  seen: ['seen', emittedRows],
  settled: ['settled', number],
})

const parent: Codec<ParentProgress> = beside(
  'position',
  place,
  members<Omit<ParentProgress, 'position'>>({
    reported: ['told', timesOrNull, new Map()],
    deleted: ['deleted', deletions, new Map()],
    knownSince: ['known_since', epoch],
  }),
)

/** In a state, the emitted rows stand with the lists, and the ids alone with the place in the export. */
interface ListInState extends ListProgress, Pick<Progress, 'emitted'> {}

const list: Codec<ListInState> = beside(
  'position',
  place,
  members<Omit<ListInState, 'position'>>({
    searched: ['searched', number],
    archived: ['archived', number],
    tombstones: ['gone', place],
    revisits: [
      'again',
      recordOf(tuple<[number, number, Readonly<Record<string, string>>]>(number, number, recordOf(text))),
      {},
    ],
    ahead: ['ahead', recordOf(listOf(number)), {}],
    deleted: ['deleted', recordOf(number), {}],
    emitted: ['known', inForm<EmittedIds>(emittedState, emittedFrom)],
    closedAt: ['closed_at', number],
  }),
)

const lookback: Codec<Lookback> = members<Lookback>({
  time: ['time', epoch],
  seen: ['seen', emittedRows],
  settled: ['settled', number],
  until: ['until', epoch],
  parents: ['parents', restoredOrDeleted],
})

interface InState extends Omit<Progress, 'position' | 'since' | 'list' | 'emitted'> {
  readonly list?: ListInState
  readonly ids?: EmittedIds
  readonly since?: number
}

const progress = members<InState>({
  list: ['list', list],
  parent: ['parent', parent],
  lookbacks: ['look_back', listOf(lookback), []],
  ahead: ['ahead', recordOf(tuple<[number, number]>(number, number)), {}],
  ids: ['ids', inForm<EmittedIds>((emitted) => packIds([...idsEmitted(emitted)].sort(byId)), emittedWithIds)],
  since: ['since', number],
})

function emittedWithIds(packed: unknown): EmittedIds | undefined {
  const ids = unpackNumbers(packed)
  return ids && { ...NOTHING_EMITTED, ids }
}

/** The progress that a stream's state describes, or that of the start date. Throws a ConnectorError for a state of another shape. */
export function progressFrom(one: ConfiguredStream): Progress {
  const state = stateToUse(one)
  if (state === undefined) {
    const time = one.selection?.startDate ?? 0
    return { position: { time }, lookbacks: [], ahead: {}, since: time }
  }
  return understood(one, () => {
    const position = place.from({ ...state, time: state[cursorFieldOf(one.stream)] })
    if (position.time === undefined) throw new Misshapen()
    const { ids, list: listed, ...rest } = progress.from(state)
    const { emitted = ids, ...list }: ListInState = listed ?? NO_LIST
    return { since: position.time, ...rest, ...(emitted && { emitted }), ...(listed && { list }), position }
  })
}

/**
 * The progress with which a fallback goes on: from its own place, or from that of the export. Up to `position.time` all was
 * emitted, by the export's order and by that of the lists.
 */
export function forLists(one: ConfiguredStream, feed: Feed, progress: Progress, isFirst: boolean): Progress {
  const { position, since, list, parent, lookbacks, emitted } = progress
  const kept = { since, lookbacks, ahead: {}, ...(parent && { parent }), ...(emitted && { emitted }) }
  const whole = list ? position.time : wholeBefore(feed, progress)
  const searched = feed.archive && { searched: list?.searched ?? whole }
  if (list) return { ...kept, position: { time: whole }, list: { ...list, ...searched } }
  const back = isFirst ? undefined : one.stream.feeds[0].walk.rewind?.({ time: whole })
  const ahead = !isFirst && feed.children?.due === 'byTime' ? (feed.children.ahead ?? 0) : 0
  const from = Math.max(0, (back?.time ?? whole) - ahead)
  return { ...kept, position: { time: whole }, list: { ...NO_LIST, position: { time: from }, ...searched } }
}

/** Rows of the start date's own second have not been emitted, and an export's next page may go on in the second it reached. */
const wholeBefore = ({ isReordered }: Feed, { position, since }: Progress): number =>
  Math.max(0, (isReordered ? Math.min(since, position.time) : position.time) - 1)

/** The cursor field of an export's stream: each has one. */
export function cursorFieldOf({ name, cursorField }: Stream): string {
  if (cursorField === undefined) throw new Error(`Stream "${name}" has no cursor field.`)
  return cursorField
}

/** What `parse` makes of this stream's state. Throws a ConnectorError for one of another shape. */
export function understood<T>({ stream, state }: ConfiguredStream, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw error instanceof Misshapen ? unknownState(stream, state) : error
  }
}

/** The error for a state of unknown shape: starting over without a word would duplicate rows in the warehouse. */
export const unknownState = (stream: Stream, state: StreamState | undefined): ConnectorError =>
  new ConnectorError(
    `The state of stream "${stream.name}" cannot be understood: it should hold "${stream.cursorField}" as epoch seconds or an ISO date, ` +
      `but holds: ${JSON.stringify(state).slice(0, 200)}. Use the last state that this connector wrote, ` +
      'or reset the stream to read it from the start date.',
    'config_error',
  )

/** The state to write for this progress. `done`: the sync has ended. */
export function stateFrom(one: ConfiguredStream, progressed: Progress, done: boolean): StreamState {
  const { position, since, list, emitted, ...rest } = progressed
  const { stream } = one
  const { time, seen, ...exact } = position
  const isUnfinished = !done && !list && stream.feeds[1]?.isReordered === true && since !== time
  const placed = { time, ...(seen && Object.keys(seen).length > 0 && { seen }), ...exact }
  const { time: _, ...where } = place.to(placed) as StreamState
  const written: InState = {
    ...rest,
    ...(list && { list: { ...list, ...(emitted && { emitted }) } }),
    ...(stream.feeds[0].inventory && emitted && { ids: emitted }),
    ...(isUnfinished && { since }),
  }
  return {
    [cursorFieldOf(stream)]: stream.cursorFormat === 'iso' ? isoOf(time) : String(time),
    ...where,
    ...(progress.to(written) as StreamState),
    ...selectionState(one),
    ...fullRefreshMark(one, done),
  }
}

/** The selection as a state holds it: only what differs from the defaults. */
const selectionState = ({ selection }: ConfiguredStream): StreamState =>
  selection === undefined
    ? {}
    : {
        ...(selection.startDate > 0 && { start_date: isoOf(selection.startDate) }),
        ...(selection.pullBy === 'created' && { pull_by: selection.pullBy }),
        ...Object.fromEntries(Object.entries(selection.query).filter(([, value]) => value !== 'all')),
      }

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
