import type { Field, Row, Value } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import type { InputFaults } from './faults.ts'
import { numberOf } from './values.ts'

/**
 * The custom fields that were sent, as `[{id, value}]` or `{id: value}`, under `custom_fields` or `fields`, checked.
 * Fields that aren't there are ignored, as Zendesk does.
 */
export function sentCustomFields(store: Store, sent: Row, faults: InputFaults): ReadonlyMap<number, Value> {
  const given = sent['custom_fields'] ?? sent['fields']
  const values = new Map<number, Value>()
  for (const [key, value] of pairs(given)) {
    const field = store.fields.get(numberOf(key) ?? -1)
    if (field === undefined || !field.removable) continue
    const read = heldValue(field, value)
    if (read !== undefined) values.set(field.id, read)
    // Assumed (fact 330): the words.
    else faults.add('base', `${field.title}: is invalid`, 'InvalidValue', whichField(field))
  }
  return values
}

/** How a refusal names the field that it is about. */
export function whichField({ id, type }: Pick<Field, 'id' | 'type'>): Row {
  return { ticket_field_id: id, ticket_field_type: `Field${type.charAt(0).toUpperCase()}${type.slice(1)}` }
}

function pairs(given: unknown): [unknown, unknown][] {
  if (Array.isArray(given))
    return given.flatMap((one: unknown): [unknown, unknown][] =>
      typeof one === 'object' && one !== null ? [[(one as Row)['id'], (one as Row)['value']]] : [],
    )
  return typeof given === 'object' && given !== null ? Object.entries(given) : []
}

// The value as tickets hold it; undefined if the field can't have it.
function heldValue({ type, options }: Field, sent: unknown): Value | undefined {
  const empty = sent === null || sent === undefined || sent === ''
  const known = (one: unknown) => options.some(({ value }) => value === one)
  switch (type) {
    case 'checkbox':
      return sent === true || sent === 'true' || sent === 1 || sent === '1'
    case 'tagger':
      return empty ? null : known(sent) ? String(sent) : undefined
    case 'multiselect': {
      const all: unknown[] = empty ? [] : Array.isArray(sent) ? sent : [sent]
      return all.every(known) ? (all.length === 0 ? null : all.map(String)) : undefined
    }
    case 'date':
      return empty ? null : /^\d{4}-\d\d-\d\d/.test(String(sent)) ? String(sent).slice(0, 10) : undefined
    case 'integer':
      return empty ? null : /^-?\d+$/.test(String(sent)) ? Number(sent) : undefined
    case 'decimal':
      return empty ? null : /^-?\d*\.?\d+$/.test(String(sent)) ? String(sent) : undefined
    default:
      return empty ? null : String(sent)
  }
}
