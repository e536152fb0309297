// Audiences of the configuration, with the fields of this account: what must be right before the first row is written.
import type { Mapping } from '../config/write-config.ts'
import { ConnectorError } from '../model/errors.ts'
import type { Log } from '../model/message.ts'
import type { AudienceColumn, Ledger, Membership } from '../model/writing.ts'
import { MANDATORY } from '../write/audience-rows.ts'
import type { CustomField } from '../zendesk/custom-fields.ts'
import type { AccountObject } from './operations.ts'

/** Zendesk Sell is retired, and all of its data deleted, on this day. */
export const SELL_ENDS = '31 August 2027'

const STATUSES: readonly Membership[] = ['realized', 'existing', 'exited']

/**
 * The audiences of a mapping with their fields. A field that was renamed is found by its id, which the ledger remembers. Throws
 * a ConnectorError for a mapping without the mandatory columns, and for a field that is not there or cannot hold a status.
 */
export function audiencesOf(
  { stream, audiences = [], columns = {} }: Mapping,
  { object, customFields, fieldColumns }: AccountObject,
  ledger: Pick<Ledger, 'remembered' | 'remember'>,
  log: Log,
): readonly AudienceColumn[] {
  const wrong = (what: string): ConnectorError =>
    new ConnectorError(`The audiences of stream "${stream}" cannot be written: ${what}`, 'config_error')
  const missing = MANDATORY.filter((name) => !Object.values(columns).includes(name))
  if (missing.length > 0)
    throw wrong(`"columns" of its mapping must say which columns are ${missing.join(' and ')}: both are mandatory.`)
  return audiences.map(({ name, field, tag }) => {
    if (tag !== undefined && object.sets?.includes('tags') !== true)
      throw wrong(`${object.name} have no tags: "${name}" needs a field.`)
    if (tag !== undefined) return { name, to: { tag } }
    const title = field ?? name
    const found = fieldNamed(title, object.name, customFields, ledger, log)
    if (found === undefined)
      throw wrong(
        `${object.name} have no custom field "${title}". Fields are made by an administrator; there are ${customFields.map((one) => `"${one.title}"`).join(', ') || 'none'}.`,
      )
    const values = valuesOf(found)
    if (typeof values === 'string') throw wrong(`the field "${found.title}" ${values}.`)
    return { name, to: { field: fieldColumns.get(`custom_field_${found.id}`) ?? found.id, values } }
  })
}

function fieldNamed(
  title: string,
  object: string,
  fields: readonly CustomField[],
  ledger: Pick<Ledger, 'remembered' | 'remember'>,
  log: Log,
): CustomField | undefined {
  const same = (text: string | undefined): boolean => text?.trim().toLowerCase() === title.trim().toLowerCase()
  const place = `field ${object} ${title}`
  const named = fields.find((one) => same(one.title)) ?? fields.find((one) => same(one.key) || String(one.id) === title)
  if (named) {
    ledger.remember(place, String(named.id))
    return named
  }
  const id = ledger.remembered(place)
  const renamed = fields.find((one) => String(one.id) === id)
  if (renamed)
    log(
      'warn',
      `The field "${title}" of ${object} is called "${renamed.title}" now. It is still written; change the name in the configuration.`,
    )
  return renamed
}

/** What each status is in a field of this type; or, in words, why it cannot hold one. */
function valuesOf({ type, choices }: CustomField): Readonly<Record<Membership, unknown>> | string {
  if (['text', 'textarea', 'string'].includes(type))
    return { realized: 'realized', existing: 'existing', exited: 'exited' }
  if (type === 'checkbox' || type === 'bool') return { realized: true, existing: true, exited: false }
  if (choices.size === 0)
    return `is of the type ${type}, which cannot hold a status: make it a text, a checkbox or a drop-down`
  const choiceOf = (status: Membership): unknown =>
    [...choices].find(([value, label]) => [value, label].some((text) => String(text).toLowerCase() === status))?.[0]
  const missing = STATUSES.filter((status) => choiceOf(status) === undefined)
  if (missing.length > 0) return `has no choice ${missing.join(', ')}`
  return { realized: choiceOf('realized'), existing: choiceOf('existing'), exited: choiceOf('exited') }
}

/** What holds for a stream of audiences, in sentences, before its first row. */
export function guardrailsOf(stream: string, object: string, audiences: readonly AudienceColumn[]): readonly string[] {
  const places = audiences.map(
    ({ name, to }) => `"${name}" ${'tag' in to ? `the tag ${to.tag}` : `the field ${to.field}`}`,
  )
  const isSell = object.startsWith('sell_')
  return [
    `Audiences of stream "${stream}" go to ${object}: ${places.join(', ')}. A row without ${MANDATORY.join(' and ')} is rejected.`,
    isSell
      ? `Zendesk Sell takes one contact in a request, and nine requests a second are sent: 540 contacts a minute at most. Sell itself ends on ${SELL_ENDS}.`
      : `${object} are sent up to 100 in a request, and 1 MB; one a second where Zendesk has not switched bulk imports on. Nobody is deleted, and members who did not change since the last time cost nothing.`,
  ]
}
