import { hash } from 'node:crypto'
import type { Id, RecordData } from '../../model/stream.ts'
import { byId, placeOf } from '../state/ids.ts'
import { packIds, unpackIds } from '../state/packed-ids.ts'

/** A number that tells one form of a row from another, for those that may change unseen. */
export type Forms = ReadonlyMap<Id, number | undefined>

/** What was there when all of a list was counted, and what was handed on since. */
export interface KnownIds {
  /** When it was counted (epoch seconds). */
  readonly at: number
  /** In ascending order. */
  readonly ids: readonly Id[]
  readonly forms: Forms
  /** What was handed on since; those without a form too. */
  readonly since: Forms
}

/** Nothing yet. */
export const NOTHING_KNOWN: KnownIds = { at: 0, ids: [], forms: new Map(), since: new Map() }

/** Ids of text, of some twenty bytes each, are kept as long as they are not more than this: a state holds them. */
const MOST_TEXTS = 20_000

/** Whether a state can hold them. */
export const canBeKept = ({ ids, since }: KnownIds): boolean =>
  ids.length + since.size <= MOST_TEXTS || typeof (ids[0] ?? since.keys().next().value) === 'number'

/** A state holds the forms of so many rows at the most; with more, none. */
const MOST_FORMS = 50_000

/** One of 65,536: that a change goes by unseen is unlikely enough, and a state holds many. */
export const formOf = (row: RecordData): number =>
  Number.parseInt(hash('sha1', JSON.stringify(row), 'hex').slice(0, 4), 16)

/** The form that a row was handed on in; undefined: not known. */
export const formKnown = ({ forms, since }: KnownIds, id: Id): number | undefined =>
  since.has(id) ? since.get(id) : forms.get(id)

/** Whether this row was counted, or has been handed on since. */
export const isKnown = ({ ids, since }: KnownIds, id: Id): boolean => since.has(id) || placeOf(id, ids) !== undefined

/** All that should be there, as far as is known. */
export const idsKnown = ({ ids, since }: KnownIds): ReadonlySet<Id> => new Set([...ids, ...since.keys()])

/** The same without those that were told to be gone. */
export function withoutIds(known: KnownIds, gone: ReadonlySet<Id>): KnownIds {
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
export function knownState(known: KnownIds): object | undefined {
  if (!canBeKept(known)) return undefined
  const { at, ids, since, forms } = known
  return {
    at,
    ...once(ids, (all) => ({ ids: packIds(all) })),
    ...once(forms, packForms),
    ...(since.size > 0 &&
      once(since, (some) => ({ since: { ids: packIds([...some.keys()].sort(byId)), ...packForms(some) } }))),
  }
}

/** Undefined for what `knownState` did not write. */
export function knownFrom(state: unknown): KnownIds | undefined {
  const { at, since: later } = (state ?? {}) as Readonly<Record<string, unknown>>
  const counted = rowsFrom(state)
  const since = later === undefined ? { ids: [], forms: new Map() } : rowsFrom(later)
  if (typeof at !== 'number' || !counted || !since) return undefined
  return { at, ...counted, since: new Map(since.ids.map((id) => [id, since.forms.get(id)])) }
}

function packForms(all: Forms): object {
  const open = [...all].filter((one): one is [Id, number] => one[1] !== undefined).sort(([a], [b]) => byId(a, b))
  if (open.length === 0 || open.length > MOST_FORMS) return {}
  const forms = Buffer.from(Uint16Array.from(open, ([, form]) => form).buffer).toString('base64')
  return { open: packIds(open.map(([id]) => id)), forms }
}

function rowsFrom(state: unknown): { readonly ids: readonly Id[]; readonly forms: Forms } | undefined {
  const { ids: all, open: some, forms = '' } = (state ?? {}) as Readonly<Record<string, unknown>>
  const ids = unpackIds(all)
  const open = some === undefined ? [] : unpackIds(some)
  const bytes = Buffer.from(String(forms), 'base64')
  if (!ids || bytes.length !== 2 * (open?.length ?? -1)) return undefined
  return { ids, forms: new Map(open?.map((id, nth) => [id, bytes.readUInt16LE(2 * nth)])) }
}
