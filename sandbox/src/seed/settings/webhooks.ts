import { createHash } from 'node:crypto'
import { ACCOUNT_ID } from '../../account/ids.ts'
import type { Row } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import { type Entry, ulid, uuid } from '../../account/table.ts'
import { isoTime } from '../../iso-time.ts'
import type { Random } from '../../random.ts'
import { eventBody, nanoTime } from '../../webhooks/envelope.ts'
import { ticketDetail } from '../../webhooks/event-details.ts'

const DAY = 86_400
const KEYS = [
  'id',
  'name',
  'description',
  'status',
  'subscriptions',
  'created_at',
  'created_by',
  'endpoint',
  'http_method',
  'request_format',
  'authentication',
  'custom_headers',
]

/**
 * Webhooks with a week of invocations, all of them inactive: nothing of a new account calls another machine. What the
 * API gives of them has no secrets.
 */
export function generateWebhooks(store: Store, random: Random, latest: number): void {
  const webhooks = store.table('webhooks', { ids: 'ulid', row: webhookRow })
  const invocations = store.table('webhook_invocations', { ids: 'ulid', row: invocationRow })
  const [admin] = store.users.values()
  const add = (values: Row, at: number) =>
    webhooks.add({
      description: '',
      status: 'inactive',
      subscriptions: ['conditional_ticket_events'],
      created_at: nanoTime(at * 1000),
      updated_at: nanoTime(at * 1000),
      created_by: String(admin?.id ?? -1),
      http_method: 'POST',
      request_format: 'json',
      secret: signingSecret(`generated ${store.nextId()}`),
      ...values,
    })
  const feed = add(
    {
      name: 'Connector feed 🛰️',
      subscriptions: ['zen:event-type:ticket.created', 'zen:event-type:ticket.status_changed'],
      endpoint: 'https://receiver.example/zendesk',
      authentication: { type: 'bearer_token', data: { token: 'generated' }, add_position: 'header' },
    },
    latest - 400 * DAY,
  )
  add(
    {
      name: 'Nachricht an die "Buchhaltung"',
      description: 'Form\u2028encoded <b>on purpose</b>',
      endpoint: 'https://accounting.example/hooks?team=ä',
      request_format: 'form_encoded',
      custom_headers: { 'X-Team': 'billing' },
    },
    latest - 90 * DAY,
  )
  for (let nth = 0; nth < 120; nth++) {
    const at = isoTime(latest - 6 * DAY + Math.floor((6 * DAY * nth) / 120))
    const [status, status_code] = random.pick<[string, number | undefined]>([
      ['success', 200],
      ['success', 204],
      ['throttled', undefined],
      ['client error', 404],
      ['server error', 502],
    ])
    // An attempt without an answer has no request either.
    const attempts = status_code === undefined ? [] : [attemptAt(store, nth, { status, status_code, at })]
    invocations.add({ webhook_id: feed.id, status, status_code, latest_completed_at: at, attempts, created_at: at })
  }
}

function attemptAt(store: Store, nth: number, { status, status_code, at }: Row): Row {
  const ticket = store.tickets.at(-1 - nth) ?? store.tickets[0]
  const event = ticket && {
    type: 'ticket.created',
    subject: `ticket:${ticket.id}`,
    time: Date.parse(String(at)),
    detail: ticketDetail(ticket, -1),
    event: {},
  }
  const headers = [
    { key: 'User-Agent', value: 'Zendesk Webhook' },
    { key: 'Content-Type', value: 'application/json; charset=utf-8' },
    { key: 'Authorization', value: '[SCRUBBED]' },
  ]
  return {
    id: ulid('generated attempt', nth),
    status,
    status_code,
    request: { headers, payload: event ? eventBody(event, ACCOUNT_ID, uuid('generated event', nth)) : '' },
    response: { headers: [{ key: 'Content-Type', value: 'text/plain' }], payload: String(status) },
    completed_at: at,
  }
}

/** A signing secret: 44 characters of base 64. */
export function signingSecret(from: string): string {
  return createHash('sha256').update(`signing secret ${from}`).digest('base64')
}

/** A webhook as the API gives it: of its authentication a user name at most; no time of a change before there was one. */
export function webhookRow(entry: Entry): Row {
  const { authentication, updated_at, updated_by } = entry
  const { type, data, add_position } = (authentication ?? {}) as Row
  const username = (data as Row | undefined)?.['username']
  const shown = { type, ...(username === undefined ? {} : { data: { username } }), add_position }
  const row = Object.fromEntries(KEYS.map((key) => [key, entry[key]]).filter(([, value]) => value !== undefined))
  return {
    ...row,
    ...(authentication === undefined ? {} : { authentication: shown }),
    ...(updated_by === undefined ? {} : { updated_at, updated_by }),
  }
}

/** An invocation as the API gives it. */
export function invocationRow({ id, status_code, status, latest_completed_at }: Entry): Row {
  return { id, ...(status_code === undefined ? {} : { status_code }), status, latest_completed_at }
}
