import { only } from '../../account/key-order.ts'
import type { Field, Option, Row } from '../../account/model.ts'
import type { FieldChanges } from '../../account/settings-mutations.ts'
import type { Store } from '../../account/store.ts'
import { recordInvalid } from '../../http/errors.ts'

const TYPES = new Set([
  'text',
  'textarea',
  'checkbox',
  'date',
  'integer',
  'decimal',
  'regexp',
  'partialcreditcard',
  'multiselect',
  'tagger',
  'lookup',
])
const PLAIN = ['title', 'description', 'position', 'active', 'required'] as const
const EXTRA = [
  'collapsed_for_agents',
  'regexp_for_validation',
  'title_in_portal',
  'raw_title_in_portal',
  'visible_in_portal',
  'editable_in_portal',
  'required_in_portal',
  'agent_can_edit',
  'tag',
  'agent_description',
  'sub_type_id',
  'relationship_target_type',
  'relationship_filter',
] as const

/** The changes of a ticket field that a request asks for; `field` is undefined for a new one. */
export function fieldChangesIn(store: Store, sent: Row, field?: Field): FieldChanges & { type?: string } {
  const type = field?.type ?? String(sent['type'] ?? '')
  if (field === undefined && !TYPES.has(type)) throw invalid('type', `Type: ${type} is not a valid type`)
  const { raw_title, raw_description, title = raw_title, description = raw_description } = sent
  if ((field === undefined || title !== undefined) && (typeof title !== 'string' || title.trim() === ''))
    throw invalid('title', 'Title: cannot be blank', 'BlankValue')
  const all: Row = { ...sent, ...(title === undefined ? {} : { title }) }
  if (description !== undefined) all['description'] = description ?? ''
  const extra = only(all, EXTRA)
  if (type === 'regexp' && field === undefined && typeof extra['regexp_for_validation'] !== 'string')
    throw invalid('regexp_for_validation', 'Regexp for validation: cannot be blank', 'BlankValue')
  if (type === 'lookup' && field === undefined && typeof extra['relationship_target_type'] !== 'string')
    throw invalid('relationship_target_type', 'Relationship target type: cannot be blank', 'BlankValue')
  const options = optionsIn(store, type, sent, field)
  return {
    ...(field === undefined ? { type } : {}),
    ...only(all, PLAIN),
    ...(options === undefined ? {} : { options }),
    extra,
  }
}

/** Adds an option, or changes the one with its id or value. Refuses a value that another option has. */
export function withOption(store: Store, options: readonly Option[], sent: Row): { options: Option[]; option: Option } {
  const { name, value } = sent
  if (typeof name !== 'string' || name === '') throw invalid('name', 'Name: cannot be blank', 'BlankValue')
  if (typeof value !== 'string' || value === '') throw invalid('value', 'Value: cannot be blank', 'BlankValue')
  const id = typeof sent['id'] === 'number' ? sent['id'] : undefined
  const known = options.find((one) => (id === undefined ? one.value === value : one.id === id))
  if (options.some((one) => one !== known && one.value === value))
    throw invalid('value', `Value: ${value} has already been taken`, 'DuplicateValue')
  const option = { id: known?.id ?? store.nextId(), name, value, default: sent['default'] === true }
  const others = option.default ? options.map((one) => ({ ...one, default: false })) : options
  const changed = known === undefined ? [...others, option] : others.map((one) => (one.id === known.id ? option : one))
  return { options: changed, option }
}

function optionsIn(store: Store, type: string, sent: Row, field: Field | undefined): Option[] | undefined {
  if (type !== 'tagger' && type !== 'multiselect') return undefined
  const list = sent['custom_field_options']
  if (list === undefined && field !== undefined) return undefined
  if (!Array.isArray(list) || list.length === 0)
    throw invalid('custom_field_options', 'Custom field options: cannot be blank', 'BlankValue')
  // The list replaces the old one; an option that stays keeps its id.
  let options: Option[] = []
  for (const one of list as Row[]) {
    const id = one['id'] ?? field?.options.find(({ value }) => value === one['value'])?.id
    const known = field?.options.find((option) => option.id === id)
    const before = options.length
    options = withOption(store, options, one).options
    if (options.length === before)
      throw invalid('value', `Value: ${one['value']} has already been taken`, 'DuplicateValue')
    const last = options.at(-1) as Option
    if (known !== undefined) options = [...options.slice(0, -1), { ...last, id: known.id }]
  }
  return options
}

function invalid(name: string, description: string, error = 'InvalidValue') {
  return recordInvalid({ [name]: [{ description, error }] })
}
