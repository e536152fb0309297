import { hash } from 'node:crypto'
import type { Id, RecordData } from '../../model/stream.ts'
import { byId, once, packIds, placeOf, unpackIds } from './packed.ts'

/** The rows that an inventory has found so far: by id, with a fingerprint if the row may change while its time does not. */
export type FoundIds = Map<Id, number | undefined>

/** By id of a row that may change while its time does not: its fingerprint. */
export type Fingerprints = ReadonlyMap<Id, number | undefined>

/** The rows that the last inventory found, and the rows emitted since. */
export interface EmittedIds {
  /** When the inventory was taken (epoch seconds). */
  readonly at: number
  /** In ascending order. */
  readonly ids: readonly Id[]
  readonly fingerprints: Fingerprints
  /** The rows emitted since, also those without a fingerprint. */
  readonly since: Fingerprints
}

export const NOTHING_EMITTED: EmittedIds = { at: 0, ids: [], fingerprints: new Map(), since: new Map() }

/** How many text ids a state may hold: they do not pack as numbers do, and have some twenty bytes each. */
const MOST_TEXTS = 20_000

/** Whether these ids are few enough for a state. */
export const fitsState = ({ ids, since }: EmittedIds): boolean =>
  ids.length + since.size <= MOST_TEXTS || typeof (ids[0] ?? since.keys().next().value) === 'number'

/** How many fingerprints a state may hold; with more, it holds none. */
const MOST_FINGERPRINTS = 50_000

/** A fingerprint of two bytes: a state holds many, and one change in 65,536 may be overlooked. */
export const fingerprintIn = (row: RecordData): number =>
  Number.parseInt(hash('sha1', JSON.stringify(row), 'hex').slice(0, 4), 16)

/** The fingerprint of the row as it was last emitted; undefined if it is not known. */
export const emittedFingerprint = ({ fingerprints, since }: EmittedIds, id: Id): number | undefined =>
  since.has(id) ? since.get(id) : fingerprints.get(id)

/** Whether the last inventory found this row, or it was emitted since. */
export const isEmitted = ({ ids, since }: EmittedIds, id: Id): boolean =>
  since.has(id) || placeOf(id, ids) !== undefined

/** The ids of all rows that a destination should have. */
export const idsEmitted = ({ ids, since }: EmittedIds): ReadonlySet<Id> => new Set([...ids, ...since.keys()])

/** The same without deleted rows. */
export function withoutIds(emitted: EmittedIds, deleted: ReadonlySet<Id>): EmittedIds {
  const isThere = (id: Id): boolean => !deleted.has(id)
  const ids = emitted.ids.every(isThere) ? emitted.ids : emitted.ids.filter(isThere)
  return { ...emitted, ids, since: new Map([...emitted.since].filter(([id]) => isThere(id))) }
}

/** The emitted ids as a state holds them; undefined if there are too many. */
export function emittedState(emitted: EmittedIds): object | undefined {
  if (!fitsState(emitted)) return undefined
  const { at, ids, since, fingerprints } = emitted
  return {
    at,
    ...once(ids, (all) => ({ ids: packIds(all) })),
    ...once(fingerprints, packFingerprints),
    ...(since.size > 0 &&
      once(since, (some) => ({ since: { ids: packIds([...some.keys()].sort(byId)), ...packFingerprints(some) } }))),
  }
}

/** What `emittedState` wrote; undefined for anything else. */
export function emittedFrom(state: unknown): EmittedIds | undefined {
  const { at, since: later } = (state ?? {}) as Readonly<Record<string, unknown>>
  const found = rowsFrom(state)
  const since = later === undefined ? { ids: [], fingerprints: new Map() } : rowsFrom(later)
  if (typeof at !== 'number' || !found || !since) return undefined
  return { at, ...found, since: new Map(since.ids.map((id) => [id, since.fingerprints.get(id)])) }
}

function packFingerprints(all: Fingerprints): object {
  const open = [...all].filter((one): one is [Id, number] => one[1] !== undefined).sort(([a], [b]) => byId(a, b))
  if (open.length === 0 || open.length > MOST_FINGERPRINTS) return {}
  const forms = Buffer.from(Uint16Array.from(open, ([, fingerprint]) => fingerprint).buffer).toString('base64')
  return { open: packIds(open.map(([id]) => id)), forms }
}

function rowsFrom(state: unknown): { readonly ids: readonly Id[]; readonly fingerprints: Fingerprints } | undefined {
  const { ids: all, open: some, forms = '' } = (state ?? {}) as Readonly<Record<string, unknown>>
  const ids = unpackIds(all)
  const open = some === undefined ? [] : unpackIds(some)
  const bytes = Buffer.from(String(forms), 'base64')
  if (!ids || bytes.length !== 2 * (open?.length ?? -1)) return undefined
  return { ids, fingerprints: new Map(open?.map((id, nth) => [id, bytes.readUInt16LE(2 * nth)])) }
}
