// What a table's columns are, and which of them a stream's JSON Schema asks for.
import { fitNames } from './names.ts'

/** The types that a warehouse has to have; `json` holds objects and lists as text that the database understands. */
export type ColumnType = 'integer' | 'number' | 'boolean' | 'date' | 'time' | 'text' | 'json'

/** A column, and the field of the records that it holds. */
export interface Column {
  readonly name: string
  readonly field: string
  readonly type: ColumnType
}

/** The part of JSON Schema that is read here. */
export interface FieldSchema {
  readonly type?: string | readonly string[]
  readonly format?: string
}

/** Columns of the hub, in its tables and where rows wait. */
const OURS = ['_more', '_deleted_at', '_loaded_at', '_sync_id', '_valid_from', '_valid_to', '_nth']

/**
 * The columns for the fields of a stream. `known`: names that columns of this table were given before, by field; they
 * stay.
 */
export function columnsFor(
  properties: Readonly<Record<string, unknown>>,
  known: ReadonlyMap<string, string> = new Map(),
): readonly Column[] {
  const fields = Object.keys(properties)
  const names = fitNames(fields, known, OURS)
  return fields.map((field) => ({
    name: names.get(field)!,
    field,
    type: columnType(properties[field] as FieldSchema),
  }))
}

/** The type for values of this schema. What may be of several types, and what says nothing, is kept as JSON. */
export function columnType({ type, format }: FieldSchema): ColumnType {
  const types = [type ?? []].flat().filter((one) => one !== 'null')
  if (types.length === 2 && types.includes('integer') && types.includes('number')) return 'number'
  if (types.length !== 1) return 'json'
  switch (types[0]) {
    case 'integer':
      return 'integer'
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'string':
      if (format === 'date-time') return 'time'
      return format === 'date' ? 'date' : 'text'
    default:
      return 'json'
  }
}

/** To which types the columns of a type may be widened without losing anything. */
const WIDER: Readonly<Record<ColumnType, readonly ColumnType[]>> = {
  boolean: ['text', 'json'],
  integer: ['number', 'text', 'json'],
  number: ['text', 'json'],
  date: ['time', 'text', 'json'],
  time: ['text', 'json'],
  text: ['json'],
  json: [],
}

/** The type of a column of this type once values of another one come; itself where it holds those already. */
export function widened(has: ColumnType, wanted: ColumnType): ColumnType {
  return WIDER[has].includes(wanted) ? wanted : has
}
