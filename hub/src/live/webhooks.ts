// The webhook in Zendesk: installed, looked at, repaired, tested, given a new secret, removed.
import { HubError } from '../errors.ts'
import type { LiveSource, SourceCall } from '../source/source.ts'
import { TEST } from './event.ts'
import { EVENT_TYPES } from './event-types.ts'
import { type KeptWebhook, keep, readKept } from './kept-webhooks.ts'

/** Where the webhook leads, and where its secret is kept. */
export interface Place {
  /** The public address: with HTTPS, and the path of the receiver. */
  readonly endpoint: string
  readonly folder: string
  readonly now: () => number
}

/** What is installed, against what should be. */
export interface Found {
  readonly id: string | undefined
  /** In words: what differs. Empty if all is as it should be. */
  readonly faults: readonly string[]
  /** Events that this account does not have. */
  readonly refused: readonly string[]
}

/** Its name in Admin Center, by which it is found again. */
export const NAME = 'zendesk-hub'
const PREFIX = 'zen:event-type:'
/** For how long a secret may be on its way from Zendesk to us. */
const SETTLING = 60_000
/** Deliveries with the old secret may be under way for so long, retries included. */
const OVERLAP = 3_600_000

type Json = Readonly<Record<string, unknown>>

/** Sends a request. Throws a HubError for an answer that is none of success; `allowed` names others that are let through. */
async function asked(
  source: LiveSource,
  request: SourceCall,
  allowed: readonly number[] = [],
): Promise<{ status: number; body: Json }> {
  const answer = await source.call(request)
  if ((answer.status >= 200 && answer.status < 300) || allowed.includes(answer.status)) return answer
  if (answer.status === 403)
    throw new HubError(
      'Zendesk refuses (403): webhooks need an administrator, and with OAuth the scope webhooks:write.',
    )
  throw new HubError(`${request.method} /api/v2/${request.path}: ${answer.status} ${JSON.stringify(answer.body)}`)
}

/** Webhooks of ours that lead here, the oldest first. */
async function ours(source: LiveSource, endpoint: string): Promise<readonly Json[]> {
  const query = { 'filter[name_contains]': NAME, 'page[size]': 100 }
  const { body } = await asked(source, { method: 'GET', path: 'webhooks', query })
  const webhooks = Array.isArray(body['webhooks']) ? (body['webhooks'] as Json[]) : []
  return webhooks
    .filter((one) => one['endpoint'] === endpoint && String(one['name']).startsWith(NAME))
    .toSorted((one, other) => (String(one['created_at']) < String(other['created_at']) ? -1 : 1))
}

const wanted = (endpoint: string, types: readonly string[]): Json => ({
  name: NAME,
  description: 'Tells zendesk-hub which records changed. Made by zendesk-hub webhooks install.',
  status: 'active',
  endpoint,
  http_method: 'POST',
  request_format: 'json',
  subscriptions: types.map((type) => `${PREFIX}${type}`),
})

/**
 * Installs the webhook, or puts right the one that is there: never a second one. Events that the account does not have are left
 * out and named. Throws a HubError.
 */
export async function install(source: LiveSource, { endpoint, folder, now }: Place): Promise<Found> {
  const [known] = await ours(source, endpoint)
  await keep(folder, { ...readKept(folder), settlingUntil: now() + SETTLING })
  const refused: string[] = []
  let types: readonly string[] = EVENT_TYPES
  for (;;) {
    const request: SourceCall =
      known === undefined
        ? { method: 'POST', path: 'webhooks', body: { webhook: wanted(endpoint, types) } }
        : { method: 'PATCH', path: `webhooks/${known['id']}`, body: { webhook: wanted(endpoint, types) } }
    const { status, body } = await asked(source, request, [400, 422])
    if (status < 300) {
      const id = String(known?.['id'] ?? (body['webhook'] as Json)['id'])
      await keepSecret(source, id, { endpoint, folder, now })
      return { id, faults: [], refused }
    }
    const text = JSON.stringify(body)
    // The longest name first: "created" stands in others, too.
    const fault = types.filter((type) => text.includes(`${type}`)).toSorted((a, b) => b.length - a.length)[0]
    if (fault === undefined) throw new HubError(`Zendesk refuses the webhook: ${text}`)
    refused.push(fault)
    types = types.filter((type) => type !== fault)
    if (types.length === 0) throw new HubError(`This account has none of the events: ${text}`)
  }
}

/** Fetches the secret of a webhook, and keeps it in place of others that lead here. */
async function keepSecret(source: LiveSource, id: string, { endpoint, folder, now }: Place): Promise<void> {
  const { body } = await asked(source, { method: 'GET', path: `webhooks/${id}/signing_secret` })
  await keepNewSecret(secretIn(body), id, { endpoint, folder, now })
}

