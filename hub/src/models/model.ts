// What a model is: a view that the hub makes over its tables, for people who ask the same of every account.
import type { ColumnType } from '../table/column.ts'
import { quoted } from '../table/names.ts'

/** A view, and the query that it is. */
export interface Model {
  /** The view's name. */
  readonly name: string
  /** One sentence for people. */
  readonly about: string
  /** Streams without whose tables it is not made. */
  readonly from: readonly string[]
  /** Streams that add to it; and what it is without where one of them was not loaded, as a plural. */
  readonly also?: Readonly<Record<string, string>>
  /** Its columns in their order, with a few words each. */
  readonly columns?: Readonly<Record<string, string>>
  /** The query, in the SQL of this warehouse. It runs at each change of the models, so it may look at the rows. */
  readonly query: (tables: Tables) => string | Promise<string>
}

/** Models that belong together. They stand in a schema of their own, so that no name meets a table's. */
export interface ModelSet {
  readonly name: string
  readonly about: string
  /** In the order in which they are made: one that reads another stands behind it. */
  readonly models: readonly Model[]
}

/** What a model may read, and how its warehouse says what the two say differently. */
export interface Tables {
  /**
   * The rows of a stream as they are now, to stand behind `from`, with all of the table's columns: of `history` the
   * versions that hold. Rows that were deleted are among them, with `_deleted_at`, where the table keeps them.
   */
  readonly present: (stream: string) => string
  /** Another model of the set, to stand behind `from`. */
  readonly model: (name: string) => string
  /** The columns that the table of a stream has. */
  readonly columns: (stream: string) => readonly string[]
  /** Whether the table of a stream is there. */
  readonly has: (stream: string) => boolean
  /** A table of the hub's own, such as `_versions`. */
  readonly own: (table: string) => string
  /** The text at a path of a JSON value: `member('t.via', 'source', 'rel')`; null where there is none. */
  readonly member: (json: string, ...path: readonly string[]) => string
  /** A query for the elements of a JSON list: `element`, and its `place` from 0. */
  readonly elements: (json: string) => string
  /** The text that an element is. */
  readonly elementText: (element: string) => string
  /** The names of types in its SQL. */
  readonly types: Readonly<Record<ColumnType, string>>
  /** Rows of a query, while the model is made. */
  readonly rows: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>
}

/** A time in UTC without its zone, for tools that know none. */
export const utc = (time: string): string => `timezone('UTC', ${time})`

/**
 * The rows of a stream as they are now, to stand behind `from`: with these columns alone, of these types. One that the table
 * lacks is null: columns may have been left out, and other connectors have others.
 */
export function picked(
  { present, columns, types }: Tables,
  stream: string,
  wanted: Readonly<Record<string, ColumnType>>,
  where = 'true',
): string {
  const there = new Set(columns(stream))
  const list = Object.entries(wanted).map(
    ([name, type]) => `cast(${there.has(name) ? `t.${quoted(name)}` : 'null'} as ${types[type]}) as ${quoted(name)}`,
  )
  return `(select ${list.join(', ')} from ${present(stream)} as t where ${where})`
}

/** Of table `t`: rows that were not deleted. */
export const LIVING = 't._deleted_at is null'
