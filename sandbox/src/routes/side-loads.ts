import type { Row, Ticket } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import { incidentsOf } from '../account/tickets/incidents.ts'
import { Refusal } from '../http/errors.ts'
import { auditRow } from '../rows/audit.ts'
import { formRow } from '../rows/fields.ts'
import { datesRow, metricEventsByMetric, slaRow } from '../rows/metric-events.ts'
import { metricSetRow } from '../rows/metrics.ts'
import { groupRow, organizationRow, userRow } from '../rows/people.ts'
import { commentCount } from '../rows/ticket.ts'

/** Where tickets stand: side-loads differ in lists, exports and the answer with a single ticket. */
export type Place = 'list' | 'export' | 'single'

/** The records that tickets refer to, each once, under the names in `include`; refuses what an export can't give. */
export function sideLoads(
  store: Store,
  tickets: readonly Ticket[],
  include: ReadonlySet<string>,
  place: Place = 'list',
): Row {
  const rows: Row = {}
  const distinct = <T>(
    name: string,
    ids: (ticket: Ticket) => readonly (number | null)[],
    get: (id: number) => T | undefined,
    row: (one: T) => Row,
  ) => {
    if (!include.has(name)) return
    const wanted = new Set(tickets.flatMap(ids))
    rows[name] = [...wanted].flatMap((id) => {
      const one = id === null ? undefined : get(id)
      return one === undefined ? [] : [row(one)]
    })
  }
  const fromTable = (name: string, ids: (ticket: Ticket) => readonly (number | null)[]) => {
    const table = store.tables.get(name)
    distinct(
      name,
      ids,
      (id) => table?.get(id),
      (entry) => table?.row(entry) ?? entry,
    )
  }

  distinct(
    'users',
    ({ values, submitter, copied, rare }) => [
      values.requester_id,
      submitter,
      values.assignee_id,
      ...copied,
      ...(rare?.followers ?? []),
    ],
    (id) => store.users.get(id),
    (user) => userRow(store, user),
  )
  distinct(
    'groups',
    ({ values }) => [values.group_id],
    (id) => store.groups.get(id),
    (group) => groupRow(store, group),
  )
  distinct(
    'organizations',
    ({ values }) => [values.organization_id],
    (id) => store.organizations.get(id),
    (one) => organizationRow(store, one),
  )
  distinct(
    'ticket_forms',
    ({ values }) => [values.ticket_form_id],
    (id) => store.forms.get(id),
    (form) => formRow(store, form),
  )
  fromTable('custom_statuses', ({ values }) => [values.custom_status_id])
  fromTable('brands', ({ values }) => [values.brand_id])
  fromTable('sharing_agreements', ({ rare }) => rare?.shared ?? [])
  if (include.has('last_audits')) {
    if (place === 'export') throw notInExports('last_audits')
    rows['last_audits'] = tickets.flatMap(({ audits }) => audits.slice(-1)).map((audit) => auditRow(store, audit))
  }
  if (place === 'list' && include.has('metric_sets'))
    rows['metric_sets'] = tickets.map((ticket) => metricSetRow(store, ticket))
  if (place === 'list' && include.has('metric_events'))
    rows['metric_events'] = Object.fromEntries(
      tickets.map((ticket) => [ticket.id, metricEventsByMetric(store, ticket)]),
    )
  return rows
}

/** What side-loads put into the ticket itself: the metrics too, but for lists; null for a deleted ticket. */
export function embedded(store: Store, ticket: Ticket, include: ReadonlySet<string>, place: Place): Row {
  const row: Row = {}
  const gone = ticket.values.status === 'deleted'
  if (place !== 'list' && include.has('metric_sets')) row['metric_set'] = gone ? null : metricSetRow(store, ticket)
  if (include.has('dates')) row['dates'] = datesRow(metricSetRow(store, ticket))
  if (include.has('comment_count')) row['comment_count'] = commentCount(ticket)
  if (include.has('incident_counts') && ticket.values.type === 'problem')
    row['incident_count'] = incidentsOf(store, ticket.id).length
  if (place !== 'single') return row
  if (include.has('metric_events')) row['metric_events'] = metricEventsByMetric(store, ticket)
  if (include.has('slas')) row['slas'] = slaRow(ticket)
  return row
}

// Assumed (fact 330): the words.
function notInExports(name: string): Refusal {
  const message = `You passed an invalid value for the include attribute. ${name} is not supported by this endpoint`
  return new Refusal(400, { error: { title: 'Invalid attribute', message } })
}
