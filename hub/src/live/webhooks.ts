// The webhooks in Zendesk: installed, looked at, repaired, tested, given a new secret, removed. One for events; where the account
// has no events of tickets, a second one that a trigger calls.
import { HubError } from '../errors.ts'
import type { LiveSource } from '../source/source.ts'
import type { Row } from '../table/batch.ts'
import { TEST } from './event.ts'
import { EVENT_TYPES } from './event-types.ts'
import { type KeptWebhook, keep, readKept } from './kept-webhooks.ts'
import { installTrigger, lookAtTrigger, removeTriggers } from './ticket-trigger.ts'
import {
  asked,
  CONDITIONAL,
  differences,
  isConditional,
  NAME,
  ourWebhooks,
  putWebhook,
  wantedWebhook,
} from './webhook-calls.ts'

/** Where the webhooks lead, and where their secrets are kept. */
export interface Place {
  /** The public address: with HTTPS, and the path of the receiver. */
  readonly endpoint: string
  readonly folder: string
  readonly now: () => number
}

/** What is installed, against what should be. */
export interface Found {
  /** Those that lead here. */
  readonly ids: readonly string[]
  /** In words: what differs. Empty if all is as it should be. */
  readonly faults: readonly string[]
  /** Events that this account does not have, and what else Zendesk refuses. */
  readonly refused: readonly string[]
  /** Whether a trigger tells of tickets. */
  readonly byTrigger: boolean
}

const PREFIX = 'zen:event-type:'
const TICKETS = `${NAME} tickets`
/** How long a secret may be on its way from Zendesk to this program, in milliseconds. */
const SETTLING = 60_000
/** How long deliveries with the old secret may be under way, retries included, in milliseconds. */
const OVERLAP = 3_600_000

const isOfTickets = (type: string): boolean => type.startsWith('ticket.')
const subscriptionsTo = (types: readonly string[]): readonly string[] => types.map((type) => `${PREFIX}${type}`)
const idOf = (webhook: Row): string => String(webhook['id'])

/**
 * Installs what tells of changes, or puts right what is there: never a second one. What the account does not have is left out
 * and named. Throws a HubError.
 */
export async function install(source: LiveSource, place: Place): Promise<Found> {
  const known = await ourWebhooks(source, place.endpoint)
  const byEvents = known.find((one) => !isConditional(one))
  const conditional = known.find(isConditional)
  await keep(place.folder, { ...readKept(place.folder), settlingUntil: place.now() + SETTLING })
  const { id, types } = await installEvents(source, byEvents, place)
  const refused = EVENT_TYPES.filter((type) => !types.includes(type))
  const byTrigger = !types.some(isOfTickets)
  const ids = id === undefined ? [] : [id]
  if (byTrigger) {
    const put = await putWebhook(source, conditional, wantedWebhook(TICKETS, place.endpoint, [CONDITIONAL]))
    if (!('id' in put)) throw new HubError(`Zendesk refuses the webhook for a trigger: ${put.refusal}`)
    ids.push(put.id)
    refused.push(...(await installTrigger(source, put.id)))
  } else if (conditional !== undefined) await remove(source, [conditional])
  await keepSecrets(source, ids, place, refused)
  return { ids, faults: [], refused, byTrigger }
}

/** Subscribes to all events that the account has. The id is undefined if it has none. */
async function installEvents(
  source: LiveSource,
  known: Row | undefined,
  { endpoint }: Place,
): Promise<{ readonly id: string | undefined; readonly types: readonly string[] }> {
  let types: readonly string[] = EVENT_TYPES
  while (types.length > 0) {
    const put = await putWebhook(source, known, wantedWebhook(NAME, endpoint, subscriptionsTo(types)))
    if ('id' in put) return { id: put.id, types }
    types = without(types, put.refusal)
  }
  if (known !== undefined) await remove(source, [known])
  return { id: undefined, types }
}

/** The types that this refusal does not speak of. Throws a HubError if it speaks of none. */
function without(types: readonly string[], refusal: string): readonly string[] {
  const named = new Set(refusal.match(/[a-z_]+\.[a-z_]+/g))
  const left = types.filter((type) => !named.has(type))
  if (left.length < types.length) return left
  // A kind as a whole: `ticket events are not available`.
  const families = new Set(types.map((type) => type.split('.')[0] ?? ''))
  const family = [...families].find((one) => new RegExp(`\\b${one.replace('_', '[ _]')}`, 'i').test(refusal))
  if (family === undefined) throw new HubError(`Zendesk refuses the webhook: ${refusal}`)
  return types.filter((type) => !type.startsWith(`${family}.`))
}

/** Fetches the secrets of these webhooks, and keeps them in place of others that lead here; with what Zendesk refused, if it was asked. */
async function keepSecrets(
  source: LiveSource,
  ids: readonly string[],
  place: Place,
  refused = refusedBefore(place),
): Promise<void> {
  const secrets = await Promise.all(ids.map((id) => secretOf(source, id)))
  const { settlingUntil: _, ...kept } = readKept(place.folder)
  const webhooks = ids.map((id, nth): KeptWebhook => {
    const secret = secrets[nth] ?? ''
    const before = kept.webhooks.find((one) => one.id === id)
    const overlap =
      before && before.secret !== secret ? { secret: before.secret, until: place.now() + OVERLAP } : before?.before
    return { id, endpoint: place.endpoint, secret, refused, ...(overlap && { before: overlap }) }
  })
  const others = kept.webhooks.filter(({ endpoint }) => endpoint !== place.endpoint)
  await keep(place.folder, { ...kept, webhooks: [...others, ...webhooks] })
}

