// The ways to read a stream: part of the vocabulary, by way of stream.ts.

import type { Page, PageRequest, Query, RecordData } from './page.ts'
import type { SideLoad } from './side-load.ts'
import type { Deletion, Walk } from './walk.ts'

/**
 * One way to read a stream: a walk, how its rows become records, and what the walk does not say by itself. A stream lists its
 * feeds, best first: the export, then the fallback that is read if the export is closed, from lists in order of the last
 * change. `Row`: a row of the walk; `Child`: a row of `children`.
 */
export interface Feed<Row extends object = RecordData, Child extends object = Row> {
  /** Rows that changed since a position; other streams may share it. A fallback's is ascending by the last change. */
  readonly walk: Walk
  /**
   * Whether the walk gives all rows in each sync, and each is compared with what the state remembers of it. Left out: the
   * state holds a place in the walk, and no row before that comes again.
   */
  readonly compares?: true
  readonly include?: Query
  /** Side-loads that records need, and an answer may lack. Not for a fallback with `children`. */
  readonly sideLoads?: readonly SideLoad[]
  /** The records in these rows of the walk; with `children`, in these children of `parent`. */
  records(rows: readonly Readonly<Child>[], parent?: RecordData): readonly RecordData[]
  readonly children?: Children<Child>
  readonly hydrate?: Hydrate
  /** The tombstones of records that these rows report as deleted, without holding them. */
  readonly deletions?: (rows: readonly RecordData[]) => readonly Deletion[]
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

/** Where full records for stubs come from: a list that is read alongside the walk. */
export interface Hydrate {
  /** The list of full records, ascending by time: from `from` (epoch seconds) on, or all of it. */
  readonly list: (from?: number) => Walk
  /** All full records of one parent, for those that the list leaves out. */
  readonly ofParent: (parentId: number) => Walk
  /** The field in which a record names its parent. The stub has it, too. */
  readonly parentField: string
}

/** The `id` of a row: a number, or text for the records of custom objects. */
export type Id = number | string

/** How an inventory is taken: from all rows of the walk, and of the archive. Streams with the same name share it. */
export interface Inventory<Row extends object = RecordData> {
  readonly name: string
  /** Left out: the stream's own list gives all rows in each sync. */
  readonly walk?: Walk
  /** Whether each sync takes it, for deletions alone. Left out: when it is due (`Reconcile.every`). */
  readonly everySync?: true
  /** Whether a row may change while its time does not. */
  isOpen(row: Readonly<Row>): boolean
  /** When a row last changed, by its own time (epoch seconds). */
  timeOf(row: Readonly<Row>): number | undefined
  /** The part of a row that its fingerprint is made of. */
  content(row: Readonly<Row>): RecordData
  /** The side-loads that `content` leaves out. */
  readonly contentOmits?: readonly string[]
  /** Whether Zendesk numbers rows from 1 on without gaps: then a number that no row has belongs to a deleted one. */
  readonly isDense?: boolean
}

/** A list of children for each row of a walk, which is read when the row has changed. */
export type Children<Child extends object = RecordData> = VersionedChildren | DatedChildren<Child>

/** Children whose rows are compared: a row says by its version whether its list may have changed. */
export interface VersionedChildren {
  readonly due: 'byVersion'
  /** The list of a row; undefined for one that says itself that it has none. */
  walk(row: RecordData): Walk | undefined
  /**
   * The fields of a row that change whenever its list does, such as its time and counters; the lists of rows with the same
   * version are not read again. Left out: no field does, and each list is read every time.
   */
  readonly version?: (row: RecordData) => readonly unknown[]
  /** The same for empty lists only, if records are two levels below a row and no field of it shows their changes. */
  readonly versionOfEmpty?: (row: RecordData) => readonly unknown[]
}

/** Children of rows that came because they changed: those of them are due that are younger. */
export interface DatedChildren<Child extends object = RecordData> {
  readonly due: 'byTime'
  /** Streams with the same name share the requests. */
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

/** A search for rows that changed after `since`, created from `from` on and before `until` (all epoch seconds). */
export interface ArchiveSearch {
  readonly since: number
  readonly from: number
  readonly until: number
}

/** Rows that a list leaves out and search finds, in the shape that the list would give them. */
export interface Archive<Row extends object = RecordData> {
  /** What a search finds, the newest first. */
  walk(search: ArchiveSearch): Walk
  /** Requests how many rows it finds. */
  count(search: ArchiveSearch): PageRequest
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
