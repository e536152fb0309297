import type { Clock } from '../../model/clock.ts'
import type { Checkpoint, FileReference, Log, Message } from '../../model/message.ts'
import type {
  ConfiguredStream,
  DeletedRecords,
  GetPage,
  Page,
  Position,
  Reader,
  Reconcile,
  RecordFile,
  Selection,
} from '../../model/stream.ts'
import type { LaterFiles } from '../emit/later-files.ts'
import type { SideLoader } from '../side-loads.ts'
import { cursorFieldOf, type Progress, progressFrom, stateFrom } from '../state/progress.ts'
import { createHydrator, type Hydrator } from './hydrate.ts'
import { type ParentWatcher, pendingOf } from './parent-watcher.ts'

export interface ReadOptions {
  readonly get: GetPage
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
  readonly sideLoads: SideLoader
  readonly laterFiles: LaterFiles
}

/** One stream while its walk is read, which it may share with others. */
export interface StreamRun {
  readonly one: ConfiguredStream
  /** Its position when this sync began. */
  readonly begin: Position
  progress: Progress
  /** Whether the walk has reached the place where this stream goes on. */
  joined: boolean
  readonly hydrator: Hydrator | undefined
  readonly watcher: ParentWatcher | undefined
  /** The error that ended this stream; the walk goes on for the others. */
  failure?: unknown
}

/** The run of this stream, before the first page of its walk. */
export function startRun(one: ConfiguredStream, sync: Sync): StreamRun {
  const { name, hydrate, parent } = one.stream
  const watcher = sync.watchers.get(name)
  const progress = { ...progressFrom(one), ...(watcher && { parent: pendingOf(watcher) }) }
  return {
    one,
    progress,
    watcher,
    begin: progress.position,
    joined: false,
    hydrator:
      hydrate &&
      parent &&
      createHydrator(hydrate, {
        ...sync,
        streams: [name],
        omits: one.omits,
        columns: one.columns,
        from: progress.position.time,
        ahead: progress.ahead,
        parentOf: parent.idOf,
        parentField: hydrate.parentField,
        parentReads: parent.childReads,
        timeField: cursorFieldOf(one.stream),
        warn: (message) => sync.log('warn', message),
      }),
  }
}

/** A checkpoint of the stream's progress. `done`: its sync has ended. */
export const checkpoint = ({ one, progress }: StreamRun, done: boolean): Checkpoint => ({
  kind: 'checkpoint',
  stream: one.stream.name,
  state: stateFrom(one, progress, done),
})

/** These messages; an error ends this run only. A stream that requests more than the walk's pages can fail by itself. */
export async function* unlessFailed(
  run: { failure?: unknown },
  messages: AsyncGenerator<Message>,
): AsyncGenerator<Message> {
  try {
    yield* messages
  } catch (error) {
    run.failure = error
  }
}
