import { type AuditAction, changeInWords, logAudit } from '../account/audit-log.ts'
import type { Row } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import type { Entry, Table } from '../account/table.ts'
import { invalidPagination, parameterMissing, tooManyValues } from '../http/errors.ts'
import type { Call, Routes } from '../http/family.ts'
import type { Asked } from '../http/pages/links.ts'
import { asksForCursor, type Page } from '../http/pages/list.ts'
import { type Key, reversed, type Sequence, sorted } from '../http/pages/sequence.ts'
import { created, noContent, type Reply, reply } from '../http/reply.ts'
import { countRow, found, idOf, listPage } from './parameters.ts'
import type { Served } from './served.ts'

/** The operations that a resource may have. */
export type Operation = 'list' | 'count' | 'show' | 'show_many' | 'create' | 'update' | 'delete' | 'destroy_many'

/** An order of a list: Zendesk's name of it as cursors hold it, the packing of its key, and the key. */
export type Order = { readonly name: string; readonly shape: string; readonly key: (entry: Entry) => Key }

/**
 * A kind of record that the API lists, shows and writes in the usual way, declared. Where one does something of its own,
 * spread `resourceRoutes` and add or replace routes.
 */
export type Resource = {
  /** After `/api/v2`: `/brands`, or with parameters `/users/:user_id/identities`. */
  readonly path: string
  /** Names of the envelopes: `brand` and `brands`. */
  readonly one: string
  readonly many: string
  /** The store's table; a function of the call if it depends on the path (custom objects' records). */
  readonly table: string | ((call: Call) => Table)
  readonly operations: readonly Operation[]
  /** The orders that `sort` may name under cursor pagination; the first is the default. By id if absent. */
  readonly orders?: Readonly<Record<string, Order>>
  /** How lists come: in the pagination that is asked for (`list`), or all at once in the same envelope (`whole`). */
  readonly paging?: 'list' | 'whole'
  /** Which records the path and the query mean; all if absent. Unknown parameters are to be ignored, as Zendesk does. */
  readonly where?: (entry: Entry, call: Call) => boolean
  /** Changes the row that the table gives, for this call. */
  readonly row?: (row: Row, entry: Entry, call: Call) => Row
  /** The side-loads, which are in the same envelope as the records. */
  readonly sideLoaded?: (entries: readonly Entry[], call: Call) => Row
  /** All values of a new record, from the row that was sent; throws a refusal if it breaks the rules. As sent if absent. */
  readonly create?: (sent: Row, call: Call) => Row
  /** The values that change. As sent, without the id, if absent. */
  readonly update?: (sent: Row, entry: Entry, call: Call) => Row
  /** Deletes the record, if that takes more than removing it from its table. */
  readonly remove?: (entry: Entry, call: Call) => Reply | undefined
  /** For the audit log of writes: Zendesk's name of the kind, and the record's label. Not logged if absent. */
  readonly audit?: { readonly type: string; readonly label: (entry: Entry) => string }
  /** The method of updates; PUT if absent. */
  readonly updates?: 'PUT' | 'PATCH'
  /** The status of a creation; 201 if absent. */
  readonly creates?: 200 | 201
  /** Whether ids are text. If absent, as the table's first record has it. */
  readonly textIds?: boolean
}

const BY_ID: Readonly<Record<string, Order>> = { id: { name: 'id', shape: 'i', key: ({ id }) => [id] } }

/** The routes of a resource. */
export function resourceRoutes({ store }: Served, resource: Resource): Routes {
  const all: Readonly<Record<Operation, Routes>> = {
    ...reads(store, resource),
    ...writes(store, resource),
  }
  return Object.assign({}, ...resource.operations.map((operation) => all[operation])) as Routes
}

function reads(store: Store, resource: Resource): Readonly<Record<'list' | 'count' | 'show' | 'show_many', Routes>> {
  const { path } = resource
  return {
    list: {
      [`GET ${path}`]: (call) => {
        const sequence = inOrder(call.asked, wanted(store, resource, call), resource.orders ?? BY_ID)
        if (resource.paging === 'whole') return listed(store, resource, call, whole([...sequence.walk(undefined, 1)]))
        return listed(store, resource, call, listPage(call.asked, sequence, `${routeOf(resource)}/index`))
      },
    },
    count: { [`GET ${path}/count`]: (call) => countRow(store, wanted(store, resource, call)) },
    show: { [`GET ${path}/:id`]: (call) => shown(store, resource, call, entryOf(store, resource, call)) },
    // Ids that aren't there are just absent.
    show_many: {
      [`GET ${path}/show_many`]: (call) => {
        const ids = idsIn(call.asked)
        return listed(
          store,
          resource,
          call,
          whole(wanted(store, resource, call).filter(({ id }) => ids.has(String(id)))),
        )
      },
    },
  }
}

