import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { EmittedRows, Position } from '../../model/stream.ts'

/** With more rows than this, a state holds them packed. */
const MOST_PLAIN = 500

const FINGERPRINT = 8

/** The rows of one second: its epoch, their ids or the steps between them, and their fingerprints in one text. */
type PackedSecond = readonly [second: number, ids: readonly (number | string)[], fingerprints: string]

/** A position as a state holds it: many emitted rows take a third of the room. */
export const packedPosition = (position: Position): object =>
  position.seen === undefined ? position : { ...position, seen: packSeen(position.seen) }

/** Emitted rows as a state holds them: as they are, or deflated, in base64. */
export function packSeen(seen: EmittedRows): EmittedRows | string {
  const seconds = Object.entries(seen)
  const fingerprints = seconds.flatMap(([, rows]) => Object.values(rows))
  if (fingerprints.length <= MOST_PLAIN || fingerprints.some(({ length }) => length !== FINGERPRINT)) return seen
  const packed = seconds.map(([second, rows]): PackedSecond => {
    const all = Object.entries(rows).sort(([one], [other]) => Number(one) - Number(other))
    const isNumbered = all.every(([id]) => /^(0|[1-9]\d{0,14})$/.test(id))
    const ids = all.map(([id], nth) => (isNumbered ? Number(id) - Number(all[nth - 1]?.[0] ?? 0) : id))
    return [Number(second), ids, all.map(([, fingerprint]) => fingerprint).join('')]
  })
  return deflateRawSync(JSON.stringify(packed)).toString('base64')
}

/** Undefined for what `packSeen` did not write. */
export function unpackSeen(state: unknown): EmittedRows | undefined {
  if (typeof state !== 'string') return isEmittedRows(state) ? state : undefined
  try {
    const packed = JSON.parse(inflateRawSync(Buffer.from(state, 'base64')).toString('utf8')) as readonly PackedSecond[]
    const seen = Object.fromEntries(packed.map(([second, ids, text]) => [String(second), rowsOf(ids, text)]))
    return isEmittedRows(seen) ? seen : undefined
  } catch {
    // Cut, or altered: the caller says that the state cannot be understood.
    return undefined
  }
}

function rowsOf(ids: PackedSecond[1], fingerprints: string): Record<string, string> {
  if (fingerprints.length !== ids.length * FINGERPRINT) throw new Error('Ids without fingerprints.')
  let last = 0
  const rows = ids.map((id, nth) => {
    last = typeof id === 'number' ? last + id : 0
    const fingerprint = fingerprints.slice(nth * FINGERPRINT, (nth + 1) * FINGERPRINT)
    return [typeof id === 'number' ? String(last) : id, fingerprint] as const
  })
  return Object.fromEntries(rows)
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isEmittedRows = (value: unknown): value is EmittedRows =>
  isObject(value) &&
  Object.values(value).every((rows) => isObject(rows) && Object.values(rows).every((one) => typeof one === 'string'))
