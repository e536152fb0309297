import type { TicketAudit } from '../../generated/ticket_audits.ts'
import type { TicketComment } from '../../generated/ticket_comments.ts'
import type { TicketMetricEvent } from '../../generated/ticket_metric_events.ts'
import { withFields } from '../../model/raw-record.ts'
import type { Page, Parent, RecordData } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import { createdList, cursorList, oneAnswer } from '../../zendesk/walks/list.ts'
import { areRows } from '../../zendesk/walks/rows.ts'
import { timeExport } from '../../zendesk/walks/time-export.ts'
import { defineStream } from '../define.ts'
import { childrenOf, commentsIn, commentsOfEvents, isComment, withComments } from './comment-events.ts'
import { auditsByList, eventsByList } from './events-from-audits.ts'
import { showTicket } from './side-loads.ts'
import { ticketDeletedAt, ticketExport, ticketsByList } from './tickets.ts'

// Assumed (fact 310): a restored ticket's event says that its status was "deleted", as that of any other change of
// status would.
const isRestoration = (child: RecordData): boolean => child['previous_value'] === 'deleted' && 'status' in child

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
  reads: { ticket_id: true, created_at: true, child_events: { previous_value: true, status: true } },
  picks: { child_events: isRestoration },
})

/** Comments and audits go with their ticket. Zendesk answers 404 for those of a deleted ticket, and tells no ids. */
export const ofTicket: Parent = {
  walk: ticketExport,
  idOf: (child) => child['ticket_id'] as number,
  deletionOf(ticket) {
    const deletedAt = ticketDeletedAt(ticket)
    return deletedAt === undefined
      ? undefined
      : { id: ticket['id'] as number, deletedAt, createdAt: epochOf(ticket['created_at']) ?? 0 }
  },
  restoredBy: (event) => (childrenOf(event).some(isRestoration) ? (event['ticket_id'] as number) : undefined),
  show: showTicket,
}

/** What entries that are no comments have: the fields of tickets that they set or change, and words of mails and ratings. */
const IN_OTHER_ENTRIES = [
  ...['previous_value', 'added_tags', 'removed_tags', 'recipients', 'value', 'score', 'custom_ticket_fields'],
  ...['subject', 'description', 'priority', 'status', 'custom_status_id', 'tags', 'due_at', 'external_id'],
  ...['requester_id', 'assignee_id', 'group_id', 'organization_id', 'brand_id', 'ticket_form_id', 'problem_id'],
  ...['satisfaction_score', 'is_public', 'comment_present', 'comment_public'],
]

export const ticketComments = defineStream<TicketComment>({
  name: 'ticket_comments',
  cursorField: 'created_at',
  walk: ticketEventExport,
  include: withComments,
  sideLoads: [commentsOfEvents],
  parent: ofTicket,
  at: ['child_events'],
  among: IN_OTHER_ENTRIES,
  reads: { child_events: { event_type: true, created_at: true } },
  picks: { child_events: isComment },
  sets: ['created_at', 'ticket_id', 'timestamp'],
  records: commentRecords,
  fallback: eventsByList(commentRecords),
})

function commentRecords(rows: readonly RecordData[]): readonly RecordData[] {
  return rows.flatMap((event) =>
    commentsIn(event).map((comment) =>
      withFields(comment, {
        created_at: comment['created_at'] ?? event['created_at'],
        ticket_id: event['ticket_id'],
        timestamp: event['timestamp'],
      }),
    ),
  )
}

const AUDIT = { id: true, ticket_id: true, created_at: true } as const

/**
 * The event export says which audits there are, for live and archived tickets alike; their full form comes from the
 * list of all audits, which leaves out archived tickets and may skip rows at its end, and for those from the ticket.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_audits/
 */
export const ticketAudits = defineStream<TicketAudit>({
  name: 'ticket_audits',
  cursorField: 'created_at',
  cursorFormat: 'iso',
  walk: ticketEventExport,
  parent: ofTicket,
  reads: {},
  records: (rows) => rows.map(({ id, ticket_id, created_at }) => ({ id, ticket_id, created_at })),
  fallback: auditsByList((audits) => audits),
  hydrate: {
    list: (from) =>
      createdList({ name: 'ticket_audit_list', path: 'ticket_audits', key: 'audits', reads: AUDIT }, from),
    ofParent: (ticketId) =>
      cursorList({ name: 'audits_of_ticket', path: `tickets/${ticketId}/audits`, key: 'audits', reads: AUDIT }),
  },
})

/** For how many seconds after a change its metric events may still appear. */
const LATE = 30 * 60

/**
 * Events appear up to 13 minutes after the change that they are stamped with (probed): each sync looks at the last half
 * hour again, and hands on what is new in it.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_metric_events/
 */
export const ticketMetricEvents = defineStream<TicketMetricEvent>({
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
    isDisplaced: (event) => event['deleted'] === true || event['type'] === 'breach',
    mayBeDisplaced: (event) => event['deleted'] !== undefined || event['type'] === 'breach',
  }),
  reads: {},
  // The row does not say when it was deleted; its own time is what is known.
  deletedAt: (event) => (event['deleted'] === true ? (event['time'] as string) : undefined),
  fallback: ticketsByList({
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
    records: (rows) => rows,
  }),
})

/**
 * By name of a metric, its events.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_metric_events/
 */
const metricEventsIn = (page: Page): readonly RecordData[] => (Object.values(page) as RecordData[][]).flat()

const areMetricEvents = (page: Page): boolean =>
  Object.values(page).every((list) => areRows(list) && list.every(({ id }) => typeof id === 'number'))
