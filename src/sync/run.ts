import type { Clock } from '../model/clock.ts'
import type { Checkpoint, FileReference, Log, Message } from '../model/message.ts'
import type {
  ConfiguredStream,
  DeletedRecords,
  Feed,
  GetPage,
  Hydrate,
  Page,
  Parent,
  ParentDeletion,
  Position,
  Reader,
  Reconcile,
  RecordData,
  RecordFile,
  Selection,
} from '../model/stream.ts'
import type { LaterFiles } from './emit/later-files.ts'
import type { Step, WalkOptions } from './pages.ts'
import type { FillRows } from './side-loads.ts'
import type { FoundIds } from './state/emitted-ids.ts'
import { type ListedParent, type ListState, listStateOf } from './state/list-state.ts'
import {
  type EmittedAhead,
  forLists,
  type ListProgress,
  NO_LIST,
  type ParentProgress,
  type Progress,
  progressFrom,
  stateFrom,
  stateToUse,
} from './state/progress.ts'

export interface ReadOptions {
  readonly get: GetPage
  /** A message as it leaves the engine. Left out: as it is. */
  readonly asEmitted?: (message: Message) => Message
  /** When the last request was answered (epoch ms). Left out: now. */
  readonly answeredAt?: () => number
  readonly selection: Selection
  readonly deletedRecords: DeletedRecords
  /** Fetches the file of a record of this stream; undefined if it cannot be had, `later` if its host is out of reach: both are reported. */
  readonly fetchFile: (stream: string, file: RecordFile) => Promise<FileReference | 'later' | undefined>
  /** The priority of a stream, by its name: see PageRequest. */
  readonly priorityOf?: (stream: string) => number
  /** How many walks are read at the same time. */
  readonly walksAtOnce: number
  /** Whether a stream that would have to wait too long for a limit ends without having failed. */
  readonly endsAtLimit?: boolean
  /** How the streams of the Incremental Export API are read. */
  readonly reader: Reader
  /** How often streams of the fallback are reconciled, and what share of their records may turn out to be deleted. */
  readonly reconcile: Reconcile
  /** Ends the sync after the page at hand. */
  readonly signal: AbortSignal
  readonly log: Log
  readonly clock: Clock
}

/** What every reader of a sync needs. */
export interface Sync extends ReadOptions {
  /** By child stream: the watcher of its parent's walk. */
  readonly watchers: ReadonlyMap<string, ParentWatcher>
  /** By path of a count endpoint: its answer, which streams share. */
  readonly counts: Map<string, Promise<Page>>
  readonly filled: FillRows
  readonly laterFiles: LaterFiles
}

/** A stream, the feed that it is read by, and its state, which is parsed once: before anything is read. */
export interface OpenStream {
  readonly one: ConfiguredStream
  readonly feed: Feed
  /** Whether nothing was emitted yet. */
  readonly isFirst: boolean
  /** Whether the stream was not read by this feed before: its state holds a place in another one, or none. */
  readonly isNewFeed: boolean
  readonly progress: Progress
  /** What the state holds of the rows of a list that is compared. */
  readonly rows?: ListState
}

/** The stream with its state, parsed for this feed. Throws a ConnectorError for a state of another shape. */
export function openStream(one: ConfiguredStream, feed: Feed = one.stream.feeds[0]): OpenStream {
  const isFirst = stateToUse(one) === undefined
  const open = { one, feed, isFirst, isNewFeed: isFirst }
  if (feed.compares) {
    const rows = listStateOf(one)
    return { ...open, rows, progress: { position: { time: rows.latest }, lookbacks: [], ahead: {}, since: 0 } }
  }
  const progress = progressFrom(one)
  const { list, ...ofExport } = progress
  if (!isFallback(open)) return { ...open, progress: ofExport }
  return { ...open, isNewFeed: list === undefined, progress: forLists(one, feed, progress, isFirst) }
}

