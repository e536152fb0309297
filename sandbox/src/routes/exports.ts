import { metricEventAt, metricEventTicket } from '../account/ids.ts'
import type { Row, Ticket } from '../account/model.ts'
import type { Index } from '../account/ordered-index.ts'
import type { User } from '../account/people/model.ts'
import type { Store } from '../account/store.ts'
import { invalidAttribute } from '../http/errors.ts'
import type { Family, Routes } from '../http/family.ts'
import { cursorExportPage, type Export, type ExportPage, timeExportPage } from '../http/pages/export.ts'
import type { Asked } from '../http/pages/links.ts'
import { asksForCursor, cursorPage } from '../http/pages/list.ts'
import { byTime, type Sequence } from '../http/pages/sequence.ts'
import { type Reply, settled } from '../http/reply.ts'
import { identityRow } from '../rows/identities.ts'
import { metricEventRow } from '../rows/metrics.ts'
import { exportedOrganizationRow, exportedUserRow } from '../rows/people.ts'
import { ticketRow, WHOLE } from '../rows/ticket.ts'
import { ticketEventRow } from '../rows/ticket-event.ts'
import { flag, included } from './parameters.ts'
import type { Served } from './served.ts'
import { embedded, sideLoads } from './side-loads.ts'

/** The most rows of a sample (fact 35). */
const SAMPLE = 50

function sample<T>(exported: Export<T>): Export<T> {
  return { ...exported, largest: Math.min(exported.largest, SAMPLE) }
}

/** Metric events are written up to 13 minutes after the time that they stand at, in seconds (fact 153). */
const LATEST_METRIC_EVENT = 780

/** The incremental exports. */
export function exportRoutes(served: Served): readonly Family[] {
  return [
    { who: 'admin', scope: 'tickets', routes: ticketExports(served) },
    { who: 'admin', scope: 'users', routes: userExports(served) },
    { who: 'admin', scope: 'organizations', routes: organizationExports(served) },
    { who: 'admin', routes: eventExports(served) },
  ]
}

const exported = <T>(
  { store, exportPageSize }: Served,
  asked: Asked,
  index: Index<T>,
  name: string,
  passes?: (item: T) => boolean,
): Export<T> => ({
  asked,
  clock: store.clock,
  index,
  passes,
  largest: exportPageSize,
  route: `api/v2/incremental/${name}`,
})

function ticketExport(served: Served, asked: Asked, name: string) {
  const isInScope = supportScope(asked, `api/v2/incremental/${name}`)
  const all = !flag(asked, 'exclude_deleted')
  return exported(
    served,
    asked,
    served.store.order.ticketsByGenerated,
    name,
    (one) => isInScope(one) && (all || one.deleted === 0),
  )
}

function ticketRows(store: Store, asked: Asked, tickets: readonly Ticket[]): Row {
  const include = included(asked)
  const rows = tickets.map((ticket) =>
    // A spread of two would build each ticket twice.
    Object.assign(ticketRow(store, ticket, WHOLE), embedded(store, ticket, include, 'export')),
  )
  return { tickets: rows, ...sideLoads(store, tickets, include, 'export') }
}

function userRows(store: Store, asked: Asked, all: readonly User[]): Row {
  const withIdentities = included(asked).has('identities')
  const identities = () => all.flatMap((user) => user.identities.map((one) => identityRow(store, user, one)))
  return {
    users: all.map((user) => exportedUserRow(store, user)),
    ...(withIdentities ? { identities: identities() } : {}),
  }
}

function eventExports(served: Served): Routes {
  const { store } = served
  const { order, clock } = store
  return {
    'GET /incremental/ticket_events': ({ asked }) => {
      const isInScope = supportScope(asked, 'api/v2/incremental/ticket_events')
      const page = timeExportPage(
        exported(served, asked, order.audits, 'ticket_events', ({ ticket }) => isInScope(ticket)),
      )
      const withComments = included(asked).has('comment_events')
      const rows = page.items.map((audit) => ticketEventRow(store, audit, withComments))
      return kept(page, { ticket_events: rows, ...timeEnvelope(page) })
    },
    'GET /incremental/ticket_events/sample': ({ asked }) => {
      const page = timeExportPage(sample(exported(served, asked, order.audits, 'ticket_events/sample')))
      const rows = page.items.map((audit) => ticketEventRow(store, audit, false))
      return kept(page, { ticket_events: rows, ...timeEnvelope(page) })
    },
    'GET /incremental/ticket_metric_events': ({ asked }) => {
      const now = clock.now()
      const all = !flag(asked, 'exclude_deleted')
      const isShown = (ref: number) => {
        const event = metricEventAt(store.tickets, ref)
        return event.visible <= now && (all || !event.deleted)
      }
      const rows = (refs: readonly number[]) =>
        refs.map((ref) => metricEventRow(ref, metricEventTicket(ref), metricEventAt(store.tickets, ref)))
      if (asksForCursor(asked)) {
        const { items, envelope } = cursorPage(asked, metricEventSequence(store, asked, isShown), 1000)
        return { ticket_metric_events: rows(items), ...envelope }
      }
      // Assumed (fact 336): any start is taken. tap-zendesk asks for the events from now on at each discovery, and ends
      // if refused.
      const every = { ...exported(served, asked, order.metricEvents, 'ticket_metric_events', isShown), anyStart: true }
      const page = timeExportPage({ ...every, lateness: LATEST_METRIC_EVENT })
      return kept(page, { ticket_metric_events: rows(page.items), ...timeEnvelope(page) })
    },
  }
}

