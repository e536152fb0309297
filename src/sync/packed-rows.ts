import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { fingerprintOf } from '../fingerprint.ts'

/** What is remembered of a long list: its ids in ascending order, and a fingerprint of each run of `RUN` of them. */
export interface PackedRows {
  readonly ids: readonly number[]
  readonly runs: readonly string[]
}

/** Ids as a state holds them. */
export interface PackedIds {
  /** Left out in states of old, which have one at least. */
  readonly count?: number
  readonly first: number
  /** What every step from one id to the next is a multiple of: 128, within one account of Zendesk's. */
  readonly unit: number
  /** The steps in units, seven bits a byte with the lowest first, deflated, in base64. */
  readonly steps: string
}

/** Rows as a state holds them. */
export interface Packed extends PackedIds {
  readonly runs: string
}

/** A change of one row hands on its whole run again. */
export const RUN = 16

const FINGERPRINT = 8

/** The fingerprint of a run, from those of its rows in order of their ids. */
export const runOf = (forms: readonly string[]): string => fingerprintOf(forms)

/**
 * Packs the fingerprints of rows by their ids: whole numbers, at least one. 500,000 rows come to 1.3 to 2.2 MB of text,
 * as their ids are clustered or scattered.
 */
export function pack(forms: ReadonlyMap<number, string>): Packed {
  const ids = [...forms.keys()].sort((a, b) => a - b)
  let runs = ''
  for (let at = 0; at < ids.length; at += RUN)
    runs += runOf(ids.slice(at, at + RUN).map((id) => forms.get(id) as string))
  return { ...packIds(ids), runs }
}

/** Packs ids, in ascending order: whole numbers. */
export function packIds(ids: readonly number[]): PackedIds {
  const first = ids[0] ?? 0
  const unit = ids.reduce((divisor, id) => greatestCommonDivisor(divisor, id - first), 0) || 1
  const bytes: number[] = []
  let last = first
  for (const id of ids.slice(1)) {
    let step = (id - last) / unit
    last = id
    for (; step >= 128; step = Math.floor(step / 128)) bytes.push((step % 128) + 128)
    bytes.push(step)
  }
  return { count: ids.length, first, unit, steps: deflateRawSync(Uint8Array.from(bytes)).toString('base64') }
}

/** Undefined for what `pack` did not write. */
export function unpack(packed: unknown): PackedRows | undefined {
  const { runs } = (packed ?? {}) as Partial<Packed>
  const ids = unpackIds(packed)
  if (!ids || typeof runs !== 'string' || runs.length !== Math.ceil(ids.length / RUN) * FINGERPRINT) return undefined
  return { ids, runs: runs.match(new RegExp(`.{${FINGERPRINT}}`, 'g')) ?? [] }
}

/** Undefined for what `packIds` did not write. */
export function unpackIds(packed: unknown): readonly number[] | undefined {
  const { count, first, unit, steps } = (packed ?? {}) as Partial<PackedIds>
  if (!isCount(first) || !isCount(unit) || typeof steps !== 'string') return undefined
  if (count === 0) return []
  const ids = [first]
  let [last, step, weight] = [first, 0, 1]
  for (const byte of inflated(steps)) {
    step += (byte % 128) * weight
    weight *= 128
    if (byte >= 128) continue
    last += step * unit
    ids.push(last)
    step = 0
    weight = 1
  }
  return weight === 1 && Number.isSafeInteger(last) ? ids : undefined
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0

function inflated(text: string): Uint8Array {
  try {
    return inflateRawSync(Buffer.from(text, 'base64'))
  } catch {
    // Cut or altered: the step that never ends makes the whole of it unknown.
    return Uint8Array.of(255)
  }
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b))
