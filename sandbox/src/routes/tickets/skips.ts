import { childrenOf } from '../../account/record-tree.ts'
import { ticketOf } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import { parameterMissing } from '../../http/errors.ts'
import type { Family, Routes } from '../../http/family.ts'
import type { Asked } from '../../http/pages/links.ts'
import { reversed, sorted } from '../../http/pages/sequence.ts'
import { reply } from '../../http/reply.ts'
import { skipTable } from '../../rows/skip.ts'
import { createFaults } from '../input/faults.ts'
import { isRow, numberOf } from '../input/values.ts'
import { found, idOf, listPage } from '../parameters.ts'
import { idsIn } from '../resource.ts'
import type { Served } from '../served.ts'
import { liveTicket } from './live-ticket.ts'

/** Skips: tickets that agents passed over. */
export function skipRoutes({ store }: Served): readonly Family[] {
  const table = skipTable(store)
  const list = (asked: Asked, skips: Iterable<Entry>) => {
    // Assumed (fact 342): `sort_order` counts under both paginations, as in a capture of `-id`; oldest first without
    // it.
    const ascending = sorted(skips, 'id', 'i', ({ id }) => [id])
    const sequence = asked.query.get('sort_order') === 'desc' ? reversed(ascending) : ascending
    const { items, envelope } = listPage(asked, sequence, 'api/v2/skips/index')
    return { skips: items.map(table.row), ...envelope }
  }
  const routes: Routes = {
    'GET /skips': ({ asked }) => list(asked, table.all()),
    'GET /skips/show_many': ({ asked }) => {
      const skips = [...idsIn(asked)].flatMap((id) => table.get(Number(id)) ?? [])
      return { skips: skips.map(table.row), next_page: null, previous_page: null, count: skips.length }
    },
    'GET /skips/:id': ({ params }) => ({
      skip: table.row(found(table.get(idOf(params['id'], 'api/v2/skips/show')))),
    }),
    'GET /tickets/:id/skips': ({ asked, params }) => {
      const { id } = liveTicket(store, params['id'], 'api/v2/skips/index')
      return list(asked, childrenOf(store, table.name, 'ticket_id', id))
    },
    'GET /users/:user_id/skips': ({ asked, params }) => {
      const { id } = found(store.users.get(idOf(params['user_id'], 'api/v2/skips/index')))
      return list(asked, childrenOf(store, table.name, 'user_id', id))
    },
    'POST /skips': ({ body, caller }) => {
      const sent = body['skip']
      if (!isRow(sent)) throw parameterMissing('skip')
      const ticket = ticketOf(store, numberOf(sent['ticket_id']) ?? 0)
      if (ticket === undefined || ticket.deleted > 0) {
        const faults = createFaults()
        faults.add('ticket', 'Ticket: is invalid', 'InvalidValue')
        throw faults.refusal()
      }
      const reason = sent['reason'] === undefined ? null : String(sent['reason'])
      const skip = table.add({ ticket_id: ticket.id, user_id: caller.user?.id ?? -1, reason })
      return reply(201, { skip: table.row(skip) })
    },
  }
  return [{ who: 'agent', scope: 'tickets', routes }]
}