function writes(
  store: Store,
  resource: Resource,
): Readonly<Record<'create' | 'update' | 'delete' | 'destroy_many', Routes>> {
  const { path } = resource
  return {
    create: {
      [`POST ${path}`]: (call) => {
        const sent = sentIn(resource, call)
        const entry = tableOf(store, resource, call).add(resource.create?.(sent, call) ?? sent)
        log(store, resource, call, 'create', entry)
        const row = shown(store, resource, call, entry)
        return resource.creates === 200 ? reply(200, row) : created(row, (row[resource.one] as Row)['url'])
      },
    },
    update: {
      [`${resource.updates ?? 'PUT'} ${path}/:id`]: (call) => {
        const entry = entryOf(store, resource, call)
        const { id: _, url: __, created_at: ___, updated_at: ____, ...sent } = sentIn(resource, call)
        const changes = resource.update?.(sent, entry, call) ?? sent
        const change = resource.audit === undefined ? '' : changeInWords(entry, changes)
        tableOf(store, resource, call).change(entry.id, changes)
        log(store, resource, call, 'update', entry, change)
        return shown(store, resource, call, entry)
      },
    },
    delete: { [`DELETE ${path}/:id`]: (call) => remove(store, resource, call, entryOf(store, resource, call)) },
    destroy_many: {
      [`DELETE ${path}/destroy_many`]: (call) => {
        const ids = idsIn(call.asked)
        for (const entry of wanted(store, resource, call))
          if (ids.has(String(entry.id))) remove(store, resource, call, entry)
        return noContent()
      },
    },
  }
}

// Zendesk's name of the endpoints, for refusals.
const routeOf = ({ path }: Resource): string => `api/v2${path}`

const whole = (items: readonly Entry[]): Page<Entry> => ({
  items,
  envelope: { next_page: null, previous_page: null, count: items.length },
})

const tableOf = (store: Store, resource: Resource, call: Call): Table =>
  typeof resource.table === 'string' ? store.table(resource.table) : resource.table(call)

function rowOf(resource: Resource, table: Table, entry: Entry, call: Call) {
  const row = table.row(entry)
  return resource.row?.(row, entry, call) ?? row
}

function wanted(store: Store, resource: Resource, call: Call) {
  const all = [...tableOf(store, resource, call).all()]
  const { where } = resource
  return where === undefined ? all : all.filter((entry) => where(entry, call))
}

const listed = (store: Store, resource: Resource, call: Call, page: Page<Entry>): Row => ({
  [resource.many]: page.items.map((entry) => rowOf(resource, tableOf(store, resource, call), entry, call)),
  ...resource.sideLoaded?.(page.items, call),
  ...page.envelope,
})

function entryOf(store: Store, resource: Resource, call: Call): Entry {
  const text = resource.textIds ?? textIds(tableOf(store, resource, call))
  const id = text ? (call.params['id'] ?? '') : idOf(call.params['id'], `${routeOf(resource)}/show`)
  const entry = tableOf(store, resource, call).get(id)
  return found(entry !== undefined && resource.where?.(entry, call) !== false ? entry : undefined)
}

function sentIn(resource: Resource, call: Call): Row {
  const sent = call.body[resource.one]
  if (typeof sent !== 'object' || sent === null) throw parameterMissing(resource.one)
  return sent as Row
}

const shown = (store: Store, resource: Resource, call: Call, entry: Entry): Row => ({
  [resource.one]: rowOf(resource, tableOf(store, resource, call), entry, call),
  ...resource.sideLoaded?.([entry], call),
})

function log(store: Store, resource: Resource, call: Call, action: AuditAction, entry: Entry, change?: string) {
  if (resource.audit === undefined) return
  const { type, label } = resource.audit
  const line = { actor: call.caller.user?.id ?? -1, action, sourceType: type }
  logAudit(store, { ...line, sourceId: entry.id, sourceLabel: label(entry), change: change ?? '' })
}

function remove(store: Store, resource: Resource, call: Call, entry: Entry): Reply {
  const answered = resource.remove?.(entry, call)
  log(store, resource, call, 'destroy', entry)
  if (resource.remove === undefined) tableOf(store, resource, call).remove(entry.id)
  return answered ?? noContent()
}

/** The ids in `ids`; more than 100 are refused. */
export function idsIn({ query }: Asked, name = 'ids'): ReadonlySet<string> {
  const ids = (query.get(name) ?? '').split(',').map((id) => id.trim())
  if (ids.length > 100) throw tooManyValues()
  return new Set(ids.filter((id) => id !== ''))
}

// Tables with textual ids take any text; numbers must be numbers.
function textIds(table: Table): boolean {
  const [first] = table.all()
  return typeof first?.id === 'string'
}

function inOrder(asked: Asked, entries: readonly Entry[], orders: Readonly<Record<string, Order>>): Sequence<Entry> {
  const names = Object.keys(orders)
  // `sort` belongs to cursor pagination; offset pages have `sort_by` and `sort_order`, and ignore unknown names.
  const cursor = asksForCursor(asked)
  const text = cursor ? (asked.query.get('sort') ?? '') : (asked.query.get('sort_by') ?? '')
  const descending = cursor ? text.startsWith('-') : asked.query.get('sort_order') === 'desc'
  const name = text.replace(/^-/, '') || (names[0] ?? '')
  const order = orders[name] ?? (cursor ? undefined : orders[names[0] ?? ''])
  if (order === undefined) throw invalidPagination('sort is not valid')
  const sequence = sorted(entries, order.name, order.shape, order.key)
  return descending ? reversed(sequence) : sequence
}
