import type { Audit, CommentEvent, Row, Ticket } from '../account/model.ts'
import { isArchived, isListed, metricSetId, type Store, ticketOf } from '../account/store.ts'
import type { Asked } from '../http/links.ts'
import { asksForCursor } from '../http/list-pages.ts'
import { byTime, only, reversed, type Sequence, sorted } from '../http/sequence.ts'
import { auditRow } from '../records/audit.ts'
import { commentRow, eventId } from '../records/comment.ts'
import { metricSetRow } from '../records/metrics.ts'
import { CURSOR_LISTED, deletedTicketRow, LISTED, ticketRow, WHOLE } from '../records/ticket.ts'
import { countRow, type Family, found, idOf, included, listPage, type Routes, type Served } from './route.ts'
import { embedded, sideLoads } from './side-loads.ts'
import { deletedTickets, liveTickets, liveTicketsSortedBy } from './ticket-sequences.ts'

/** Tickets, their comments, audits and metrics, and the deleted ones. */
export function ticketRoutes({ store }: Served): readonly Family[] {
  // Deleted tickets answer 404 to clients that know their id, as real ones were seen to.
  const ticket = (id: string | undefined, route: string): Ticket => {
    const one = ticketOf(store, idOf(id, route))
    return found(one?.deleted === 0 ? one : undefined)
  }
  const list = (asked: Asked): Row => {
    const byCursor = asksForCursor(asked)
    const { query } = asked
    const descending = query.get('sort_order') === 'desc'
    const external = query.get('external_id')
    const all = byCursor
      ? liveTickets(store, query.get('sort') ?? '')
      : liveTicketsSortedBy(store, query.get('sort_by') ?? '', descending)
    const sequence = external === null ? all : only(all, (one) => one.values.external_id === external)
    const { items, envelope } = listPage(asked, sequence, 'api/v2/tickets/index')
    const include = included(asked)
    const shape = byCursor ? CURSOR_LISTED : LISTED
    return {
      tickets: items.map((one) => ({ ...ticketRow(store, one, shape), ...embedded(store, one, include, false) })),
      ...sideLoads(store, items, include),
      ...(include.has('metric_sets') ? { metric_sets: items.map((one) => metricSetRow(store, one)) } : {}),
      ...envelope,
    }
  }
  const metrics = only(byTime(store.order.ticketsByCreation, '-created_at,id', true), (one) => isListed(store, one))

  const audits: Routes = {
    'GET /tickets/:id/audits': ({ asked, params }) => {
      const one = ticket(params['id'], 'api/v2/audits/index')
      const rows = (audits: readonly Audit[]) => audits.map((audit) => auditRow(store, audit))
      // Assumed: the archive's audits come whole, in the envelope of offset pagination, whatever was asked for.
      if (isArchived(store, one))
        return { audits: rows(one.audits), next_page: null, previous_page: null, count: one.audits.length }
      const ascending = sorted(one.audits, 'created_at,id', 'di', (audit) => [audit.at, audit.id])
      const descending = asked.query.get('sort_order') === 'desc' || asked.query.get('sort') === '-created_at'
      const { items, envelope } = listPage(asked, descending ? reversed(ascending) : ascending, 'api/v2/audits/index')
      return { audits: rows(items), ...envelope }
    },
  }
  const routes: Routes = {
    'GET /tickets': ({ asked }) => list(asked),
    'GET /tickets/count': () => countRow(store, liveTickets(store, '').walk(undefined, 1)),
    'GET /tickets/:id': ({ asked, params }) => {
      const one = ticket(params['id'], 'api/v2/tickets/show')
      const include = included(asked)
      const row = { ...ticketRow(store, one, WHOLE), ...embedded(store, one, include, false) }
      return { ticket: row, ...sideLoads(store, [one], include) }
    },
    'GET /tickets/:id/comments': ({ asked, params }) => {
      const one = ticket(params['id'], 'api/v2/comments/index')
      const descending = asked.query.get('sort_order') === 'desc' || asked.query.get('sort') === '-created_at'
      const comments = commentsOf(one)
      const sequence = descending ? reversed(comments) : comments
      const { items, envelope } = listPage(asked, sequence, 'api/v2/comments/index')
      return { comments: items.map(({ audit, nth, comment }) => commentRow(store, audit, nth, comment)), ...envelope }
    },
    'GET /tickets/:id/metrics': ({ params }) => ({
      ticket_metric: metricSetRow(store, ticket(params['id'], 'api/v2/ticket_metrics/show')),
    }),
    'GET /ticket_metrics': ({ asked }) => {
      const { items, envelope } = listPage(asked, metrics, 'api/v2/ticket_metrics/index')
      return { ticket_metrics: items.map((one) => metricSetRow(store, one)), ...envelope }
    },
    'GET /ticket_metrics/:id': ({ params }) => {
      const id = idOf(params['id'], 'api/v2/ticket_metrics/show')
      const one = store.tickets.find((candidate) => metricSetId(candidate) === id && candidate.deleted === 0)
      return { ticket_metric: metricSetRow(store, found(one)) }
    },
    'GET /deleted_tickets': ({ asked }) => deletedList(store, asked),
  }
  return [
    { who: 'agent', scope: 'tickets', routes },
    // Audits need the global scope: `tickets:read` is refused.
    { who: 'agent', routes: audits },
  ]
}

function deletedList(store: Store, asked: Asked): Row {
  const { query } = asked
  const byCursor = asksForCursor(asked)
  const sequence = deletedTickets(
    store,
    (byCursor ? query.get('sort') : query.get('sort_by')?.replace('subject', '')) ?? '',
  )
  const descending = !byCursor && query.get('sort_order') === 'desc'
  const { items, envelope } = listPage(
    asked,
    descending ? reversed(sequence) : sequence,
    'api/v2/deleted_tickets/index',
  )
  return { deleted_tickets: items.map((one) => deletedTicketRow(store, one)), ...envelope }
}

type Comment = { readonly audit: Audit; readonly nth: number; readonly comment: CommentEvent }

function commentsOf(ticket: Ticket): Sequence<Comment> {
  const comments = ticket.audits.flatMap((audit) =>
    audit.events.flatMap((event, nth): Comment[] => ('body' in event ? [{ audit, nth, comment: event }] : [])),
  )
  return sorted(comments, 'created_at,id', 'di', ({ audit, nth }) => [audit.at, eventId(audit, nth)])
}
