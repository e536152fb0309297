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

/** The emitted rows that later pages may hold again: those remembered so far and these, if they stand at `since` or later. Each page asks: plain loops. */
export function emittedSince(
  since: number,
  { seen }: Position,
  placed: readonly (readonly [row: RecordData, place: number])[],
): EmittedRows {
  const kept: Record<string, Record<string, string>> = {}
  const earlier = Object.keys(seen ?? {}).filter((place) => Number(place) >= since)
  const addedIds = new Set<string>()
  if (earlier.length > 0) for (const [row, place] of placed) if (place >= since) addedIds.add(idOf(row))
  for (const place of earlier) {
    const fingerprints = seen?.[place] ?? {}
    const others: Record<string, string> = {}
    let isEmpty = true
    for (const id of Object.keys(fingerprints)) {
      if (addedIds.has(id)) continue
      others[id] = fingerprints[id] as string
      isEmpty = false
    }
    if (!isEmpty) kept[place] = others
  }
  for (const [row, place] of placed) {
    if (place < since) continue
    const fingerprints = kept[place] ?? {}
    fingerprints[idOf(row)] = fingerprintOf(row)
    kept[place] = fingerprints
  }
  return kept
}
