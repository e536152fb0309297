import type { RecordData, Stream } from '../../model/stream.ts'
import { type PackedRows, placeOf, RUN, runOf } from './packed.ts'

/** A record of a list, with its key (JSON) and its fingerprint. */
export interface ListedRow {
  readonly key: string
  readonly fingerprint: string
  readonly record: RecordData
}

/** The rows of a list as the last sync emitted them, to compare with today's. */
export interface EmittedList {
  /** Takes the next rows; returns the new and changed records among the rows so far that can be decided by now. */
  changed(rows: readonly ListedRow[]): readonly RecordData[]
  /** The new and changed records that can be decided only at the end of the list. */
  rest(): readonly RecordData[]
  /** The keys of all rows of the last sync. */
  readonly keys: Iterable<string>
  /** How many these are. */
  readonly count: number
  /** Whether one of those is this one. */
  has(key: string): boolean
  /** The fingerprint of the row with this key, if each row's is known. */
  fingerprintOf(key: string): string | undefined
}

const recordsOf = (rows: readonly ListedRow[]): readonly RecordData[] => rows.map(({ record }) => record)

/** From the fingerprints of all rows, by key. `isKnown`: for the state of another connector, which has none. */
export function emittedByFingerprint(
  fingerprints: Readonly<Record<string, string>>,
  isKnown: (row: ListedRow) => boolean = ({ key, fingerprint }) => fingerprints[key] === fingerprint,
): EmittedList {
  const keys = Object.keys(fingerprints)
  return {
    changed: (rows) => recordsOf(rows.filter((row) => !isKnown(row))),
    rest: () => [],
    keys,
    count: keys.length,
    has: (key) => Object.hasOwn(fingerprints, key),
    fingerprintOf: (key) => fingerprints[key],
  }
}

/**
 * From the fingerprints of runs of rows, for long lists. The list must come in order of its ids: rows out of order count as
 * changed.
 */
export function emittedByRun({ ids, runs }: PackedRows): EmittedList {
  let open: { readonly run: number; readonly rows: ListedRow[] } | undefined
  const close = (): readonly RecordData[] => {
    const closed = open
    open = undefined
    if (!closed || runOf(closed.rows.map(({ fingerprint }) => fingerprint)) === runs[closed.run]) return []
    return recordsOf(closed.rows)
  }
  return {
    changed(rows) {
      const found: RecordData[] = []
      for (const row of rows) {
        const place = placeOf(Number(row.key), ids)
        if (place === undefined) {
          found.push(row.record)
          continue
        }
        const run = Math.floor(place / RUN)
        if (open?.run !== run) {
          found.push(...close())
          open = { run, rows: [] }
        }
        open.rows.push(row)
      }
      return found
    },
    rest: close,
    keys: { [Symbol.iterator]: () => ids.values().map(String) },
    count: ids.length,
    has: (key) => placeOf(Number(key), ids) !== undefined,
    fingerprintOf: () => undefined,
  }
}

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