function organizationExports(served: Served): Routes {
  const { store } = served
  const { order } = store
  return {
    'GET /incremental/organizations': ({ asked }) => {
      const page = timeExportPage(exported(served, asked, order.organizationsByExport, 'organizations'))
      const rows = page.items.map((one) => exportedOrganizationRow(store, one))
      return kept(page, { organizations: rows, ...timeEnvelope(page) })
    },
    'GET /incremental/organizations/sample': ({ asked }) => {
      const page = timeExportPage(sample(exported(served, asked, order.organizationsByExport, 'organizations/sample')))
      const rows = page.items.map((one) => exportedOrganizationRow(store, one))
      return kept(page, { organizations: rows, ...timeEnvelope(page) })
    },
  }
}

function userExports(served: Served): Routes {
  const { store } = served
  const { order } = store
  return {
    'GET /incremental/users/cursor': ({ asked }) => {
      const page = cursorExportPage(exported(served, asked, order.usersByUpdated, 'users/cursor'))
      return kept(page, { ...userRows(store, asked, page.items), ...page.envelope })
    },
    'GET /incremental/users': ({ asked }) => {
      const page = timeExportPage(exported(served, asked, order.usersByUpdated, 'users'))
      return kept(page, { ...userRows(store, asked, page.items), ...timeEnvelope(page) })
    },
    'GET /incremental/users/sample': ({ asked }) => {
      const page = timeExportPage(sample(exported(served, asked, order.usersByUpdated, 'users/sample')))
      return kept(page, { ...userRows(store, asked, page.items), ...timeEnvelope(page) })
    },
  }
}

function ticketExports(served: Served): Routes {
  const { store } = served
  return {
    'GET /incremental/tickets/cursor': ({ asked }) => {
      const page = cursorExportPage(ticketExport(served, asked, 'tickets/cursor'))
      return kept(page, { ...ticketRows(store, asked, page.items), ...page.envelope })
    },
    'GET /incremental/tickets': ({ asked }) => {
      const page = timeExportPage(ticketExport(served, asked, 'tickets'))
      return kept(page, { ...ticketRows(store, asked, page.items), ...ticketEnvelope(page) })
    },
    'GET /incremental/tickets/sample': ({ asked }) => {
      const page = timeExportPage(sample(ticketExport(served, asked, 'tickets/sample')))
      return kept(page, { ...ticketRows(store, asked, page.items), ...ticketEnvelope(page) })
    },
  }
}

/** Which tickets an export gives: those of agents, unless `support_type_scope` says otherwise (fact 94). */
function supportScope({ query }: Asked, route: string): (ticket: Ticket) => boolean {
  switch (query.get('support_type_scope') ?? 'agent') {
    case 'all':
      return () => true
    case 'agent':
      return ({ rare }) => rare?.isForAi !== true
    case 'ai_agent':
      return ({ rare }) => rare?.isForAi === true
    default:
      // Assumed (fact 330): the words of this refusal.
      throw invalidAttribute('support_type_scope', route)
  }
}

// Assumed (fact 336): the name of the order, and that the hold-back and `start_time` hold under cursor pagination as
// well.
function metricEventSequence(store: Store, { query }: Asked, kept: (ref: number) => boolean): Sequence<number> {
  const index = store.order.metricEvents
  const latest = store.clock.now() - 60
  const start = Number(query.get('start_time') ?? 0)
  const inTime = byTime(index, 'time,id')
  return {
    ...inTime,
    *walk(key, direction) {
      const from = direction === 1 ? [start, -1] : [latest, Number.POSITIVE_INFINITY]
      for (const ref of inTime.walk(key ?? from, direction)) {
        const at = index.major(ref)
        if (direction === 1 ? at > latest : at < start) return
        if (kept(ref)) yield ref
      }
    },
  }
}

type TimePage<T> = ReturnType<typeof timeExportPage<T>>

function timeEnvelope<T>({ items, next: { next_page, end_of_stream, end_time } }: TimePage<T>): Row {
  return { next_page, count: items.length, end_of_stream, end_time }
}

// The ticket export spells the same with its keys in another order.
function ticketEnvelope<T>({ items, next }: TimePage<T>): Row {
  return { count: items.length, end_of_stream: next['end_of_stream'], ...next }
}

function kept<T>(page: ExportPage<T>, row: Row): Row | Reply {
  return page.settled ? settled(row) : row
}
