import type { Row } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { noContent, reply } from '../../http/reply.ts'
import { signingSecret } from '../../seed/settings/webhooks.ts'
import { nanoTime } from '../../webhooks/envelope.ts'
import type { Outgoing, Webhook } from '../../webhooks/model.ts'
import { send } from '../../webhooks/sending.ts'
import { TEST_SECRET } from '../../webhooks/signature.ts'
import type { Served } from '../served.ts'
import { invocationRoutes, webhookPage } from './invocations.ts'
import { invalidWebhook, webhookNotFound } from './refusals.ts'
import { isEndpoint, webhookValues } from './values.ts'

const TIMEOUT_MS = 12_000

/** Webhooks (facts 189 and 190). */
export function webhookRoutes(served: Served): readonly Family[] {
  const { store, webhooks } = served

  const routes: Family['routes'] = {
    'GET /webhooks': ({ asked }) => {
      const { items, envelope } = webhookPage(asked, listed(asked.query, [...table(store).all()]))
      return { webhooks: items.map(table(store).row), ...envelope }
    },
    'POST /webhooks': ({ asked, body, caller }) => {
      const clone = asked.query.get('clone_webhook_id')
      const before = clone === null ? undefined : webhookOf(store, clone)
      const sent = before === undefined ? sentIn(body, 'webhook') : ((body['webhook'] ?? {}) as Row)
      const at = now(store)
      const own = (sent['signing_secret'] as Row | undefined)?.['secret']
      const entry = table(store).add({
        ...webhookValues(sent, webhooks.offers, before),
        created_at: at,
        updated_at: at,
        created_by: String(caller.user?.id),
        secret: typeof own === 'string' ? own : signingSecret(`${store.nextId()} ${store.clock.nowMs()}`),
      })
      webhooks.subscribed()
      // Only here the authentication is given back as it was sent.
      const { authentication } = entry
      const row = { ...table(store).row(entry), ...(authentication === undefined ? {} : { authentication }) }
      return reply(201, { webhook: row })
    },
    'GET /webhooks/:id': ({ params }) => ({ webhook: table(store).row(webhookOf(store, params['id'])) }),
    'PUT /webhooks/:id': (call) => change(served, call, false),
    'PATCH /webhooks/:id': (call) => change(served, call, true),
    'DELETE /webhooks/:id': ({ params }) => {
      table(store).remove(webhookOf(store, params['id']).id)
      webhooks.subscribed()
      return noContent()
    },
    ...secretRoutes(served),
    ...trialRoutes(served),
    ...invocationRoutes(served),
  }
  return [{ who: 'admin', scope: 'webhooks', routes }]
}

const table = (store: Store) => store.table('webhooks')

function webhookOf(store: Store, id: string | null | undefined): Entry {
  const entry = table(store).get(id ?? '')
  if (entry === undefined) throw webhookNotFound()
  return entry
}

function sentIn(body: Row, name: string): Row {
  const sent = body[name]
  if (typeof sent !== 'object' || sent === null) throw invalidWebhook(`${name} is required`)
  return sent as Row
}

const now = (store: Store) => nanoTime(store.clock.nowMs())

function change({ store, webhooks }: Served, { params, body, caller }: Call, keep: boolean) {
  const entry = webhookOf(store, params['id'])
  const sent = sentIn(body, 'webhook')
  // The connection stays with any change of a webhook; PUT takes all else from the request.
  const values = webhookValues(sent, webhooks.offers, keep ? entry : { subscriptions: entry['subscriptions'] })
  table(store).change(entry.id, { ...values, updated_at: now(store), updated_by: String(caller.user?.id) })
  webhooks.subscribed()
  return noContent()
}

const secretRow = (entry: Entry) => ({ signing_secret: { secret: entry['secret'], algorithm: 'SHA256' } })

function secretRoutes({ store }: Served): Routes {
  return {
    'GET /webhooks/:id/signing_secret': ({ params }) => secretRow(webhookOf(store, params['id'])),
    'POST /webhooks/:id/signing_secret': ({ params }) => {
      const { id } = webhookOf(store, params['id'])
      const secret = signingSecret(`${store.nextId()} ${store.clock.nowMs()}`)
      return reply(
        201,
        secretRow(table(store).change(id, { secret, updated_at: table(store).get(id)?.['updated_at'] })),
      )
    },
  }
}

function trialRoutes({ store, webhooks }: Served): Routes {
  return {
    'POST /webhooks/test': async ({ asked, body }) => {
      const id = asked.query.get('webhook_id')
      const given = (body['request'] ?? {}) as Row
      const saved = id === null ? {} : webhookOf(store, id)
      const webhook = { id: '', secret: TEST_SECRET, http_method: 'POST', request_format: 'json', ...saved, ...given }
      if (!isEndpoint((webhook as Row)['endpoint'])) throw invalidWebhook('request.endpoint must be a valid HTTPS URL')
      const payload = typeof given['payload'] === 'string' ? given['payload'] : JSON.stringify(given['payload'] ?? {})
      const headers = webhooks.headers(webhook as unknown as Webhook, payload, '')
      const outgoing = { ...webhook, payload, headers } as unknown as Outgoing
      const { response, status_code } = await send(outgoing, {
        timeout: TIMEOUT_MS,
        ended: new AbortController().signal,
      })
      // Assumed (fact 377): the refusal if the endpoint does not answer.
      if (response === undefined) throw invalidWebhook('The endpoint could not be reached')
      return { response: { headers: response.headers, status_code, payload: response.payload } }
    },
  }
}

function listed(query: URLSearchParams, all: readonly Entry[]): Entry[] {
  const name = query.get('filter[name_contains]')?.toLowerCase()
  const status = query.get('filter[status]')
  const found = all.filter(
    (one) => (!name || String(one['name']).toLowerCase().includes(name)) && (!status || one['status'] === status),
  )
  const sort = query.get('sort') ?? ''
  const key = sort.replace(/^-/, '')
  if (key !== 'name' && key !== 'status') return found
  const sorted = found.toSorted((one, other) => (String(one[key]) < String(other[key]) ? -1 : 1))
  return sort.startsWith('-') ? sorted.toReversed() : sorted
}
