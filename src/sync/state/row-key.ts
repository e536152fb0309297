import type { RecordData, Stream } from '../../model/stream.ts'

/** A record's key as text: its one value, or the list of its values, as JSON. */
export function keyOf(record: RecordData, { primaryKey }: Stream): string {
  const values = primaryKey.map((field) => record[field] ?? null)
  return JSON.stringify(values.length === 1 ? values[0] : values)
}

/** The key columns of the record with this key. */
export function keyIn(key: string, { primaryKey }: Stream): RecordData {
  const values = valuesIn(key, primaryKey.length)
  return Object.fromEntries(primaryKey.map((field, index) => [field, values?.[index]]))
}

/** Whether a text is a key of this stream's records. */
export const isKey = (text: string, { primaryKey }: Stream): boolean => valuesIn(text, primaryKey.length) !== undefined

function valuesIn(key: string, count: number): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(key)
    const values: unknown = count === 1 ? [value] : value
    return Array.isArray(values) && values.length === count ? values : undefined
  } catch {
    return undefined
  }
}
