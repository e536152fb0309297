import type { Row, Ticket } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import { formRow } from '../records/fields.ts'
import { metricSetRow } from '../records/metrics.ts'
import { groupRow, organizationRow, userRow } from '../records/people.ts'
import { commentCount } from '../records/ticket.ts'

/** The records that tickets refer to, each once, under the names in `include`. */
export function sideLoads(store: Store, tickets: readonly Ticket[], include: ReadonlySet<string>): Row {
  const rows: Row = {}
  const distinct = <T>(
    ids: (ticket: Ticket) => (number | null)[],
    from: ReadonlyMap<number, T>,
    row: (one: T) => Row,
  ) => {
    const wanted = new Set(tickets.flatMap(ids))
    return [...wanted].flatMap((id) => {
      const one = id === null ? undefined : from.get(id)
      return one === undefined ? [] : [row(one)]
    })
  }
  if (include.has('users'))
    rows['users'] = distinct(
      ({ values, submitter }) => [values.requester_id, submitter, values.assignee_id],
      store.users,
      (user) => userRow(store, user),
    )
  if (include.has('groups'))
    rows['groups'] = distinct(
      ({ values }) => [values.group_id],
      store.groups,
      (group) => groupRow(store, group),
    )
  if (include.has('organizations'))
    rows['organizations'] = distinct(
      ({ values }) => [values.organization_id],
      store.organizations,
      (one) => organizationRow(store, one),
    )
  if (include.has('ticket_forms'))
    rows['ticket_forms'] = distinct(
      ({ values }) => [values.ticket_form_id],
      store.forms,
      (form) => formRow(store, form),
    )
  return rows
}

/** What side-loads put into the ticket itself: in the exports the metrics too (null for a deleted ticket). */
export function embedded(store: Store, ticket: Ticket, include: ReadonlySet<string>, exported: boolean): Row {
  return {
    ...(exported && include.has('metric_sets')
      ? { metric_set: ticket.values.status === 'deleted' ? null : metricSetRow(store, ticket) }
      : {}),
    ...(include.has('comment_count') ? { comment_count: commentCount(ticket) } : {}),
  }
}
