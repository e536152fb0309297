import type { Row } from '../../account/model.ts'
import { addToSell, changeInSell, SELL_KINDS, type SellKind } from '../../account/sell.ts'
import type { Entry } from '../../account/table.ts'
import type { Call, Routes } from '../../http/family.ts'
import { noContent } from '../../http/reply.ts'
import type { Served } from '../served.ts'
import { sellInvalidParameter, sellNotFound, sellOne, sellPage, sellRefusal } from './answers.ts'
import type { Tombstones } from './deletions.ts'
import { checkedRecord } from './rules.ts'

/** Contacts, leads, deals and notes of Sell: list, show, create, update, delete, upsert, and their custom fields. */
export const sellRecordRoutes = (served: Served, tombstones: Tombstones): Routes =>
  Object.assign({}, ...Object.values(SELL_KINDS).map((kind) => routesOf(served, kind, tombstones)))

function routesOf({ store }: Served, kind: SellKind, tombstones: Tombstones): Routes {
  const { many, one: name, fields } = kind
  const table = store.table(many)
  const one = (entry: Entry) => sellOne(table.row(entry), name, Number(entry['version'] ?? 1))
  const entryOf = ({ params }: Call): Entry => {
    const entry = table.get(Number(params['id']))
    if (entry === undefined) throw sellNotFound(name, params['id'] ?? '')
    return entry
  }
  const matching = (filters: readonly Filter[]) =>
    [...table.all()].filter((entry) => filters.every((filter) => fits(table.row(entry), filter)))
  const upsert = (call: Call) => {
    const filters = filtersIn(call, kind)
    if (filters.length === 0) throw sellInvalidParameter('filters', 'At least one filter is required.')
    const [first, second] = matching(filters)
    if (second !== undefined) {
      const details = `More than one ${name} matches the filters.`
      throw sellRefusal(409, { resource: name, code: 'conflict', message: 'ambiguous upsert', details })
    }
    const values = checkedRecord(store, kind, call.body, first)
    return one(first === undefined ? addToSell(store, kind, values) : changeInSell(store, kind, first, values))
  }
  return {
    [`GET /${many}`]: (call) => {
      const ids = call.asked.query.get('ids')?.split(',')
      const found = matching(filtersIn(call, kind)).filter(({ id }) => ids?.includes(String(id)) !== false)
      return sellPage(call.asked, inOrder(call, found, kind), one)
    },
    [`GET /${many}/:id`]: (call) => one(entryOf(call)),
    [`POST /${many}`]: (call) => one(addToSell(store, kind, checkedRecord(store, kind, call.body, undefined))),
    [`PUT /${many}/:id`]: (call) => {
      const entry = entryOf(call)
      return one(changeInSell(store, kind, entry, checkedRecord(store, kind, call.body, entry)))
    },
    [`DELETE /${many}/:id`]: (call) => {
      if (many === 'contacts') tombstones.remove(entryOf(call))
      else table.remove(entryOf(call).id)
      return noContent()
    },
    ...(kind.upserts && {
      [`POST /${many}/upsert`]: upsert,
      [`GET /${name}/custom_fields`]: ({ asked }: Call) =>
        sellPage(asked, fields, ({ filterable: _, ...field }) =>
          sellOne(
            many === 'contacts' ? { ...field, for_organisation: true, for_contact: true } : { ...field },
            'custom_field',
          ),
        ),
    }),
  }
}

type Filter = { readonly name: string; readonly field: boolean; readonly value: string }

const NO_FILTERS = new Set(['page', 'per_page', 'sort_by', 'ids'])

function filtersIn({ asked }: Call, { attributes, fields }: SellKind): Filter[] {
  const filters: Filter[] = []
  for (const [name, value] of asked.query) {
    if (NO_FILTERS.has(name)) continue
    const custom = /^custom_fields\[(.+)\]$/.exec(name)?.[1]
    if (
      custom === undefined
        ? !(name in attributes)
        : !fields.some((field) => field.name === custom && field.filterable !== false)
    )
      throw sellInvalidParameter(name, `The parameter '${name}' is not a known filter.`)
    filters.push({ name: custom ?? name, field: custom !== undefined, value })
  }
  return filters
}

function fits(row: Row, { name, field, value }: Filter): boolean {
  const held = field ? (row['custom_fields'] as Row)[name] : row[name]
  return held !== undefined && held !== null && String(held).toLowerCase() === value.toLowerCase()
}

function inOrder({ asked }: Call, entries: Entry[], { many, attributes }: SellKind): Entry[] {
  const [name = 'id', direction = 'asc'] = (asked.query.get('sort_by') ?? 'id').split(':')
  const known = name in attributes || ['id', 'created_at', 'updated_at'].includes(name)
  if (!known || (direction !== 'asc' && direction !== 'desc'))
    throw sellInvalidParameter('sort_by', `The ${many} can't be sorted by '${name}'.`)
  const sign = direction === 'desc' ? -1 : 1
  const key = (entry: Entry) => (typeof entry[name] === 'number' ? entry[name] : String(entry[name] ?? ''))
  return entries.sort((one, other) => {
    const [a, b] = [key(one), key(other)]
    if (a === b) return Number(one.id) - Number(other.id)
    return a < b ? -sign : sign
  })
}
