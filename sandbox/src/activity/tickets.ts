import type { PhoneCall, Ticket } from '../account/model.ts'
import { REASONS } from '../account/tickets/satisfaction.ts'
import { writeCall } from '../seed/talk/calls.ts'
import { fieldValue } from '../seed/tickets/fields.ts'
import { type Kinds, type Kit, on } from './kit.ts'

const isOpen = (one: Ticket) => one.closed === 0 && one.deleted === 0

/** Random changes of tickets, and calls. */
export const TICKET_KINDS: Kinds = {
  createTicket: [16, (kit) => create(kit, {})],
  updateTicket: [
    30,
    (kit) =>
      on(kit.ticket(isOpen), (one) =>
        kit.account.updateTicket(one.id, changes(kit), kit.random.chance(0.4) ? comment(kit) : undefined),
      ),
  ],
  addComment: [20, (kit) => on(kit.ticket(isOpen), (one) => kit.account.addComment(one.id, comment(kit)))],
  systemUpdate: [
    6,
    ({ ticket, account }) =>
      on(
        ticket((one) => one.deleted === 0),
        (one) => account.systemUpdate(one.id),
      ),
  ],
  deleteTicket: [
    4,
    ({ ticket, account }) =>
      on(
        ticket((one) => one.deleted === 0),
        (one) => account.deleteTicket(one.id),
      ),
  ],
  restoreTicket: [
    2,
    ({ ticket, account }) =>
      on(
        ticket((one) => one.deleted > 0 && !one.scrubbed),
        (one) => account.restoreTicket(one.id),
      ),
  ],
  permanentlyDeleteTicket: [
    1,
    ({ ticket, account }) =>
      on(
        ticket((one) => !one.scrubbed),
        (one) => account.permanentlyDeleteTicket(one.id),
      ),
  ],
  mergeTickets: [
    2,
    ({ ticket, account }) => {
      const [source, target] = [ticket(isOpen), ticket(isOpen)]
      if (source === undefined || target === undefined || source === target) return false
      account.mergeTickets([source.id], target.id)
      return true
    },
  ],
  closeTicket: [
    3,
    ({ ticket, account }) => on(ticket(isOpen), (one) => account.updateTicket(one.id, { status: 'closed' })),
  ],
  archiveTicket: [
    0.5,
    ({ ticket, account }) =>
      on(
        ticket((one) => one.deleted === 0 && !one.archived),
        (one) => account.archiveTicket(one.id),
      ),
  ],
  rateTicket: [
    3,
    ({ ticket, account, random, texts, store }) =>
      on(
        // While they remember it: such tickets are soon closed.
        ticket(({ values, deleted, updated }) => {
          return values.status === 'solved' && deleted === 0 && updated > store.clock.now() - 28 * 86_400
        }),
        (one) => {
          const said = random.chance(0.3) ? { comment: texts.note() } : {}
          if (random.chance(0.8)) account.rateTicket(one.id, 'good', said)
          else account.rateTicket(one.id, 'bad', { ...said, reason: random.between(0, REASONS.length - 1) })
        },
      ),
  ],
  // A call is recorded when it is over; one in three makes a ticket.
  receiveCall: [
    3,
    (kit) => {
      const { store, random, agent } = kit
      const now = store.clock.now()
      const duration = random.chance(0.3) ? 0 : random.between(1, 900)
      const answeredBy = duration > 0 && random.chance(0.7) ? (agent()?.id ?? null) : null
      const from = `+1555010${random.between(1000, 9999)}`
      const call: PhoneCall = { from, to: '+15550100199', start: now - duration, duration, answeredBy }
      if (store.table('calls').get(call.start) !== undefined) return false
      const ticket = random.chance(0.3) && create(kit, { call }) ? store.tickets.at(-1) : undefined
      writeCall(store, random, { call, ticket: ticket?.id ?? null, customer: ticket?.values.requester_id ?? null }, now)
      return true
    },
  ],
}

function create(kit: Kit, spoken: { call?: PhoneCall }): boolean {
  const { account, texts, customer } = kit
  const requester = customer()
  const by = requester === undefined ? {} : { requester_id: requester.id }
  account.createTicket({
    ...by,
    subject: texts.subject(),
    comment: { body: texts.body(), ...spoken },
    tags: ['new_one'],
    custom_fields: custom(kit),
  })
  return true
}

function custom({ store, random }: Kit) {
  return [...store.fields.values()]
    .filter((field) => field.removable && random.chance(0.2))
    .map((field) => ({ id: field.id, value: fieldValue(random, field, store.users.keys().next().value ?? -1) }))
}

function changes(kit: Kit) {
  const { random } = kit
  return {
    status: random.pick(['open', 'pending', 'hold', 'solved', 'open']),
    priority: random.pick(['low', 'normal', 'high', 'urgent', null]),
    tags: random.some(['billing', 'refund', 'bug', 'größe', `t${random.between(1, 99)}`], 2),
    custom_fields: custom(kit),
  }
}

function comment({ random, texts }: Kit) {
  return random.chance(0.5) ? { body: texts.reply() } : { body: texts.note(), public: false }
}
