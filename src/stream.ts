// The vocabulary of the connector. Imports nothing; every room may import it.

/** One record as the API gave it, or as a stream made it. */
export type RecordData = Readonly<Record<string, unknown>>

/** The JSON body of one response. Only `rows` of a walk look into it, so that a later page may hold bytes instead. */
export type Page = Readonly<Record<string, unknown>>

/** Query parameters of one request, unescaped. */
export type Query = Readonly<Record<string, string | number | boolean>>

/** What a request asks for, and what its answer must hold to count as one. */
export interface PageRequest {
  /** Below `/api/v2/`, without a leading slash. */
  readonly path: string
  readonly query?: Query
  /** The limit that this request draws on beside the account's own, named as in Zendesk's `zendesk-ratelimit-<bucket>`. */
  readonly bucket?: string
  /** A key that must hold an array; an answer without it is broken, not empty. */
  readonly expects?: string
  /** The streams that wait for the answer: who is told of a long wait. */
  readonly streams?: readonly string[]
}

/** The engine's one door to the world. Retries, limits, authentication and the host check live behind it. */
export type GetPage = (request: PageRequest) => Promise<Page>

/** Rows that were handed on: by the second that they stand at (epoch, as text) and their id, a fingerprint of their form. */
export type SeenRows = Readonly<Record<string, Readonly<Record<string, string>>>>

/**
 * How far a walk has come. Every row at or before `time` (epoch seconds, UTC) has been handed on, and of those after
 * it the ones in `seen`; `cursor` is Zendesk's own mark of the same place, exact where it is known.
 */
export interface Position {
  readonly time: number
  readonly cursor?: string
  readonly seen?: SeenRows
}

/** What one page comes to: its new rows, the position after it, and whether it was the last one. */
export interface Advance {
  readonly rows: readonly RecordData[]
  readonly position: Position
  readonly last: boolean
  /** Something about this page that its readers should know. */
  readonly warning?: string
}

/** The order in which an endpoint gives its rows. Only `ascending` may checkpoint before the last page. */
export type Order = 'ascending' | 'unordered'

/**
 * How one endpoint is read from a position to its end. Streams that share a walk share its requests.
 * `request` and `advance` are pure: the engine does the asking.
 */
export interface Walk {
  readonly name: string
  readonly path: string
  /** The key of a page under which its rows are. */
  readonly key: string
  readonly order: Order
  readonly bucket?: string
  readonly query: Query
  /** Where a sync begins that found this position in its state: earlier, where rows still appear behind it. */
  rewind?(position: Position): Position
  /** What asks for the page that follows `position`. */
  request(position: Position): Query
  advance(page: Page, position: Position): Advance
  /** The time by which a row stands in the export (epoch seconds), where it has one. */
  timeOf?(row: RecordData): number | undefined
  /** Whether rows may lie between `a` and `b`, `b` being the later one. */
  isBefore(a: Position, b: Position): boolean
  /** Whether this failed request only means that there is nothing newer yet. */
  isCaughtUp?(error: unknown): boolean
}

/** A record that is no more: its key, what is still known of it, and when it was deleted (ISO 8601, UTC). */
export interface Deletion {
  readonly record: RecordData
  readonly deletedAt: string
}

/** A deleted record of the parent takes its children along: a deleted ticket its comments. */
export interface Parent {
  readonly walk: Walk
  /** The parent's id on a child record, and on a row of the child's walk. */
  readonly idOf: (child: RecordData) => number
  /** What the parent's row says of its own deletion; `createdAt` in epoch seconds bounds the search for children. */
  readonly deletionOf: (row: RecordData) => ParentDeletion | undefined
  /** The parent ids that a row of the child's walk tells to be restored. */
  readonly restoredBy: (row: RecordData) => number | undefined
  /** Where one parent is shown, to learn when a restored one was created. */
  readonly show: (id: number) => PageRequest
}
export interface ParentDeletion {
  readonly id: number
  readonly deletedAt: string
  readonly createdAt: number
}

/** Full records for stubs, from a list that is read alongside the walk. */
export interface Gather {
  /** The list of full records, ascending by time: from `from` (epoch seconds) on, or all of it. */
  readonly list: (from?: number) => Walk
  /** All full records of one parent: for what the list leaves out. */
  readonly ofParent: (parentId: number) => Walk
}

/** One stream, declared: what it is called, what feeds it, and how a row becomes its records. */
export interface Stream {
  readonly name: string
  readonly primaryKey: readonly string[]
  /** The field that tells new from old; its value also stands in the state. */
  readonly cursorField: string
  /** How the state spells the cursor field's value, as the connectors that people come from spell it. */
  readonly cursorFormat: 'epoch' | 'iso'
  readonly walk: Walk
  /** Query parameters that this stream adds to its walk: a side-load. Joined with commas where several add the same one. */
  readonly include?: Query
  /** The records in these rows of the walk. */
  readonly records: (rows: readonly RecordData[]) => readonly RecordData[]
  /** When this record was deleted (ISO 8601, UTC), as the record itself tells; undefined: it lives. */
  readonly deletedAt: (record: RecordData) => string | undefined
  /** Deletions that these rows tell without holding the record. */
  readonly deletions?: (rows: readonly RecordData[]) => readonly Deletion[]
  readonly parent?: Parent
  readonly gather?: Gather
  /** Where one record of a list stream is shown, to tell a deletion from a gap. */
  readonly show?: (id: string) => PageRequest
  /** Zendesk's count of the records, for progress bars. */
  readonly count?: string
  /** Only an administrator may read it. */
  readonly adminOnly: boolean
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
  /** Whether deletions can be told: false where the column that marks them was not chosen. */
  readonly tellsDeletions: boolean
}

/** `delete`: told, so that the destination removes the row; `mark`: only Zendesk's own marker; `exclude`: left out. */
export type DeletedRecords = 'delete' | 'mark' | 'exclude'
