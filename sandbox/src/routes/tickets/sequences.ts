import { internalTicketId } from '../../account/ids.ts'
import type { Ticket } from '../../account/model.ts'
import { isListed, type Store } from '../../account/store.ts'
import { isRestorable } from '../../account/tickets/save.ts'
import { invalidPagination } from '../../http/errors.ts'
import { byId, byTime, only, reversed, type Sequence, sorted } from '../../http/pages/sequence.ts'

/** Live tickets in an order that cursor pagination may ask for. */
export function liveTickets(store: Store, sort: string): Sequence<Ticket> {
  return only(allTickets(store, sort), (ticket) => isListed(store, ticket))
}

function allTickets(store: Store, sort: string): Sequence<Ticket> {
  const { order, tickets } = store
  const byStatus = () => sorted(tickets, 'status,nice_id', 'si', (ticket) => [ticket.values.status, ticket.id])
  switch (sort) {
    case '':
    case 'id':
      return byId(order.ticketsById, 'nice_id')
    case '-id':
      return reversed(byId(order.ticketsById, 'nice_id'))
    case 'updated_at':
      return byTime(order.ticketsByUpdated, 'updated_at,id')
    case '-updated_at':
      return reversed(byTime(order.ticketsByUpdated, 'updated_at,id'))
    case 'status':
      return byStatus()
    case '-status':
      return reversed(byStatus())
    default:
      throw invalidPagination('sort is not valid')
  }
}

/** Live tickets in an order that offset pagination may ask for; unknown names are ignored. */
export function liveTicketsSortedBy(store: Store, sortBy: string, descending: boolean): Sequence<Ticket> {
  const nameOf = (user: number | null) => store.users.get(user ?? -1)?.name ?? ''
  const keys: Readonly<Record<string, (ticket: Ticket) => string | number>> = {
    assignee: ({ values }) => values.assignee_id ?? 0,
    created_at: ({ created }) => created,
    group: ({ values }) => values.group_id ?? 0,
    requester: ({ values }) => values.requester_id,
    status: ({ values }) => values.status,
    subject: ({ values }) => values.subject,
    'assignee.name': ({ values }) => nameOf(values.assignee_id),
    'requester.name': ({ values }) => nameOf(values.requester_id),
  }
  const key = keys[sortBy]
  const shape = ['status', 'subject', 'assignee.name', 'requester.name'].includes(sortBy) ? 'si' : 'ii'
  const sequence =
    key === undefined
      ? liveTickets(store, sortBy === 'updated_at' ? 'updated_at' : 'id')
      : sorted(
          store.tickets.filter((ticket) => isListed(store, ticket)),
          `${sortBy},id`,
          shape,
          (ticket) => [key(ticket), ticket.id],
        )
  return descending ? reversed(sequence) : sequence
}

/** Deleted tickets that can still be restored. Unknown names of orders are refused under cursor pagination only. */
export function deletedTickets(store: Store, sort: string, strict = true): Sequence<Ticket> {
  const tickets = store.tickets.filter((one) => isRestorable(store, one))
  const inTime = () => sorted(tickets, 'updated_at,id', 'di', (ticket) => [ticket.deleted, internalTicketId(ticket)])
  const byNumber = () => sorted(tickets, 'nice_id', 'i', (ticket) => [ticket.id])
  switch (sort) {
    case '':
    case 'id':
      return byNumber()
    case '-id':
      return reversed(byNumber())
    case 'updated_at':
    case 'deleted_at':
      return inTime()
    case '-updated_at':
    case '-deleted_at':
      return reversed(inTime())
    default:
      if (strict) throw invalidPagination('sort is not valid')
      return sort === 'subject'
        ? sorted(tickets, 'subject,id', 'si', (ticket) => [ticket.values.subject, ticket.id])
        : byNumber()
  }
}
