import type { Row } from '../account/model.ts'
import { type Store, ticketOf } from '../account/store.ts'
import type { Entry, Table } from '../account/table.ts'
import { ticketRow, WHOLE } from './ticket.ts'

/** Tickets that agents passed over. Assumed (fact 342): a skip stays when its ticket is deleted. */
export function skipTable(store: Store): Table {
  return store.table('ticket_skips', { row: (skip) => skipRow(store, skip) })
}

function skipRow(store: Store, { id, ticket_id, user_id, reason, created_at, updated_at }: Entry): Row {
  const ticket = ticketOf(store, Number(ticket_id))
  const shown = ticket === undefined ? null : { ...ticketRow(store, ticket, WHOLE), deleted_ticket_form_id: null }
  return { id, ticket_id, user_id, reason, created_at, updated_at, ticket: shown }
}
