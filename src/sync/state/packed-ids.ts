import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Id } from '../../model/stream.ts'

/** Ids as a state holds them: numbers, or texts as lines, deflated, in base64. */
export type PackedIds = PackedNumbers | string

/** Whole numbers as a state holds them. */
export interface PackedNumbers {
  /** Left out in old states, which hold at least one number. */
  readonly count?: number
  readonly first: number
  /** The greatest common divisor of the steps from one id to the next: 128 within one Zendesk account. */
  readonly unit: number
  /** The steps in units as variable-length integers, seven bits a byte with the lowest first, deflated, in base64. */
  readonly steps: string
}

/** Packs ids in ascending order: whole numbers, or texts without line breaks. */
export const packIds = (ids: readonly Id[]): PackedIds =>
  ids.every((id) => typeof id === 'number') ? packNumbers(ids) : deflated(Buffer.from(ids.join('\n')))

/** What `packIds` wrote; undefined for anything else. */
export function unpackIds(packed: unknown): readonly Id[] | undefined {
  if (typeof packed !== 'string') return unpackNumbers(packed)
  const text = inflated(packed)
  return text && Buffer.from(text).toString().split('\n')
}

/** Packs whole numbers in ascending order. */
export function packNumbers(ids: readonly number[]): PackedNumbers {
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
  return { count: ids.length, first, unit, steps: deflated(Uint8Array.from(bytes)) }
}

/** What `packNumbers` wrote; undefined for anything else. */
export function unpackNumbers(packed: unknown): readonly number[] | undefined {
  const { count, first, unit, steps } = (packed ?? {}) as Partial<PackedNumbers>
  if (!isCount(first) || !isCount(unit) || typeof steps !== 'string') return undefined
  if (count === 0) return []
  const ids = [first]
  let [last, step, weight] = [first, 0, 1]
  const bytes = inflated(steps)
  if (!bytes) return undefined
  for (const byte of bytes) {
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

const deflated = (bytes: Uint8Array): string => deflateRawSync(bytes).toString('base64')

/** Undefined for text that was truncated or altered. */
function inflated(text: string): Uint8Array | undefined {
  try {
    return inflateRawSync(Buffer.from(text, 'base64'))
  } catch {
    return undefined
  }
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b))
