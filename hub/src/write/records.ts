// The rows that a write takes: from a table or a query of the connection's database.
import type { WriteSettings } from '../config/connection.ts'
import { HubError, messageOf } from '../errors.ts'
import type { Operation } from '../source/writer.ts'
import type { Row } from '../table/batch.ts'
import { quoted } from '../table/names.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'

type Rows = Pick<WriteSettings, 'table' | 'query'>

/** The rows in SQL, to stand in brackets. Throws a HubError if neither a table nor a query is named, or both are. */
function queryOf({ table, query }: Rows, { schema }: Warehouse): string {
  if ((table === undefined) === (query === undefined)) throw new HubError('Name a table, or write a query.')
  return table === undefined ? query!.trim().replace(/;$/, '') : `select * from ${schema}.${quoted(table)}`
}

/** Runs what somebody wrote, with `$1` = 1: it may look at this database, and at nothing else of the machine. Throws a HubError. */
async function asked(warehouse: Warehouse, sql: string): Promise<readonly Row[]> {
  try {
    await shutIn(warehouse)
    return await warehouse.rows(sql, ONE)
  } catch (error) {
    throw refused(error)
  }
}

/** With a value it is one statement, whatever stands in it: a second one could switch on what the first may not. */
const ONE = [1]

const shutIn = async ({ isFile, run }: Warehouse): Promise<void> => {
  if (isFile) await run('set enable_external_access = false')
}

const refused = (error: unknown): HubError => new HubError(`The query cannot be run: ${messageOf(error)}`)

/** All rows, some at a time. Throws a HubError for a query that cannot be run. */
export async function* rowsOf(rows: Rows, warehouse: Warehouse): AsyncGenerator<readonly Row[]> {
  const sql = `select * from (${queryOf(rows, warehouse)}\n) as q where $1 = 1`
  try {
    await shutIn(warehouse)
    for await (const some of warehouse.pieces(sql, ONE)) yield some.map(plain)
  } catch (error) {
    throw refused(error)
  }
}

/** What rows look like: their columns, how many there are, and the first of them. */
export interface Sample {
  readonly columns: readonly string[]
  readonly count: number
  readonly rows: readonly Row[]
}

/** Throws a HubError for a query that cannot be run. */
export async function sampleOf(rows: Rows, warehouse: Warehouse, limit: number): Promise<Sample> {
  const query = queryOf(rows, warehouse)
  const [counted] = await asked(warehouse, `select count(*) as n from (${query}\n) as q where $1 = 1`)
  const count = Number(counted?.['n'])
  // Where there is no row, a row of nothing shows the columns.
  const some = await asked(
    warehouse,
    `select q.* from (select 1 as one) as o left join (${query}\n) as q on true where $1 = 1 limit ${limit}`,
  )
  return { columns: Object.keys(some[0] ?? {}), count, rows: count === 0 ? [] : some.map(plain) }
}

const plain = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? String(value) : value]),
  )

/** Gives a row the names of Zendesk's fields; columns that go nowhere are left out. */
export function namesOf({ columns, audiences = [] }: WriteSettings): (row: Row) => Row {
  if (columns === undefined) return (row) => row
  const kept = new Map([...Object.entries(columns), ...audiences.map(({ name }) => [name, name] as const)])
  return (row) =>
    Object.fromEntries(
      Object.entries(row).flatMap(([name, value]) => (kept.has(name) ? [[kept.get(name)!, value]] : [])),
    )
}

/** Reads texts of JSON in a row's fields that are lists or objects. */
export function listsOf({ schema }: Operation): (row: Row) => Row {
  const { properties = {} } = schema as { properties?: Readonly<Record<string, { readonly type?: unknown }>> }
  const isList = (name: string): boolean =>
    [properties[name]?.type].flat().some((type) => type === 'array' || type === 'object')
  const lists = new Set(Object.keys(properties).filter(isList))
  return (row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, lists.has(name) ? parsed(value) : value]))
}

/** Whether a row holds a text that may be JSON. */
export const mayHoldLists = (row: Row): boolean =>
  Object.values(row).some((value) => typeof value === 'string' && /^\s*[[{]/.test(value))

function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    // No JSON: the text is compared and sent as it is, and refused with Zendesk's reason if that is no value.
    return value
  }
}

/** What tells a row apart from others of its write: its key, or all of it. */
export const markOf = ({ key = [] }: Pick<WriteSettings, 'key'>, row: Row): string =>
  JSON.stringify(key.length === 0 ? row : key.map((name) => String(row[name] ?? '')))
