import type { Row, Ticket } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import { ratingId, reasonOf } from '../account/tickets/satisfaction.ts'
import { statusBeforeDeletion } from '../account/tickets/save.ts'
import { isoTime } from '../iso-time.ts'
import { viaRow } from './via.ts'

/** Which of the keys that depend on the call a ticket's row has. */
export type TicketShape = { readonly fields: boolean; readonly generated: boolean }

/** A ticket as exports and `/tickets/{id}` give it. */
export const WHOLE: TicketShape = { fields: true, generated: true }
/** A ticket as `/tickets` gives it under offset pagination. */
export const LISTED: TicketShape = { fields: true, generated: false }
/** A ticket as `/tickets` gives it under cursor pagination. */
export const CURSOR_LISTED: TicketShape = { fields: false, generated: false }

/** A ticket's row, in the API's order of keys; a key whose value is undefined isn't in the JSON. */
export function ticketRow(store: Store, ticket: Ticket, shape: TicketShape): Row {
  const { values, scrubbed } = ticket
  const [first] = ticket.audits
  if (first === undefined) throw new Error(`Ticket ${ticket.id} has no audit.`)
  const subject = scrubbed ? 'SCRUBBED' : values.subject
  // Assumed (fact 349): which values a scrubbed ticket keeps.
  const custom = scrubbed ? [] : customFields(ticket)
  return {
    url: `${store.base}/api/v2/tickets/${ticket.id}.json`,
    id: ticket.id,
    external_id: scrubbed ? null : values.external_id,
    via: scrubbed ? { channel: first.via.channel, source: { from: {}, to: {}, rel: null } } : viaRow(store, first),
    created_at: isoTime(ticket.created),
    updated_at: isoTime(ticket.updated),
    generated_timestamp: shape.generated ? ticket.generated : undefined,
    type: values.type,
    subject,
    raw_subject: subject,
    description: scrubbed ? 'SCRUBBED' : description(ticket),
    priority: values.priority,
    status: values.status,
    recipient: first.via.channel === 'email' && !scrubbed ? 'support@northwind.example' : null,
    requester_id: scrubbed ? -1 : values.requester_id,
    submitter_id: scrubbed ? -1 : ticket.submitter,
    assignee_id: values.assignee_id,
    organization_id: values.organization_id,
    group_id: values.group_id,
    collaborator_ids: scrubbed ? [] : collaboratorsOf(ticket),
    follower_ids: scrubbed ? [] : (ticket.rare?.followers ?? NONE),
    email_cc_ids: scrubbed ? [] : ticket.copied,
    forum_topic_id: null,
    problem_id: values.problem_id,
    has_incidents: ticket.hasIncidents,
    is_public: ticket.isPublic,
    due_at: values.due_at,
    tags: scrubbed ? [] : values.tags,
    custom_fields: custom,
    satisfaction_rating: rating(ticket),
    sharing_agreement_ids: ticket.rare?.shared ?? NONE,
    custom_status_id: values.custom_status_id,
    fields: shape.fields ? custom : undefined,
    followup_ids: ticket.rare?.followUps ?? NONE,
    ticket_form_id: values.ticket_form_id,
    brand_id: values.brand_id,
    allow_channelback: false,
    allow_attachments: true,
    from_messaging_channel: false,
    // Assumed (fact 359): tickets of agents lack it, as in the samples.
    support_type: ticket.rare?.isForAi ? 'ai_agent' : undefined,
  }
}

const NONE: readonly number[] = []

/** Those who get mails about a ticket: in copy, or as followers. */
export function collaboratorsOf({ copied, rare }: Ticket): readonly number[] {
  const followers = rare?.followers ?? NONE
  return followers.length === 0 ? copied : [...new Set([...copied, ...followers])]
}

/** A row of `/deleted_tickets`. */
export function deletedTicketRow(store: Store, ticket: Ticket): Row {
  return {
    id: ticket.id,
    subject: ticket.values.subject,
    description: description(ticket),
    actor: { id: ticket.deletedBy, name: store.users.get(ticket.deletedBy)?.name ?? 'Unknown' },
    deleted_at: isoTime(ticket.deleted),
    previous_state: statusBeforeDeletion(ticket),
  }
}

/** How many comments a ticket has. */
export function commentCount(ticket: Ticket): number {
  return ticket.audits.reduce((count, { events }) => count + events.filter(isComment).length, 0)
}

function isComment({ type }: { type: string }): boolean {
  return type === 'Comment' || type === 'VoiceComment'
}

function description(ticket: Ticket): string | null {
  const comment = ticket.audits[0]?.events[0]
  return comment !== undefined && 'body' in comment ? comment.body : null
}

function customFields({ fieldSet, custom }: Ticket): Row[] {
  return fieldSet.ids.map((id, at) => ({ id, value: custom[at] ?? null }))
}

function rating({ id, values, rare }: Ticket): Row {
  const score = values.satisfaction_score
  if (score !== 'good' && score !== 'bad') return { score }
  const reason = reasonOf(rare?.ratingReason)
  return {
    id: ratingId(id),
    score,
    comment: rare?.ratingComment ?? null,
    reason: reason.value,
    reason_id: reason.code === 0 ? 0 : reason.id,
  }
}
