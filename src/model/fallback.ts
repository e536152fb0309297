// How a stream is read if its export is closed: part of the vocabulary, by way of stream.ts.

import type { Page, PageRequest, Query, RecordData } from './page.ts'
import type { SideLoad } from './side-load.ts'
import type { Walk } from './walk.ts'

/**
 * How a stream of the Incremental Export API is read if that is closed: from lists in order of the last change. Fields that
 * are left out are as in the stream. `Row`: a row of its lists, which are parsed whole; `Child`: a row of `children`.
 */
export interface Fallback<Row extends object = RecordData, Child extends object = Row> {
  /** Ascending by the last change; other streams may share it. */
  readonly walk: Walk
  readonly include?: Query
  /** Side-loads that records need, and an answer may lack. Not for a fallback with `children`. */
  readonly sideLoads?: readonly SideLoad[]
  /** The records in these rows of the walk; with `children`, in these children. */
  records(rows: readonly Readonly<Child>[]): readonly RecordData[]
  readonly children?: Children<Child>
  /**
   * Whether the export orders rows by another time than the list: then the place of an unfinished pass through the export
   * does not say what the list still has to give.
   */
  readonly isReordered?: boolean
  /** The rows that the list of `walk` leaves out. */
  readonly archive?: Archive<Row>
  readonly tombstones?: TombstoneList
  /**
   * The tombstone of a deleted row, with the mark of its deletion if the stream has one; `time` in epoch seconds. Left out if
   * its key cannot be known.
   */
  tombstoneOf?(id: Id, time: number): RecordData
  /** Finds rows that were deleted or changed while no list shows it. */
  readonly inventory?: Inventory<Row>
  /** Requests up to a hundred rows by id, with their side-loads; `rowsShown` makes rows of the list of the answer. */
  show?(ids: readonly Id[]): PageRequest
  rowsShown?(page: Page): readonly RecordData[]
}

/** The `id` of a row: a number, or text for the records of custom objects. */
export type Id = number | string

/** How an inventory is taken: from all rows of the walk, and of the archive. Streams with the same name share it. */
export interface Inventory<Row extends object = RecordData> {
  readonly name: string
  /** Left out: the stream's own list gives all rows in each sync. */
  readonly walk?: Walk
  /** Whether a row may change while its time does not. */
  isOpen(row: Readonly<Row>): boolean
  /** When a row last changed, by its own time (epoch seconds). */
  timeOf(row: Readonly<Row>): number
  /** The part of a row that its fingerprint is made of. */
  content(row: Readonly<Row>): RecordData
  /** The side-loads that `content` leaves out. */
  readonly contentOmits?: readonly string[]
  /** Whether Zendesk numbers rows from 1 on without gaps: then a number that no row has belongs to a deleted one. */
  readonly isDense?: boolean
}

/** A list of children for each row of a walk. Streams with the same `name` share its requests. */
export interface Children<Child extends object = RecordData> {
  readonly name: string
  /** The list of a parent: newest first, if it is in pages. Of the parent, only the id is sure to be known. */
  walk(parent: { readonly id?: unknown }): Walk
  /** When a child was created (epoch seconds). */
  timeOf(child: Readonly<Child>): number
  /** For how many seconds after a change of the parent a child may still be missing. */
  readonly lag: number
  /** Whether a new list replaces the old one: all of it is emitted whenever the parent has changed. */
  readonly isWhole?: boolean
  /**
   * For how many seconds before its time a child may be in the list. It is emitted, and deleted again if it leaves the list
   * before its time. The export may give it only at its time.
   */
  readonly ahead?: number
  /** Whether this child says that its parent was restored: then its whole list is emitted again. */
  isRestoration?(child: Readonly<Child>): boolean
  /** The tombstone of a child. */
  tombstoneOf?(id: number, parentId: number): RecordData
}

/** Rows that a list leaves out and search finds, in the shape that the list would give them. */
export interface Archive<Row extends object = RecordData> {
  /** The value of `filter[type]`. */
  readonly type: string
  /** The search query, without the times of creation and last change. */
  readonly query: string
  /** Whether the query finds this row too while the list still has it. */
  finds(row: Readonly<Row>): boolean
}

/** A list of deleted records: in order of their deletion, or, if `walk` is unordered, all of them. */
export interface TombstoneList<Row extends object = RecordData> {
  readonly walk: Walk
  /** The id of the deleted record. */
  idOf(row: Readonly<Row>): number
  /** When it was deleted (epoch seconds). */
  timeOf(row: Readonly<Row>): number
}
