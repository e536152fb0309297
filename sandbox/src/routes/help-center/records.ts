import type { Row } from '../../account/model.ts'
import type { User } from '../../account/people/model.ts'
import type { Entry, Table } from '../../account/table.ts'
import { notAuthenticated, parameterMissing, Refusal, recordInvalid } from '../../http/errors.ts'
import type { Call, Routes } from '../../http/family.ts'
import type { Asked } from '../../http/pages/links.ts'
import { asksForCursor } from '../../http/pages/list.ts'
import { type Key, reversed, sorted } from '../../http/pages/sequence.ts'
import type { Reply } from '../../http/reply.ts'
import { found, idOf } from '../parameters.ts'
import type { Served } from '../served.ts'
import { type HelpCenterList, helpCenterPage } from './pages.ts'

/** An order of a Help Center list: the shape of its cursors, and the key of a record. */
export type HelpCenterOrder = { readonly shape: string; readonly key: (entry: Entry) => Key }

/** How records of one kind are listed. */
export type HelpCenterKind = {
  readonly table: string
  readonly one: string
  readonly many: string
  /** The orders that `sort_by` (or `sort`, with cursors) may name; the first is the default. */
  readonly orders: Readonly<Record<string, HelpCenterOrder>>
  /** Orders that begin with the newest or most when nothing is said. */
  readonly descending?: readonly string[]
  readonly perPage?: number
  readonly largest?: number
  /** Whether the caller gets to see a record; everybody if absent. */
  readonly sees?: (entry: Entry, call: Call) => boolean
  /** The row for this call; the table's if absent. */
  readonly row?: (entry: Entry, call: Call) => Row
  readonly sideLoaded?: (entries: readonly Entry[], call: Call) => Row
}

const TIME = (name: string) => (entry: Entry) => Math.floor(Date.parse(String(entry[name])) / 1000)

/** Orders by one of these times, then by id. */
export function timeOrders(...names: readonly string[]): Record<string, HelpCenterOrder> {
  return Object.fromEntries(
    names.map((name) => [name, { shape: 'di', key: (entry: Entry) => [TIME(name)(entry), Number(entry.id)] }]),
  )
}

/** The order of positions, then of creation. */
export const BY_POSITION: HelpCenterOrder = {
  shape: 'idi',
  key: (entry) => [Number(entry['position']), TIME('created_at')(entry), Number(entry.id)],
}

/** The order of a text. */
export function byText(name: string): HelpCenterOrder {
  return { shape: 'si', key: (entry) => [String(entry[name]), Number(entry.id)] }
}

/** A page of the records that the caller sees among these. */
export function listed(served: Served, kind: HelpCenterKind, entries: Iterable<Entry>, call: Call): Row | Reply {
  const seen: Entry[] = []
  for (const entry of entries) if (kind.sees?.(entry, call) !== false) seen.push(entry)
  const { sortBy, sortOrder } = orderIn(call.asked, kind)
  const order = kind.orders[sortBy] as HelpCenterOrder
  const upwards = sorted(seen, order.shape.replaceAll(/.(?=.)/g, '$&,'), order.shape, order.key)
  const list: HelpCenterList = {
    many: kind.many,
    sortBy,
    sortOrder,
    perPage: kind.perPage ?? 30,
    largest: kind.largest ?? 100,
    route: `api/v2/help_center/${kind.many}/index`,
  }
  const { items, answer } = helpCenterPage(call.asked, sortOrder === 'asc' ? upwards : reversed(upwards), list)
  return answer(
    items.map((entry) => rowOf(served, kind, entry, call)),
    kind.sideLoaded?.(items, call) ?? {},
  )
}

// With cursors `sort` names the order, its minus the direction; `sort_by` is understood there too. Unknown names are
// ignored.
function orderIn({ query }: { query: URLSearchParams }, kind: HelpCenterKind) {
  const cursor = asksForCursor({ query, origin: '', path: '' } satisfies Asked)
  const sort = cursor ? query.get('sort') : null
  const name = (sort ?? query.get('sort_by') ?? '').replace(/^-/, '')
  const sortBy = kind.orders[name] === undefined ? (Object.keys(kind.orders)[0] ?? '') : name
  const usual = kind.descending?.includes(sortBy) === true ? 'desc' : 'asc'
  const asked = query.get('sort_order')
  const sortOrder: 'asc' | 'desc' =
    sort !== null ? (sort.startsWith('-') ? 'desc' : 'asc') : asked === 'asc' || asked === 'desc' ? asked : usual
  return { sortBy, sortOrder }
}

