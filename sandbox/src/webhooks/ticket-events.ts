import type { Audit, CommentEvent, Row, Ticket, TicketEvent, Value } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import { commentEventRow } from '../rows/comment.ts'
import { text, ticketDetail, upper } from './event-details.ts'
import type { ZenEvent } from './model.ts'

// Fields whose change is an event of its own, and how their values are written there.
const CHANGES: Readonly<Record<string, readonly [event: string, write: (value: Value) => unknown]>> = {
  subject: ['subject_changed', text],
  status: ['status_changed', upper],
  priority: ['priority_changed', upper],
  type: ['type_changed', upper],
  assignee_id: ['agent_assignment_changed', text],
  group_id: ['group_assignment_changed', text],
  organization_id: ['organization_changed', text],
  brand_id: ['brand_changed', text],
  requester_id: ['requester_changed', text],
  ticket_form_id: ['form_changed', text],
  external_id: ['external_id_changed', text],
  problem_id: ['problem_link_changed', text],
  due_at: ['task_due_at_changed', text],
  custom_status_id: ['custom_status_changed', text],
}
/** The events of an audit, in the order in which they happened. */
export function ticketEvents(store: Store, audit: Audit): ZenEvent[] {
  const { ticket } = audit
  const detail = ticketDetail(ticket, audit.author)
  const time = store.clock.nowMs()
  const zenEvent = (type: string, event: Row): ZenEvent => ({
    type: `ticket.${type}`,
    subject: `ticket:${ticket.id}`,
    time,
    detail,
    event,
  })
  const target = audit.via.merge?.at(-1)
  const merged =
    target === undefined || target === ticket.id ? [] : [zenEvent('merged', { target_ticket_id: String(target) })]
  // Assumed (fact 377): a new ticket has an event for its creation and one for its comment, and none for its first values.
  const opening = ticket.audits[0] === audit ? [zenEvent('created', {})] : []
  const others = audit.events.flatMap((event, nth) =>
    eventsOf(store, audit, event, nth).map(([type, values]) => zenEvent(type, values)),
  )
  return [...opening, ...others, ...merged]
}

/** That a deleted ticket was deleted for good. */
export const scrubbedEvent = (store: Store, ticket: Ticket): ZenEvent =>
  lifeEvent(store, ticket, 'permanently_deleted', ticket.deletedBy)

/** That a ticket was marked as spam. Assumed (fact 377): besides the event of its deletion. */
export const spamEvent = (store: Store, ticket: Ticket, author: number): ZenEvent =>
  lifeEvent(store, ticket, 'marked_as_spam', author)

function lifeEvent(store: Store, ticket: Ticket, name: string, author: number): ZenEvent {
  const [subject, time] = [`ticket:${ticket.id}`, store.clock.nowMs()]
  return { type: `ticket.${name}`, subject, time, detail: ticketDetail(ticket, author), event: {} }
}

type ChangeEvent = [type: string, values: Row]

function eventsOf(store: Store, audit: Audit, event: TicketEvent, nth: number): ChangeEvent[] {
  switch (event.type) {
    case 'Comment':
    case 'VoiceComment':
      return commentEvents(store, audit, event, nth)
    case 'Change':
      return changeEvents(store, event)
    case 'Cc':
      return [['email_ccs_changed', moved(copiedBefore(audit), event.recipients.map(String), 'users')]]
    case 'Other':
      return otherEvents(event.kind, event.values)
    default:
      return []
  }
}

function changeEvents(store: Store, { field, value, previous }: TicketEvent & { type: 'Change' }): ChangeEvent[] {
  if (field === 'status' && value === 'deleted') return [['soft_deleted', {}]]
  if (field === 'status' && previous === 'deleted') return [['undeleted', {}]]
  if (field === 'tags') return [['tags_changed', moved(listed(previous), listed(value), 'tags')]]
  if (field === 'satisfaction_score')
    return [
      [value === 'offered' ? 'csat_requested' : 'csat_received', { current: upper(value), previous: upper(previous) }],
    ]
  const custom = store.fields.get(Number(field))
  if (custom?.removable === true) {
    const { id, title, type } = custom
    return [
      [
        'custom_field_changed',
        {
          current: { value },
          previous: { value: previous },
          custom_field: { id: String(id), title, type: type.toUpperCase() },
        },
      ],
    ]
  }
  const change = CHANGES[field]
  if (change === undefined) return []
  const [name, write] = change
  return [[name, { current: write(value), previous: write(previous) }]]
}

function commentEvents(store: Store, audit: Audit, comment: CommentEvent, nth: number): ChangeEvent[] {
  const row = commentEventRow(store, audit, nth, comment)
  const author = store.users.get(comment.author)
  const commentDetail = {
    id: String(row['id']),
    body: comment.body,
    is_public: comment.public,
    author: {
      id: String(comment.author),
      is_staff: author !== undefined && author.role !== 'end-user',
      name: author?.name ?? '',
    },
  }
  const files = (row['attachments'] as readonly Row[]).map(
    (file): ChangeEvent => [
      'attachment_linked_to_comment',
      {
        comment: {
          ...commentDetail,
          attachment: {
            id: String(file['id']),
            content_type: file['content_type'],
            content_url: file['content_url'],
            filename: file['file_name'],
            is_public: comment.public,
          },
        },
      },
    ],
  )
  return [['comment_added', { comment: commentDetail }], ...files]
}

function otherEvents(kind: string, values: Row): ChangeEvent[] {
  const comment = { comment: { id: String(values['comment_id'] ?? '') } }
  switch (kind) {
    case 'FollowersChange':
      return [
        [
          'followers_changed',
          moved(strings(values['previous_followers']), strings(values['current_followers']), 'users'),
        ],
      ]
    case 'CommentPrivacyChange':
      return [['comment_made_private', comment]]
    case 'CommentRedactionEvent':
      return [['comment_redacted', comment]]
    case 'AttachmentRedactionEvent':
      return [['attachment_redacted_from_comment', comment]]
    default:
      return []
  }
}

function copiedBefore(audit: Audit): string[] {
  const { audits } = audit.ticket
  for (const earlier of audits.slice(0, audits.indexOf(audit)).toReversed())
    for (const event of earlier.events) if (event.type === 'Cc') return event.recipients.map(String)
  return []
}

function moved(before: readonly string[], now: readonly string[], what: 'tags' | 'users'): Row {
  return {
    [`${what}_added`]: now.filter((one) => !before.includes(one)),
    [`${what}_removed`]: before.filter((one) => !now.includes(one)),
  }
}

const listed = (value: Value): readonly string[] => (Array.isArray(value) ? value : [])
const strings = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])
