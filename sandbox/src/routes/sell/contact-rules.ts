import type { Row } from '../../account/model.ts'
import { CONTACT, CONTACT_FIELDS } from '../../account/sell.ts'
import type { Entry, Table } from '../../account/table.ts'
import { type SellError, sellRefusal } from './answers.ts'

const READ_ONLY = new Set(['id', 'creator_id', 'created_at', 'updated_at'])
const STATUSES: Readonly<Record<string, readonly unknown[]>> = {
  customer_status: ['none', 'current', 'past'],
  prospect_status: ['none', 'current', 'lost'],
}

/** The values of a contact that was sent as `{data: {…}}`; refuses all that breaks a rule at once. */
export function checkedContact(contacts: Table, body: Row, earlier: Entry | undefined): Row {
  const data = body['data']
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw payloadRefusal()
  const sent = data as Row
  const errors: SellError[] = []
  const values: Row = {}
  for (const [name, value] of Object.entries(sent)) {
    const kind = CONTACT[name]
    if (READ_ONLY.has(name)) continue
    if (kind === undefined) errors.push(unknown(name))
    else if (value !== null && !holds(kind, value)) errors.push(wrong(name, 'invalid_type', 'has an invalid type'))
    else if (STATUSES[name]?.includes(value) === false) errors.push(wrong(name, 'incorrect_value', 'has no such value'))
    // A contact stays a person or an organization.
    else if (name !== 'is_organization' || earlier === undefined) values[name] = value
  }
  for (const name of Object.keys((values['custom_fields'] ?? {}) as Row))
    if (!CONTACT_FIELDS.some((field) => field.name === name)) errors.push(unknown(`custom_fields/${name}`))
  const whole = { ...earlier, ...values }
  const needed = whole['is_organization'] === true ? 'name' : 'last_name'
  const text = whole[needed]
  if (text === undefined || text === null) errors.push(wrong(needed, 'missing', 'is missing'))
  else if (String(text).trim() === '') errors.push(wrong(needed, 'blank', 'is blank'))
  const employer = values['contact_id'] ?? null
  if (employer !== null && contacts.get(Number(employer))?.['is_organization'] !== true)
    errors.push(wrong('contact_id', 'incorrect_value', 'is no organization'))
  if (errors.length > 0) throw sellRefusal(422, ...errors)
  return values
}

function holds(kind: string, value: unknown): boolean {
  if (kind === 'text') return typeof value === 'string'
  if (kind === 'number') return typeof value === 'number'
  if (kind === 'boolean') return typeof value === 'boolean'
  if (kind === 'tags') return Array.isArray(value) && value.every((tag) => typeof tag === 'string')
  return typeof value === 'object' && !Array.isArray(value)
}

function unknown(name: string): SellError {
  const details = `The attribute '/${name}' is not a known attribute for the 'contact' resource.`
  return { resource: 'contact', field: `/${name}`, code: 'unknown', message: 'unknown attribute', details }
}

// Assumed (fact 330): the words of these errors.
function wrong(name: string, code: string, what: string): SellError {
  const details = `The attribute '/${name}' ${what}.`
  return { resource: 'contact', field: `/${name}`, code, message: code.replaceAll('_', ' '), details }
}

function payloadRefusal(): ReturnType<typeof sellRefusal> {
  const details = 'The body must have the key data.'
  return sellRefusal(422, { resource: 'contact', code: 'incorrect_payload', message: 'incorrect payload', details })
}