/** The row of one record under its name, with its side-loads. 404 if the caller may not see it. */
export function shown(served: Served, kind: HelpCenterKind, entry: Entry, call: Call): Row {
  found(kind.sees?.(entry, call) === false ? undefined : entry)
  return { [kind.one]: rowOf(served, kind, entry, call), ...kind.sideLoaded?.([entry], call) }
}

function rowOf({ store }: Served, kind: HelpCenterKind, entry: Entry, call: Call): Row {
  return kind.row?.(entry, call) ?? store.table(kind.table).row(entry)
}

/** The record that a path means; 404 if there is none. `parameter` is `id` if absent. */
export function entryIn(table: Table, call: Call, parameter = 'id'): Entry {
  return found(table.get(idOf(call.params[parameter]?.replace(/-.*$/s, ''), `api/v2/help_center/${table.name}/show`)))
}

/** The row that was sent under a name. */
export function sentIn(call: Call, name: string): Row {
  const sent = call.body[name]
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) throw parameterMissing(name)
  return sent as Row
}

/** Only these attributes; others are ignored. */
export function attributes(sent: Row, names: readonly string[]): Row {
  return Object.fromEntries(names.filter((name) => sent[name] !== undefined).map((name) => [name, sent[name]]))
}

/** Refuses a record whose text is missing. */
export function demandText(sent: Row, name: string): void {
  const text = sent[name]
  if (typeof text !== 'string' || text.trim() === '')
    throw recordInvalid({ [name]: [{ description: `${capital(name)}: cannot be blank`, error: 'BlankValue' }] })
}

/** Refuses an id that names no record of a table. */
export function demandRecord({ store }: Served, table: string, name: string, id: unknown): void {
  if (typeof id !== 'number' || store.table(table).get(id) === undefined)
    throw recordInvalid({ [name]: [{ description: `${capital(name)}: is invalid`, error: 'InvalidValue' }] })
}

/** Who calls; nobody is refused. */
export function signedIn({ caller }: Call): User {
  if (caller.user === undefined) throw notAuthenticated()
  return caller.user
}

/** Whether the caller is an agent or an administrator. */
export function isStaff({ caller }: Call): boolean {
  return caller.user !== undefined && caller.user.role !== 'end-user'
}

// A language of two or three letters, as part of the path: `en-us`, `da`, `zh-hant-tw`.
const LOCALE = ':locale{[a-z][a-z][a-z]?(?:-[a-z0-9]+)*}'

/** Help Center routes with and without a language in the path. */
export function helpCenterPaths(routes: Routes): Routes {
  return prefixed(routes, ['/help_center', `/help_center/${LOCALE}`])
}

/** Community routes, which have a short path too. */
export function communityPaths(routes: Routes): Routes {
  return prefixed(routes, ['/community', '/help_center/community', `/help_center/${LOCALE}/community`])
}

function prefixed(routes: Routes, prefixes: readonly string[]): Routes {
  return Object.fromEntries(
    Object.entries(routes).flatMap(([route, handler]) => {
      const [method, path] = route.split(' ')
      return prefixes.map((prefix) => [`${method} ${prefix}${path}`, handler])
    }),
  )
}

/** The 404 of an account without a Help Center or community (fact 180). */
export function withFeature({ plan }: Served, feature: 'help_center' | 'community', routes: Routes): Routes {
  const guarded = Object.entries(routes).map(([route, handler]) => [
    route,
    (call: Call) => {
      if (!plan.features[feature]) throw new Refusal(404, { error: 'RecordNotFound', description: 'Not found' })
      return handler(call)
    },
  ])
  return Object.fromEntries(guarded) as Routes
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ')
}
