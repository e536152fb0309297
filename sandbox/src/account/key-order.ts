import type { Row } from './model.ts'
import type { Entry } from './table.ts'

/** The members of a row under these keys, in the order of the keys. */
export function only(row: Row, keys: readonly string[]): Row {
  return Object.fromEntries(keys.filter((key) => key in row).map((key) => [key, row[key]]))
}

/** Makes a table's rows: only these keys, in this order. Other members of a record are internal. */
export function inKeyOrder(...keys: readonly string[]): (entry: Entry) => Row {
  return (entry) => only(entry, keys)
}
