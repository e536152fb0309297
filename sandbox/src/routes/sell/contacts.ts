import type { Row } from '../../account/model.ts'
import { addContact, CONTACT, CONTACT_FIELDS, changeContact } from '../../account/sell.ts'
import type { Entry } from '../../account/table.ts'
import type { Call, Routes } from '../../http/family.ts'
import { noContent } from '../../http/reply.ts'
import type { Served } from '../served.ts'
import { sellInvalidParameter, sellNotFound, sellOne, sellPage, sellRefusal } from './answers.ts'
import { checkedContact } from './contact-rules.ts'
import type { Tombstones } from './deletions.ts'

/** Contacts of Sell: list, show, create, update, delete, upsert, and their custom fields. */
export function sellContactRoutes({ store }: Served, tombstones: Tombstones): Routes {
  const contacts = store.table('contacts')
  const one = (entry: Entry) => sellOne(contacts.row(entry), 'contact', Number(entry['version'] ?? 1))
  const entryOf = ({ params }: Call): Entry => {
    const entry = contacts.get(Number(params['id']))
    if (entry === undefined) throw sellNotFound('contact', params['id'] ?? '')
    return entry
  }
  const matching = (filters: readonly Filter[]) =>
    [...contacts.all()].filter((entry) => filters.every((filter) => fits(contacts.row(entry), filter)))
  return {
    'GET /contacts': (call) => {
      const ids = call.asked.query.get('ids')?.split(',')
      const found = matching(filtersIn(call)).filter(({ id }) => ids?.includes(String(id)) !== false)
      return sellPage(call.asked, inOrder(call, found), one)
    },
    'GET /contacts/:id': (call) => one(entryOf(call)),
    'POST /contacts': (call) => one(addContact(store, checkedContact(contacts, call.body, undefined))),
    'PUT /contacts/:id': (call) => {
      const entry = entryOf(call)
      return one(changeContact(store, entry, checkedContact(contacts, call.body, entry)))
    },
    'DELETE /contacts/:id': (call) => {
      tombstones.remove(entryOf(call))
      return noContent()
    },
    'POST /contacts/upsert': (call) => {
      const filters = filtersIn(call)
      if (filters.length === 0) throw sellInvalidParameter('filters', 'At least one filter is required.')
      const [first, second] = matching(filters)
      if (second !== undefined) {
        const details = 'More than one contact matches the filters.'
        throw sellRefusal(409, { resource: 'contact', code: 'conflict', message: 'ambiguous upsert', details })
      }
      const values = checkedContact(contacts, call.body, first)
      return one(first === undefined ? addContact(store, values) : changeContact(store, first, values))
    },
    'GET /contact/custom_fields': ({ asked }) =>
      sellPage(asked, CONTACT_FIELDS, (field) =>
        sellOne({ ...field, for_organisation: true, for_contact: true }, 'custom_field'),
      ),
    // Leads and deals have none.
    'GET /lead/custom_fields': ({ asked }) => sellPage(asked, [], () => ({})),
    'GET /deal/custom_fields': ({ asked }) => sellPage(asked, [], () => ({})),
  }
}

type Filter = { readonly name: string; readonly field: boolean; readonly value: string }

const NO_FILTERS = new Set(['page', 'per_page', 'sort_by', 'ids'])

function filtersIn({ asked }: Call): Filter[] {
  const filters: Filter[] = []
  for (const [name, value] of asked.query) {
    if (NO_FILTERS.has(name)) continue
    const custom = /^custom_fields\[(.+)\]$/.exec(name)?.[1]
    if (custom === undefined ? !(name in CONTACT) : !CONTACT_FIELDS.some((field) => field.name === custom))
      throw sellInvalidParameter(name, `The parameter '${name}' is not a known filter.`)
    filters.push({ name: custom ?? name, field: custom !== undefined, value })
  }
  return filters
}

function fits(row: Row, { name, field, value }: Filter): boolean {
  const held = field ? (row['custom_fields'] as Row)[name] : row[name]
  return held !== undefined && held !== null && String(held).toLowerCase() === value.toLowerCase()
}

function inOrder({ asked }: Call, entries: Entry[]): Entry[] {
  const [name = 'id', direction = 'asc'] = (asked.query.get('sort_by') ?? 'id').split(':')
  const known = name in CONTACT || ['id', 'created_at', 'updated_at'].includes(name)
  if (!known || (direction !== 'asc' && direction !== 'desc'))
    throw sellInvalidParameter('sort_by', `The contacts can't be sorted by '${name}'.`)
  const sign = direction === 'desc' ? -1 : 1
  const key = (entry: Entry) => (typeof entry[name] === 'number' ? entry[name] : String(entry[name] ?? ''))
  return entries.sort((one, other) => {
    const [a, b] = [key(one), key(other)]
    if (a === b) return Number(one.id) - Number(other.id)
    return a < b ? -sign : sign
  })
}
