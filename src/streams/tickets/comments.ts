import type { TicketComment } from '../../generated/ticket_comments.ts'
import { defineStream } from '../define.ts'
import { commentsOfEvents, isComment, type TicketEventRow, withComments } from './comment-events.ts'
import { ofTicket, ticketEventExport } from './events.ts'
import { eventsFromAudits } from './events-from-audits.ts'

/** The comments among the entries of ticket events. */
export const ticketComments = defineStream<TicketComment, TicketEventRow>()({
  name: 'ticket_comments',
  priority: 2,
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
