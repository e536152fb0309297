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

/** A side-load of records that tickets refer to: the ids in a ticket, and the row of one that is there. */
type Reference = {
  readonly ids: (ticket: Ticket) => readonly (number | null)[]
  readonly row: (store: Store, id: number) => Row | undefined
}

const rowIf = <T>(record: T | undefined, row: (record: T) => Row): Row | undefined =>
  record === undefined ? undefined : row(record)

const fromTable =
  (name: string): Reference['row'] =>
  (store, id) => {
    const table = store.tables.get(name)
    const entry = table?.get(id)
    return entry && table?.row(entry)
  }

const REFERENCES: Readonly<Record<string, Reference>> = {
  users: {
    ids: ({ values, submitter, copied, rare }) => [
      values.requester_id,
      submitter,
      values.assignee_id,
      ...copied,
      ...(rare?.followers ?? []),
    ],
    row: (store, id) => rowIf(store.users.get(id), (user) => userRow(store, user)),
  },
  groups: {
    ids: ({ values }) => [values.group_id],
    row: (store, id) => rowIf(store.groups.get(id), (group) => groupRow(store, group)),
  },
  organizations: {
    ids: ({ values }) => [values.organization_id],
    row: (store, id) => rowIf(store.organizations.get(id), (one) => organizationRow(store, one)),
  },
  ticket_forms: {
    ids: ({ values }) => [values.ticket_form_id],
    row: (store, id) => rowIf(store.forms.get(id), (form) => formRow(store, form)),
  },
  custom_statuses: { ids: ({ values }) => [values.custom_status_id], row: fromTable('custom_statuses') },
  brands: { ids: ({ values }) => [values.brand_id], row: fromTable('brands') },
  sharing_agreements: { ids: ({ rare }) => rare?.shared ?? [], row: fromTable('sharing_agreements') },
}

/** The records that tickets refer to, each once, under the names in `include`; refuses what an export can't give. */
export function sideLoads(
  store: Store,
  tickets: readonly Ticket[],
  include: ReadonlySet<string>,
  place: Place = 'list',
): Row {
  const rows: Row = {}
  for (const [name, { ids, row }] of Object.entries(REFERENCES)) {
    if (!include.has(name)) continue
    const wanted = new Set(tickets.flatMap(ids))
    rows[name] = [...wanted].flatMap((id) => (id === null ? [] : (row(store, id) ?? [])))
  }
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

/** The side-loads inside a ticket's row. Metrics are among them except in lists; null for a deleted ticket. */
export function embedded(store: Store, ticket: Ticket, include: ReadonlySet<string>, place: Place): Row {
  const row: Row = {}
  const isDeleted = ticket.values.status === 'deleted'
  if (place !== 'list' && include.has('metric_sets')) row['metric_set'] = isDeleted ? null : metricSetRow(store, ticket)
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
