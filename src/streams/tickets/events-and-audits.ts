import type { TicketAudit } from '../../generated/ticket_audits.ts'
import type { TicketComment } from '../../generated/ticket_comments.ts'
import type { TicketMetricEvent } from '../../generated/ticket_metric_events.ts'
import type { Ticket } from '../../generated/tickets.ts'
import type { Page, RecordData } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import { createdList, cursorList, oneAnswer } from '../../zendesk/walks/list.ts'
import { areRows } from '../../zendesk/walks/rows.ts'
import { timeExport } from '../../zendesk/walks/time-export.ts'
import { defineParent, defineStream } from '../define.ts'
import { commentsOfEvents, type EventRow, isComment, withComments } from './comment-events.ts'
import { auditsByList, eventsFromAudits } from './events-from-audits.ts'
import { showTicket } from './side-loads.ts'
import { ticketDeletion, ticketExport, ticketsByList } from './tickets.ts'

// Assumed (fact 310): a restored ticket's event says that its status was "deleted", as that of any other change of
// status would.
const isRestoration = (entry: { readonly previous_value: unknown; readonly status: unknown }): boolean =>
  entry.previous_value === 'deleted' && 'status' in entry

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

/** Comments and audits go with their ticket. Zendesk answers 404 for those of a deleted ticket, and tells no ids. */
export const ofTicket = defineParent<Ticket, EventRow>()({
  walk: ticketExport,
  ...ticketDeletion,
  childReads: { ticket_id: true, child_events: { previous_value: true, status: true } },
  picks: { child_events: isRestoration },
  idOf: ({ ticket_id }) => ticket_id,
  restoredBy: ({ ticket_id, child_events }) => (child_events?.some(isRestoration) ? ticket_id : undefined),
  show: showTicket,
})

export const ticketComments = defineStream<TicketComment, EventRow>()({
  name: 'ticket_comments',
  isSelectedByDefault: true,
  cursorField: 'created_at',
  walk: ticketEventExport,
  include: withComments,
  sideLoads: [commentsOfEvents],
  parent: ofTicket,
  at: ['child_events'],
  reads: {
    ticket_id: true,
    created_at: true,
    timestamp: true,
    child_events: { event_type: true, created_at: true },
  },
  picks: { child_events: isComment },
  adds: {
    created_at: (comment, event) => comment.created_at ?? event.created_at,
    ticket_id: (_, event) => event.ticket_id,
    timestamp: (_, event) => event.timestamp,
  },
  fallback: eventsFromAudits,
})

/**
 * The event export says which audits there are, for live and archived tickets alike; their full form comes from the
 * list of all audits, which leaves out archived tickets and may skip rows at its end, and for those from the ticket.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_audits/
 */
export const ticketAudits = defineStream<TicketAudit, EventRow>()({
  name: 'ticket_audits',
  cursorField: 'created_at',
  cursorFormat: 'iso',
  walk: ticketEventExport,
  parent: ofTicket,
  reads: { id: true, ticket_id: true, created_at: true },
  records: (rows) => rows.map(({ id, ticket_id, created_at }) => ({ id, ticket_id, created_at })),
  fallback: auditsByList({ records: (audits) => audits }),
  hydrate: {
    list: (from) => createdList({ name: 'ticket_audit_list', path: 'ticket_audits', key: 'audits' }, from),
    ofParent: (ticketId) => cursorList({ name: 'audits_of_ticket', path: `tickets/${ticketId}/audits`, key: 'audits' }),
  },
})

/** For how many seconds after a change its metric events may still appear. */
const LATE = 30 * 60

/**
 * Events appear up to 13 minutes after the change that they are stamped with (probed): each sync looks at the last half
 * hour again, and hands on what is new in it.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_metric_events/
 */
export const ticketMetricEvents = defineStream<TicketMetricEvent>()({
  name: 'ticket_metric_events',
  cursorField: 'time',
  walk: timeExport({
    name: 'ticket_metric_event_export',
    path: 'incremental/ticket_metric_events',
    key: 'ticket_metric_events',
    bucket: 'incremental-exports',
    timeField: 'time',
    settle: LATE,
    reads: { type: true, deleted: true },
    // It comes again when its ticket is deleted, or restored; a breach is told ahead of its time.
    isDisplaced: ({ deleted, type }) => deleted === true || type === 'breach',
    mayBeDisplaced: ({ deleted, type }) => deleted !== undefined || type === 'breach',
  }),
  reads: { deleted: true, time: true },
  // The row does not say when it was deleted; its own time is what is known.
  deletedAt: ({ deleted, time }) => (deleted === true ? time : undefined),
  fallback: ticketsByList<TicketMetricEvent>({
    // A breach needs no change of its ticket.
    isReordered: true,
    children: {
      name: 'metric_events_of_ticket',
      walk: ({ id }) => ({ ...oneAnswer(`tickets/${id}/metric_events`, metricEventsIn), isPage: areMetricEvents }),
      timeOf: ({ time }) => epochOf(time) ?? 0,
      lag: LATE,
      // Nothing in it tells that the ticket was restored, or what is no longer there.
      isWhole: true,
      // Breaches are there as soon as a policy applies. Assumed (fact 311): none is further off than a month.
      ahead: 31 * 86_400,
      tombstoneOf: (id, ticket_id) => ({ id, ticket_id }),
    },
  }),
})

/**
 * By name of a metric, its events.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_metric_events/
 */
const metricEventsIn = (page: Page): readonly RecordData[] => (Object.values(page) as RecordData[][]).flat()

const areMetricEvents = (page: Page): boolean =>
  Object.values(page).every((list) => areRows(list) && list.every(({ id }) => typeof id === 'number'))
