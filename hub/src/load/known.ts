// What a schema of the warehouse holds when a sync begins. All of it is read at once: if little changed, a query for each table
// would cost more than loading it.

import { shortName } from '../table/names.ts'
import type { FoundColumn, Warehouse } from '../warehouse/warehouse.ts'
import { lastModes, namesByTable } from './books.ts'

export interface Known {
  /** The columns of a table or view; empty where there is none. */
  columnsOf(table: string): readonly FoundColumn[]
  /** The names of a table's columns, by field. */
  namesOf(table: string): ReadonlyMap<string, string>
  /** Another stream, of these or of those loaded before, whose table would be this one's too; undefined: there is none. */
  twinOf(stream: string, others: Iterable<string>): string | undefined
  /** In which mode a stream was loaded last; undefined if it never was. */
  modeOf(stream: string): string | undefined
}

/** Reads it; the books have to be open. */
export async function readKnown(warehouse: Warehouse): Promise<Known> {
  const tables = await warehouse.tables()
  const names = await namesByTable(warehouse)
  const modes = await lastModes(warehouse)
  return {
    columnsOf: (table) => tables.get(table.toLowerCase()) ?? [],
    namesOf: (table) => names.get(table) ?? new Map(),
    twinOf: (stream, others) =>
      [...others, ...modes.keys()].find((other) => other !== stream && isOneTable(other, stream)),
    modeOf: (stream) => modes.get(stream),
  }
}

const isOneTable = (one: string, other: string): boolean =>
  shortName(one).toLowerCase() === shortName(other).toLowerCase()
