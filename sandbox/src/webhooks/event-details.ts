import type { CommentEvent, Row, Ticket, Value } from '../account/model.ts'
import type { Organization, User } from '../account/people/model.ts'
import { isoTime } from '../iso-time.ts'

/** A value, such as a status, in capitals. */
export const upper = (value: Value): string | null => (value === null ? null : String(value).toUpperCase())
/** A value, such as an id, as text. */
export const text = (value: Value): string | null => (value === null ? null : String(value))

// Assumed (fact 377): the names other than `web_service`. Two of them were seen.
const CHANNELS: Readonly<Record<string, string>> = {
  api: 'web_service',
  web: 'web_form',
  email: 'mail',
  voice: 'phone_call_inbound',
  messaging: 'native_messaging',
}

/** `detail` of a ticket's events. Ids are text; absent ones are null, other than in the events of users and organizations. */
export function ticketDetail(ticket: Ticket, actor: number): Row {
  const { values, audits, scrubbed } = ticket
  const first = audits[0]?.events.find((event): event is CommentEvent => 'body' in event)
  const { channel = 'api' } = audits[0]?.via ?? {}
  return {
    actor_id: String(actor),
    assignee_id: text(values.assignee_id),
    brand_id: text(values.brand_id),
    created_at: isoTime(ticket.created),
    custom_status: text(values.custom_status_id),
    description: scrubbed ? 'SCRUBBED' : (first?.body ?? ''),
    external_id: values.external_id,
    form_id: text(values.ticket_form_id),
    group_id: text(values.group_id),
    id: String(ticket.id),
    is_public: ticket.isPublic,
    organization_id: text(values.organization_id),
    priority: upper(values.priority),
    requester_id: text(values.requester_id),
    status: scrubbed ? 'SCRUBBED' : upper(values.status),
    subject: scrubbed ? 'SCRUBBED' : values.subject,
    submitter_id: String(ticket.submitter),
    tags: values.tags,
    type: upper(values.type),
    updated_at: isoTime(ticket.updated),
    via: { channel: CHANNELS[channel] ?? channel },
  }
}

/** An id as the events of users and organizations have it. */
export const idText = (value: number | null): string => String(value ?? 0)

/** `detail` of a user's events: absent ids are `0`, absent texts empty. */
export function userDetail(user: User): Row {
  return {
    created_at: isoTime(user.created),
    default_group_id: idText(user.group),
    email: user.email ?? '',
    external_id: user.externalId ?? '',
    id: String(user.id),
    organization_id: idText(user.organization),
    role: user.role,
    updated_at: isoTime(user.updated),
  }
}

/** `detail` of an organization's events. */
export function organizationDetail(one: Organization): Row {
  return {
    created_at: isoTime(one.created),
    external_id: one.externalId ?? '',
    group_id: idText(one.group),
    id: String(one.id),
    name: one.name,
    shared_comments: one.sharedComments,
    shared_tickets: one.sharedTickets,
    updated_at: isoTime(one.updated),
  }
}
