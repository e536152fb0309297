import type { Row } from '../../account/model.ts'
import type { SellKind, SellType } from '../../account/sell.ts'
import type { Store } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import { type SellError, sellRefusal } from './answers.ts'

const READ_ONLY = new Set(['id', 'creator_id', 'created_at', 'updated_at'])
const STATUSES: Readonly<Record<string, readonly unknown[]>> = {
  customer_status: ['none', 'current', 'past'],
  prospect_status: ['none', 'current', 'lost'],
}

/** The values of a record that was sent as `{data: {…}}`; refuses all that breaks a rule at once. */
export function checkedRecord(store: Store, kind: SellKind, body: Row, earlier: Entry | undefined): Row {
  const data = body['data']
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw payloadRefusal(kind)
  const errors: SellError[] = []
  const values: Row = {}
  for (const [name, value] of Object.entries(data as Row)) {
    const type = kind.attributes[name]
    if (READ_ONLY.has(name)) continue
    if (type === undefined) errors.push(unknown(kind, name))
    else if (value !== null && !holds(type, value))
      errors.push(wrong(kind, name, 'invalid_type', 'has an invalid type'))
    else if (kind.many === 'contacts' && STATUSES[name]?.includes(value) === false)
      errors.push(wrong(kind, name, 'incorrect_value', 'has no such value'))
    // A contact stays a person or an organization.
    else if (name !== 'is_organization' || earlier === undefined) values[name] = value
  }
  for (const name of Object.keys((values['custom_fields'] ?? {}) as Row))
    if (!kind.fields.some((field) => field.name === name)) errors.push(unknown(kind, `custom_fields/${name}`))
  const whole = { ...earlier, ...values }
  for (const names of kind.needs(whole)) errors.push(...lacking(kind, names, whole))
  errors.push(...misleading(store, kind, values))
  if (errors.length > 0) throw sellRefusal(422, ...errors)
  return values
}

/** Of these attributes one is needed. */
function lacking(kind: SellKind, names: readonly string[], whole: Row): readonly SellError[] {
  const given = names.map((name) => whole[name]).filter((value) => value !== undefined && value !== null)
  const first = names[0] as string
  if (given.length === 0) return [wrong(kind, first, 'missing', 'is missing')]
  return given.every((value) => String(value).trim() === '') ? [wrong(kind, first, 'blank', 'is blank')] : []
}

/** What points to a record that is not there, or of the wrong kind. */
function misleading(store: Store, kind: SellKind, values: Row): readonly SellError[] {
  const contact = values['contact_id'] ?? null
  const found = contact === null ? undefined : store.table('contacts').get(Number(contact))
  if (contact !== null && kind.many === 'contacts' && found?.['is_organization'] !== true)
    return [wrong(kind, 'contact_id', 'incorrect_value', 'is no organization')]
  if (contact !== null && kind.many === 'deals' && found === undefined)
    return [wrong(kind, 'contact_id', 'incorrect_value', 'is no contact')]
  if (kind.many !== 'notes') return []
  const type = values['resource_type']
  if (type !== undefined && !['lead', 'contact', 'deal'].includes(String(type)))
    return [wrong(kind, 'resource_type', 'incorrect_value', 'has no such value')]
  const of = type === undefined ? undefined : store.table(`${String(type)}s`).get(Number(values['resource_id']))
  return type !== undefined && of === undefined ? [wrong(kind, 'resource_id', 'incorrect_value', `is no ${type}`)] : []
}

function holds(kind: SellType, value: unknown): boolean {
  if (kind === 'amount') return typeof value === 'number' || (typeof value === 'string' && /^\d+(\.\d+)?$/.test(value))
  if (kind === 'text') return typeof value === 'string'
  if (kind === 'number') return typeof value === 'number'
  if (kind === 'boolean') return typeof value === 'boolean'
  if (kind === 'tags') return Array.isArray(value) && value.every((tag) => typeof tag === 'string')
  return typeof value === 'object' && !Array.isArray(value)
}

function unknown({ one }: SellKind, name: string): SellError {
  const details = `The attribute '/${name}' is not a known attribute for the '${one}' resource.`
  return { resource: one, field: `/${name}`, code: 'unknown', message: 'unknown attribute', details }
}

// Assumed (fact 330): the words of these errors.
function wrong({ one }: SellKind, name: string, code: string, what: string): SellError {
  const details = `The attribute '/${name}' ${what}.`
  return { resource: one, field: `/${name}`, code, message: code.replaceAll('_', ' '), details }
}

function payloadRefusal({ one }: SellKind): ReturnType<typeof sellRefusal> {
  const details = 'The body must have the key data.'
  return sellRefusal(422, { resource: one, code: 'incorrect_payload', message: 'incorrect payload', details })
}
