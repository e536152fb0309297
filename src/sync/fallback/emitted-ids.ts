import { hash } from 'node:crypto'
import type { Id, RecordData } from '../../model/stream.ts'
import { byId, placeOf } from '../state/ids.ts'
import { packIds, unpackIds } from '../state/packed-ids.ts'

/** What there is, noted as its rows pass: each id, with the row's form where that may change unseen. */
export type Count = Map<Id, number | undefined>

/** A number that tells one form of a row from another, for those that may change unseen. */
export type Fingerprints = ReadonlyMap<Id, number | undefined>

/** What was there when all of a list was counted, and what was handed on since. */
export interface EmittedIds {
  /** When it was counted (epoch seconds). */
  readonly at: number
  /** In ascending order. */
  readonly ids: readonly Id[]
  readonly fingerprints: Fingerprints
  /** What was handed on since; those without a form too. */
  readonly since: Fingerprints
}

/** Nothing yet. */
export const NOTHING_EMITTED: EmittedIds = { at: 0, ids: [], fingerprints: new Map(), since: new Map() }

/** Ids of text, of some twenty bytes each, are kept as long as they are not more than this: a state holds them. */
const MOST_TEXTS = 20_000

/** Whether a state can hold them. */
export const canBeKept = ({ ids, since }: EmittedIds): boolean =>
  ids.length + since.size <= MOST_TEXTS || typeof (ids[0] ?? since.keys().next().value) === 'number'

/** A state holds the forms of so many rows at the most; with more, none. */
const MOST_FORMS = 50_000

/** One of 65,536: that a change goes by unseen is unlikely enough, and a state holds many. */
export const fingerprintIn = (row: RecordData): number =>
  Number.parseInt(hash('sha1', JSON.stringify(row), 'hex').slice(0, 4), 16)

/** The form that a row was handed on in; undefined: not known. */
export const isUnchanged = ({ fingerprints, since }: EmittedIds, id: Id): number | undefined =>
  since.has(id) ? since.get(id) : fingerprints.get(id)

/** Whether this row was counted, or has been handed on since. */
export const isEmitted = ({ ids, since }: EmittedIds, id: Id): boolean =>
  since.has(id) || placeOf(id, ids) !== undefined

/** All that should be there, as far as is known. */
export const idsEmitted = ({ ids, since }: EmittedIds): ReadonlySet<Id> => new Set([...ids, ...since.keys()])

/** The same without those that were told to be gone. */
export function withoutIds(known: EmittedIds, gone: ReadonlySet<Id>): EmittedIds {
  const isThere = (id: Id): boolean => !gone.has(id)
  const ids = known.ids.every(isThere) ? known.ids : known.ids.filter(isThere)
  return { ...known, ids, since: new Map([...known.since].filter(([id]) => isThere(id))) }
}

/** What is packed once and written with every checkpoint, by the list that it was made of. */
const packedOnce = new WeakMap<object, object>()

function once<L extends object>(list: L, pack: (list: L) => object): object {
  const packed = packedOnce.get(list) ?? pack(list)
  packedOnce.set(list, packed)
  return packed
}

/** The same as a state holds it; undefined: it is too much. */
export function emittedState(known: EmittedIds): object | undefined {
  if (!canBeKept(known)) return undefined
  const { at, ids, since, fingerprints } = known
  return {
    at,
    ...once(ids, (all) => ({ ids: packIds(all) })),
    ...once(fingerprints, packFingerprints),
    ...(since.size > 0 &&
      once(since, (some) => ({ since: { ids: packIds([...some.keys()].sort(byId)), ...packFingerprints(some) } }))),
  }
}

/** Undefined for what `emittedState` did not write. */
export function emittedFrom(state: unknown): EmittedIds | undefined {
  const { at, since: later } = (state ?? {}) as Readonly<Record<string, unknown>>
  const counted = rowsFrom(state)
  const since = later === undefined ? { ids: [], fingerprints: new Map() } : rowsFrom(later)
  if (typeof at !== 'number' || !counted || !since) return undefined
  return { at, ...counted, since: new Map(since.ids.map((id) => [id, since.fingerprints.get(id)])) }
}

function packFingerprints(all: Fingerprints): object {
  const open = [...all].filter((one): one is [Id, number] => one[1] !== undefined).sort(([a], [b]) => byId(a, b))
  if (open.length === 0 || open.length > MOST_FORMS) return {}
  const fingerprints = Buffer.from(Uint16Array.from(open, ([, form]) => form).buffer).toString('base64')
  return { open: packIds(open.map(([id]) => id)), forms: fingerprints }
}

function rowsFrom(state: unknown): { readonly ids: readonly Id[]; readonly fingerprints: Fingerprints } | undefined {
  const { ids: all, open: some, forms = '' } = (state ?? {}) as Readonly<Record<string, unknown>>
  const ids = unpackIds(all)
  const open = some === undefined ? [] : unpackIds(some)
  const bytes = Buffer.from(String(forms), 'base64')
  if (!ids || bytes.length !== 2 * (open?.length ?? -1)) return undefined
  return { ids, fingerprints: new Map(open?.map((id, nth) => [id, bytes.readUInt16LE(2 * nth)])) }
}
