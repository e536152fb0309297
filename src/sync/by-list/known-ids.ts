import { hash } from 'node:crypto'
import type { RecordData } from '../../stream.ts'
import { packIds, unpackIds } from '../packed-rows.ts'

/** What was there when all of a list was counted, and what has come and gone by itself since is not. */
export interface KnownIds {
  /** When it was counted (epoch seconds). */
  readonly at: number
  /** In ascending order. */
  readonly ids: readonly number[]
  /** Of rows that may change unseen: a number that tells one form from another. */
  readonly forms: ReadonlyMap<number, number>
}

/** A state holds the forms of so many rows at the most; with more, none. */
const MOST_FORMS = 50_000

/** One of 65,536: that a change goes by unseen is unlikely enough, and a state holds many. */
export const formOf = (row: RecordData): number =>
  Number.parseInt(hash('sha1', JSON.stringify(row), 'hex').slice(0, 4), 16)

const kept = new WeakMap<KnownIds, object>()

/** The same as a state holds it: packed once, and written with every checkpoint. */
export function knownState(known: KnownIds): object {
  const before = kept.get(known)
  if (before) return before
  const { at, ids, forms } = known
  const open = forms.size > MOST_FORMS ? [] : [...forms.keys()].sort((a, b) => a - b)
  const numbers = Uint16Array.from(open, (id) => forms.get(id) as number)
  const state = {
    at,
    ids: packIds(ids),
    ...(open.length > 0 && { open: packIds(open), forms: Buffer.from(numbers.buffer).toString('base64') }),
  }
  kept.set(known, state)
  return state
}

/** Undefined for what `knownState` did not write. */
export function knownFrom(state: unknown): KnownIds | undefined {
  const { at, ids: packed, open: packedOpen, forms: text } = (state ?? {}) as Readonly<Record<string, unknown>>
  const ids = unpackIds(packed)
  const open = packedOpen === undefined ? [] : unpackIds(packedOpen)
  if (typeof at !== 'number' || !ids || !open) return undefined
  const bytes = Buffer.from(typeof text === 'string' ? text : '', 'base64')
  if (bytes.length !== 2 * open.length) return undefined
  return { at, ids, forms: new Map(open.map((id, nth) => [id, bytes.readUInt16LE(2 * nth)])) }
}

/** The same without those that were told to be gone. */
export function withoutIds(known: KnownIds, gone: ReadonlySet<number>): KnownIds {
  if (!known.ids.some((id) => gone.has(id))) return known
  return { ...known, ids: known.ids.filter((id) => !gone.has(id)) }
}
