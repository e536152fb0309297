// How an endpoint is read: part of the vocabulary, by way of stream.ts.

import type { Page, Query, RecordData } from './page.ts'
import type { Reads } from './reads.ts'

/** Rows that were handed on: by the second that they stand at (epoch, as text) and their id, a fingerprint of their form. */
export type EmittedRows = Readonly<Record<string, Readonly<Record<string, string>>>>

/**
 * How far a walk has come. Every row at or before `time` (epoch seconds, UTC) has been handed on, and of those after
 * it the ones in `seen`; `cursor` is Zendesk's own mark of the same place, exact where it is known.
 */
export interface Position {
  readonly time: number
  readonly cursor?: string
  readonly seen?: EmittedRows
  /** Every row up to this second (epoch, UTC) has been there to be handed on: none will appear late. */
  readonly settled?: number
}

/** What one page comes to: its new rows, the position after it, and whether it was the last one. */
export interface Advance {
  readonly rows: readonly RecordData[]
  readonly position: Position
  readonly last: boolean
  /**
   * The page holds nothing but known rows of one second, and more of that second may be missing. `position` is the second
   * after it, and good only once all rows of it were read in another way.
   */
  readonly isCrowded?: boolean
}

/** Another way to all rows of one second, for an export whose pages are too small for them. */
export interface SecondAgain {
  /** For people: `tickets/{id}/side_conversations`. */
  readonly path: string
  /** A walk whose rows, or those of the lists below them (`childList`), hold the rows of that second (epoch). */
  readonly walk: (second: number) => Walk
  /** Whose list has this row. */
  readonly parentOf: (row: RecordData) => unknown
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
  /** The key of a page under which the list of its rows is; left out where they are elsewhere in it. */
  readonly key?: string
  readonly order: Order
  readonly bucket?: string
  readonly query: Query
  /** The parameter in `query` that says how many rows a page may have; only where any page may have another size. */
  readonly sizedBy?: string
  /** Whether an answer is of the right shape, beside the list under `key`. */
  readonly isPage?: (page: Page) => boolean
  /** Parameters that the configuration sets, as `support_type_scope`. */
  readonly configured?: readonly string[]
  /** The fields of a row that the walk itself reads; left out: all, and rows are parsed whole. */
  readonly reads?: Reads
  /** Members of its rows that no stream has as columns unless it says so: side-loads of others, a search's marks. */
  readonly extras?: readonly string[]
  /** Where a sync begins that found this position in its state: earlier, where rows still appear behind it. */
  rewind?(position: Position): Position
  /** A list for each of its rows, as `each` of a stream: where records are two steps below. */
  readonly childList?: (row: RecordData) => Walk | undefined
  /** Left out: a second with more rows than a page ends the walk with an error. */
  readonly secondAgain?: SecondAgain
  /** The same from its first row on, where Zendesk refuses the place that it is sought at. */
  readonly fromStart?: Walk
  /** What asks for the page that follows `position`. */
  request(position: Position): Query
  advance(page: Page, position: Position): Advance
  /** The time by which a row stands in the export (epoch seconds), where it has one. */
  timeOf?(row: RecordData): number | undefined
  /** Of a list that gives all its rows in each sync: which of them have changed since the position that the sync began at. */
  newSince?(begin: Position): (row: RecordData) => boolean
  /** How far a position is, as epoch seconds with a fraction that grows with each row, where Zendesk's cursor tells it. */
  reachedBy?(position: Position): number | undefined
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
