// Records, turned into columns.
import type { Column, ColumnType } from './column.ts'
import { type Cell, fits, jsonOf, MISFIT } from './values.ts'

/** Rows, a column at a time: all columns are equally long. */
export interface Batch {
  readonly rows: number
  readonly columns: readonly { readonly name: string; readonly type: ColumnType; readonly cells: readonly Cell[] }[]
}

/** A record, or a row of a table, by the names of its fields or columns. */
export type Row = Readonly<Record<string, unknown>>

/** What stands in `_more` beside a row's own fields: the names of columns whose value did not fit. */
const MISFITS = '_misfits'

/** By row: the text of what no column holds. */
export interface Cells {
  readonly cells: readonly Cell[][]
  readonly more: readonly (string | null)[]
  /** How many values did not fit. */
  readonly misfits: number
}

/** The cells of these records for these columns, and what they cannot hold: other fields, values of another type. */
export function cellsOf(records: readonly Row[], columns: readonly Column[]): Cells {
  const rest = new Map<number, Record<string, unknown>>()
  let misfits = 0
  const held = new Uint16Array(records.length)
  const cells = columns.map(({ field, type, name }) => {
    const fit = fits[type]
    return records.map((record, at): Cell => {
      const value = record[field]
      if (value === undefined) return null
      held[at]!++
      const cell = fit(value)
      if (cell !== MISFIT) return cell
      const more = rest.get(at) ?? {}
      rest.set(at, { ...more, [field]: value, [MISFITS]: [...((more[MISFITS] as string[]) ?? []), name] })
      misfits++
      return null
    })
  })
  let known: ReadonlySet<string> | undefined
  const more = records.map((record, at) => {
    const kept = rest.get(at)
    if (kept === undefined && Object.keys(record).length === held[at]) return null
    known ??= new Set(columns.map(({ field }) => field))
    const others = Object.entries(record).filter(([field, value]) => value !== undefined && !known!.has(field))
    const all = { ...Object.fromEntries(others), ...kept }
    return Object.keys(all).length === 0 ? null : jsonOf(all)
  })
  return { cells, more, misfits }
}
