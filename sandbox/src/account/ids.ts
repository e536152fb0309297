import type { Audit, Ticket } from './model.ts'
import { metricEventsOf } from './tickets/metric-events.ts'

/** The distance between two ids, so that an audit leaves room for its events' ids and these for their attachments'. */
export const ID_STRIDE = 8192
export const FIRST_ID = 46_000_000_000_000
/** The account's own id, as job results and webhook events have it. */
export const ACCOUNT_ID = 25_000_001
const EVENT_STRIDE = 128
const METRIC_EVENT_IDS = 31_000_000_000_000
const METRIC_SET_IDS = 32_000_000_000_000

/** The id that breaks ties in `/tickets?sort=updated_at`: no field shows it, and it doesn't follow the public id. */
export function internalTicketId(ticket: Ticket): number {
  return FIRST_ID - ID_STRIDE * 1_000_000_000 + (ticket.id ^ 1) * ID_STRIDE
}

/** The id of a ticket's metric set. */
export function metricSetId(ticket: Ticket): number {
  return METRIC_SET_IDS + ticket.id * ID_STRIDE
}

/** The id of a metric set's ticket; undefined if the id belongs to no metric set. */
export function metricSetTicket(id: number): number | undefined {
  const ticket = (id - METRIC_SET_IDS) / ID_STRIDE
  return Number.isSafeInteger(ticket) && ticket > 0 ? ticket : undefined
}

/** The id of the nth (from 0) metric event of a ticket, which also stands for it in the store. */
export function metricEventRef(ticket: Ticket, nth: number): number {
  return METRIC_EVENT_IDS + ticket.id * ID_STRIDE + nth
}

/** The metric event that a reference stands for. */
export function metricEventAt(tickets: readonly Ticket[], ref: number) {
  const offset = ref - METRIC_EVENT_IDS
  const ticket = tickets[Math.floor(offset / ID_STRIDE) - 1]
  const event = ticket && metricEventsOf(ticket)[offset % ID_STRIDE]
  if (event === undefined) throw new RangeError(`No metric event ${ref}.`)
  return event
}

/** The id of the ticket that a metric event belongs to. */
export function metricEventTicket(ref: number): number {
  return Math.floor((ref - METRIC_EVENT_IDS) / ID_STRIDE)
}

/** The id of an audit's nth event (from 0): a comment's id is its event's. */
export function eventId(audit: Audit, nth: number): number {
  return audit.id + EVENT_STRIDE * (nth + 1)
}
