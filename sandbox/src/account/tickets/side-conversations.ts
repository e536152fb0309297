import { inKeyOrder } from '../key-order.ts'
import type { Row } from '../model.ts'
import type { User } from '../people/model.ts'
import type { Store } from '../store.ts'
import type { Entry } from '../table.ts'

const CONVERSATION = [
  ...['created_at', 'external_ids', 'id', 'message_added_at', 'participants', 'preview_text', 'state'],
  ...['state_updated_at', 'subject', 'ticket_id', 'updated_at', 'url'],
]
const EVENT = [
  ...['actor', 'created_at', 'id', 'message', 'side_conversation_id', 'ticket_id', 'type', 'via', 'updates'],
]
const PREVIEW = 100

/** Declares the tables of side conversations and their events. */
export function declareSideConversations(store: Store): void {
  const inOrder = inKeyOrder(...CONVERSATION)
  store.table('side_conversations', {
    ids: 'uuid',
    row: (entry) =>
      inOrder({ ...entry, url: `${store.base}/api/v2/tickets/${entry['ticket_id']}/side_conversations/${entry.id}` }),
  })
  store.table('side_conversation_events', { ids: 'uuid', row: inKeyOrder(...EVENT) })
}

/** Epoch milliseconds as side conversations write times: `2025-03-05T16:58:36.453+00:00`. */
export function millisecondTime(at: number): string {
  return new Date(at).toISOString().replace('Z', '+00:00')
}

/** A message as it is sent. */
export type SideMessage = {
  readonly from: Row
  readonly to: readonly Row[]
  readonly subject: string | null
  readonly body: string
  readonly html: string
  readonly externalIds: Row
  readonly attachments: readonly Row[]
}

/** Who does something, where, and when (epoch milliseconds, UTC). */
export type SideAct = { readonly at: number; readonly actor: Row; readonly via: string }

/** Begins a side conversation in a ticket with its first message. */
export function beginConversation(
  store: Store,
  ticket: number,
  message: SideMessage,
  act: SideAct,
): { conversation: Entry; event: Entry } {
  const now = millisecondTime(act.at)
  const conversation = store.table('side_conversations').add({
    ...{ ticket_id: ticket, subject: message.subject, state: 'open', external_ids: message.externalIds },
    participants: participantsOf([message.from, ...message.to]),
    preview_text: previewOf(message.body),
    ...{ message_added_at: now, state_updated_at: now, created_at: now },
  })
  return { conversation, event: addEvent(store, conversation, 'create', act, messageRow(message), {}) }
}

/** Adds a message; it opens a closed conversation again. */
export function replyTo(store: Store, conversation: Entry, message: SideMessage, act: SideAct): Entry {
  const now = millisecondTime(act.at)
  const reopened = conversation['state'] === 'closed' ? { state: 'open', state_updated_at: now } : {}
  store.table('side_conversations').change(conversation.id, {
    participants: participantsOf([...(conversation['participants'] as Row[]), message.from, ...message.to]),
    preview_text: previewOf(message.body),
    message_added_at: now,
    updated_at: now,
    ...reopened,
  })
  return addEvent(store, conversation, 'reply', act, messageRow(message), 'state' in reopened ? { state: 'open' } : {})
}

/** Changes state, subject or external ids. */
export function changeConversation(store: Store, conversation: Entry, changes: Row, act: SideAct): Entry {
  const now = millisecondTime(act.at)
  const moved = changes['state'] !== undefined && changes['state'] !== conversation['state']
  store
    .table('side_conversations')
    .change(conversation.id, { ...changes, updated_at: now, ...(moved ? { state_updated_at: now } : {}) })
  return addEvent(store, conversation, 'update', act, null, changes)
}

/** An event of a conversation. */
export function addEvent(
  store: Store,
  conversation: Entry,
  type: string,
  { at, actor, via }: SideAct,
  message: Row | null,
  updates: Row,
): Entry {
  return store.table('side_conversation_events').add({
    ...{ actor, message, side_conversation_id: conversation.id, ticket_id: conversation['ticket_id'] },
    ...{ type, via, updates, created_at: millisecondTime(at), nth: store.nextId() },
  })
}

/** A user as a participant; for nobody's address only that is known. */
export function participant(user: User | undefined, email: string | null): Row {
  return { user_id: user?.id ?? null, name: user?.name ?? null, email: user?.email ?? email }
}

function messageRow({ subject, body, html, from, to, externalIds, attachments }: SideMessage): Row {
  return {
    subject,
    preview_text: previewOf(body),
    body,
    html_body: html,
    from,
    to,
    external_ids: externalIds,
    attachments,
  }
}

// Each once, in the order in which they came.
function participantsOf(people: readonly Row[]): Row[] {
  return [...new Map(people.map((one) => [JSON.stringify(one), one])).values()]
}

/** The first words of a message, in one line. */
export function previewOf(body: string): string {
  return [...body.replaceAll(/\s+/g, ' ').trim()].slice(0, PREVIEW).join('')
}
