// Ids and fingerprints as a state holds them: deflated, in base64.

import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { fingerprintOf } from '../../model/fingerprint.ts'
import type { EmittedRows, Id } from '../../model/stream.ts'

/** Orders ids of one kind: numbers by value, text by characters. */
export const byId = (one: Id, other: Id): number => (one < other ? -1 : one > other ? 1 : 0)

/** The index of an id in a sorted list; undefined if it is not in it. */
export function placeOf(id: Id, ids: readonly Id[]): number | undefined {
  let [from, to] = [0, ids.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((ids[middle] as Id) < id) from = middle + 1
    else to = middle
  }
  return ids[from] === id ? from : undefined
}

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

/** By id: a time or null, or some times; of each id as many. */
type TimesById = Readonly<Record<string, number | null | readonly number[]>>

/** Packs times (epoch seconds) by id, deflated, in base64: of each column the steps from one row to the next. */
export function packById(all: TimesById): string {
  const rows = Object.entries(all).map(([id, value]) => [Number(id), ...[value].flat()])
  rows.sort(([one], [other]) => byId(Number(one), Number(other)))
  const columns = rows[0]?.map((_, column) => stepsOf(rows.map((row) => row[column] ?? null))) ?? []
  return deflated(Buffer.from(JSON.stringify(columns)))
}

/** What `packById` wrote; undefined for a text that it did not write. Whether the times are such is not checked. */
export function unpackById(packed: string): TimesById | undefined {
  try {
    const columns = JSON.parse(Buffer.from(inflated(packed) ?? []).toString()) as readonly (readonly (
      | number
      | null
    )[])[]
    const [ids = [], ...values] = columns.map(sumsOf)
    if (!ids.every(Number.isSafeInteger) || values.some(({ length }) => length !== ids.length)) return undefined
    const valueAt = (nth: number) => (values.length === 1 ? values[0]?.[nth] : values.map((column) => column[nth]))
    return Object.fromEntries(ids.map((id, nth) => [String(id), valueAt(nth)])) as TimesById
  } catch {
    return undefined
  }
}

function stepsOf(column: readonly (number | null)[]): readonly (number | null)[] {
  let last = 0
  return column.map((value) => {
    if (value === null) return null
    const step = value - last
    last = value
    return step
  })
}

function sumsOf(steps: readonly (number | null)[]): readonly (number | null)[] {
  let last = 0
  return steps.map((step) => {
    if (step === null) return null
    last += step
    return last
  })
}

/** By list or map: its packed form, which goes into every checkpoint and is made only once. */
const packedOnce = new WeakMap<object, unknown>()

/** What `pack` makes of this list or map, made once. */
export function once<L extends object, P>(list: L, pack: (list: L) => P): P {
  if (!packedOnce.has(list)) packedOnce.set(list, pack(list))
  return packedOnce.get(list) as P
}

/** A long list: its ids in ascending order, and a fingerprint of each run of `RUN` rows. */
export interface PackedRows {
  readonly ids: readonly number[]
  readonly runs: readonly string[]
}

/** Rows as a state holds them. */
export interface Packed extends PackedNumbers {
  readonly runs: string
}

/** Rows in a run. When one of them changes, the whole run is emitted again. */
export const RUN = 16

/** The fingerprint of a run, from those of its rows in the order of their ids. */
export const runOf = (fingerprints: readonly string[]): string => fingerprintOf(fingerprints)

/**
 * Packs the fingerprints of rows by id: whole numbers, at least one. 500,000 rows take 1.3 MB of text if their ids are
 * clustered, 2.2 MB if they are scattered.
 */
export function pack(fingerprints: ReadonlyMap<number, string>): Packed {
  const ids = [...fingerprints.keys()].sort((a, b) => a - b)
  let runs = ''
  for (let at = 0; at < ids.length; at += RUN)
    runs += runOf(ids.slice(at, at + RUN).map((id) => fingerprints.get(id) as string))
  return { ...packNumbers(ids), runs }
}

/** What `pack` wrote; undefined for anything else. */
export function unpack(packed: unknown): PackedRows | undefined {
  const { runs } = (packed ?? {}) as Partial<Packed>
  const ids = unpackNumbers(packed)
  if (!ids || typeof runs !== 'string' || runs.length !== Math.ceil(ids.length / RUN) * FINGERPRINT) return undefined
  return { ids, runs: runs.match(new RegExp(`.{${FINGERPRINT}}`, 'g')) ?? [] }
}

/** With more rows than this, a state holds them packed: each page's state has them. */
export const MOST_PLAIN = 20

/** How long a fingerprint is. */
const FINGERPRINT = 8

/** With more rows than this, a state holds the beginnings of their fingerprints. */
const MOST_WHOLE = 100

/** How long such a beginning is: of a thousand million changes within the second of a row that was emitted already, one is overlooked. */
const BEGINNING = 5

/** The rows of one second: its epoch, their ids or the steps between them, and their fingerprints, all of one length, in one text. */
type PackedSecond = readonly [second: number, ids: readonly (number | string)[], fingerprints: string]

/** Emitted rows as a state holds them: as they are, or deflated, in base64. Each page has them written: a few plain loops. */
export function packSeen(seen: EmittedRows): EmittedRows | string {
  let count = 0
  let shortest = FINGERPRINT
  for (const rows of Object.values(seen))
    for (const { length } of Object.values(rows)) {
      count++
      if (length < shortest) shortest = length
    }
  if (count <= MOST_PLAIN || shortest < BEGINNING) return seen
  const length = count > MOST_WHOLE ? BEGINNING : shortest
  const packed = Object.entries(seen).map(([second, rows]) => packSecond(Number(second), rows, length))
  return deflated(Buffer.from(JSON.stringify(packed)))
}

/** A whole number as JSON writes it. */
const NUMBER = /^(?:0|[1-9]\d*)$/

function packSecond(second: number, rows: Readonly<Record<string, string>>, length: number): PackedSecond {
  const numbered: Numbered[] = []
  let isNumbered = true
  for (const text of Object.keys(rows)) {
    const id = Number(text)
    isNumbered &&= Number.isSafeInteger(id) && NUMBER.test(text)
    numbered.push({ text, id })
  }
  if (isNumbered) numbered.sort(byNumber)
  const steps: (number | string)[] = []
  let fingerprints = ''
  let last = 0
  for (const { text, id } of numbered) {
    fingerprints += (rows[text] as string).slice(0, length)
    steps.push(isNumbered ? id - last : text)
    last = id
  }
  return [second, steps, fingerprints]
}

/** An id as a text, and as a number. */
interface Numbered {
  readonly text: string
  readonly id: number
}

const byNumber = (one: Numbered, other: Numbered): number => one.id - other.id

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
  const length = fingerprints.length / ids.length
  if (!Number.isInteger(length) && ids.length > 0) throw new Error('Ids without fingerprints.')
  let last = 0
  const rows = ids.map((id, nth) => {
    last = typeof id === 'number' ? last + id : 0
    const fingerprint = fingerprints.slice(nth * length, (nth + 1) * length)
    return [typeof id === 'number' ? String(last) : id, fingerprint] as const
  })
  return Object.fromEntries(rows)
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isEmittedRows = (value: unknown): value is EmittedRows =>
  isObject(value) &&
  Object.values(value).every((rows) => isObject(rows) && Object.values(rows).every((one) => typeof one === 'string'))
