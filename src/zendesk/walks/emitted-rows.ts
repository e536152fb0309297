import { fingerprintOf } from '../../model/fingerprint.ts'
import type { EmittedRows, Position, RecordData } from '../../model/stream.ts'

export const idOf = (row: RecordData): string => String(row['id'])

/** By id, as text and as number: the form in which a row was handed on. */
export const fingerprintsIn = (seen: EmittedRows | undefined): ReadonlyMap<unknown, string> =>
  new Map(
    Object.values(seen ?? {}).flatMap((fingerprints) =>
      Object.entries(fingerprints).flatMap(([id, form]): [unknown, string][] => [
        [id, form],
        [Number(id), form],
      ]),
    ),
  )

/** The rows that the next page may hold again: what was seen already and these, as far as they stand at `since` or later. */
export function emittedSince(
  since: number,
  { seen }: Position,
  placed: readonly (readonly [row: RecordData, place: number])[],
): EmittedRows {
  const kept = new Map<number, Record<string, string>>()
  const fresh = placed.filter(([, place]) => place >= since)
  const again = new Set(fresh.map(([row]) => idOf(row)))
  for (const [place, forms] of Object.entries(seen ?? {})) {
    const rest = Object.entries(forms).filter(([id]) => !again.has(id))
    if (Number(place) >= since && rest.length > 0) kept.set(Number(place), Object.fromEntries(rest))
  }
  for (const [row, place] of fresh) {
    const fingerprints = kept.get(place) ?? {}
    fingerprints[idOf(row)] = fingerprintOf(row)
    kept.set(place, fingerprints)
  }
  return Object.fromEntries(kept)
}
