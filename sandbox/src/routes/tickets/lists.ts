import type { Row, Ticket } from '../../account/model.ts'
import { type Store, ticketOf } from '../../account/store.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import type { Asked } from '../../http/pages/links.ts'
import { asksForCursor, type Page } from '../../http/pages/list.ts'
import { only, type Sequence } from '../../http/pages/sequence.ts'
import { CURSOR_LISTED, LISTED, ticketRow, WHOLE } from '../../rows/ticket.ts'
import { countRow, included, listPage } from '../parameters.ts'
import { idsIn } from '../resource.ts'
import type { Served } from '../served.ts'
import { embedded, sideLoads } from '../side-loads.ts'
import { liveTicket } from './live-ticket.ts'
import { liveTickets, liveTicketsSortedBy } from './sequences.ts'

/** Tickets, one and many. */
export function ticketRoutes({ store }: Served): readonly Family[] {
  const seen = createSeen()
  const routes: Routes = {
    'GET /tickets': ({ asked }) => {
      const external = asked.query.get('external_id')
      const all = inAskedOrder(store, asked)
      const wanted = external === null ? all : only(all, (one) => one.values.external_id === external)
      return ticketList(store, asked, wanted, 'api/v2/tickets/index')
    },
    'GET /tickets/count': () => countRow(store, liveTickets(store, '').walk(undefined, 1)),
    // Assumed (fact 303): archived tickets are among them, as `/tickets/{id}` shows them.
    'GET /tickets/show_many': ({ asked }) => {
      const ids = [...idsIn(asked)].map(Number)
      const items = ids.flatMap((id) => ticketOf(store, id) ?? []).filter((one) => one.deleted === 0)
      const envelope = { next_page: null, previous_page: null, count: items.length }
      return ticketPage(store, asked, { items, envelope }, LISTED)
    },
    'GET /tickets/recent': ({ asked, caller }) => {
      const items = seen.by(caller.user?.id ?? -1).flatMap((id) => ticketOf(store, id) ?? [])
      const live = items.filter((one) => one.deleted === 0)
      const envelope = { next_page: null, previous_page: null, count: live.length }
      return ticketPage(store, asked, { items: live, envelope }, LISTED)
    },
    'GET /tickets/:id': ({ asked, params, caller }) => {
      const one = liveTicket(store, params['id'], 'api/v2/tickets/show')
      seen.add(caller.user?.id ?? -1, one.id)
      const include = included(asked)
      const row = { ...ticketRow(store, one, WHOLE), ...embedded(store, one, include, 'single') }
      return { ticket: row, ...sideLoads(store, [one], include, 'single') }
    },
  }
  return [{ who: 'agent', scope: 'tickets', routes }]
}

/** The live tickets in the order that a list was asked for. */
export function inAskedOrder(store: Store, asked: Asked): Sequence<Ticket> {
  const { query } = asked
  if (asksForCursor(asked)) return liveTickets(store, query.get('sort') ?? '')
  return liveTicketsSortedBy(store, query.get('sort_by') ?? '', query.get('sort_order') === 'desc')
}

/** A list of tickets with their side-loads, in the pagination that was asked for. `route` is Zendesk's name of it. */
export function ticketList(store: Store, asked: Asked, sequence: Sequence<Ticket>, route: string): Row {
  const shape = asksForCursor(asked) ? CURSOR_LISTED : LISTED
  return ticketPage(store, asked, listPage(asked, sequence, route), shape)
}

/** The live tickets that pass, as a list in the order that was asked for. */
export function ticketsWhere(store: Store, { asked }: Call, passes: (ticket: Ticket) => boolean, route: string): Row {
  return ticketList(store, asked, only(inAskedOrder(store, asked), passes), route)
}

function ticketPage(store: Store, asked: Asked, { items, envelope }: Page<Ticket>, shape: typeof LISTED): Row {
  const include = included(asked)
  return {
    tickets: items.map((one) => ({ ...ticketRow(store, one, shape), ...embedded(store, one, include, 'list') })),
    ...sideLoads(store, items, include),
    ...envelope,
  }
}

const REMEMBERED = 5

// The tickets that each agent looked at last, newest first (Zendesk lists five).
function createSeen() {
  const last = new Map<number, readonly number[]>()
  return {
    by: (user: number) => last.get(user) ?? [],
    add: (user: number, ticket: number) => {
      const before = (last.get(user) ?? []).filter((id) => id !== ticket)
      last.set(user, [ticket, ...before].slice(0, REMEMBERED))
    },
  }
}
