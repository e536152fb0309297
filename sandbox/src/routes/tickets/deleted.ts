import type { Row, Ticket } from '../../account/model.ts'
import { type Store, ticketOf } from '../../account/store.ts'
import { isRestorable, restoreTicket, scrub } from '../../account/tickets/save.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { asksForCursor } from '../../http/pages/list.ts'
import { reversed } from '../../http/pages/sequence.ts'
import { reply } from '../../http/reply.ts'
import { deletedTicketRow } from '../../rows/ticket.ts'
import { actorOf } from '../input/write.ts'
import { countRow, found, idOf, listPage } from '../parameters.ts'
import { idsIn } from '../resource.ts'
import type { Served } from '../served.ts'
import { startJob } from '../settings/job-statuses.ts'
import { deletedTickets } from './sequences.ts'

/** Deleted tickets: listed for 30 days, restored, deleted for good. */
export function deletedTicketRoutes(served: Served): readonly Family[] {
  const { store } = served
  const deleted = (id: number): Ticket => {
    const ticket = ticketOf(store, id)
    return found(ticket !== undefined && isRestorable(store, ticket) ? ticket : undefined)
  }
  const one = ({ params }: Call, action: string) => deleted(idOf(params['id'], `api/v2/deleted_tickets/${action}`))
  const deleteForGood = (tickets: readonly Ticket[]) =>
    startJob(served, {
      type: 'Bulk Delete Ticket',
      items: tickets,
      uncounted: true,
      messageOf: (index) => `Deleting ticket #${index + 1}`,
      act: (ticket) => {
        if (isRestorable(store, ticket)) scrub(store, ticket)
        return {}
      },
      results: () => ({ success: true }),
    })

  const routes: Routes = {
    'GET /deleted_tickets': (call) => deletedList(store, call),
    'GET /deleted_tickets/count': () => countRow(store, deletedTickets(store, '').walk(undefined, 1)),
    'PUT /deleted_tickets/:id/restore': (call) => {
      restoreTicket(store, one(call, 'restore'), actorOf(call))
      return reply(200, {})
    },
    'PUT /deleted_tickets/restore_many': (call) => {
      const tickets = [...idsIn(call.asked)].map((id) => deleted(Number(id)))
      for (const ticket of tickets) restoreTicket(store, ticket, actorOf(call))
      return reply(200, {})
    },
    'DELETE /deleted_tickets/:id': (call) => deleteForGood([one(call, 'destroy')]),
    'DELETE /deleted_tickets/destroy_many': ({ asked }) =>
      deleteForGood([...idsIn(asked)].map((id) => deleted(Number(id)))),
  }
  return [{ who: 'agent', scope: 'tickets', routes }]
}

function deletedList(store: Store, { asked }: Call): Row {
  const { query } = asked
  const byCursor = asksForCursor(asked)
  const sort = (byCursor ? query.get('sort') : query.get('sort_by')) ?? ''
  const sequence = deletedTickets(store, sort, byCursor)
  const descending = !byCursor && query.get('sort_order') === 'desc'
  const ordered = descending ? reversed(sequence) : sequence
  const { items, envelope } = listPage(asked, ordered, 'api/v2/deleted_tickets/index')
  return { deleted_tickets: items.map((ticket) => deletedTicketRow(store, ticket)), ...envelope }
}
