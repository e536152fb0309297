import type { Row } from '../model.ts'
import type { Store } from '../store.ts'
import type { Entry } from '../table.ts'
import { fieldsOf, recordsOf } from './objects.ts'

const LARGEST = 32_768

/** An error in a record that was sent: the place, and the words. */
export type RecordFault = { readonly pointer: string; readonly title: string }

/** The values of a record: those that were sent over those of before; or the error in them. */
export function recordValues(store: Store, key: string, sent: Row, before?: Entry): Row | RecordFault {
  const fields = fieldsOf(store, key).filter((field) => field['system'] !== true)
  const { name = before?.['name'], external_id = before?.['external_id'] ?? null } = sent
  if (typeof name !== 'string' || name.trim() === '') return { pointer: '/name', title: "name can't be blank" }
  const taken = (one: Entry) => one.id !== before?.id && external_id !== null && one['external_id'] === external_id
  if ([...recordsOf(store, key).all()].some(taken))
    return { pointer: '/external_id', title: 'external_id has already been taken' }
  const given = (sent['custom_object_fields'] ?? {}) as Row
  const old = (before?.['custom_object_fields'] ?? {}) as Row
  for (const [field, value] of Object.entries(given)) {
    const known = fields.find((one) => one['key'] === field)
    if (known === undefined)
      return { pointer: `/custom_object_fields/${field}`, title: `${field} is not a field of ${key}` }
    if (value !== null && !fits(known, value))
      return { pointer: `/custom_object_fields/${field}`, title: `${field} is not a valid ${known['type']}` }
  }
  const values = Object.fromEntries(
    fields.map((field) => {
      const at = String(field['key'])
      return [at, given[at] === undefined ? (old[at] ?? (field['type'] === 'checkbox' ? false : null)) : given[at]]
    }),
  )
  const record = {
    name,
    custom_object_key: key,
    custom_object_fields: values,
    external_id,
    photo: before?.['photo'] ?? null,
  }
  if (Buffer.byteLength(JSON.stringify(record)) > LARGEST) return { pointer: '', title: 'record is larger than 32 KB' }
  return record
}

/** Whether record values are a fault. */
export function isFault(values: Row | RecordFault): values is RecordFault {
  return 'pointer' in values && 'title' in values
}

function fits(field: Entry, value: unknown): boolean {
  const options = ((field['custom_field_options'] ?? []) as Row[]).map((one) => one['value'])
  switch (field['type']) {
    case 'integer':
      return Number.isInteger(Number(value)) && value !== ''
    case 'decimal':
      return value !== '' && Number.isFinite(Number(value))
    case 'checkbox':
      return typeof value === 'boolean'
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value)
    case 'dropdown':
      return options.includes(value)
    case 'multiselect':
      return Array.isArray(value) && value.every((one) => options.includes(one))
    case 'lookup':
      return typeof value === 'string' || typeof value === 'number'
    default:
      return typeof value === 'string'
  }
}
