import type { FileReference, Log, Message } from '../../model/message.ts'
import type { Clock } from '../../model/runtime.ts'
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
import type { SideLoader } from '../side-loads.ts'
import { cursorFieldOf, type Progress, progressFrom, stateFrom } from '../state/progress.ts'
import { createHydrator, type Hydrator } from './hydrate.ts'
import { type ParentWatcher, pendingOf } from './parent-watcher.ts'

export interface ReadOptions {
  readonly get: GetPage
  readonly selection: Selection
  readonly deletedRecords: DeletedRecords
  /** Fetches the file of a record of this stream; undefined where there is none to be had, which is told. */
  readonly fetchFile: (stream: string, file: RecordFile) => Promise<FileReference | undefined>
  /** How many walks are read at once. */
  readonly walksAtOnce: number
  /** How the streams of the Incremental Export API are read. */
  readonly reader: Reader
  /** How often streams that are read from lists are compared as a whole, and what share may be found deleted then. */
  readonly reconcile: Reconcile
  /** Ends the sync after the page at hand. */
  readonly signal: AbortSignal
  readonly log: Log
  readonly clock: Clock
}

/** What every reader of a sync needs. */
export interface Sync extends ReadOptions {
  /** By child stream: who reads its parent's walk along. */
  readonly watchers: ReadonlyMap<string, ParentWatcher>
  /** Answers of count endpoints: streams of one count ask once. */
  readonly counts: Map<string, Promise<Page>>
  /** Gets what answers lack. */
  readonly sideLoads: SideLoader
}

/** One stream on a walk that it may share with others. */
export interface StreamRun {
  readonly one: ConfiguredStream
  /** Where it stood when this sync began. */
  readonly begin: Position
  progress: Progress
  joined: boolean
  readonly hydrator: Hydrator | undefined
  readonly watcher: ParentWatcher | undefined
  /** What ended this stream while the walk goes on for the others. */
  failure?: unknown
}

/** A stream as its walk begins. */
export function startRun(one: ConfiguredStream, sync: Sync): StreamRun {
  const { name, hydrate, parent } = one.stream
  const watcher = sync.watchers.get(name)
  const progress = { ...progressFrom(one), ...(watcher && { parent: pendingOf(watcher) }) }
  return {
    one,
    progress,
    watcher: watcher,
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
        parentReads: parent.childReads,
        timeField: cursorFieldOf(one.stream),
        warn: (message) => sync.log('warn', message),
      }),
  }
}

/** The stream's state as it stands; `done`: its sync has come to its end. */
export const checkpoint = ({ one, progress }: StreamRun, done: boolean): Message => ({
  kind: 'checkpoint',
  stream: one.stream.name,
  state: stateFrom(one, progress, done),
})

/** A stream that asks for more than the walk's own pages can fail alone. */
export async function* unlessFailed(
  member: { failure?: unknown },
  messages: AsyncGenerator<Message>,
): AsyncGenerator<Message> {
  try {
    yield* messages
  } catch (error) {
    member.failure = error
  }
}
