import type { Row, Ticket } from '../account/model.ts'
import type { Index } from '../account/ordered-index.ts'
import { metricEventAt, metricEventTicket } from '../account/store.ts'
import { cursorExportPage, type Export, timeExportPage } from '../http/export-pages.ts'
import type { Asked } from '../http/links.ts'
import { asksForCursor, cursorPage } from '../http/list-pages.ts'
import { byTime, only } from '../http/sequence.ts'
import { metricEventRow } from '../records/metrics.ts'
import { exportedOrganizationRow, exportedUserRow } from '../records/people.ts'
import { ticketRow, WHOLE } from '../records/ticket.ts'
import { ticketEventRow } from '../records/ticket-event.ts'
import { type Family, flag, included, type Routes, type Served } from './route.ts'
import { embedded, sideLoads } from './side-loads.ts'

/** The incremental exports. */
export function exportRoutes(served: Served): readonly Family[] {
  const { store, exportPageSize } = served
  const { order, clock } = store
  const exported = <T>(asked: Asked, index: Index<T>, name: string, passes?: (item: T) => boolean): Export<T> => ({
    asked,
    clock,
    index,
    passes,
    largest: exportPageSize,
    route: `api/v2/incremental/${name}`,
  })
  const ticketExport = (asked: Asked, name: string) =>
    exported(
      asked,
      order.ticketsByGenerated,
      name,
      flag(asked, 'exclude_deleted') ? (one) => one.deleted === 0 : undefined,
    )
  const ticketRows = (asked: Asked, tickets: readonly Ticket[]): Row => {
    const include = included(asked)
    const rows = tickets.map((ticket) => ({
      ...ticketRow(store, ticket, WHOLE),
      ...embedded(store, ticket, include, true),
    }))
    return { tickets: rows, ...sideLoads(store, tickets, include) }
  }

  const tickets: Routes = {
    'GET /incremental/tickets/cursor': ({ asked }) => {
      const { items, envelope } = cursorExportPage(ticketExport(asked, 'tickets/cursor'))
      return { ...ticketRows(asked, items), ...envelope }
    },
    'GET /incremental/tickets': ({ asked }) => {
      const { items, next } = timeExportPage(ticketExport(asked, 'tickets'))
      return { ...ticketRows(asked, items), count: items.length, end_of_stream: next['end_of_stream'], ...next }
    },
  }
  const users: Routes = {
    'GET /incremental/users/cursor': ({ asked }) => {
      const { items, envelope } = cursorExportPage(exported(asked, order.usersByUpdated, 'users/cursor'))
      return { users: items.map((user) => exportedUserRow(store, user)), ...envelope }
    },
    'GET /incremental/users': ({ asked }) => {
      const { items, next } = timeExportPage(exported(asked, order.usersByUpdated, 'users'))
      return { users: items.map((user) => exportedUserRow(store, user)), ...timeEnvelope(items.length, next) }
    },
  }
  const organizations: Routes = {
    'GET /incremental/organizations': ({ asked }) => {
      const { items, next } = timeExportPage(exported(asked, order.organizationsByExport, 'organizations'))
      return {
        organizations: items.map((one) => exportedOrganizationRow(store, one)),
        ...timeEnvelope(items.length, next),
      }
    },
  }
  const events: Routes = {
    'GET /incremental/ticket_events': ({ asked }) => {
      const { items, next } = timeExportPage(exported(asked, order.audits, 'ticket_events'))
      const withComments = included(asked).has('comment_events')
      const rows = items.map((audit) => ticketEventRow(store, audit, withComments))
      return { ticket_events: rows, ...timeEnvelope(items.length, next) }
    },
    'GET /incremental/ticket_metric_events': ({ asked }) => {
      const kept = flag(asked, 'exclude_deleted')
        ? (ref: number) => !metricEventAt(store.tickets, ref).deleted
        : undefined
      const rows = (refs: readonly number[]) =>
        refs.map((ref) => metricEventRow(ref, metricEventTicket(ref), metricEventAt(store.tickets, ref)))
      if (asksForCursor(asked)) {
        // Assumed: the name of the order, and that the hold-back and `start_time` hold in this mode as well.
        const horizon = clock.now() - 60
        const start = Number(asked.query.get('start_time') ?? 0)
        const index = order.metricEvents
        const visible = (ref: number) =>
          index.major(ref) >= start && index.major(ref) <= horizon && kept?.(ref) !== false
        const { items, envelope } = cursorPage(asked, only(byTime(index, 'time,id'), visible), 1000)
        return { ticket_metric_events: rows(items), ...envelope }
      }
      const { items, next } = timeExportPage(exported(asked, order.metricEvents, 'ticket_metric_events', kept))
      return { ticket_metric_events: rows(items), ...timeEnvelope(items.length, next) }
    },
  }
  return [
    { who: 'admin', scope: 'tickets', routes: tickets },
    { who: 'admin', scope: 'users', routes: users },
    { who: 'admin', scope: 'organizations', routes: organizations },
    { who: 'admin', routes: events },
  ]
}

function timeEnvelope(count: number, { next_page, end_of_stream, end_time }: Row): Row {
  return { next_page, count, end_of_stream, end_time }
}
