import type { Ticket } from '../model.ts'

/** When a ticket came into the status that it has (epoch seconds). */
export function statusSince(ticket: Ticket): number {
  return timeOfLast(ticket, 'status') ?? ticket.created
}

/** When a field of a ticket was written last (epoch seconds); undefined if never. */
export function timeOfLast(ticket: Ticket, field: string): number | undefined {
  return ticket.audits.findLast(({ events }) => events.some((event) => 'field' in event && event.field === field))?.at
}

/** When someone wrote to a ticket last (epoch seconds); undefined if never. */
export function lastWriteBy(ticket: Ticket, user: number | null): number | undefined {
  return ticket.audits.findLast(({ author }) => author === user)?.at
}