async function keepNewSecret(secret: string, id: string, { endpoint, folder, now }: Place): Promise<void> {
  const { settlingUntil: _, ...kept } = readKept(folder)
  const before = kept.webhooks.find((one) => one.id === id)
  const overlap =
    before && before.secret !== secret ? { secret: before.secret, until: now() + OVERLAP } : before?.before
  const webhook: KeptWebhook = { id, endpoint, secret, ...(overlap && { before: overlap }) }
  const others = kept.webhooks.filter((one) => one.endpoint !== endpoint)
  await keep(folder, { ...kept, webhooks: [...others, webhook] })
}

function secretIn(body: Json): string {
  const secret = (body['signing_secret'] as Json | undefined)?.['secret']
  if (typeof secret !== 'string') throw new HubError('Zendesk answered without the secret of the webhook.')
  return secret
}

/** Compares what is installed with what should be. */
export async function look(source: LiveSource, { endpoint, folder }: Place): Promise<Found> {
  const [found, ...more] = await ours(source, endpoint)
  if (found === undefined)
    return { id: undefined, refused: [], faults: [`No webhook leads to ${endpoint}: zendesk-hub webhooks install.`] }
  const id = String(found['id'])
  const faults: string[] = []
  const subscribed = new Set((found['subscriptions'] ?? []) as readonly string[])
  const missing = EVENT_TYPES.filter((type) => !subscribed.has(`${PREFIX}${type}`))
  const { subscriptions: _, description: __, ...should } = wanted(endpoint, [])
  for (const [name, value] of Object.entries(should))
    if (found[name] !== value)
      faults.push(`"${name}" is ${JSON.stringify(found[name])}, and should be ${JSON.stringify(value)}.`)
  const extra = [...subscribed].filter((type) => !EVENT_TYPES.includes(type.slice(PREFIX.length)))
  if (extra.length > 0) faults.push(`It subscribes to events of no use here: ${extra.join(', ')}.`)
  for (const one of more) faults.push(`Webhook ${one['id']} leads here too, so that each event comes twice.`)
  const kept = readKept(folder).webhooks.find((one) => one.id === id)
  if (kept === undefined) faults.push('Its secret is not kept here, so that its deliveries are refused.')
  else {
    const { body } = await asked(source, { method: 'GET', path: `webhooks/${id}/signing_secret` })
    if (secretIn(body) !== kept.secret) faults.push('Its secret was changed, so that its deliveries are refused.')
  }
  return { id, faults, refused: missing }
}

/** Puts right what differs; removes others of ours that lead here. */
export async function repair(source: LiveSource, place: Place): Promise<Found> {
  const [, ...more] = await ours(source, place.endpoint)
  for (const { id } of more) await asked(source, { method: 'DELETE', path: `webhooks/${id}` }, [404])
  return await install(source, place)
}

/** Gives the webhook a new secret. The old one stays good for an hour, for what is under way. */
export async function rotateSecret(source: LiveSource, place: Place): Promise<void> {
  const id = await installed(source, place)
  // Deliveries that are signed before the secret is here are asked to come again.
  await keep(place.folder, { ...readKept(place.folder), settlingUntil: place.now() + SETTLING })
  const { body } = await asked(source, { method: 'POST', path: `webhooks/${id}/signing_secret` })
  await keepNewSecret(secretIn(body), id, place)
}

/** Removes our webhooks that lead here, and forgets their secrets. Resolves to how many there were. */
export async function uninstall(source: LiveSource, { endpoint, folder }: Place): Promise<number> {
  const found = await ours(source, endpoint)
  for (const { id } of found) await asked(source, { method: 'DELETE', path: `webhooks/${id}` }, [404])
  const kept = readKept(folder)
  await keep(folder, { ...kept, webhooks: kept.webhooks.filter((one) => one.endpoint !== endpoint) })
  return found.length
}

/** Lets Zendesk send a test, of this name. Resolves to the status with which the endpoint answered. */
export async function sendTest(source: LiveSource, place: Place, name: string): Promise<number> {
  const id = await installed(source, place)
  const request = {
    endpoint: place.endpoint,
    http_method: 'POST',
    request_format: 'json',
    payload: JSON.stringify({ [TEST]: name }),
  }
  const { status, body } = await asked(
    source,
    { method: 'POST', path: 'webhooks/test', query: { webhook_id: id }, body: { request } },
    [400],
  )
  if (status === 400) throw new HubError(`Zendesk did not reach ${place.endpoint}: ${JSON.stringify(body)}`)
  return Number(
    (body['response'] as Json | undefined)?.['status_code'] ?? (body['response'] as Json | undefined)?.['status'],
  )
}

async function installed(source: LiveSource, { endpoint }: Place): Promise<string> {
  const [found] = await ours(source, endpoint)
  if (found === undefined) throw new HubError(`No webhook leads to ${endpoint}: zendesk-hub webhooks install.`)
  return String(found['id'])
}
