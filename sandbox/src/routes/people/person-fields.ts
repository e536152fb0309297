import type { Row } from '../../account/model.ts'
import {
  optionRow,
  PERSON_FIELD_TYPES,
  type PersonFields,
  personFieldTable,
} from '../../account/people/person-fields.ts'
import type { Store } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { byPosition } from '../../http/pages/sequence.ts'
import { created, noContent, reply } from '../../http/reply.ts'
import { found, idOf, listPage } from '../parameters.ts'
import { idsIn, resourceRoutes } from '../resource.ts'
import type { Served } from '../served.ts'
import { duplicate, idIn, invalid, sentRow, textIn } from './person-attributes.ts'

/** The fields that an account gives its users and organizations. */
export function personFieldRoutes(served: Served): readonly Family[] {
  const routes = { ...routesOf(served, 'user_fields'), ...routesOf(served, 'organization_fields') }
  return [{ who: 'agent', writers: 'admin', routes }]
}

const BY_POSITION = {
  position: {
    name: 'position,id',
    shape: 'ii',
    key: ({ id, position }: Entry) => [Number(position), Number(id)],
  },
}

function routesOf(served: Served, name: PersonFields): Routes {
  const { store } = served
  const table = personFieldTable(store, name)
  const [path, one] = [`/${name}`, name.slice(0, -1)]
  const field = ({ params }: Call): Entry => found(table.get(idOf(params['field_id'], `api/v2/${name}/show`)))
  const option = (call: Call): Row => {
    const id = idOf(call.params['id'], `api/v2/${name}/options`)
    return found(optionsOf(field(call)).find((known) => known['id'] === id))
  }
  const particular: Routes = {
    [`PUT ${path}/reorder`]: ({ body }) => {
      const ids = Array.isArray(body[`${one}_ids`]) ? (body[`${one}_ids`] as unknown[]) : []
      for (const [position, id] of ids.entries())
        if (table.get(Number(id)) !== undefined) table.change(Number(id), { position })
      return reply(200, {})
    },
    [`GET ${path}/:field_id/options`]: (call) => {
      const { items, envelope } = listPage(call.asked, byPosition(optionsOf(field(call))), `api/v2/${name}/options`)
      return { custom_field_options: items.map(optionRow), ...envelope }
    },
    [`GET ${path}/:field_id/options/:id`]: (call) => ({ custom_field_option: optionRow(option(call)) }),
    // 201 for a new option, 200 if the id or the value is known.
    [`POST ${path}/:field_id/options`]: (call) => {
      const entry = field(call)
      const sent = sentRow(call.body, 'custom_field_option')
      const before = optionsOf(entry)
      const id = idIn(sent, 'id')
      const old = before.find((other) => other['id'] === id || other['value'] === sent['value'])
      const rest = before.filter((other) => other !== old)
      const after = options(store, { custom_field_options: [...rest, { ...old, ...sent, id: old?.['id'] }] }, before)
      const added = (after['custom_field_options'] as readonly Row[]).at(-1) as Row
      table.change(entry.id, after)
      const row = { custom_field_option: optionRow(added) }
      return old === undefined ? created(row, undefined) : row
    },
    [`DELETE ${path}/:field_id/options/:id`]: (call) => {
      const removed = option(call)
      const entry = field(call)
      table.change(entry.id, { custom_field_options: optionsOf(entry).filter((other) => other !== removed) })
      return noContent()
    },
    [`GET ${path}/show_many`]: ({ asked }) => {
      const ids = idsIn(asked)
      const rows = [...table.all()].filter(({ id }) => ids.has(String(id))).map(table.row)
      return { [name]: rows, next_page: null, previous_page: null, count: rows.length }
    },
  }
  return { ...usualRoutes(served, name), ...particular }
}

// Options that were sent keep the ids of those with their value.
function options(store: Store, sent: Row, before: readonly Row[]): Row {
  const given = sent['custom_field_options']
  if (!Array.isArray(given)) return {}
  const rows = (given as readonly Row[]).map((option) => {
    const value = textIn(option, 'value')
    if (!value) throw invalid('custom_field_options', 'Custom field options: value cannot be blank', 'BlankValue')
    const id = idIn(option, 'id') ?? before.find((old) => old['value'] === value)?.['id'] ?? store.nextId()
    return { id, name: textIn(option, 'name') ?? value, value }
  })
  if (new Set(rows.map(({ value }) => value)).size < rows.length)
    throw duplicate('custom_field_options', 'Custom field options: has duplicate values')
  return { custom_field_options: rows }
}

function usualRoutes(served: Served, name: PersonFields): Routes {
  const { store } = served
  const table = personFieldTable(store, name)
  const [path, one] = [`/${name}`, name.slice(0, -1)]
  return resourceRoutes(served, {
    path,
    one,
    many: name,
    table: name,
    operations: ['list', 'count', 'show', 'show_many', 'create', 'update', 'delete'],
    orders: BY_POSITION,
    create: (sent) => {
      const type = PERSON_FIELD_TYPES.find((known) => known === (sent['type'] ?? 'text'))
      if (type === undefined) throw invalid('type', 'Type: is invalid')
      const key = textIn(sent, 'key') ?? ''
      if (!/^[a-z0-9_]+$/i.test(key))
        throw invalid('key', 'Key: is invalid', key === '' ? 'BlankValue' : 'InvalidFormat')
      if ([...table.all()].some((known) => known['key'] === key))
        throw duplicate('key', `Key: ${key} has already been taken`)
      if (!textIn(sent, 'title')) throw invalid('title', 'Title: cannot be blank', 'BlankValue')
      return { ...known(sent), type, key, position: idIn(sent, 'position') ?? 9999, ...options(store, sent, []) }
    },
    update: (sent, entry) => ({ ...known(sent), ...options(store, sent, optionsOf(entry)) }),
    remove: (entry) => {
      table.remove(entry.id)
      const key = String(entry['key'])
      // A field that comes again under the same key begins empty.
      const records = name === 'user_fields' ? store.users.values() : store.organizations.values()
      for (const record of records) {
        if (!Object.hasOwn(record.fields, key)) continue
        const { [key]: _, ...fields } = record.fields
        record.fields = fields
      }
      return undefined
    },
  })
}

const WRITABLE = ['title', 'description', 'position', 'active', 'regexp_for_validation', 'tag']
const OF_LOOKUPS = ['relationship_target_type', 'relationship_filter']

function known(sent: Row): Row {
  return Object.fromEntries(Object.entries(sent).filter(([key]) => [...WRITABLE, ...OF_LOOKUPS].includes(key)))
}

function optionsOf(entry: Entry): readonly Row[] {
  return (entry['custom_field_options'] ?? []) as readonly Row[]
}
