import type { RecordData } from '../../model/stream.ts'
import { placeOf } from '../state/ids.ts'
import { type PackedRows, RUN, runOf } from '../state/packed-rows.ts'

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

const nothing = (): readonly RecordData[] => []
const unknown = (): undefined => undefined
const recordsOf = (rows: readonly ListedRow[]): readonly RecordData[] => rows.map(({ record }) => record)

/** From the state of another connector, which says only which rows are not new. */
export const emittedBy = (isKnown: (record: RecordData) => boolean): EmittedList => ({
  changed: (rows) => recordsOf(rows.filter(({ record }) => !isKnown(record))),
  rest: nothing,
  keys: [],
  count: 0,
  has: () => false,
  fingerprintOf: unknown,
})

/** From the fingerprints of all rows, by key. */
export const emittedByFingerprint = (fingerprints: Readonly<Record<string, string>>): EmittedList => ({
  changed: (rows) => recordsOf(rows.filter(({ key, fingerprint }) => fingerprints[key] !== fingerprint)),
  rest: nothing,
  keys: Object.keys(fingerprints),
  count: Object.keys(fingerprints).length,
  has: (key) => Object.hasOwn(fingerprints, key),
  fingerprintOf: (key) => fingerprints[key],
})

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
    fingerprintOf: unknown,
  }
}