/** What Zendesk refused when the webhooks that lead here were installed. */
const refusedBefore = ({ endpoint, folder }: Omit<Place, 'now'>): readonly string[] =>
  readKept(folder).webhooks.find((one) => one.endpoint === endpoint)?.refused ?? []

async function secretOf(source: LiveSource, id: string): Promise<string> {
  const { body } = await asked(source, { method: 'GET', path: `webhooks/${id}/signing_secret` })
  const secret = (body['signing_secret'] as Row | undefined)?.['secret']
  if (typeof secret !== 'string') throw new HubError('Zendesk answered without the secret of the webhook.')
  return secret
}

/** Compares what is installed with what should be. */
export async function look(source: LiveSource, { endpoint, folder }: Place): Promise<Found> {
  const found = await ourWebhooks(source, endpoint)
  if (found.length === 0)
    return {
      ...{ ids: [], refused: [], byTrigger: false },
      faults: [`No webhook leads to ${endpoint}: zendesk-hub webhooks install.`],
    }
  const [events, ...moreEvents] = found.filter((one) => !isConditional(one))
  const [conditional, ...moreConditional] = found.filter(isConditional)
  const subscribed = new Set((events?.['subscriptions'] ?? []) as readonly string[])
  const refused = refusedBefore({ endpoint, folder })
  const missing = EVENT_TYPES.filter((type) => !subscribed.has(`${PREFIX}${type}`) && !refused.includes(type))
  const faults: string[] = []
  if (missing.length > 0) faults.push(`These events are not subscribed to: ${missing.join(', ')}.`)
  for (const one of [events, conditional]) if (one) faults.push(...(await faultsOf(source, one, { endpoint, folder })))
  const extra = [...subscribed].filter((type) => !EVENT_TYPES.includes(type.slice(PREFIX.length)))
  if (extra.length > 0) faults.push(`It subscribes to events that are of no use here: ${extra.join(', ')}.`)
  for (const one of [...moreEvents, ...moreConditional])
    faults.push(`Webhook ${idOf(one)} leads here too, so each event comes twice.`)
  if (conditional !== undefined) faults.push(...(await lookAtTrigger(source, idOf(conditional))))
  else if (![...subscribed].some((type) => isOfTickets(type.slice(PREFIX.length))))
    faults.push('Changes of tickets are not reported: there are neither events nor a trigger.')
  return { ids: found.map(idOf), faults, refused, byTrigger: conditional !== undefined }
}

async function faultsOf(
  source: LiveSource,
  webhook: Row,
  { endpoint, folder }: Omit<Place, 'now'>,
): Promise<readonly string[]> {
  const id = idOf(webhook)
  const name = isConditional(webhook) ? TICKETS : NAME
  const { subscriptions: _, description: __, ...should } = wantedWebhook(name, endpoint, [])
  const faults = differences(`Webhook ${id}`, webhook, should)
  const kept = readKept(folder).webhooks.find((one) => one.id === id)
  if (kept === undefined) return [...faults, 'Its secret is not kept here, so its deliveries are refused.']
  if ((await secretOf(source, id)) === kept.secret) return faults
  return [...faults, 'Its secret was changed, so its deliveries are refused.']
}

/** Puts right what differs; removes others of ours that lead here. */
export async function repair(source: LiveSource, place: Place): Promise<Found> {
  const found = await ourWebhooks(source, place.endpoint)
  const [, ...moreEvents] = found.filter((one) => !isConditional(one))
  const [, ...moreConditional] = found.filter(isConditional)
  await remove(source, [...moreEvents, ...moreConditional])
  return await install(source, place)
}

/** Removes these webhooks, after the triggers that call them. */
async function remove(source: LiveSource, webhooks: readonly Row[]): Promise<void> {
  await removeTriggers(source, webhooks.filter(isConditional).map(idOf))
  for (const { id } of webhooks) await asked(source, { method: 'DELETE', path: `webhooks/${id}` }, [404])
}

/** Gives the webhooks new secrets. The old ones stay good for an hour, for what is under way. */
export async function rotateSecret(source: LiveSource, place: Place): Promise<void> {
  const ids = await installed(source, place)
  // Deliveries that are signed before the secret is here are asked to come again.
  await keep(place.folder, { ...readKept(place.folder), settlingUntil: place.now() + SETTLING })
  for (const id of ids) await asked(source, { method: 'POST', path: `webhooks/${id}/signing_secret` })
  await keepSecrets(source, ids, place)
}

/** Removes our webhooks that lead here, with the trigger, and forgets their secrets. Resolves to how many there were. */
export async function uninstall(source: LiveSource, { endpoint, folder }: Place): Promise<number> {
  const found = await ourWebhooks(source, endpoint)
  await remove(source, found)
  const kept = readKept(folder)
  await keep(folder, { ...kept, webhooks: kept.webhooks.filter((one) => one.endpoint !== endpoint) })
  return found.length
}

/** Lets Zendesk send a test, of this name. Resolves to the status with which the endpoint answered. */
export async function sendTest(source: LiveSource, place: Place, name: string): Promise<number> {
  const [id = ''] = await installed(source, place)
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
  const response = body['response'] as Row | undefined
  return Number(response?.['status_code'] ?? response?.['status'])
}

async function installed(source: LiveSource, { endpoint }: Place): Promise<readonly string[]> {
  const found = await ourWebhooks(source, endpoint)
  if (found.length === 0) throw new HubError(`No webhook leads to ${endpoint}: zendesk-hub webhooks install.`)
  return found.map(idOf)
}
