import { fingerprintOf } from '../../model/fingerprint.ts'
import { type PackedNumbers, packNumbers, unpackNumbers } from './packed-ids.ts'

/** What is remembered of a long list: its ids in ascending order, and a fingerprint of each run of `RUN` of them. */
export interface PackedRows {
  readonly ids: readonly number[]
  readonly runs: readonly string[]
}

/** Rows as a state holds them. */
export interface Packed extends PackedNumbers {
  readonly runs: string
}

/** A change of one row hands on its whole run again. */
export const RUN = 16

const FINGERPRINT = 8

/** The fingerprint of a run, from those of its rows in order of their ids. */
export const runOf = (fingerprints: readonly string[]): string => fingerprintOf(fingerprints)

/**
 * Packs the fingerprints of rows by their ids: whole numbers, at least one. 500,000 rows come to 1.3 to 2.2 MB of text,
 * as their ids are clustered or scattered.
 */
export function pack(fingerprints: ReadonlyMap<number, string>): Packed {
  const ids = [...fingerprints.keys()].sort((a, b) => a - b)
  let runs = ''
  for (let at = 0; at < ids.length; at += RUN)
    runs += runOf(ids.slice(at, at + RUN).map((id) => fingerprints.get(id) as string))
  return { ...packNumbers(ids), runs }
}

/** Undefined for what `pack` did not write. */
export function unpack(packed: unknown): PackedRows | undefined {
  const { runs } = (packed ?? {}) as Partial<Packed>
  const ids = unpackNumbers(packed)
  if (!ids || typeof runs !== 'string' || runs.length !== Math.ceil(ids.length / RUN) * FINGERPRINT) return undefined
  return { ids, runs: runs.match(new RegExp(`.{${FINGERPRINT}}`, 'g')) ?? [] }
}
