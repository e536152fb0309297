// How an endpoint is read: part of the vocabulary, by way of stream.ts.

import type { Page, Query, RecordData } from './page.ts'
import type { Reads } from './reads.ts'

/** Fingerprints of emitted rows: by the second at which they stand (epoch, as text), then by id. */
export type EmittedRows = Readonly<Record<string, Readonly<Record<string, string>>>>

/**
 * The exact place in a walk. Every row at or before `time` (epoch seconds) has been emitted, and of later ones those in
 * `seen`. `cursor` is Zendesk's own mark of the same place; if it is there, it is exact.
 */
export interface Position {
  readonly time: number
  readonly cursor?: string
  readonly seen?: EmittedRows
  /** No more rows will appear up to this second (epoch). */
  readonly settled?: number
}

/** The result of one page: its new rows, the position after it, and whether it was the last one. */
export interface Advance {
  readonly rows: readonly RecordData[]
  readonly position: Position
  readonly last: boolean
  /**
   * Whether the page has only known rows of one second, so that more rows of that second may be missing. `position` is the
   * second after it, and valid only once all rows of that second were read in another way.
   */
  readonly isCrowded?: boolean
  /** How many of these rows have a time ahead of the answer's own, which is no place to go on from. Left out: none. */
  readonly ahead?: number
}

/** Another way to read all rows of one second, for an export whose page is too small for them. */
export interface SecondAgain {
  /** For people: `tickets/{id}/side_conversations`. */
  readonly path: string
  /**
   * Walks whose rows, or their children (`childList`), include the rows of that second (epoch): the cheapest first. The next
   * one is read too if rows that are known are lacking.
   */
  readonly walks: (second: number) => readonly Walk[]
  /** The id of the parent whose list has this row. */
  readonly parentOf: (row: RecordData) => unknown
}

/** The order of an endpoint's rows. Only `ascending` allows checkpoints before the last page. */
export type Order = 'ascending' | 'unordered'

/**
 * How one endpoint is read from a position to its end. Streams that share a walk share its requests.
 * `request` and `advance` are pure: the engine sends the requests.
 */
export interface Walk {
  readonly name: string
  readonly path: string
  /** The key of a page that holds the list of its rows. Left out if they are elsewhere in it. */
  readonly key?: string
  /** The field that tells its rows apart. Left out: `id`. */
  readonly idField?: string
  /** Whether an answer is the list itself; its page has it under `key` all the same. */
  readonly isBare?: boolean
  readonly order: Order
  readonly bucket?: string
  readonly query: Query
  /** The parameter in `query` for the size of a page. Left out: the size must not change from page to page. */
  readonly sizedBy?: string
  /** Whether an answer has the right shape, besides the list under `key`. */
  readonly isPage?: (page: Page) => boolean
  /** Parameters that the configuration sets, such as `support_type_scope`. */
  readonly configured?: readonly string[]
  /** The fields of a row that the walk itself reads. Left out: all, and rows are parsed whole. */
  readonly reads?: Reads
  /** Members of its rows that no stream has as columns unless it says so: other streams' side-loads, the type in a search. */
  readonly extras?: readonly string[]
  /** Where a sync begins that found this position in its state: earlier, if rows still appear behind it. */
  rewind?(position: Position): Position
  /** A list for each of its rows, like `childList` of a stream: for records two levels below a row. */
  readonly childList?: (row: RecordData) => Walk | undefined
  /** Left out: a second with more rows than a page ends the walk with an error. */
  readonly secondAgain?: SecondAgain
  /** The same walk from its first row on, if Zendesk refuses the position. */
  readonly fromStart?: Walk
  /** The query for the page after `position`. */
  request(position: Position): Query
  advance(page: Page, position: Position): Advance
  /** The time that the export orders this row by (epoch seconds), if it has one. */
  timeOf?(row: RecordData): number | undefined
  /** For a list that gives all its rows in each sync: picks those that changed since `begin`, where the sync began. */
  newSince?(begin: Position): (row: RecordData) => boolean
  /** How far a position is, if Zendesk's cursor shows it: epoch seconds with a fraction that grows from row to row. */
  reachedBy?(position: Position): number | undefined
  /** Whether `a` lies before `b`, so that rows may lie between them. */
  isBefore(a: Position, b: Position): boolean
  /** Whether this failed request only means that there is nothing newer yet. */
  isCaughtUp?(error: unknown): boolean
}

/** The tombstone of a deleted record: its key, what else is still known of it, and when it was deleted (ISO 8601, UTC). */
export interface Deletion {
  readonly record: RecordData
  readonly deletedAt: string
}
