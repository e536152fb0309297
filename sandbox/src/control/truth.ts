import { eventId, metricEventRef } from '../account/ids.ts'
import type { Row, Ticket } from '../account/model.ts'
import { firstAdmin } from '../account/people/lookup.ts'
import type { Store } from '../account/store.ts'
import type { Id, Table } from '../account/table.ts'
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

/** The streams whose truth can be asked, next to the tables. */
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

/** Name of a stream whose truth can be asked, next to the store's tables. */
export type TruthStream = (typeof STREAMS)[number]

/** A record of the truth: its key, whether it is deleted, and its row, which is made only if it is not. */
type Found = readonly [key: Id, isDeleted: boolean, row: () => Row]

type Records = (store: Store) => Iterable<Found>

/** For each stream that no table holds: all its records, deleted ones too. */
const RECORDS: Readonly<Record<TruthStream, Records>> = {
  tickets: ofTickets(function* (store, ticket, isDeleted) {
    yield [ticket.id, isDeleted, () => ticketRow(store, ticket, WHOLE)]
  }),
  ticket_metrics: ofTickets(function* (store, ticket, isDeleted) {
    yield [ticket.id, isDeleted, () => metricSetRow(store, ticket)]
  }),
  ticket_audits: ofTickets(function* (store, ticket, isDeleted) {
    for (const audit of ticket.audits) yield [audit.id, isDeleted, () => auditRow(store, audit)]
  }),
  ticket_comments: ofTickets(function* (store, ticket, isDeleted) {
    for (const audit of ticket.audits)
      for (const [nth, event] of audit.events.entries())
        if ('body' in event)
          yield [
            eventId(audit, nth),
            isDeleted,
            () => ({ ...childEventRow(store, audit, event, nth, true), ticket_id: ticket.id }),
          ]
  }),
  ticket_metric_events: ofTickets(function* (store, ticket) {
    for (const [nth, event] of metricEventsOf(ticket).entries()) {
      if (event.visible > store.clock.now()) continue
      const id = metricEventRef(ticket, nth)
      yield [id, event.deleted, () => metricEventRow(id, ticket.id, event)]
    }
  }),
  ticket_events: ofTickets(function* (store, ticket, isDeleted) {
    for (const audit of ticket.audits) yield [audit.id, isDeleted, () => ticketEventRow(store, audit, true)]
  }),
  // Those that left the list were restored, or are beyond it.
  deleted_tickets: ofTickets(function* (store, ticket) {
    if (wasDeleted(ticket)) yield [ticket.id, !isRestorable(store, ticket), () => deletedTicketRow(store, ticket)]
  }),
  // Those of the first administrator, whose credentials connectors have.
  *requests(store) {
    const viewer = store.users.get(firstAdmin(store))
    for (const ticket of store.tickets)
      if (ticket.deleted === 0 && ticket.isPublic && ticket.values.requester_id === viewer?.id)
        yield [ticket.id, false, () => requestRow(store, ticket, viewer)]
  },
  satisfaction_ratings: ofTickets(function* (store, ticket) {
    const rating = ratingOf(ticket)
    const wasOffered = ticket.deleted > 0 && ticket.values.satisfaction_score !== 'unoffered'
    if (rating !== undefined) yield [ratingId(ticket.id), false, () => ratingRow(store, rating)]
    else if (wasOffered) yield [ratingId(ticket.id), true, noRow]
  }),
  // Those of the first administrator, like requests.
  *ticket_activities(store) {
    for (const one of createActivities(store)(firstAdmin(store))) yield [one.id, false, () => activityRow(store, one)]
  },
  *ticket_fields(store) {
    for (const field of store.fields.values()) yield [field.id, false, () => fieldRow(store, field)]
    yield* deleted(store.deleted.fields)
  },
  *ticket_forms(store) {
    for (const form of store.forms.values()) yield [form.id, false, () => formRow(store, form)]
    yield* deleted(store.deleted.forms)
  },
  *ticket_form_conditions_agent(store) {
    for (const [key, row] of formConditions(store, 'agentConditions')) yield [key, false, () => row]
  },
  *ticket_form_conditions_end_user(store) {
    for (const [key, row] of formConditions(store, 'endUserConditions')) yield [key, false, () => row]
  },
  *users(store) {
    for (const user of store.users.values()) yield [user.id, user.deleted, () => exportedUserRow(store, user)]
  },
  *organizations(store) {
    for (const one of store.organizations.values())
      yield [one.id, one.deleted > 0, () => exportedOrganizationRow(store, one)]
  },
  *groups(store) {
    for (const group of store.groups.values()) yield [group.id, group.deleted, () => groupRow(store, group)]
  },
  *user_identities(store) {
    for (const user of store.users.values())
      for (const identity of user.identities) yield [identity.id, false, () => identityRow(store, user, identity)]
    yield* deleted(store.people.deletedIdentities)
  },
  *organization_memberships(store) {
    const { order, deletedIds } = store.people.organizationMemberships
    for (const one of order.from(0, -1)) yield [one.id, false, () => organizationMembershipRow(store, one)]
    yield* deleted(deletedIds)
  },
  *group_memberships(store) {
    const { order, deletedIds } = store.people.groupMemberships
    for (const one of order.from(0, -1)) yield [one.id, false, () => groupMembershipRow(store, one)]
    yield* deleted(deletedIds)
  },
  *tags(store) {
    for (const { name, count } of tagCounts(store)) yield [name, false, () => ({ name, count })]
  },
}

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
  if (table !== undefined) return truthOfTable(store, stream, table)
  const records = (RECORDS as { readonly [stream: string]: Records | undefined })[stream]
  if (records === undefined) return undefined
  const live = new Map<Id, Row>()
  const deletedKeys = new Set<Id>()
  for (const [key, isDeleted, row] of records(store)) {
    if (isDeleted) deletedKeys.add(key)
    else live.set(key, row())
  }
  return { live, deleted: deletedKeys }
}

// A deleted brand keeps its record, which no list shows, and a deleted ticket its side conversations.
function truthOfTable(store: Store, name: string, table: Table): Truth<Id> {
  const all = [...table.all()]
  const isDeleted = (one: Row) =>
    one['is_deleted'] === true ||
    (name.startsWith('side_conversation') && (store.tickets[Number(one['ticket_id']) - 1]?.deleted ?? 0) > 0)
  return {
    live: new Map(all.filter((one) => !isDeleted(one)).map((one) => [one.id, table.row(one)])),
    deleted: new Set([...table.deletedIds, ...all.filter(isDeleted).map(({ id }) => id)]),
  }
}

function ofTickets(each: (store: Store, ticket: Ticket, isDeleted: boolean) => Iterable<Found>): Records {
  return function* (store) {
    for (const ticket of store.tickets) yield* each(store, ticket, ticket.deleted > 0)
  }
}

function* deleted(keys: Iterable<Id>): Iterable<Found> {
  for (const key of keys) yield [key, true, noRow]
}

function noRow(): Row {
  throw new Error('A deleted record has no row.')
}

function wasDeleted({ audits }: Ticket): boolean {
  return audits.some(({ events }) =>
    events.some((event) => event.type === 'Change' && event.field === 'status' && event.value === 'deleted'),
  )
}
