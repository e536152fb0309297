import type { Audit, OtherEvent, Ticket } from '../../account/model.ts'
import { staffOf } from '../../account/people/lookup.ts'
import type { Store } from '../../account/store.ts'
import { REASONS, satisfactionEvent } from '../../account/tickets/satisfaction.ts'
import type { Random } from '../../random.ts'
import { rewriteSomeComments } from './rare-comments.ts'
import { createRareKinds } from './rare-kinds.ts'

const DAY = 86_400

/**
 * Adds to the histories what happens rarely: events of unusual kinds, followers, words of ratings, follow-ups of closed
 * tickets, comments that were redacted, made private or written as HTML, and tickets that were deleted for good before
 * their 30 days were over. No audit is added, so that ids and times stay in order.
 */
export function generateRareEvents(store: Store, random: Random, latest: number): void {
  const kindOf = createRareKinds(store, random)
  const agents = staffOf(store)
  for (const ticket of store.tickets) {
    if (ticket.scrubbed) continue
    if (random.chance(0.05)) {
      const event = kindOf(ticket)
      if (event !== undefined) append(random.pick(ticket.audits), event)
    }
    if (random.chance(0.01)) addFollowers(ticket, random.some(agents, 2))
    giveWords(ticket, random)
    rewriteSomeComments(ticket, random)
    if (ticket.deleted > latest - 30 * DAY && random.chance(0.15)) scrubEarly(store, ticket, random, latest)
  }
  linkFollowUps(store, random)
}

function append(audit: Audit, event: OtherEvent): void {
  audit.events = [...audit.events, event]
}

function addFollowers(ticket: Ticket, agents: readonly { readonly id: number }[]): void {
  const followers = agents.map(({ id }) => id)
  const last = ticket.audits.at(-1)
  if (followers.length === 0 || last === undefined) return
  ticket.rare = { ...ticket.rare, followers }
  const values = { current_followers: followers.map(String), previous_followers: [] }
  append(last, { type: 'Other', kind: 'FollowersChange', values })
}

const WORDS = ['Took a day', 'Thank you! 🙏', 'Nicht gelöst…', 'très <b>bien</b>', 'ok\u2028ok', 'x'.repeat(300)]

// Customers who rate say something now and then, and why if they are not content.
function giveWords(ticket: Ticket, random: Random): void {
  const score = ticket.values.satisfaction_score
  if (score !== 'good' && score !== 'bad') return
  if (random.chance(0.4)) ticket.rare = { ...ticket.rare, ratingComment: random.pick(WORDS) }
  if (score === 'bad' && random.chance(0.7))
    ticket.rare = { ...ticket.rare, ratingReason: random.between(1, REASONS.length - 1) }
  const rated = ticket.audits.findLast(({ events }) =>
    events.some((event) => event.type === 'Change' && event.field === 'satisfaction_score' && event.value === score),
  )
  if (rated !== undefined) append(rated, satisfactionEvent(ticket, score))
}

function scrubEarly(store: Store, ticket: Ticket, random: Random, latest: number): void {
  ticket.scrubbed = true
  ticket.generated = random.between(Math.min(ticket.generated, latest), latest)
  store.order.ticketsByGenerated.place(ticket)
}

// A follow-up is created after the ticket that it follows up was closed.
function linkFollowUps(store: Store, random: Random): void {
  const closed: Ticket[] = []
  for (const ticket of store.tickets) {
    const [first] = ticket.audits
    const source = closed.find((one) => one.closed < ticket.created)
    const plain = first !== undefined && ['web', 'api', 'email'].includes(first.via.channel) && !ticket.scrubbed
    if (source !== undefined && plain && random.chance(0.1)) {
      closed.splice(closed.indexOf(source), 1)
      Object.assign(first, {
        via: { channel: first.via.channel, followUp: { id: source.id, subject: source.values.subject } },
      })
      ticket.rare = { ...ticket.rare, followUpOf: source.id }
      source.rare = { ...source.rare, followUps: [...(source.rare?.followUps ?? []), ticket.id] }
      source.generated = Math.max(source.generated, ticket.created)
      store.order.ticketsByGenerated.place(source)
    }
    if (ticket.closed > 0 && ticket.deleted === 0 && random.chance(0.02)) closed.push(ticket)
  }
}
