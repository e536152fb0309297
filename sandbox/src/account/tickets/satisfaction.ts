import type { OtherEvent, Ticket } from '../model.ts'
import { perVersion } from '../per-version.ts'
import type { Store } from '../store.ts'
import { type Actor, saveTicket } from './save.ts'

/** A reason that a customer can give for a bad rating. `code` is Zendesk's. */
export type SatisfactionReason = { readonly id: number; readonly code: number; readonly value: string }

/** The reasons that every account has (https://developer.zendesk.com/api-reference/ticketing/ticket-management/satisfaction_reasons/). */
export const REASONS: readonly SatisfactionReason[] = (
  [
    [0, 'No reason provided'],
    [5, 'The issue took too long to resolve'],
    [6, 'The issue was not resolved'],
    [7, "The agent's knowledge is unsatisfactory"],
    [8, "The agent's attitude is unsatisfactory"],
    [100, 'Some other reason'],
  ] as const
).map(([code, value], nth) => ({ id: 22_000_000_000_001 + nth, code, value }))

/** The reason at this place; without one, none was given. */
export function reasonOf(place: number | undefined): SatisfactionReason {
  return REASONS[place ?? 0] as SatisfactionReason
}

const RATING_IDS = 33_000_000_000_000

/** The id of a ticket's satisfaction rating: it has one, from the offer on. */
export function ratingId(ticket: number): number {
  return RATING_IDS + ticket
}

/** The ticket of a rating's id. */
export function ratedTicketId(rating: number): number {
  return rating - RATING_IDS
}

/** A rating, which follows from its ticket's audits: times in epoch seconds, the people and group as they were then. */
export type Rating = {
  readonly ticket: Ticket
  readonly score: string
  readonly created: number
  readonly updated: number
  readonly requester: number
  readonly assignee: number | null
  readonly group: number | null
}

/**
 * The rating of a ticket; undefined if none was offered, or the ticket is deleted. Assumed (fact 365): ratings go with
 * their tickets.
 */
export function ratingOf(ticket: Ticket): Rating | undefined {
  const score = ticket.values.satisfaction_score
  if (score === 'unoffered' || ticket.deleted > 0) return undefined
  let [created, updated] = [0, 0]
  let [assignee, group, requester]: [number | null, number | null, number] = [null, null, ticket.values.requester_id]
  const then = { assignee, group, requester }
  for (const { at, events } of ticket.audits) {
    let rated = false
    for (const event of events) {
      if (event.type !== 'Create' && event.type !== 'Change') continue
      if (event.field === 'assignee_id') assignee = event.value as number | null
      if (event.field === 'group_id') group = event.value as number | null
      if (event.field === 'requester_id') requester = event.value as number
      rated ||= event.field === 'satisfaction_score'
    }
    if (!rated) continue
    created ||= at
    updated = at
    Object.assign(then, { assignee, group, requester })
  }
  return { ticket, score, created, updated, ...then }
}

/** The event of a customer's rating. */
export function satisfactionEvent({ values, rare }: Ticket, score: string): OtherEvent {
  const body = rare?.ratingComment ?? null
  return { type: 'Other', kind: 'SatisfactionRating', values: { score, assignee_id: values.assignee_id, body } }
}

/** A customer's rating in words; `reason` is a place in `REASONS`, which only a bad rating has. */
export type Said = { readonly score: string; readonly comment?: string | undefined; readonly reason?: number }

/** Writes a customer's rating of a ticket. */
export function rate(store: Store, ticket: Ticket, { score, comment = '', reason = 0 }: Said, actor: Actor): void {
  ticket.rare = {
    ...ticket.rare,
    ...(comment === '' ? {} : { ratingComment: comment }),
    ...(score === 'bad' && reason > 0 ? { ratingReason: reason } : {}),
  }
  const others = [satisfactionEvent(ticket, score)]
  saveTicket(store, ticket, { at: store.clock.now(), ...actor, changes: { satisfaction_score: score }, others })
}

/** All ratings by time of creation, oldest first. */
export function createRatings(store: Store): () => readonly Rating[] {
  return perVersion(store, () =>
    store.tickets
      .flatMap((ticket) => ratingOf(ticket) ?? [])
      .sort((one, other) => one.created - other.created || one.ticket.id - other.ticket.id),
  )
}
