import type { RecordData } from '../model/stream.ts'

/** A custom field of tickets, users, organizations or the records of a custom object. */
export interface CustomField {
  readonly id: number
  /** The name of the field in the records of users, organizations and custom objects; it never changes. */
  readonly key: string | undefined
  readonly title: string
  readonly type: string
  readonly isActive: boolean
  /** Labels of choices, by the values that records hold. */
  readonly choices: ReadonlyMap<unknown, string>
  /** What a lookup points to, such as `zen:user`. */
  readonly target: string | undefined
}

/** The types of Zendesk's own fields; fields of any other type are custom. */
const OWN_TYPES = new Set([
  'subject',
  'description',
  'status',
  'custom_status',
  'tickettype',
  'priority',
  'basic_priority',
  'group',
  'assignee',
])

/** The custom fields among a list's rows: of tickets, users, organizations or of a custom object. */
export const customFieldsIn = (rows: readonly RecordData[]): readonly CustomField[] =>
  rows
    .filter(({ type }) => !OWN_TYPES.has(String(type)))
    .map(fieldFrom)
    .sort((one, other) => one.id - other.id)

function fieldFrom(row: RecordData): CustomField {
  const { id, key, title, raw_title, type, active, custom_field_options, relationship_target_type } = row
  const options = (Array.isArray(custom_field_options) ? custom_field_options : []) as readonly RecordData[]
  return {
    id: Number(id),
    key: typeof key === 'string' && key !== '' ? key : undefined,
    title: String(title ?? raw_title ?? ''),
    type: String(type),
    isActive: active !== false,
    choices: new Map(options.map(({ value, name }) => [value, String(name)])),
    target: typeof relationship_target_type === 'string' ? relationship_target_type : undefined,
  }
}

/** Whether its values are choices: one, or several. */
export const isChoice = ({ type }: CustomField): boolean => MANY.has(type) || ONE.has(type)
const MANY = new Set(['multiselect'])
const ONE = new Set(['tagger', 'dropdown'])

/** Lookups to these hold numbers; those to custom objects hold ULIDs. */
const NUMBERED = new Set(['zen:user', 'zen:organization', 'zen:ticket'])

/** The JSON Schema of a field's values, without a description. */
export function schemaOfValues({ type, target }: CustomField): RecordData {
  if (MANY.has(type)) return { type: ['null', 'array'], items: { type: ['null', 'string'] } }
  switch (type) {
    case 'checkbox':
      return { type: ['null', 'boolean'] }
    case 'integer':
      return { type: ['null', 'integer'] }
    case 'decimal':
      return { type: ['null', 'number'] }
    case 'date':
      return { type: ['null', 'string'], format: 'date' }
    case 'lookup':
      return { type: ['null', NUMBERED.has(target ?? '') ? 'integer' : 'string'] }
    default:
      return { type: ['null', 'string'] }
  }
}

/** The JSON Schema of a field's values as Zendesk sends them: a lookup's id is text (fact 123). */
export const schemaOfGivenValues = (field: CustomField): RecordData =>
  field.type === 'lookup' ? { type: ['null', 'string'] } : schemaOfValues(field)

const isWhole = (text: string): boolean => /^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text))
const isDecimal = (text: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)

/**
 * A value in the type of its column: old numbers come as text, new ones as numbers. A value that does not fit is left
 * unchanged; an empty text in a column of another type is null.
 */
export function typedValue({ type, target }: CustomField, value: unknown): unknown {
  if (value === null || value === undefined) return null
  switch (type) {
    case 'integer':
      return typeof value === 'string' ? numberIn(value, isWhole) : value
    case 'decimal':
      return typeof value === 'string' ? numberIn(value, isDecimal) : value
    case 'lookup':
      if (!NUMBERED.has(target ?? '')) return typeof value === 'number' ? String(value) : value
      return typeof value === 'string' ? numberIn(value, isWhole) : value
    case 'checkbox':
      return value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : value
    case 'date':
      return value === '' ? null : dayOf(value)
    default:
      // A tag or a text that is all digits may come as a number.
      return typeof value === 'number' ? String(value) : value
  }
}

/** The day of a date. Users and organizations have it as the moment when it begins: `2005-12-31T00:00:00+00:00`. */
const dayOf = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/^(\d{4}-\d{2}-\d{2})T00:00:00(\.0+)?(Z|\+00:00)$/, '$1') : value

const numberIn = (text: string, fits: (text: string) => boolean): unknown =>
  text.trim() === '' ? null : fits(text.trim()) ? Number(text) : text

/** The label of a choice; for several choices, a list of the same length. */
export function labelOf({ choices }: CustomField, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => choices.get(one) ?? null)
  return value === null || value === undefined ? null : (choices.get(value) ?? null)
}
