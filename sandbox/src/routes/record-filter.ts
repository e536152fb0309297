import type { Row } from '../account/model.ts'
import type { Entry } from '../account/table.ts'

/** Whether a record passes the filter of a search: `{"$and": [{"custom_object_fields.color": {"$eq": "red"}}]}`. */
export function passesFilter(entry: Entry, filter: Row): boolean {
  return Object.entries(filter).every(([name, asked]) => {
    if (name === '$and') return (asked as Row[]).every((one) => passesFilter(entry, one))
    if (name === '$or') return (asked as Row[]).some((one) => passesFilter(entry, one))
    return Object.entries(asked as Row).every(([operator, value]) => holds(valueIn(entry, name), operator, value))
  })
}

function valueIn(entry: Entry, name: string): unknown {
  const [first = '', second] = name.split('.')
  return second === undefined ? entry[first] : (entry[first] as Row | undefined)?.[second]
}

function holds(value: unknown, operator: string, asked: unknown): boolean {
  const [one, other] = [value, asked] as [number | string, number | string]
  const includes = String(value ?? '')
    .toLowerCase()
    .includes(String(asked).toLowerCase())
  switch (operator) {
    case '$eq':
      return Array.isArray(asked) ? asked.includes(value) : value === asked
    case '$noteq':
    case '$not_eq':
      return Array.isArray(asked) ? !asked.includes(value) : value !== asked
    case '$lt':
      return value !== null && one < other
    case '$lte':
      return value !== null && one <= other
    case '$gt':
      return value !== null && one > other
    case '$gte':
      return value !== null && one >= other
    case '$contains':
      return includes
    case '$not_contains':
    case '$notcontains':
      return !includes
    case '$exists':
      return (value !== null && value !== undefined) === asked
    default:
      return false
  }
}
