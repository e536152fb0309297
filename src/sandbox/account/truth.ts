import { auditRow } from '../records/audit.ts'
import { eventId } from '../records/comment.ts'
import { fieldRow, formRow } from '../records/fields.ts'
import { metricEventRow, metricSetRow } from '../records/metrics.ts'
import { exportedOrganizationRow, exportedUserRow, groupRow } from '../records/people.ts'
import { ticketRow, WHOLE } from '../records/ticket.ts'
import { childEventRow } from '../records/ticket-event.ts'
import { metricEventsOf } from './metric-events.ts'
import type { Row, Ticket } from './model.ts'
import { metricEventRef, type Store } from './store.ts'
import type { Id } from './table.ts'

/** The streams whose truth can be asked, beside the tables. */
export const STREAMS = [
  'tickets',
  'ticket_metrics',
  'ticket_audits',
  'ticket_comments',
  'ticket_metric_events',
  'ticket_fields',
  'ticket_forms',
  'users',
  'organizations',
  'groups',
] as const

/** Name of a stream whose truth can be asked, beside the store's tables. */
export type TruthStream = (typeof STREAMS)[number]

/**
 * What a perfect connector holds now: the live records by key (their id; for `ticket_metrics` the ticket's), each as the
 * API gives it where a connector reads it, and the keys of those that were deleted. Whatever belongs to a deleted ticket
 * counts as deleted, and so does a deactivated user. The newest minute, which exports withhold, is in it.
 */
export type Truth<Key extends Id = number> = {
  readonly live: ReadonlyMap<Key, Row>
  readonly deleted: ReadonlySet<Key>
}

/** The truth of one stream or table; undefined if there is none of this name. */
export function truthOf(store: Store, stream: string): Truth<Id> | undefined {
  const table = store.tables.get(stream)
  if (table !== undefined)
    return { live: new Map(Array.from(table.all(), (one) => [one.id, table.row(one)])), deleted: new Set(table.gone) }
  const live = new Map<Id, Row>()
  const deleted = new Set<Id>()
  const put = (key: Id, gone: boolean, row: () => Row) => {
    if (gone) deleted.add(key)
    else live.set(key, row())
  }
  const perTicket = (each: (ticket: Ticket, gone: boolean) => void) => {
    for (const ticket of store.tickets) each(ticket, ticket.deleted > 0)
  }

  switch (stream) {
    case 'tickets':
      perTicket((ticket, gone) => put(ticket.id, gone, () => ticketRow(store, ticket, WHOLE)))
      break
    case 'ticket_metrics':
      perTicket((ticket, gone) => put(ticket.id, gone, () => metricSetRow(store, ticket)))
      break
    case 'ticket_audits':
      perTicket((ticket, gone) => {
        for (const audit of ticket.audits) put(audit.id, gone, () => auditRow(store, audit))
      })
      break
    case 'ticket_comments':
      perTicket((ticket, gone) => {
        for (const audit of ticket.audits)
          for (const [nth, event] of audit.events.entries())
            if ('body' in event)
              put(eventId(audit, nth), gone, () => ({
                ...childEventRow(store, audit, event, nth, true),
                ticket_id: ticket.id,
              }))
      })
      break
    case 'ticket_metric_events':
      perTicket((ticket) => {
        for (const [nth, event] of metricEventsOf(ticket).entries()) {
          const id = metricEventRef(ticket, nth)
          put(id, event.deleted, () => metricEventRow(id, ticket.id, event))
        }
      })
      break
    case 'ticket_fields':
      for (const field of store.fields.values()) live.set(field.id, fieldRow(store, field))
      for (const id of store.gone.fields) deleted.add(id)
      break
    case 'ticket_forms':
      for (const form of store.forms.values()) live.set(form.id, formRow(store, form))
      for (const id of store.gone.forms) deleted.add(id)
      break
    case 'users':
      for (const user of store.users.values()) put(user.id, user.deleted, () => exportedUserRow(store, user))
      break
    case 'organizations':
      for (const one of store.organizations.values())
        put(one.id, one.deleted > 0, () => exportedOrganizationRow(store, one))
      break
    case 'groups':
      for (const group of store.groups.values()) put(group.id, group.deleted, () => groupRow(store, group))
      break
    default:
      return undefined
  }
  return { live, deleted }
}
