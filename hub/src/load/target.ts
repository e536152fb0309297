// The table that a stream is loaded into.
import { HubError } from '../errors.ts'
import { type Column, type ColumnType, columnsFor, widened } from '../table/column.ts'
import { listed, quoted, shortName } from '../table/names.ts'
import type { FoundColumn, Warehouse } from '../warehouse/warehouse.ts'
import { BOOKS, rememberColumns } from './books.ts'
import { createModels, dropModels, keptModels } from './kept-models.ts'
import type { Known } from './known.ts'

/**
 * What becomes of records: `merge` keeps the newest of each key, `append` every one that came, `replace` what the last
 * sync read, `history` each version of a key with the time for which it held.
 */
export type Mode = 'merge' | 'append' | 'replace' | 'history'
export const MODES: readonly Mode[] = ['merge', 'append', 'replace', 'history']

/** What becomes of a row whose record was deleted: its time in `_deleted_at`, or it goes. */
export type Deleted = 'mark' | 'delete'

/** Whether tables follow the columns of their streams, or nothing may change. */
export type Contracts = 'evolve' | 'freeze'

/** A stream as it is going to be loaded. */
export interface LoadedStream {
  readonly name: string
  readonly primaryKey: readonly string[]
  readonly properties: Readonly<Record<string, unknown>>
  readonly mode: Mode
  /** Whether each sync reads all of it. */
  readonly isWhole: boolean
}

export interface Target {
  readonly stream: string
  readonly table: string
  /** The table's place, as SQL has it. */
  readonly place: string
  readonly columns: readonly Column[]
  /** Names of the columns that tell rows apart; empty if nothing does. */
  readonly key: readonly string[]
  readonly mode: Mode
  readonly isWhole: boolean
}

/** Columns of the hub beside a stream's own. */
const OWN: readonly (readonly [name: string, type: ColumnType])[] = [
  ['_more', 'json'],
  ['_deleted_at', 'time'],
  ['_loaded_at', 'time'],
  ['_sync_id', 'integer'],
]
const HISTORY: readonly (readonly [name: string, type: ColumnType])[] = [
  ['_valid_from', 'time'],
  ['_valid_to', 'time'],
]

/** Makes the table of a stream, or gives it what it lacks. Throws a HubError where that must not or cannot be. */
export async function prepareTarget(
  warehouse: Warehouse,
  stream: LoadedStream,
  { contracts, syncId, known }: { readonly contracts: Contracts; readonly syncId: number; readonly known: Known },
): Promise<Target> {
  const { name, mode, isWhole } = stream
  if (stream.primaryKey.length === 0 && (mode === 'merge' || mode === 'history'))
    throw new HubError(`Stream "${name}" has no primary key: load it in mode "replace" or "append".`)
  const missing = stream.primaryKey.find((field) => !(field in stream.properties))
  if (missing !== undefined)
    throw new HubError(`The key of stream "${name}" names the column "${missing}", which the stream does not have.`)
  const table = shortName(name)
  if (BOOKS.has(table.toLowerCase()))
    throw new HubError(`Stream "${name}" has the name of a table in which the hub keeps its own. Give it another one.`)
  const place = `${warehouse.schema}.${quoted(table)}`
  const found = known.columnsOf(table)
  const wanted = columnsFor(stream.properties, known.namesOf(table))
  const own = [...OWN, ...(mode === 'history' ? HISTORY : [])]
  const { columns, added, retyped } = changesOf(wanted, found)
  const lacking = own.filter(([column]) => !found.some((one) => one.name === column))
  if (contracts === 'freeze' && found.length > 0) refuse(name, [...added, ...retyped])
  const key = stream.primaryKey.map((field) => columns.find((column) => column.field === field)?.name ?? field)
  const lacksIndex = warehouse.needsIndex && key.length > 0 && known.modeOf(name) !== mode
  const target: Target = { stream: name, table, place, columns, key, mode, isWhole }
  if (added.length + lacking.length + retyped.length === 0 && !lacksIndex) return target
  await warehouse.atOnce(async () => {
    const all = [...added.map(({ name: column, type }) => [column, type] as const), ...lacking]
    const definitions = all.map(([column, type]) => `${quoted(column)} ${warehouse.types[type]}`)
    if (found.length === 0) await warehouse.run(`create table ${place} (${definitions.join(', ')})`)
    else for (const definition of definitions) await warehouse.run(`alter table ${place} add column ${definition}`)
    if (retyped.length > 0) {
      const models = await keptModels(warehouse)
      await dropModels(warehouse, models)
      for (const { name: column, type } of retyped) await warehouse.retype(table, column, type)
      await createModels(warehouse, models)
    }
    if (added.length + retyped.length > 0) await rememberColumns(warehouse, table, [...added, ...retyped], syncId)
    if (lacksIndex) await index(warehouse, target)
  })
  return target
}

/** The columns as they are to be: new ones, wider ones, and those that stay as they are. */
function changesOf(wanted: readonly Column[], found: readonly FoundColumn[]) {
  const typeOf = new Map(found.map(({ name, type }) => [name.toLowerCase(), type]))
  const added = wanted.filter(({ name }) => !typeOf.has(name.toLowerCase()))
  const columns = wanted.map((column) => {
    const has = typeOf.get(column.name.toLowerCase())
    return has === undefined ? column : { ...column, type: widened(has, column.type) }
  })
  const retyped = columns.filter(({ name, type }) => {
    const has = typeOf.get(name.toLowerCase())
    return has !== undefined && has !== type
  })
  return { columns, added, retyped }
}

function refuse(stream: string, changes: readonly Column[]): void {
  if (changes.length === 0) return
  const named = changes.map(({ name, type }) => `"${name}" (${type})`).join(', ')
  throw new HubError(
    `The table of stream "${stream}" would change, and contracts are frozen: ${named}. Set "contracts" to "evolve", or leave these columns out.`,
  )
}

/** Keys are unique where a key has one row. */
async function index(warehouse: Warehouse, { table, place, key, mode }: Target): Promise<void> {
  const unique = quoted(shortName(`${table}_key`))
  const plain = quoted(shortName(`${table}_versions`))
  const isUnique = mode === 'merge' || mode === 'replace'
  await warehouse.run(`drop index if exists ${warehouse.schema}.${isUnique ? plain : unique}`)
  await warehouse.run(
    `create ${isUnique ? 'unique ' : ''}index if not exists ${isUnique ? unique : plain} on ${place} (${listed(key)})`,
  )
}
