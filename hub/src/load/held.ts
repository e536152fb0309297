// Rows that go straight into their table, once: those whose key comes once in a batch, and which were not deleted. Their keys
// alone go by a temporary table. All others take that way whole (`staging.ts`), behind them.
import { now } from '../clock.ts'
import { type Batch, cellsOf, type Row } from '../table/batch.ts'
import type { Column } from '../table/column.ts'
import { equal, quoted, shortName } from '../table/names.ts'
import { type Cell, fits } from '../table/values.ts'
import type { HeldRows, Warehouse } from '../warehouse/warehouse.ts'
import { type Cascade, ticketColumn } from './cascade.ts'
import type { Known } from './known.ts'
import type { Target } from './target.ts'

/** Records, and when they were deleted, by index. */
interface Some {
  readonly records: readonly Row[]
  readonly deletedAt: readonly (string | undefined)[]
}

export interface Held {
  /** Takes those that can go straight; returns the others. */
  take(records: readonly Row[], deletedAt: readonly (string | undefined)[] | undefined): Some
  readonly rows: () => number
  /** The bytes that those take that are in the database's own form. */
  readonly bytes: () => number
  /** Values of the rows until now that did not fit. */
  readonly misfits: () => number
  /** Puts what was taken into the database's own form. */
  settle(): void
  /** Puts the rows in the place of those with their keys, and forgets them: in a transaction. */
  apply(cascade: Cascade): Promise<void>
  /** Whether a key came more than once among those that were returned since `clear`. */
  readonly othersRepeat: () => boolean
  /** Forgets the keys of those that were returned: they have been applied. */
  clear(): void
}

/** Records that are kept as they came: less than a page, so that they are freed while they are young. */
const MOST_IN_MEMORY = 500

/**
 * Holds rows for this table. Resolves to undefined where they have to be compared with others first, where the database
 * cannot hold them, or where the table has columns of somebody else, which may have defaults.
 */
export async function openHeld(
  warehouse: Warehouse,
  target: Target,
  { syncId, known }: { readonly syncId: number; readonly known: Known },
): Promise<Held | undefined> {
  if (target.mode !== 'merge' || warehouse.hold === undefined) return undefined
  const waiting = await warehouse.hold(target.table)
  const own = ['_more', '_deleted_at', '_loaded_at', '_sync_id', ...target.columns.map(({ name }) => name)]
  const ours = new Set([...own, ...known.namesOf(target.table).values()])
  if (!waiting.columns.every(({ name, type }) => type !== undefined && ours.has(name))) return undefined
  return createHeld(warehouse, target, { waiting, syncId, isNew: known.columnsOf(target.table).length === 0 })
}

function createHeld(
  warehouse: Warehouse,
  target: Target,
  { waiting, syncId, isNew }: { readonly waiting: HeldRows; readonly syncId: number; readonly isNew: boolean },
): Held {
  const keyColumns = target.key.map((name) => target.columns.find((column) => column.name === name)!)
  const narrow = narrowColumns(target)
  let records: Row[] = []
  let narrowCells: Cell[][] = narrow.map(() => [])
  let held = new Set<string>()
  let others = new Set<string>()
  let doOthersRepeat = false
  let isFirst = true
  let misfits = 0

  function settle(): void {
    if (records.length === 0) return
    const { columns, misfits: odd } = wholeRows(records, target.columns, syncId)
    for (const [nth, { name }] of narrow.entries()) narrowCells[nth]!.push(...columns.get(name)!.cells)
    const none = records.map(() => null)
    waiting.add({
      rows: records.length,
      // One that the stream does not have any more stays empty.
      columns: waiting.columns.map(({ name, type }) => columns.get(name) ?? { name, type: type!, cells: none }),
    })
    misfits += odd
    records = []
  }

  return {
    rows: () => held.size,
    bytes: waiting.bytes,
    misfits: () => misfits,
    settle,
    take(some, deletedAt) {
      const rest: { records: Row[]; deletedAt: (string | undefined)[] } = { records: [], deletedAt: [] }
      for (const [at, record] of some.entries()) {
        const key = keyOf(record, keyColumns)
        if (deletedAt?.[at] === undefined && !held.has(key) && !others.has(key)) {
          held.add(key)
          records.push(record)
        } else {
          // What comes of this key from here on stays in order with it.
          if (others.has(key)) doOthersRepeat = true
          others.add(key)
          rest.records.push(record)
          rest.deletedAt.push(deletedAt?.[at])
        }
      }
      if (records.length >= MOST_IN_MEMORY) settle()
      return rest
    },
    async apply(cascade) {
      const isAlone = isNew && isFirst && (await isEmpty(warehouse, target))
      if (isAlone && ticketColumn(target.stream) === undefined) await waiting.insert()
      else {
        const batch = narrowBatch(narrow, narrowCells)
        await replaceByKey(warehouse, target, { waiting, batch, cascade, syncId })
      }
      isFirst = false
      narrowCells = narrow.map(() => [])
      held = new Set()
    },
    othersRepeat: () => doOthersRepeat,
    clear() {
      others = new Set()
      doOthersRepeat = false
    },
  }
}

