// The vocabulary of the connector, with page.ts and walk.ts. Every room may import it.

import type { Fallback } from './fallback.ts'
import type { Selection } from './options.ts'
import type { PageRequest, Query, RecordData, RecordFile } from './page.ts'
import type { Picks, Reads } from './reads.ts'
import type { SideLoad } from './side-load.ts'
import type { Deletion, Walk } from './walk.ts'

export type { Archive, Children, Fallback, Id, Inventory, TombstoneList } from './fallback.ts'
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
export { answeredAt, dateOf, setAnsweredAt } from './page.ts'
export type { Each, Has, Inside, Picks, PicksOf, Read, Reads, ReadsOf } from './reads.ts'
export { joinReads, readsAt } from './reads.ts'
export type { Instead, SideLoad } from './side-load.ts'
export type { Advance, Deletion, EmittedRows, Order, Position, SecondAgain, Walk } from './walk.ts'

/** A deleted record of the parent takes its children along: a deleted ticket its comments. */
export interface Parent {
  readonly walk: Walk
  /** What `deletionOf` reads of a row of that walk. */
  readonly reads: Reads
  /** What the others read of a row of the child's walk; `idOf` of a child record too. */
  readonly childReads: Reads
  /** Which rows of the lists inside of that row they look at; left out: all of them. */
  readonly picks?: Picks
  /** The parent's id on a child record, and on a row of the child's walk. */
  readonly idOf: (child: RecordData) => number
  /** What the parent's row says of its own deletion; `createdAt` in epoch seconds bounds the search for children. */
  readonly deletionOf: (row: RecordData) => ParentDeletion | undefined
  /**
   * The parent ids that a row of the child's walk tells to be restored. Left out where none does: then the state keeps
   * for a while which parents took children along, and their own walk tells which of them are there again.
   */
  readonly restoredBy?: (row: RecordData) => number | undefined
  /** Where one parent is shown, to learn when a restored one was created. */
  readonly show: (id: number) => PageRequest
}
export interface ParentDeletion {
  readonly id: number
  readonly deletedAt: string
  readonly createdAt: number
}

/** Full records for stubs, from a list that is read alongside the walk. */
export interface Hydrate {
  /** The list of full records, ascending by time: from `from` (epoch seconds) on, or all of it. */
  readonly list: (from?: number) => Walk
  /** All full records of one parent: for what the list leaves out. */
  readonly ofParent: (parentId: number) => Walk
}

/** The JSON Schema (draft 7) of a stream's records, as far as it is read here. */
export interface JsonSchema {
  readonly properties: Readonly<Record<string, unknown>>
}

/** One stream, declared: what it is called, what feeds it, and how a row becomes its records. */
export interface Stream {
  readonly name: string
  /** Its columns, where account or configuration decide on them; left out: those in schemas/, by its name. */
  readonly schema?: JsonSchema
  /** Empty where nothing tells its records apart. */
  readonly primaryKey: readonly string[]
  /**
   * The field that tells new from old; its value also stands in the state. Left out where the records of a list have no
   * such field: then there is only the full refresh.
   */
  readonly cursorField?: string
  /** How the state spells the cursor field's value, as the connectors that people come from spell it. */
  readonly cursorFormat: 'epoch' | 'iso'
  readonly walk: Walk
  /**
   * A list for each row of the walk (the holidays of each schedule), where the records are in its rows; undefined: this
   * row says itself that it has none.
   */
  readonly childList?: (row: RecordData) => Walk | undefined
  /**
   * With `each`: what changes of a row when something in its list does, its time and counters; the lists of rows that are
   * as they were are not read again. Left out: nothing tells, and each list is read every time.
   */
  readonly version?: (row: RecordData) => readonly unknown[]
  /** The same for lists that were empty, where nothing of a row tells of what stands below those of its list. */
  readonly versionOfEmpty?: (row: RecordData) => readonly unknown[]
  /** Query parameters that this stream adds to its walk: a side-load. Joined with commas where several add the same one. */
  readonly include?: Query
  /** What its records, or columns of them, are made of, and an answer may lack. */
  readonly sideLoads?: readonly SideLoad[]
  /** The fields of a row that its functions read, those of a list's rows inside of it too; left out: all, and rows are parsed whole. */
  readonly reads?: Reads
  /** Which rows of the lists inside of a row that it reads; left out: all of them. */
  readonly picks?: Picks
  /** The members of a row that lead to its records as they stand there; none: the row is one. Left out: they are made. */
  readonly at?: readonly string[]
  /** Members of its records that are left out, as other columns stand for them: custom fields, the columns of another connector. */
  readonly strips?: readonly string[]
  /** The columns that `records` puts in the place of a record's own members of these names. */
  readonly sets?: readonly string[]
  /** The records in these rows of the walk; with `each`, in these rows of the list of `parent`. */
  readonly records: (rows: readonly RecordData[], parent?: RecordData) => readonly RecordData[]
  /** When this record was deleted (ISO 8601, UTC), as the record itself tells; undefined: it lives. */
  readonly deletedAt: (record: RecordData) => string | undefined
  /** Deletions that these rows tell without holding the record. */
  readonly deletions?: (rows: readonly RecordData[]) => readonly Deletion[]
  /** The file that a record tells of. */
  readonly file?: (record: RecordData) => RecordFile | undefined
  readonly parent?: Parent
  readonly hydrate?: Hydrate
  /** For streams of the Incremental Export API: how they are read without it. */
  readonly fallback?: Fallback
  /** A list of all its records, where the walk tells no deletions: what was there and is not any more was deleted. */
  readonly inventory?: Walk
  /** Where one record of a list is shown, to tell a deletion from a gap: for lists whose rows change their places. */
  readonly show?: (id: string) => PageRequest
  /** Rows leave its list by themselves, in any number: with time, or when somebody is done with them. */
  readonly rowsLeave?: boolean
  /** Zendesk's count of the records, for progress bars. */
  readonly count?: string
  /** Only an administrator may read it. */
  readonly adminOnly: boolean
  /** The plan, the product or the role that a list takes, in words; left out: every account's agents have it. */
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

/** A stream as the configured catalog asked for it. */
export interface ConfiguredStream {
  readonly stream: Stream
  readonly syncMode: SyncMode
  readonly state: StreamState | undefined
  /** Tells one sync (job) from another, where the platform says so: a full refresh resumes within its own sync only. */
  readonly syncId?: number
  /** The columns that were not chosen, and the members that are not of its records. */
  readonly omits: ReadonlySet<string>
  /** All fields for which its schema has a column, and those that are not of its records; left out: not known. */
  readonly columns?: ReadonlySet<string>
  /** Whether the files that its records tell of are fetched too. */
  readonly includesFiles?: boolean
  /** What of it is read; set by the engine, from the configuration and the state. Left out: all of it. */
  readonly selection?: Selection
  /** Whether deletions can be told: false where the column that marks them was not chosen. */
  readonly emitsDeletions: boolean
}

/** Comparing a stream with all that there is: every so many seconds (0: never), and the share that may have gone (0 to 1). */
export interface Reconcile {
  readonly every: number
  readonly mostDeleted: number
}
