import type { RecordData } from '../../model/stream.ts'
import { placeOf } from '../state/ids.ts'
import { type PackedRows, RUN, runOf } from '../state/packed-rows.ts'

/** A record of a list, with its key (JSON) and the fingerprint of its form. */
export interface ListedRow {
  readonly key: string
  readonly fingerprint: string
  readonly record: RecordData
}

/** The rows of a list as the last sync left them. */
export interface EmittedList {
  /** The new and changed ones of these rows and of those before, as far as they can be told yet. */
  changed(rows: readonly ListedRow[]): readonly RecordData[]
  /** Those that could be told only now that the list has ended. */
  rest(): readonly RecordData[]
  /** The keys of all that were there. */
  readonly keys: Iterable<string>
  /** The form of the row with this key, where each one's is known. */
  fingerprintOf(key: string): string | undefined
}

const nothing = (): readonly RecordData[] => []
const unknown = (): undefined => undefined
const recordsOf = (rows: readonly ListedRow[]): readonly RecordData[] => rows.map(({ record }) => record)

/** A list of which nothing is known but which of its rows are not new: as much as other connectors' states tell. */
export const emittedBy = (isKnown: (record: RecordData) => boolean): EmittedList => ({
  changed: (rows) => recordsOf(rows.filter(({ record }) => !isKnown(record))),
  rest: nothing,
  keys: [],
  fingerprintOf: unknown,
})

/** A list of which each row's form is known, by key. */
export const emittedByFingerprint = (fingerprints: Readonly<Record<string, string>>): EmittedList => ({
  changed: (rows) => recordsOf(rows.filter(({ key, fingerprint }) => fingerprints[key] !== fingerprint)),
  rest: nothing,
  keys: Object.keys(fingerprints),
  fingerprintOf: (key) => fingerprints[key],
})

/**
 * A long list, of which the form of each run of rows is known. It comes in order of its ids; rows that do not are told
 * as changed.
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
    keys: ids.values().map(String),
    fingerprintOf: unknown,
  }
}
