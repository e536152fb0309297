import type { Row, Ticket } from '../../account/model.ts'
import type { Entry } from '../../account/table.ts'
import { openTicket } from '../../account/tickets/save.ts'
import { suspendedTable } from '../../account/tickets/suspended-tickets.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { reply } from '../../http/reply.ts'
import { ticketRow, WHOLE } from '../../rows/ticket.ts'
import { userIdOf } from '../input/people.ts'
import { actorOf } from '../input/write.ts'
import { found, idOf } from '../parameters.ts'
import { type Order, resourceRoutes } from '../resource.ts'
import type { Served } from '../served.ts'

const byText = (name: string): Order => ({ name: `${name},id`, shape: 'si', key: (one) => [String(one[name]), one.id] })

/** Suspended tickets: listed, recovered, deleted. */
export function suspendedTicketRoutes(served: Served): readonly Family[] {
  const { store } = served
  const table = suspendedTable(store)
  const usual = resourceRoutes(served, {
    path: '/suspended_tickets',
    one: 'suspended_ticket',
    many: 'suspended_tickets',
    table: table.name,
    operations: ['list', 'count', 'show', 'show_many', 'delete', 'destroy_many'],
    textIds: false,
    orders: {
      id: { name: 'id', shape: 'i', key: ({ id }) => [id] },
      created_at: byText('created_at'),
      subject: byText('subject'),
      cause: byText('cause'),
      author_email: {
        name: 'author_email,id',
        shape: 'si',
        key: (one) => [String((one['author'] as Row)['email']), one.id],
      },
    },
  })
  const entryOf = ({ params }: Call) => found(table.get(idOf(params['id'], 'api/v2/suspended_tickets/show')))
  const row = (ticket: Ticket) => ticketRow(store, ticket, WHOLE)

  const recovering: Routes = {
    // A list, though there is one (the documentation's own sample).
    'PUT /suspended_tickets/:id/recover': (call) => ({ ticket: [row(recover(served, entryOf(call), call))] }),
    'PUT /suspended_tickets/recover_many': (call) => {
      const { query } = call.asked
      // Some clients write `ids` in their own ways; a request that names none recovers nothing.
      const ids = (query.get('ids') ?? '').split(',').map(Number)
      const entries = ids.flatMap((id) => table.get(id) ?? [])
      return { tickets: entries.map((entry) => row(recover(served, entry, call))) }
    },
    'POST /suspended_tickets/attachments': () => ({ upload: { token: '', attachments: [] } }),
    'POST /suspended_tickets/:id/attachments': (call) => {
      entryOf(call)
      return { upload: { token: '', attachments: [] } }
    },
    'POST /suspended_tickets/export': () => reply(200, { export: { status: 'enqueued', view_id: 'suspended' } }),
  }
  return [{ who: 'agent', scope: 'tickets', routes: { ...usual, ...recovering } }]
}

function recover(served: Served, entry: Entry, call: Call): Ticket {
  const { store } = served
  const author = entry['author'] as { id: number | null; name: string; email: string }
  const name = author.name === '' ? author.email : author.name
  const known = author.id === null ? undefined : store.users.get(author.id)
  const requester = known?.deleted === false ? known.id : userIdOf(served, { name, email: author.email })
  const form = [...store.forms.values()].find((one) => one.default)?.id ?? -1
  const ticket = openTicket(store, {
    at: store.clock.now(),
    ...actorOf(call),
    author: requester,
    via: { channel: 'email' },
    changes: {
      subject: String(entry['subject']),
      requester_id: requester,
      organization_id: store.users.get(requester)?.organization ?? null,
      ticket_form_id: form,
    },
    comment: { body: String(entry['content']) },
    others: [{ type: 'Other', kind: 'SuspendedTicketRecovery', values: { suspended_ticket_id: entry.id } }],
  })
  suspendedTable(store).remove(entry.id)
  return ticket
}
