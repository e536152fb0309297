// How a stream is read where the exports are closed: part of the vocabulary, by way of stream.ts.

import type { Page, PageRequest, Query, RecordData } from './page.ts'
import type { SideLoad } from './side-load.ts'
import type { Walk } from './walk.ts'

/**
 * How a stream of the Incremental Export API is read where that is closed: from lists in order of the last change. What
 * is left out is as the stream has it. `Row`: a row of its lists, which are parsed whole; `Child`: one of `children`.
 */
export interface Fallback<Row extends object = RecordData, Child extends object = Row> {
  /** Ascending by the last change; other streams may share it. */
  readonly walk: Walk
  readonly include?: Query
  /** What the records, or columns of them, are made of, and an answer may lack. Not for those with `children`. */
  readonly sideLoads?: readonly SideLoad[]
  /** The records in these rows; with `children`, in the rows below those of the walk. */
  records(rows: readonly Readonly<Child>[]): readonly RecordData[]
  readonly children?: Children<Child>
  /**
   * Whether the export has its rows in another order than the list: then what an unfinished pass of the export has read
   * says nothing of the list.
   */
  readonly isReordered?: boolean
  /** What the list of `walk` leaves out. */
  readonly archive?: Archive<Row>
  readonly tombstones?: TombstoneList
  /**
   * What remains of the record of a row that is there no more, with the mark of its deletion where the stream has one;
   * left out: nothing whose key could be told. `time` in epoch seconds.
   */
  tombstoneOf?(id: Id, time: number): RecordData
  /** How rows are found that have gone, or changed, in a way that no list tells. */
  readonly inventory?: Inventory<Row>
  /** Where up to a hundred rows are shown with their side-loads, and how rows of the list are made of the answer. */
  show?(ids: readonly Id[]): PageRequest
  rowsShown?(page: Page): readonly RecordData[]
}

/** What names a row, and stands in its `id`: a number, or text for custom objects' records. */
export type Id = number | string

/** All rows that there are, from time to time: those of the walk, and of the archive. Streams of one name share it. */
export interface Inventory<Row extends object = RecordData> {
  readonly name: string
  /** Left out: the stream's own list gives all rows in each sync. */
  readonly walk?: Walk
  /** Whether a row may change without its time's moving. */
  isOpen(row: Readonly<Row>): boolean
  /** When a row last changed as far as its time tells, in epoch seconds. */
  timeOf(row: Readonly<Row>): number
  /** What tells one form of a row from another. */
  content(row: Readonly<Row>): RecordData
  /** The side-loads that `form` leaves out. */
  readonly contentOmits?: readonly string[]
  /** Whether ids are given one after the other from 1 on: then a number that no row has is that of a deleted one. */
  readonly isDense?: boolean
}

/** A list for each row of a walk; streams that name the same one share its requests. */
export interface Children<Child extends object = RecordData> {
  readonly name: string
  /** Newest first, where it is in pages. Of the row that it is for, the id is known for certain. */
  walk(row: { readonly id?: unknown }): Walk
  /** When a row came, in epoch seconds. */
  timeOf(row: Readonly<Child>): number
  /** For how many seconds after a change of the row above it a row may still be missing. */
  readonly lag: number
  /** Whether the list takes the place of what it was: all of it is handed on whenever the row above has changed. */
  readonly isWhole?: boolean
  /**
   * For how many seconds before its time a row may be there already. It is handed on, and taken back where it has gone
   * before its time; the export may give it at its time.
   */
  readonly ahead?: number
  /** Whether this row tells that the one above it had been deleted: then all of its list is handed on again. */
  isRestoration?(row: Readonly<Child>): boolean
  /** What a row that is there no more leaves of its record. */
  tombstoneOf?(id: number, above: number): RecordData
}

/** Rows that a list leaves out and search finds, each in the form that the list would give. */
export interface Archive<Row extends object = RecordData> {
  /** What `filter[type]` says. */
  readonly type: string
  /** What search asks of a row, beside the times of its creation and its last change. */
  readonly query: string
  /** Whether that finds this row too, while the list still has it. */
  finds(row: Readonly<Row>): boolean
}

/** Where deleted records are listed: in order of their deletion, or, where `walk` is unordered, all of them. */
export interface TombstoneList<Row extends object = RecordData> {
  readonly walk: Walk
  /** The id of what was deleted. */
  idOf(row: Readonly<Row>): number
  /** When that was, in epoch seconds. */
  timeOf(row: Readonly<Row>): number
}
