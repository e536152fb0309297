import type { TicketMetricEvent } from '../../generated/ticket_metric_events.ts'
import type { Ticket } from '../../generated/tickets.ts'
import type { Page, RecordData, Walk } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import { belowParent } from '../../zendesk/walks/below-parent.ts'
import { oneAnswer } from '../../zendesk/walks/list.ts'
import { areRows } from '../../zendesk/walks/rows.ts'
import { timeExport } from '../../zendesk/walks/time-export.ts'
import { defineParent, defineStream } from '../define.ts'
import { showTicket } from './side-loads.ts'
import { ticketDeletion, ticketExport, ticketsFallback } from './tickets.ts'

/** For how long after a change its metric events may still appear, in seconds. */
const LAG = 30 * 60

/**
 * The metric events of a ticket, by name of a metric.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_metric_events/
 */
const eventsOf = (ticket_id: unknown): Walk => ({
  ...belowParent(oneAnswer(`tickets/${ticket_id}/metric_events`, metricEventsIn), { ticket_id }),
})

/**
 * The export gives an event again if its ticket is deleted, and if it is restored. The second is assumed (fact 351), so that
 * the ticket export counts as well.
 */
const ofTicket = defineParent<Ticket, TicketMetricEvent & { readonly ticket_id: number }>()({
  walk: ticketExport,
  ...ticketDeletion,
  childReads: { ticket_id: true },
  idOf: ({ ticket_id }) => ticket_id,
  ofRestored: eventsOf,
  show: showTicket,
})

/**
 * Events appear up to 13 minutes after the change whose time they have (probed): each sync reads the last half hour again,
 * and emits what is new in it.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_metric_events/
 */
export const ticketMetricEvents = defineStream<TicketMetricEvent>()({
  name: 'ticket_metric_events',
  priority: 3,
  cursorField: 'time',
  walk: timeExport({
    name: 'ticket_metric_event_export',
    path: 'incremental/ticket_metric_events',
    key: 'ticket_metric_events',
    bucket: 'incremental-exports',
    timeField: 'time',
    lag: LAG,
    reads: { type: true, deleted: true },
    // An event appears again when its ticket is deleted or restored; a breach appears ahead of its time.
    isDisplaced: ({ deleted, type }) => deleted === true || type === 'breach',
    mayBeDisplaced: ({ deleted, type }) => deleted !== undefined || type === 'breach',
  }),
  parent: ofTicket,
  reads: { deleted: true, time: true },
  // The row does not say when it was deleted: its own time stands for that.
  deletedAt: ({ deleted, time }) => (deleted === true ? time : undefined),
  fallback: ticketsFallback<TicketMetricEvent>({
    // The export orders events by their own time, and a breach does not change its ticket.
    isReordered: true,
    children: {
      due: 'byTime',
      name: 'metric_events_of_ticket',
      walk: ({ id }) => eventsOf(id),
      timeOf: ({ time }) => epochOf(time) ?? 0,
      lag: LAG,
      // The list does not show that the ticket was restored, or which events are missing.
      isWhole: true,
      // Breaches appear as soon as a policy applies. Assumed (fact 311): no more than a month ahead.
      ahead: 31 * 86_400,
      tombstoneOf: (id, ticket_id) => ({ id, ticket_id }),
    },
  }),
})

/** The events in lists by metric. */
function metricEventsIn(page: Page): readonly RecordData[] | undefined {
  const lists = Object.values(page)
  return lists.every(areRows) && lists.flat().every(({ id }) => typeof id === 'number') ? lists.flat() : undefined
}
