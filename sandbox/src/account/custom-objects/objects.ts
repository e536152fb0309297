import type { Row } from '../model.ts'
import type { PlanName } from '../plan.ts'
import type { Store } from '../store.ts'
import type { Entry, Table } from '../table.ts'

// Assumed (fact 333) for Essential, which has none.
const OBJECTS: Readonly<Record<PlanName, number>> = {
  essential: 0,
  team: 3,
  growth: 5,
  professional: 30,
  enterprise: 50,
  enterprise_plus: 50,
}

/** How many custom objects a plan allows (fact 169). */
export function objectLimit(plan: PlanName): number {
  return OBJECTS[plan]
}

/** Fields that one object may have. */
export const FIELD_LIMIT = 100

/** The table of custom objects, whose ids are their keys. */
export function customObjects(store: Store): Table {
  return store.table('custom_objects', {
    ids: 'none',
    row: ({ id, created_at, updated_at, ...values }) => {
      const url = `${store.base}/api/v2/custom_objects/${id}.json`
      return { key: id, ...values, created_at, updated_at, url }
    },
  })
}

/** The table of all custom objects' fields. */
export function customObjectFields(store: Store): Table {
  return store.table('custom_object_fields', {
    path: ({ id, object }) => `/custom_objects/${object}/fields/${id}`,
    row: ({ object: _, ...values }) => values,
  })
}

/** The table of one object's records. */
export function recordsOf(store: Store, key: string): Table {
  return store.table(`custom_object_${key}_records`, {
    ids: 'ulid',
    row: ({ id, created_at, updated_at, ...values }) => {
      const url = `${store.base}/api/v2/custom_objects/${key}/records/${id}.json`
      return { id, url, ...values, created_at, updated_at }
    },
  })
}

/** An object's fields, those that every object has first. */
export function fieldsOf(store: Store, key: string): Entry[] {
  return [...customObjectFields(store).all()].filter(({ object }) => object === key)
}

/** Writes an object with the two fields that every object has. */
export function createCustomObject(store: Store, key: string, values: Row): Entry {
  const {
    title,
    title_pluralized,
    description = '',
    include_in_list_view = true,
    allows_photos = false,
    user,
    ...times
  } = values
  const by = String(user)
  const object = customObjects(store).add({
    id: key,
    title,
    title_pluralized,
    raw_title: title,
    raw_title_pluralized: title_pluralized,
    description,
    raw_description: description,
    include_in_list_view,
    allows_photos,
    created_by_user_id: by,
    updated_by_user_id: by,
    ...times,
  })
  for (const [name, label] of [
    ['standard::name', 'Name'],
    ['standard::external_id', 'External ID'],
  ] as const)
    createObjectField(store, key, { type: 'text', key: name, title: label, system: true, ...times })
  // The records' table is there from the beginning, so that its truth can be asked.
  recordsOf(store, key)
  return object
}

/** Writes a field of an object, as it is right after its creation. */
export function createObjectField(store: Store, key: string, values: Row): Entry {
  const { type, title, description = '', system = false, created_at, ...more } = values
  return customObjectFields(store).add({
    object: key,
    type,
    key: more['key'],
    title,
    raw_title: title,
    description,
    raw_description: description,
    position: fieldsOf(store, key).length,
    active: true,
    system,
    regexp_for_validation: null,
    ...(created_at === undefined ? {} : { created_at }),
    ...more,
    ...(more['key'] === 'standard::name'
      ? {
          properties: {
            is_unique: false,
            autonumbering_enabled: false,
            autonumbering_prefix: '',
            autonumbering_padding: 0,
            autonumbering_next_sequence: 1,
          },
        }
      : {}),
  })
}

/** Deletes an object with its fields and records, all of which the truth lists as deleted. */
export function deleteCustomObject(store: Store, key: string): void {
  const records = recordsOf(store, key)
  for (const { id } of [...records.all()]) records.remove(id)
  for (const { id } of fieldsOf(store, key)) customObjectFields(store).remove(id)
  customObjects(store).remove(key)
}
