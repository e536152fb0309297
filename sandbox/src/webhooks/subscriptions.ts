import type { Audit, Ticket } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import { ulid, uuid } from '../account/table.ts'
import { createRandom } from '../random.ts'
import { createContentEvents } from './content-events.ts'
import { createDelivery, type Delivery } from './delivery.ts'
import { createDisturbing, type Disturbing } from './disturbances.ts'
import { eventBody } from './envelope.ts'
import { CONDITIONAL, EVENT_PREFIX, type Webhook, type ZenEvent } from './model.ts'
import { createPeopleEvents } from './people-events.ts'
import { scrubbedEvent, spamEvent, ticketEvents } from './ticket-events.ts'
import { triggered } from './triggers.ts'

/** The account's webhooks: each event goes to those that subscribe to it. */
export type Webhooks = Pick<Delivery, 'run' | 'stop' | 'headers'> & {
  /** Delivers, as it happens, until `stop`. */
  readonly start: () => void
  /** A webhook was made or changed: its subscriptions count from now on. */
  readonly subscribed: () => void
  /** Whether the account has an event of this name: `ticket.created`. */
  readonly offers: (type: string) => boolean
  /** From now on, deliveries are disturbed so, and in no other way. */
  readonly disturb: Disturbing['set']
}

const PEOPLE = /^zen:event-type:(?:user|organization)\./
const CONTENT = /^zen:event-type:(?:article|community_post)\./
/** Events whose ids are ULIDs; those of others are UUIDs. */
const ULIDS = /^(?:article|community_post|agent)\./

/** The webhooks of a store, which hear of its changes from now on. The same seed disturbs them in the same way. */
export function createWebhooks(store: Store, account: number, seed: number): Webhooks {
  const disturbing = createDisturbing(store.clock, createRandom(seed, 'deliveries'))
  const delivery = createDelivery(store, account, { disturbing })
  const found = [
    { types: PEOPLE, ...createPeopleEvents(store), isWatched: false },
    { types: CONTENT, ...createContentEvents(store), isWatched: false },
  ]
  let version = store.version
  let imports = 0
  const active = () =>
    [...store.table('webhooks').all()]
      .map((entry) => entry as unknown as Webhook)
      .filter(({ status }) => status === 'active')
  const publish = (event: ZenEvent) => {
    const takers = active().filter(({ subscriptions }) => subscriptions.includes(EVENT_PREFIX + event.type))
    if (takers.length === 0) return
    // One event has the same id for all webhooks.
    const id = (ULIDS.test(event.type) ? ulid : uuid)('webhook event', store.nextId())
    const body = eventBody(event, account, id)
    for (const webhook of takers) delivery.disturbed(webhook, body)
  }
  const called = (audit: Audit) => {
    const takers = new Map(active().map((webhook) => [webhook.id, webhook]))
    for (const { webhook: id, body } of triggered(store, audit, disturbing.current().escaped === true)) {
      const webhook = takers.get(id)
      if (webhook?.subscriptions.includes(CONDITIONAL) === true) delivery.disturbed(webhook, body)
    }
  }
  const subscribed = () => {
    for (const one of found) {
      const isWanted = active().some(({ subscriptions }) => subscriptions.some((type) => one.types.test(type)))
      if (isWanted && !one.isWatched) one.begin()
      one.isWatched = isWanted
    }
  }
  const written = () => {
    if (version === store.version || !found.some(({ isWatched }) => isWatched)) return
    version = store.version
    for (const { isWatched, changes } of found) if (isWatched) for (const event of changes()) publish(event)
  }
  const hasAny = () => (store.tables.get('webhooks')?.size() ?? 0) > 0

  store.watch.audit = (audit) => {
    if (!hasAny() || active().length === 0 || (imports > 0 && disturbing.current().ofImports !== true)) return
    for (const event of ticketEvents(store, audit)) publish(event)
    called(audit)
  }
  store.watch.importing = (act) => {
    imports++
    try {
      return act()
    } finally {
      imports--
    }
  }
  store.watch.spam = (ticket, author) => {
    if (hasAny()) publish(spamEvent(store, ticket, author))
  }
  store.watch.scrubbed = (ticket: Ticket) => {
    if (hasAny()) publish(scrubbedEvent(store, ticket))
  }
  store.watch.written = written
  return {
    headers: delivery.headers,
    run: async () => {
      written()
      await delivery.run()
    },
    start: () => delivery.start(written),
    stop: delivery.stop,
    subscribed,
    offers: (type) => disturbing.current().withoutEvents?.includes(type.split('.')[0] ?? '') !== true,
    disturb: disturbing.set,
  }
}
