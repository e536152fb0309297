import type { TicketEvent } from '../../generated/ticket_events.ts'
import type { Ticket } from '../../generated/tickets.ts'
import { timeExport } from '../../zendesk/walks/time-export.ts'
import { defineParent, defineStream } from '../define.ts'
import { commentsOfEvents, type TicketEventRow, withComments } from './comment-events.ts'
import { eventsFromAudits } from './events-from-audits.ts'
import { showTicket } from './side-loads.ts'
import { ticketDeletion, ticketExport } from './tickets.ts'

/**
 * The ticket event export: each audit of each ticket, archived ones too, in order of time.
 * https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/#incremental-ticket-event-export
 */
export const ticketEventExport = timeExport({
  name: 'ticket_event_export',
  path: 'incremental/ticket_events',
  key: 'ticket_events',
  bucket: 'incremental-exports',
  configured: ['support_type_scope'],
  timeField: 'timestamp',
})

// Assumed (fact 310): the event of a restored ticket has the previous status "deleted", like any other change of status.
const isRestoration = (entry: { readonly previous_value: unknown; readonly status: unknown }): boolean =>
  entry.previous_value === 'deleted' && 'status' in entry

/** Events, and records made of them, are deleted with their ticket: Zendesk answers 404 for them then, without their ids. */
export const ofTicket = defineParent<Ticket, TicketEventRow>()({
  walk: ticketExport,
  ...ticketDeletion,
  childReads: { ticket_id: true, child_events: { previous_value: true, status: true } },
  picks: { child_events: isRestoration },
  idOf: ({ ticket_id }) => ticket_id,
  restoredBy: ({ ticket_id, child_events }) => (child_events?.some(isRestoration) ? ticket_id : undefined),
  show: showTicket,
})

/** The events as the export gives them, with whole comments. */
export const ticketEvents = defineStream<TicketEvent, TicketEventRow>()({
  name: 'ticket_events',
  cursorField: 'timestamp',
  walk: ticketEventExport,
  include: withComments,
  sideLoads: [commentsOfEvents],
  parent: ofTicket,
  reads: {},
  fallback: eventsFromAudits,
})
