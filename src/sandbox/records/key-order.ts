import type { Row } from '../account/model.ts'
import type { Entry } from '../account/table.ts'

/** Makes a table's rows: only these keys, in this order. What a record holds besides is for inside. */
export function inKeyOrder(...keys: readonly string[]): (entry: Entry) => Row {
  return (entry) => Object.fromEntries(keys.filter((key) => key in entry).map((key) => [key, entry[key]]))
}
