import type { TicketAudit } from '../../generated/ticket_audits.ts'
import { belowParent } from '../../zendesk/walks/below-parent.ts'
import { createdList, cursorList } from '../../zendesk/walks/list.ts'
import { defineStream } from '../define.ts'
import type { TicketEventRow } from './comment-events.ts'
import { ofTicket, ticketEventExport } from './events.ts'
import { auditsFallback } from './events-from-audits.ts'

/**
 * The event export gives stubs of all audits, for live and archived tickets alike. The full audits come from the list of all
 * audits. That leaves out archived tickets and may skip rows at its end: those audits come from their ticket.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_audits/
 */
export const ticketAudits = defineStream<TicketAudit, TicketEventRow>()({
  name: 'ticket_audits',
  cursorField: 'created_at',
  cursorFormat: 'iso',
  walk: ticketEventExport,
  parent: ofTicket,
  reads: { id: true, ticket_id: true, created_at: true },
  records: (rows) => rows.map(({ id, ticket_id, created_at }) => ({ id, ticket_id, created_at })),
  fallback: auditsFallback({ records: (audits) => audits }),
  hydrate: {
    list: (from) => createdList({ name: 'ticket_audit_list', path: 'ticket_audits', key: 'audits' }, from),
    ofParent: (ticket_id) =>
      belowParent(cursorList({ name: 'audits_of_ticket', path: `tickets/${ticket_id}/audits`, key: 'audits' }), {
        ticket_id,
      }),
    parentField: 'ticket_id',
  },
})
