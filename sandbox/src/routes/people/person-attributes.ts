import type { Row, Value } from '../../account/model.ts'
import { type PersonFields, personFieldTable } from '../../account/people/person-fields.ts'
import type { Store } from '../../account/store.ts'
import { type Refusal, recordInvalid, tooManyValues } from '../../http/errors.ts'
import type { Asked } from '../../http/pages/links.ts'

/** 422 for one attribute. */
export function invalid(field: string, description: string, error = 'InvalidValue'): Refusal {
  return recordInvalid({ [field]: [{ description, error }] })
}

/** 422 for a value that another record has. */
export function duplicate(field: string, description: string): Refusal {
  return invalid(field, description, 'DuplicateValue')
}

/** The row under a name of the body; empty if it is no row. */
export function sentRow(body: Row, name: string): Row {
  const sent = body[name]
  return typeof sent === 'object' && sent !== null && !Array.isArray(sent) ? (sent as Row) : {}
}

/** The rows under a name of the body; more than 100 are refused. */
export function sentRows(body: Row, name: string): readonly Row[] {
  const sent = body[name]
  const rows = Array.isArray(sent) ? sent.filter((one): one is Row => typeof one === 'object' && one !== null) : []
  if (rows.length > 100) throw tooManyValues()
  return rows
}

/** Text that was sent: numbers too, null for null, undefined if nothing was. */
export function textIn(sent: Row, name: string): string | null | undefined {
  const value = sent[name]
  if (value === undefined || value === null) return value
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined
}

/** True or false if it was sent. */
export function flagIn(sent: Row, name: string): boolean | undefined {
  const value = sent[name]
  return typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : undefined
}

/** An id that was sent, null for null. */
export function idIn(sent: Row, name: string): number | null | undefined {
  const value = sent[name]
  if (value === null) return null
  const id = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : undefined
}

/** Texts that were sent, as a list or with blanks or commas between them; each once. */
export function listIn(sent: Row, name: string): readonly string[] | undefined {
  const value = sent[name]
  if (value === null) return []
  const items = typeof value === 'string' ? value.split(/[\s,]+/) : value
  return Array.isArray(items) ? [...new Set(items.map(String).filter((item) => item !== ''))] : undefined
}

/** The entries that are defined. */
export function defined<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }
}

/** Values of fields with those that were sent, key by key: null clears, unknown keys are ignored, wrong values refused. */
export function mergedFields(
  store: Store,
  name: PersonFields,
  sent: Row,
  before: Readonly<Record<string, Value>> = {},
): Readonly<Record<string, Value>> | undefined {
  const given = sent[name]
  if (typeof given !== 'object' || given === null) return undefined
  const merged: Record<string, Value> = { ...before }
  for (const field of personFieldTable(store, name).all()) {
    const key = String(field['key'])
    if (!Object.hasOwn(given, key)) continue
    const value = (given as Row)[key]
    if (value === null || value === '') delete merged[key]
    else merged[key] = fieldValue(field, value)
  }
  return merged
}

// Assumed (fact 330): the words of these refusals.
function fieldValue(field: Row, value: unknown): Value {
  const { type, key, title } = field
  const wrong = () => invalid(String(key), `${title}: ${String(value)} is not valid`)
  const options = ((field['custom_field_options'] ?? []) as readonly Row[]).map((option) => option['value'])
  if (type === 'checkbox') return value === true || value === 'true' || value === '1' || value === 1
  if (type === 'integer' || type === 'decimal') {
    const number = Number(value)
    if (!Number.isFinite(number) || (type === 'integer' && !Number.isInteger(number))) throw wrong()
    return number
  }
  if (type === 'multiselect') {
    const values = (Array.isArray(value) ? value : [value]).map(String)
    if (!values.every((one) => options.includes(one))) throw wrong()
    return values
  }
  const text = String(value)
  if (type === 'dropdown' && !options.includes(text)) throw wrong()
  if (type === 'date') {
    const day = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0]
    if (day === undefined || Number.isNaN(Date.parse(day))) throw wrong()
    return `${day}T00:00:00+00:00`
  }
  const { regexp_for_validation: pattern } = field
  if (type === 'regexp' && typeof pattern === 'string' && !new RegExp(pattern).test(text)) throw wrong()
  return text
}

/** The values of `ids` and `external_ids`, and which of the two was given. More than 100 are refused. */
export function namesIn({ query }: Asked): { readonly by: 'ids' | 'external_ids'; readonly values: readonly string[] } {
  const by = query.has('external_ids') && !query.has('ids') ? 'external_ids' : 'ids'
  const values = (query.get(by) ?? '').split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]))
  if (values.length > 100) throw tooManyValues()
  return { by, values }
}
