import type { Row } from '../../account/model.ts'
import { EVENT_TYPES } from '../../webhooks/event-types.ts'
import { type Authentication, CONDITIONAL, EVENT_PREFIX } from '../../webhooks/model.ts'
import { invalidWebhook } from './refusals.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const FORMATS = ['json', 'xml', 'form_encoded']
const STATUSES = ['active', 'inactive']
const AUTHENTICATION: Readonly<Record<string, readonly string[]>> = {
  basic_auth: ['username', 'password'],
  bearer_token: ['token'],
  api_key: ['name', 'value'],
}
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/

/** The values of a webhook that was sent, checked; `before` has the values that a change doesn't name. */
export function webhookValues(sent: Row, offers: (type: string) => boolean, before: Row = {}): Row {
  const all: Row = { ...before, ...sent }
  const { name, description = '', subscriptions = [], authentication, custom_headers } = all
  if (typeof name !== 'string' || name === '') throw invalidWebhook('name is required')
  oneOf(all, 'status', STATUSES)
  oneOf(all, 'http_method', METHODS)
  oneOf(all, 'request_format', FORMATS)
  if (!isEndpoint(all['endpoint'])) throw invalidWebhook('endpoint must be a valid HTTPS URL')
  checkSubscriptions(all, subscriptions, offers, before['subscriptions'])
  if (custom_headers !== undefined && custom_headers !== null) checkHeaders(custom_headers)
  const { status, endpoint, http_method, request_format } = all
  return {
    name,
    description,
    status,
    subscriptions,
    endpoint,
    http_method,
    request_format,
    authentication: authenticationIn(authentication),
    custom_headers: custom_headers ?? undefined,
  }
}

/** Where webhooks may go: HTTPS, and in a sandbox plain HTTP on this machine. */
export function isEndpoint(endpoint: unknown): boolean {
  if (typeof endpoint !== 'string' || !URL.canParse(endpoint)) return false
  const { protocol, hostname } = new URL(endpoint)
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname))
}

function oneOf(row: Row, name: string, allowed: readonly string[]): void {
  if (!allowed.some((one) => one === row[name])) throw invalidWebhook(`${name} must be one of ${allowed.join(', ')}`)
}

// A webhook stays connected to events, or to triggers and automations.
function checkSubscriptions(
  { http_method, request_format }: Row,
  sent: unknown,
  offers: (type: string) => boolean,
  before: unknown,
): void {
  if (!Array.isArray(sent)) throw invalidWebhook('subscriptions must be an array')
  const unknown = sent.find((type) => type !== CONDITIONAL && !isEvent(type, offers))
  if (unknown !== undefined) throw invalidWebhook(`subscriptions: ${String(unknown)} is not supported`)
  const conditional = sent.includes(CONDITIONAL)
  if (conditional && sent.length > 1) throw invalidWebhook(`${CONDITIONAL} cannot be combined with other subscriptions`)
  if (sent.length > 0 && !conditional && (http_method !== 'POST' || request_format !== 'json'))
    throw invalidWebhook('Event subscriptions require the http_method POST and the request_format json')
  if (Array.isArray(before) && before.length > 0 && before.includes(CONDITIONAL) !== conditional)
    throw invalidWebhook('The connection method of a webhook cannot be changed')
}

function isEvent(type: unknown, offers: (type: string) => boolean): boolean {
  if (typeof type !== 'string' || !type.startsWith(EVENT_PREFIX)) return false
  const name = type.slice(EVENT_PREFIX.length)
  return EVENT_TYPES.has(name) && offers(name)
}

function checkHeaders(headers: unknown): void {
  const fine =
    typeof headers === 'object' &&
    headers !== null &&
    Object.entries(headers).every(([name, value]) => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && typeof value === 'string')
  if (!fine) throw invalidWebhook('custom_headers must be an object of texts')
}

function authenticationIn(sent: unknown): Authentication | undefined {
  if (sent === undefined || sent === null) return undefined
  const { type, data } = sent as Row
  const names = AUTHENTICATION[String(type)]
  if (names === undefined)
    throw invalidWebhook(`authentication.type must be one of ${Object.keys(AUTHENTICATION).join(', ')}`)
  const given = (data ?? {}) as Row
  for (const name of names)
    if (typeof given[name] !== 'string' || given[name] === '')
      throw invalidWebhook(`authentication.data.${name} is required`)
  return { type, data: given, add_position: 'header' } as Authentication
}
