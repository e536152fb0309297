import type { Row, Value } from '../model.ts'
import type { Store } from '../store.ts'
import type { Entry, Table } from '../table.ts'

/** The tables of the fields that an account gives its users and organizations. */
export type PersonFields = 'user_fields' | 'organization_fields'

/** The types that such a field can have (fact 160). */
export const PERSON_FIELD_TYPES = [
  'checkbox',
  'date',
  'decimal',
  'dropdown',
  'integer',
  'lookup',
  'multiselect',
  'regexp',
  'text',
  'textarea',
] as const

/** The table of users' or organizations' fields. */
export function personFieldTable(store: Store, name: PersonFields): Table {
  return store.table(name, { path: ({ id }) => `/${name}/${id}`, row: fieldRow })
}

// In the API's order of keys; the last ones only if the type has them.
function fieldRow(entry: Entry): Row {
  const { url, id, type, key, title, description = '', position = 9999, active = true, system = false } = entry
  const { regexp_for_validation = null, created_at, updated_at, custom_field_options, tag = null } = entry
  const { relationship_target_type, relationship_filter } = entry
  const options = (custom_field_options ?? []) as readonly Row[]
  return {
    url,
    id,
    type,
    key,
    title,
    description,
    raw_title: title,
    raw_description: description,
    position,
    active,
    system,
    regexp_for_validation,
    created_at,
    updated_at,
    ...(type === 'checkbox' ? { tag } : {}),
    ...(type === 'dropdown' || type === 'multiselect' ? { custom_field_options: options.map(optionRow) } : {}),
    ...(type === 'lookup' ? { relationship_target_type, relationship_filter } : {}),
  }
}

/** An option of a field as the API gives it. */
export function optionRow({ id, name, value }: Row): Row {
  return { id, name, raw_name: name, value }
}

type Empty = readonly (readonly [key: string, empty: Value])[]
const known = new WeakMap<Table, { readonly version: number; readonly fields: Empty }>()

/** All fields with a record's values: false or null for those that it has none of. */
export function fieldValues(store: Store, name: PersonFields, values: Readonly<Record<string, Value>>): Row {
  const row: Row = {}
  for (const [key, empty] of definedFields(store, name)) row[key] = values[key] ?? empty
  return row
}

// Assumed (fact 353): in the order of their keys, switched-off ones too.
function definedFields(store: Store, name: PersonFields): Empty {
  const table = personFieldTable(store, name)
  const kept = known.get(table)
  if (kept?.version === store.version) return kept.fields
  const fields = Array.from(table.all(), ({ key, type }) => [String(key), type === 'checkbox' ? false : null] as const)
  fields.sort(([one], [other]) => (one < other ? -1 : 1))
  known.set(table, { version: store.version, fields })
  return fields
}
