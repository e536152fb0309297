import type { TicketAttachment } from '../../generated/ticket_attachments.ts'
import { defineStream } from '../define.ts'
import { attachedFile } from '../files.ts'
import { commentsOfEvents, isComment, type TicketEventRow, withComments } from './comment-events.ts'
import { ofTicket, ticketEventExport } from './events.ts'
import { eventsFromAudits } from './events-from-audits.ts'

/** The files of comments. It is not known whether two comments can share a file, so the key has both ids. */
export const ticketAttachments = defineStream<TicketAttachment, TicketEventRow>()({
  name: 'ticket_attachments',
  primaryKey: ['id', 'comment_id'],
  cursorField: 'created_at',
  walk: ticketEventExport,
  include: withComments,
  sideLoads: [commentsOfEvents],
  parent: ofTicket,
  at: ['child_events', 'attachments'],
  reads: {
    ticket_id: true,
    created_at: true,
    child_events: { id: true, event_type: true, created_at: true, attachments: {} },
  },
  picks: { child_events: isComment },
  adds: {
    comment_id: (_, comment) => comment.id,
    ticket_id: (_, __, event) => event.ticket_id,
    created_at: (_, comment, event) => comment.created_at ?? event.created_at,
  },
  file: attachedFile,
  fallback: eventsFromAudits,
})