/** Rows as their table has them, a column at a time, by name. */
function wholeRows(records: readonly Row[], columns: readonly Column[], syncId: number) {
  const { cells, more, misfits } = cellsOf(records, columns)
  const loadedAt = now() * 1000
  const all: Batch['columns'] = [
    ...columns.map(({ name, type }, at) => ({ name, type, cells: cells[at]! })),
    { name: '_more', type: 'json', cells: more },
    { name: '_deleted_at', type: 'time', cells: records.map(() => null) },
    { name: '_loaded_at', type: 'time', cells: records.map(() => loadedAt) },
    { name: '_sync_id', type: 'integer', cells: records.map(() => syncId) },
  ]
  return { columns: new Map(all.map((column) => [column.name, column])), misfits }
}

function narrowBatch(columns: readonly Column[], cells: readonly Cell[][]): Batch {
  const rows = cells[0]!.length
  const deleted = { name: '_deleted_at', type: 'time' as const, cells: Array<null>(rows).fill(null) }
  return { rows, columns: [...columns.map(({ name, type }, at) => ({ name, type, cells: cells[at]! })), deleted] }
}

const isEmpty = async ({ rows }: Warehouse, { place }: Target): Promise<boolean> =>
  (await rows(`select 1 as found from ${place} limit 1`)).length === 0

interface Replacement {
  readonly waiting: HeldRows
  /** The keys of what waits. */
  readonly batch: Batch
  readonly cascade: Cascade
  readonly syncId: number
}

async function replaceByKey(
  { run, append, types }: Warehouse,
  { stream, table, place, key }: Target,
  { waiting, batch, cascade, syncId }: Replacement,
): Promise<void> {
  const name = shortName(`_keys_${table}`)
  const keys = quoted(name)
  const definitions = batch.columns.map((one) => `${quoted(one.name)} ${types[one.type]}`)
  const same = equal(key)
  await run(`create temporary table ${keys} (${definitions.join(', ')})`)
  await append(name, batch)
  await cascade({ stream, staged: keys, hasDeletions: false, syncId })
  await run(`delete from ${place} as t using ${keys} as s where ${same}`)
  await waiting.insert()
  // Their ticket was deleted before they came.
  if (ticketColumn(stream) !== undefined)
    await run(
      `update ${place} as t set _deleted_at = s._deleted_at from ${keys} as s where ${same} and s._deleted_at is not null`,
    )
  await run(`drop table ${keys}`)
}

/** What is asked of rows before they are put in place: their keys, and the ticket that they belong to. */
function narrowColumns({ stream, key, columns }: Target): readonly Column[] {
  const names = new Set([...key, ticketColumn(stream)])
  return columns.filter(({ name }) => names.has(name))
}

/** What tells a record's key apart from others: a text and a number that say the same are one key. */
const keyOf = (record: Row, columns: readonly Column[]): string =>
  columns.map(({ field, type }) => String(fits[type](record[field]))).join('\0')
