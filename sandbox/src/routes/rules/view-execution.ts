import type { Row, Ticket } from '../../account/model.ts'
import type { Conditions } from '../../account/rules/conditions.ts'
import type { Store } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import type { Call } from '../../http/family.ts'
import { asksForCursor } from '../../http/pages/list.ts'
import { isoTime } from '../../iso-time.ts'
import { CURSOR_LISTED, LISTED, ticketRow } from '../../rows/ticket.ts'
import { columnRow, executionRow, type Output } from '../../rows/view.ts'
import { included } from '../parameters.ts'
import { sideLoads } from '../side-loads.ts'
import { ticketsOf, viewPage } from './view-tickets.ts'

type Query = { readonly conditions: Conditions; readonly output: Output }

/** `/views/{id}/tickets`. */
export function viewTickets(store: Store, view: Entry, call: Call): Row {
  const { output, conditions } = view as unknown as Query
  const { items, envelope } = viewPage(
    call,
    ticketsOf(store, { conditions, output }, call),
    sortOf(output),
    'api/v2/views/tickets',
  )
  const shape = asksForCursor(call.asked) ? CURSOR_LISTED : LISTED
  const rows = items.map((ticket) => ticketRow(store, ticket, shape))
  return { tickets: rows, ...sideLoads(store, items, included(call.asked)), ...envelope }
}

/** `/views/{id}/execute`: the columns' values, with the people and groups they name. */
export function executed(store: Store, view: Entry, call: Call): Row {
  const { output, conditions } = view as unknown as Query
  return {
    ...table(store, { output, conditions }, call),
    view: { id: view.id, url: store.table('views').row(view)['url'] },
  }
}

/** `/views/preview`. */
export function previewed(store: Store, query: Query, call: Call): Row {
  return { ...table(store, query, call), view: executionRow(store, query.output) }
}

function table(store: Store, query: Query, call: Call): Row {
  const { output } = query
  const { items, envelope } = viewPage(call, ticketsOf(store, query, call), sortOf(output), 'api/v2/views/execute')
  const include = new Set([...included(call.asked), 'users', 'groups', 'organizations'])
  return {
    rows: items.map((ticket) => ({
      ...Object.fromEntries(output.columns.map((name) => [name, cell(ticket, name)])),
      ticket: brief(store, ticket),
    })),
    columns: output.columns.flatMap((name) => columnRow(store, name) ?? []),
    ...sideLoads(store, items, include),
    ...envelope,
  }
}

function sortOf({ sort_by, sort_order }: Output): string {
  return `${sort_order === 'asc' ? '' : '-'}${sort_by ?? 'nice_id'}`
}

function brief(store: Store, ticket: Ticket): Row {
  const { url, id, subject, description, status, type, priority } = ticketRow(store, ticket, LISTED)
  return { id, subject, description, status, type, priority, url }
}

// Assumed (fact 373): people, groups and organizations stand by their ids under the column's name.
function cell(ticket: Ticket, name: string): unknown {
  const { values } = ticket
  const custom = /^(?:custom_fields_)?(\d+)$/.exec(name)
  if (custom !== null) return ticket.custom[ticket.fieldSet.ids.indexOf(Number(custom[1]))] ?? null
  const cells: Readonly<Record<string, unknown>> = {
    nice_id: ticket.id,
    subject: values.subject,
    status: values.status,
    custom_status_id: values.custom_status_id,
    type: values.type,
    priority: values.priority,
    requester: values.requester_id,
    submitter: ticket.submitter,
    assignee: values.assignee_id,
    group: values.group_id,
    organization: values.organization_id,
    brand: values.brand_id,
    ticket_form: values.ticket_form_id,
    satisfaction_score: values.satisfaction_score,
    due_date: values.due_at,
    created: isoTime(ticket.created),
    updated: isoTime(ticket.updated),
  }
  return cells[name] ?? null
}
