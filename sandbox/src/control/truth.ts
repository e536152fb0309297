import { eventId, metricEventRef } from '../account/ids.ts'
import type { Row, Ticket } from '../account/model.ts'
import { firstAdmin } from '../account/people/lookup.ts'
import type { Store } from '../account/store.ts'
import type { Id } from '../account/table.ts'
import { createActivities } from '../account/tickets/activities.ts'
import { formConditions } from '../account/tickets/form-conditions.ts'
import { metricEventsOf } from '../account/tickets/metric-events.ts'
import { ratingId, ratingOf } from '../account/tickets/satisfaction.ts'
import { isRestorable } from '../account/tickets/save.ts'
import { tagCounts } from '../account/tickets/tag-counts.ts'
import { activityRow } from '../rows/activity.ts'
import { auditRow } from '../rows/audit.ts'
import { fieldRow, formRow } from '../rows/fields.ts'
import { identityRow } from '../rows/identities.ts'
import { groupMembershipRow, organizationMembershipRow } from '../rows/memberships.ts'
import { metricEventRow, metricSetRow } from '../rows/metrics.ts'
import { exportedOrganizationRow, exportedUserRow, groupRow } from '../rows/people.ts'
import { requestRow } from '../rows/request.ts'
import { ratingRow } from '../rows/satisfaction.ts'
import { deletedTicketRow, ticketRow, WHOLE } from '../rows/ticket.ts'
import { childEventRow, ticketEventRow } from '../rows/ticket-event.ts'

/** The streams whose truth can be asked, beside the tables. */
export const STREAMS = [
  'tickets',
  'ticket_metrics',
  'ticket_audits',
  'ticket_comments',
  'ticket_metric_events',
  'ticket_events',
  'deleted_tickets',
  'requests',
  'satisfaction_ratings',
  'ticket_activities',
  'ticket_fields',
  'ticket_forms',
  'ticket_form_conditions_agent',
  'ticket_form_conditions_end_user',
  'users',
  'organizations',
  'groups',
  'user_identities',
  'organization_memberships',
  'group_memberships',
  'tags',
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
  if (table !== undefined) {
    // A deleted brand keeps its record, which no list shows, and a deleted ticket its side conversations.
    const there = [...table.all()]
    const gone = (one: Row) =>
      one['is_deleted'] === true ||
      (stream.startsWith('side_conversation') && (store.tickets[Number(one['ticket_id']) - 1]?.deleted ?? 0) > 0)
    return {
      live: new Map(there.filter((one) => !gone(one)).map((one) => [one.id, table.row(one)])),
      deleted: new Set([...table.gone, ...there.filter(gone).map(({ id }) => id)]),
    }
  }
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
          if (event.visible > store.clock.now()) continue
          const id = metricEventRef(ticket, nth)
          put(id, event.deleted, () => metricEventRow(id, ticket.id, event))
        }
      })
      break
    case 'ticket_events':
      perTicket((ticket, gone) => {
        for (const audit of ticket.audits) put(audit.id, gone, () => ticketEventRow(store, audit, true))
      })
      break
    case 'deleted_tickets':
      // Those that left the list were restored, or are beyond it.
      for (const ticket of store.tickets)
        if (wasDeleted(ticket)) put(ticket.id, !isRestorable(store, ticket), () => deletedTicketRow(store, ticket))
      break
    case 'requests': {
      // Those of the first administrator, as below.
      const viewer = store.users.get(firstAdmin(store))
      for (const ticket of store.tickets)
        if (ticket.deleted === 0 && ticket.isPublic && ticket.values.requester_id === viewer?.id)
          live.set(ticket.id, requestRow(store, ticket, viewer))
      break
    }
    case 'satisfaction_ratings':
      for (const ticket of store.tickets) {
        const rating = ratingOf(ticket)
        if (rating !== undefined) live.set(ratingId(ticket.id), ratingRow(store, rating))
        else if (ticket.deleted > 0 && ticket.values.satisfaction_score !== 'unoffered')
          deleted.add(ratingId(ticket.id))
      }
      break
    case 'ticket_activities':
      // Those of the first administrator, whose credentials connectors have.
      for (const one of createActivities(store)(firstAdmin(store))) live.set(one.id, activityRow(store, one))
      break
    case 'ticket_fields':
      for (const field of store.fields.values()) live.set(field.id, fieldRow(store, field))
      for (const id of store.gone.fields) deleted.add(id)
      break
    case 'ticket_forms':
      for (const form of store.forms.values()) live.set(form.id, formRow(store, form))
      for (const id of store.gone.forms) deleted.add(id)
      break
    case 'ticket_form_conditions_agent':
      return { live: formConditions(store, 'agentConditions'), deleted }
    case 'ticket_form_conditions_end_user':
      return { live: formConditions(store, 'endUserConditions'), deleted }
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
    case 'user_identities':
      for (const user of store.users.values())
        for (const identity of user.identities) live.set(identity.id, identityRow(store, user, identity))
      for (const id of store.people.goneIdentities) deleted.add(id)
      break
    case 'organization_memberships':
      for (const one of store.people.organizationMemberships.order.from(0, -1))
        live.set(one.id, organizationMembershipRow(store, one))
      for (const id of store.people.organizationMemberships.gone) deleted.add(id)
      break
    case 'group_memberships':
      for (const one of store.people.groupMemberships.order.from(0, -1))
        live.set(one.id, groupMembershipRow(store, one))
      for (const id of store.people.groupMemberships.gone) deleted.add(id)
      break
    case 'tags':
      for (const { name, count } of tagCounts(store)) live.set(name, { name, count })
      break
    default:
      return undefined
  }
  return { live, deleted }
}

function wasDeleted({ audits }: Ticket): boolean {
  return audits.some(({ events }) =>
    events.some((event) => event.type === 'Change' && event.field === 'status' && event.value === 'deleted'),
  )
}
