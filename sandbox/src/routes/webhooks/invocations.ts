import type { Row } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import type { Call, Routes } from '../../http/family.ts'
import { type Asked, wholeNumber } from '../../http/pages/links.ts'
import type { Attempt } from '../../webhooks/model.ts'
import type { Served } from '../served.ts'
import { invalidWebhook, webhookNotFound } from './refusals.ts'

const LARGEST = 100
const KEPT_MS = 7 * 86_400_000

/** The invocations of webhooks, which are kept for seven days, and their attempts. */
export function invocationRoutes({ store }: Served): Routes {
  const table = () => store.table('webhook_invocations')
  const invocationsOf = ({ params }: Call): Entry[] => {
    if (store.table('webhooks').get(params['id'] ?? '') === undefined) throw webhookNotFound()
    return keptInvocations(store)
      .filter((one) => one['webhook_id'] === params['id'])
      .toReversed()
  }
  return {
    'GET /webhooks/:id/invocations': (call) => {
      const { query } = call.asked
      const [status, first, last] = ['status', 'from_ts', 'to_ts'].map((name) => query.get(`filter[${name}]`))
      const all = invocationsOf(call).filter(
        (one) =>
          (!status || one['status'] === status) &&
          (!first || timeOf(one) >= Date.parse(first)) &&
          (!last || timeOf(one) <= Date.parse(last)),
      )
      const { items, envelope } = webhookPage(call.asked, all)
      return { ...envelope, invocations: items.map(table().row) }
    },
    'GET /webhooks/:id/invocations/:invocation/attempts': (call) => {
      const id = call.params['invocation'] ?? ''
      const invocation = invocationsOf(call).find((one) => one.id === id)
      if (invocation === undefined) throw webhookNotFound('Invocation')
      return { attempts: attemptRows(invocation) }
    },
  }
}

/** The invocations of webhooks that there still are, of the last seven days. */
export function keptInvocations(store: Store): Entry[] {
  const from = store.clock.nowMs() - KEPT_MS
  const webhooks = store.table('webhooks')
  return [...store.table('webhook_invocations').all()].filter(
    (one) => timeOf(one) >= from && webhooks.get(String(one['webhook_id'])) !== undefined,
  )
}

/** The attempts of an invocation, as the API gives them. */
export function attemptRows({ id, attempts }: Entry): readonly Row[] {
  return ((attempts ?? []) as readonly Attempt[]).map((attempt) => attemptRow(String(id), attempt))
}

/**
 * A page as webhooks have them (fact 82): the cursor is a ULID and the direction, links have brackets as they
 * are and always a port.
 */
export function webhookPage(asked: Asked, all: readonly Entry[]): { items: readonly Entry[]; envelope: Row } {
  const { query, origin, path } = asked
  const size = wholeNumber(query, 'page[size]', LARGEST)
  if (size === undefined || size < 1 || size > LARGEST) throw invalidWebhook('page[size] must be between 1 and 100')
  const cursor = query.get('page[after]')
  const [ulid] = cursor === null ? [] : Buffer.from(cursor, 'base64').toString('utf8').split(',')
  const at = ulid === undefined ? -1 : all.findIndex(({ id }) => id === ulid)
  if (ulid !== undefined && at === -1) throw invalidWebhook('page[after] is not valid')
  const items = all.slice(at + 1, at + 1 + size)
  const last = items.at(-1)
  if (last === undefined || at + 1 + size >= all.length) return { items, envelope: { meta: { has_more: false } } }
  const after = Buffer.from(`${last.id},desc`).toString('base64')
  const others = [...query].filter(([name]) => name !== 'page[after]').map(([name, value]) => `&${name}=${value}`)
  const { protocol, hostname, port } = new URL(origin)
  const authority = `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`
  const next = `${protocol}//${authority}${path}?page[after]=${after}${others.join('')}`
  return { items, envelope: { meta: { has_more: true, after_cursor: after }, links: { next } } }
}

function attemptRow(invocation: string, { id, status, status_code, request, response, completed_at }: Attempt): Row {
  return {
    id,
    invocation_id: invocation,
    ...(status_code === undefined ? {} : { status_code }),
    status,
    request,
    ...(response === undefined ? {} : { response }),
    completed_at,
  }
}

function timeOf(one: Entry): number {
  return Date.parse(String(one['latest_completed_at']))
}
