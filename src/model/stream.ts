// The vocabulary of the connector, with page.ts and walk.ts. Every room may import it.

import type { Feed } from './feed.ts'
import type { Selection } from './options.ts'
import type { PageRequest, RecordData, RecordFile } from './page.ts'
import type { Picks, Reads } from './reads.ts'
import type { Walk } from './walk.ts'

export type {
  Archive,
  ArchiveSearch,
  Children,
  DatedChildren,
  Feed,
  Hydrate,
  Id,
  Inventory,
  TombstoneList,
  VersionedChildren,
} from './feed.ts'
export type { Choices, DeletedRecords, Reader, Search, Selection } from './options.ts'
export type {
  Cut,
  GetPage,
  KnownFields,
  Page,
  PageRequest,
  Query,
  RecordData,
  RecordFile,
} from './page.ts'
export { answeredAt, askedSize, dateOf, setAnsweredAt, setAskedSize } from './page.ts'
export type { Each, Has, Inside, Picks, PicksOf, Read, Reads, ReadsOf } from './reads.ts'
export { joinReads, keyReads, readsAt } from './reads.ts'
export type { Instead, SideLoad } from './side-load.ts'
export type { Advance, Deletion, EmittedRows, Order, Position, SecondAgain, Walk } from './walk.ts'

/** The parent of a stream of children: if a ticket is deleted, so are its comments. */
export interface Parent {
  readonly walk: Walk
  /** The fields of a row of that walk that `deletionOf` reads. */
  readonly reads: Reads
  /** The fields of a row of the child's walk that the other functions read, and `idOf` of a child record. */
  readonly childReads: Reads
  /** Which rows of the lists inside of such a row they read. Left out: all of them. */
  readonly picks?: Picks
  /** The id of the parent of a child record, or of a row of the child's walk. */
  readonly idOf: (child: RecordData) => number
  /** The deletion that a row of the parent's walk reports, if it does. */
  readonly deletionOf: (row: RecordData) => ParentDeletion | undefined
  /**
   * The id of the parent that a row of the child's walk reports as restored, if it does. Left out if no row does. The
   * parents' walk shows restorations in any case: the state remembers for a while which parents were deleted.
   */
  readonly restoredBy?: (row: RecordData) => number | undefined
  /**
   * All children of one parent. Only if the child's own walk reports deletions: then nothing but restorations is taken from
   * the parents' walk, and the children of a restored parent are read from here.
   */
  readonly ofRestored?: (id: number) => Walk
  /** Requests one parent, to learn when a restored one was created. */
  readonly show: (id: number) => PageRequest
}

/** A deleted parent. `deletedAt` in ISO 8601 (UTC); `createdAt` in epoch seconds: its children are not older. */
export interface ParentDeletion {
  readonly id: number
  readonly deletedAt: string
  readonly createdAt: number
}

/** The JSON Schema (draft 7) of a stream's records; only the part that the connector uses. */
export interface JsonSchema {
  readonly properties: Readonly<Record<string, unknown>>
}

/** One stream, declared: what it is called, what feeds it, and how a row becomes its records. */
export interface Stream {
  readonly name: string
  /** Its columns, if account or configuration decide on them. Left out: those in schemas/, by its name. */
  readonly schema?: JsonSchema
  /** Empty if no field identifies its records. */
  readonly primaryKey: readonly string[]
  /**
   * The field that orders records by time; the state holds its latest value. Left out if the records of a list have no such
   * field: then there is only the full refresh.
   */
  readonly cursorField?: string
  /** How the state writes the cursor field's value: as the connectors that people migrate from write it. */
  readonly cursorFormat: 'epoch' | 'iso'
  /** The ways to read it, best first: the second one if the first is an export and closed. */
  readonly feeds: readonly [best: Feed, fallback?: Feed]
  /** The fields of a row that its functions read, also of rows inside of it. Left out: all, and rows are parsed whole. */
  readonly reads?: Reads
  /** Which rows of the lists inside of a row it reads. Left out: all of them. */
  readonly picks?: Picks
  /** The members of a row that lead to its records; empty: the row is one. Left out: its feed makes them. */
  readonly at?: readonly string[]
  /** Members of its records that are left out, because other columns replace them: custom fields, another connector's columns. */
  readonly strips?: readonly string[]
  /** The columns that its feeds set, instead of a record's own members of these names. */
  readonly sets?: readonly string[]
  /** When this record was deleted (ISO 8601, UTC), if the record itself says so. */
  readonly deletedAt: (record: RecordData) => string | undefined
  /** The file of a record. */
  readonly file?: (record: RecordData) => RecordFile | undefined
  readonly parent?: Parent
  /** Requests one record, for lists whose rows change their places: a missing row was deleted, or only overlooked. */
  readonly show?: (id: string) => PageRequest
  /** With `childList`: requests one row of its walk, so that the children of this row alone can be read. */
  readonly showParent?: (id: string) => PageRequest
  /** Rows leave its list by themselves, in any number: with time, or when somebody is done with them. */
  readonly rowsLeave?: boolean
  /** Its list is a log, whose rows leave it with time alone: one that is missing was not deleted, and is kept. */
  readonly isLog?: boolean
  /** Where Zendesk counts the records, as path and query: for progress bars. */
  readonly count?: string
  /** Only an administrator may read it. */
  readonly adminOnly: boolean
  /** The plan, product or role that it needs, in words. Left out: agents of every account can read it. */
  readonly needs?: string
  /**
   * Which streams come first in a long first sync, if they share one of Zendesk's limits: 1 for what other tables refer to,
   * 2 for conversations, 3 for details; left out: after those.
   */
  readonly priority?: 1 | 2 | 3
  /** Most people want it: it is read where nobody has chosen. */
  readonly isSelectedByDefault?: true
}

export type SyncMode = 'full_refresh' | 'incremental'

/** What a stream remembers between two syncs, as JSON. Opaque to the dialects. */
export type StreamState = Readonly<Record<string, unknown>>

/** A stream as the configured catalog asks for it. */
export interface ConfiguredStream {
  readonly stream: Stream
  readonly syncMode: SyncMode
  readonly state: StreamState | undefined
  /** The id of the sync (job), if the platform gives one: a full refresh resumes within its own sync only. */
  readonly syncId?: number
  /** The columns that were not chosen, and members of rows that are not part of its records. */
  readonly omits: ReadonlySet<string>
  /** All fields for which its schema has a column, and members that are not part of its records. Left out: not known. */
  readonly columns?: ReadonlySet<string>
  /** Whether the files of its records are fetched too. */
  readonly includesFiles?: boolean
  /** Which part of it is read; set by the engine, from the configuration and the state. Left out: all of it. */
  readonly selection?: Selection
  /** Whether deletions can be emitted: false if the column that marks them was not chosen. */
  readonly emitsDeletions: boolean
}

/** When streams are reconciled, and how much of them may be deleted then. */
export interface Reconcile {
  /** In seconds; 0: never. */
  readonly every: number
  /** The share of a stream's records (0 to 1). */
  readonly mostDeleted: number
}
