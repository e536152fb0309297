import type { Ticket } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import { saveTicket } from '../../account/tickets/save.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { noContent, reply } from '../../http/reply.ts'
import { closedTicket } from '../input/faults.ts'
import { tagsOf } from '../input/values.ts'
import { actorOf, demandFresh } from '../input/write.ts'
import type { Served } from '../served.ts'
import { liveTicket } from './live-ticket.ts'

/** The tags of a ticket: read, set, added, taken away. */
export function ticketTagRoutes({ store }: Served): readonly Family[] {
  const change = (call: Call, next: (before: readonly string[], sent: readonly string[]) => readonly string[]) => {
    const ticket = liveTicket(store, call.params['id'], 'api/v2/tags/update')
    if (ticket.closed > 0) throw closedTicket()
    demandFresh(ticket, call.body)
    return setTags(store, ticket, next(ticket.values.tags, tagsOf(call.body['tags'])), call)
  }
  const routes: Routes = {
    'GET /tickets/:id/tags': ({ params }) => ({
      tags: liveTicket(store, params['id'], 'api/v2/tags/index').values.tags,
    }),
    'POST /tickets/:id/tags': (call) => reply(201, { tags: change(call, (_, sent) => sent) }),
    'PUT /tickets/:id/tags': (call) => ({
      tags: change(call, (before, sent) => [...new Set([...before, ...sent])].sort()),
    }),
    'DELETE /tickets/:id/tags': (call) => {
      change(call, (before, sent) => before.filter((tag) => !sent.includes(tag)))
      return noContent()
    },
  }
  return [{ who: 'agent', scope: 'tickets', routes }]
}

function setTags(store: Store, ticket: Ticket, tags: readonly string[], call: Call): readonly string[] {
  saveTicket(store, ticket, { at: store.clock.now(), ...actorOf(call), changes: { tags } })
  return ticket.values.tags
}