/** Whether the stream is read by another feed than its best one. */
export const isFallback = ({ one, feed }: Pick<OpenStream, 'one' | 'feed'>): boolean => feed !== one.stream.feeds[0]

/** Watches the parent's walk for a child stream, to learn which parents were deleted or restored. */
export interface ParentWatcher {
  readonly child: OpenStream
  readonly begin: ParentProgress
  /** Epoch seconds: earlier syncs emitted the deletions before this, except for those that `begin` names. */
  readonly reportedUntil: number
  position: Position
  readonly deleted: Map<number, ParentDeletion>
  readonly reported: Map<number, number | null>
  /** Parents whose children the child's own walk has given again: see `ofRestored`. */
  readonly again: Set<number>
  /** Resolves when the parent's walk is over: to true if it was read to its end. */
  readonly done: Promise<boolean>
}

/** A list of full records while it is read alongside the stubs of a stream. */
export interface Hydration {
  readonly hydrate: Hydrate
  readonly parent: Parent
  /** The field that holds the time of a record. */
  readonly timeField: string
  readonly options: WalkOptions & Sync
  readonly list: AsyncGenerator<Step>
  /** Full records whose stubs have not come yet, by id. */
  readonly waiting: Map<number, RecordData>
  /** By parent: the last record that was emitted before its stub came; part of the state. */
  readonly ahead: Map<number, EmittedAhead[string]>
  /** Parents that did not exist when their records were requested. */
  readonly missingParents: Set<number>
  /** Up to when the list has been read (epoch seconds). */
  reached: number
}

/** A list while it is compared. */
export interface Comparison {
  readonly before: ListState
  /** By key: the fingerprints of the records found so far. */
  readonly fingerprints: Map<string, string>
  /** By parent, for a stream of children: the parent's version, and the keys of its records. */
  readonly parents: Map<string, ListedParent>
  /** By parent without children: its version. */
  readonly empty: Map<string, string>
  latest: number
  /** When Zendesk answered with the last page (epoch seconds), if it said so. */
  date?: number | undefined
  /** Whether the list had no row until now. */
  isEmpty: boolean
  /** The keys of new rows that were announced, and rows that wait to be. */
  readonly announced: Set<string>
  fresh: string[]
  held: Message[]
}

/** One stream while its walk is read, which it may share with others. */
export interface Run extends OpenStream {
  /** Its progress when this sync began. */
  readonly begin: Progress
  progress: Progress
  /** Whether the walk has reached the place where this stream goes on. */
  joined: boolean
  /** For stubs that are replaced by whole records. */
  readonly hydration: Hydration | undefined
  readonly watcher: ParentWatcher | undefined
  /** For lists that are compared. */
  readonly comparison: Comparison | undefined
  /** The rows found so far, if reading them is an inventory. Streams that share an inventory share this too. */
  readonly found: FoundIds | undefined
  /** How many children that were emitted were found missing in lists of theirs that are still there. */
  missingChildren: number
  /** The error that ended this stream; the walk goes on for the others. */
  failure?: unknown
}

/** The place in the walk. */
export const placeOf = ({ position, list }: Progress): Position => list?.position ?? position

/** How far the lists of a fallback are. */
export const listOf = ({ list = NO_LIST }: Progress): ListProgress => list

export const move = (run: Run, change: Partial<Progress>): void => {
  run.progress = { ...run.progress, ...change }
}
export const moveList = (run: Run, change: Partial<ListProgress>): void =>
  move(run, { list: { ...listOf(run.progress), ...change } })

export const isReading = ({ joined, failure }: Run): boolean => joined && failure === undefined

/** A checkpoint of the stream's progress. `done`: its sync has ended. */
export const checkpoint = ({ one, progress }: Pick<Run, 'one' | 'progress'>, done: boolean): Checkpoint => ({
  kind: 'checkpoint',
  stream: one.stream.name,
  state: stateFrom(one, progress, done),
})

/** By stream: the error that ended it while its walk went on. */
export type Failures = ReadonlyMap<string, unknown>
