// What a database has to do for the hub. A third one fills this, and nothing else of the hub knows which it is.
import type { Batch, Row } from '../table/batch.ts'
import type { ColumnType } from '../table/column.ts'

/** A column as the database has it; `type` is left out where it is none of the hub's. */
export interface FoundColumn {
  readonly name: string
  readonly type: ColumnType | undefined
}

/** Rows that wait to be put into their table as they are. */
export interface HeldRows {
  /** All columns of the table, in its order: a batch has these. */
  readonly columns: readonly FoundColumn[]
  add(batch: Batch): void
  /** The bytes of memory that they take. */
  readonly bytes: () => number
  /** Puts them into the table, and forgets them. */
  insert(): Promise<void>
}

export interface Warehouse {
  /** Which one it is, without secrets, for people. */
  readonly name: string
  /** The schema that holds the tables, as SQL has it. */
  readonly schema: string
  /** The same, as it is. */
  readonly schemaName: string
  /** The name of each type in its SQL. */
  readonly types: Readonly<Record<ColumnType, string>>
  /** Whether it is a file of this machine, which this program opens. */
  readonly isFile: boolean
  /** Whether deleting by key needs an index; where it does, keys are unique in the table. */
  readonly needsIndex: boolean
  /** Runs statements; `values` fill `$1` and so on of a single one. */
  run(sql: string, values?: readonly Value[]): Promise<void>
  /** The rows of a query; integers are numbers, times are texts in ISO 8601, JSON and lists are JSON's text. */
  rows(sql: string, values?: readonly Value[]): Promise<readonly Row[]>
  /** The same, some rows at a time: the others are not held in memory. Nothing else may be asked before the last of them. */
  pieces(sql: string, values: readonly Value[]): AsyncGenerator<readonly Row[]>
  /** To be called before the last large transaction of a load. Left out: it would make no difference. */
  readonly beforeLast?: () => Promise<void>
  /** Runs all of it in one transaction: everything, or nothing. */
  atOnce<Result>(work: () => Promise<Result>): Promise<Result>
  /** Adds these rows to a temporary table, whose columns are those of the batch, in this order. */
  append(table: string, batch: Batch): Promise<void>
  /**
   * Takes rows for this table of the schema that wait outside of it, in the database's own form. Left out: they have to wait in
   * a temporary table, and be copied.
   */
  readonly hold?: (table: string) => Promise<HeldRows>
  /** Tells the planner of a temporary table that was filled. */
  analyze(table: string): Promise<void>
  /** The columns of a table of the schema; empty where there is none. */
  columnsOf(table: string): Promise<readonly FoundColumn[]>
  /** Those of all tables and views of the schema, by their names in lower case. */
  tables(): Promise<ReadonlyMap<string, readonly FoundColumn[]>>
  /** Gives the column another type, that can hold all of its values. Throws a HubError if something stands in the way. */
  retype(table: string, column: string, type: ColumnType): Promise<void>
  /** A query for the elements of a JSON list, in its column `element`, and its `place` from 0; none for what is no list. */
  elements(json: string): string
  /** The text at a path of a JSON value; null where there is none. */
  member(json: string, ...path: readonly string[]): string
  /** The text that an element is. */
  elementText(element: string): string
  /** Makes room that deleted rows left, writes what is only in a log. */
  tidy(): Promise<void>
  close(): Promise<void>
}

export type Value = string | number | boolean | null
