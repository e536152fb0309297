import { fingerprintOf } from '../../model/fingerprint.ts'
import type { EmittedRows, Position, RecordData } from '../../model/stream.ts'

export const idOf = (row: RecordData): string => String(row['id'])

/** The fingerprints of emitted rows, by id as text and as number. Each page has them looked up: plain loops. */
export function fingerprintsIn(seen: EmittedRows | undefined): ReadonlyMap<unknown, string> {
  const known = new Map<unknown, string>()
  for (const fingerprints of Object.values(seen ?? {}))
    for (const id of Object.keys(fingerprints)) {
      const fingerprint = fingerprints[id] as string
      known.set(id, fingerprint)
      known.set(Number(id), fingerprint)
    }
  return known
}

/** Whether a row was emitted as it is: `known` is its fingerprint then, or the beginning of it. */
export const isEmittedAs = (row: RecordData, known: string | undefined): boolean =>
  known !== undefined && known !== '' && fingerprintOf(row).startsWith(known)

/** The emitted rows that later pages may hold again: those remembered so far and these, if they stand at `since` or later. */
export function emittedSince(
  since: number,
  { seen }: Position,
  placed: readonly (readonly [row: RecordData, place: number])[],
): EmittedRows {
  const kept = new Map<number, Record<string, string>>()
  const added = placed.filter(([, place]) => place >= since)
  const earlier = Object.entries(seen ?? {}).filter(([place]) => Number(place) >= since)
  const addedIds = new Set(earlier.length === 0 ? [] : added.map(([row]) => idOf(row)))
  for (const [place, fingerprints] of earlier) {
    const others = Object.entries(fingerprints).filter(([id]) => !addedIds.has(id))
    if (others.length > 0) kept.set(Number(place), Object.fromEntries(others))
  }
  for (const [row, place] of added) {
    const fingerprints = kept.get(place) ?? {}
    fingerprints[idOf(row)] = fingerprintOf(row)
    kept.set(place, fingerprints)
  }
  return Object.fromEntries(kept)
}
