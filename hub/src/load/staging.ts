// Records on their way: first in memory, then in a temporary table, from which they go into their own in a transaction.
import { type Batch, cellsOf, type Row } from '../table/batch.ts'
import { quoted, shortName } from '../table/names.ts'
import { type Cell, fits, MISFIT } from '../table/values.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import type { Held } from './held.ts'
import type { Target } from './target.ts'

/** Records that are kept in memory: about a page, so that they are freed while they are young. */
const MOST_IN_MEMORY = 1000

export interface Staging {
  readonly target: Target
  /** The temporary table, as SQL has it; it has the columns of the target, `_more`, `_deleted_at` and `_nth`. */
  readonly place: string
  /** Takes records, in the order in which they came; `deletedAt` by index. */
  take(records: readonly Row[], deletedAt?: readonly (string | undefined)[]): Promise<void>
  /** Puts all that was taken into the temporary table. Resolves to how many rows came in all: the last one's `_nth`. */
  settle(): Promise<number>
  /** Rows that wait beside it, to be applied before its own; undefined: all wait here. */
  readonly held: Held | undefined
  /** How many rows wait in memory, in the table and beside it; how many in the table, and the deletions among them. */
  readonly waiting: () => { readonly rows: number; readonly staged: number; readonly deletions: number }
  /** Empties the table: its rows up to this one have been applied. */
  clear(upTo: number): Promise<void>
  /** How many rows came in all. */
  readonly taken: () => number
  readonly misfits: () => number
}

/** `held`: takes rows that need not wait in the table. */
export function createStaging(warehouse: Warehouse, target: Target, held?: Held): Staging {
  const name = shortName(`_staged_${target.table}`)
  const place = quoted(name)
  let records: Row[] = []
  let deletions: (string | undefined)[] = []
  let taken = 0
  let deleted = 0
  let cleared = 0
  let misfits = 0
  let isMade = false

  async function make(): Promise<void> {
    const { types } = warehouse
    const own = [`_more ${types.json}`, `_deleted_at ${types.time}`, `_nth ${types.integer}`]
    const columns = target.columns.map((column) => `${quoted(column.name)} ${types[column.type]}`)
    await warehouse.run(`create temporary table ${place} (${[...columns, ...own].join(', ')})`)
    isMade = true
  }

  async function flush(): Promise<void> {
    if (records.length === 0) return
    if (!isMade) await make()
    const { cells, more, misfits: odd } = cellsOf(records, target.columns)
    misfits += odd
    const first = taken - records.length
    const batch: Batch = {
      rows: records.length,
      columns: [
        ...target.columns.map(({ name: column, type }, at) => ({ name: column, type, cells: cells[at]! })),
        { name: '_more', type: 'json', cells: more },
        { name: '_deleted_at', type: 'time', cells: deletions.map(timeOf) },
        { name: '_nth', type: 'integer', cells: records.map((_, at) => first + at + 1) },
      ],
    }
    records = []
    deletions = []
    await warehouse.append(name, batch)
  }

  return {
    target,
    place,
    held,
    taken: () => taken,
    misfits: () => misfits + (held?.misfits() ?? 0),
    waiting: () => {
      const staged = taken - cleared
      return { rows: staged + (held?.rows() ?? 0), staged, deletions: deleted }
    },
    async take(all, times) {
      const rest = held?.take(all, times) ?? { records: all, deletedAt: times }
      for (const [at, record] of rest.records.entries()) {
        records.push(record)
        deletions.push(rest.deletedAt?.[at])
        if (rest.deletedAt?.[at] !== undefined) deleted++
      }
      taken += rest.records.length
      if (records.length >= MOST_IN_MEMORY) await flush()
    },
    async settle() {
      held?.settle()
      await flush()
      if (isMade) await warehouse.analyze(name)
      return taken
    },
    async clear(upTo) {
      cleared = upTo
      held?.clear()
      if (!isMade) return
      if (upTo < taken) await warehouse.run(`delete from ${place} where _nth <= ${upTo}`)
      else {
        await warehouse.run(`drop table ${place}`)
        isMade = false
        deleted = 0
      }
    },
  }
}

/** A time that says nothing would leave a deleted row among the living. */
function timeOf(text: string | undefined): Cell {
  if (text === undefined) return null
  const time = fits.time(text)
  return time === MISFIT ? 0 : time
}
