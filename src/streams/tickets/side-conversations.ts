import type { SideConversationEvent } from '../../generated/side_conversation_events.ts'
import type { SideConversation } from '../../generated/side_conversations.ts'
import type { Ticket } from '../../generated/tickets.ts'
import type { Page, RecordData, Walk } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import { belowParent } from '../../zendesk/walks/below-parent.ts'
import { cursorList, numberedList } from '../../zendesk/walks/list.ts'
import { rowsOf } from '../../zendesk/walks/rows.ts'
import { timeExport } from '../../zendesk/walks/time-export.ts'
import { defineParent, defineSideLoad, defineStream } from '../define.ts'
import { showTicket } from './side-loads.ts'
import { ticketDeletion, ticketExport } from './tickets.ts'

const CONVERSATIONS = 'side_conversations'

/** The member of an event's row that holds its side-loaded conversation. */
const CONVERSATION = 'side_conversation'

const events = timeExport({
  name: 'side_conversation_export',
  path: 'tickets/side_conversations/events',
  key: 'events',
  timeField: 'created_at',
  lag: 60,
  endsWithRow: false,
  // As another client saw it (fact 225).
  pageSize: 100,
  reads: { side_conversation_id: true },
  extras: [CONVERSATION],
})

/**
 * The events of all side conversations by their time, each with its conversation if that is asked for. Every change of a
 * conversation makes an event (assumed (fact 314): also a change by an app).
 * https://developer.zendesk.com/api-reference/ticketing/side_conversation/side_conversation_event/
 */
const sideConversationExport: Walk = {
  ...events,
  secondAgain: {
    path: 'tickets/{id}/side_conversations/{id}/events',
    walks: conversationsBegunBy,
    parentOf: ({ ticket_id }) => ticket_id,
  },
  advance(page, position) {
    const { rows, ...rest } = events.advance(page, position)
    return { ...rest, rows: withConversations(rows, page) }
  },
}

const conversationsOf = (ticket_id: unknown): Walk =>
  belowParent(numberedList({ path: `tickets/${ticket_id}/side_conversations` }), { ticket_id })

/**
 * The conversations that had begun by a second, with their events: of all tickets that changed since, if an event moves its
 * ticket in the ticket export (assumed (fact 381); that it does so for those that are known is the proof), else of all tickets
 * that are listed.
 */
function conversationsBegunBy(second: number): readonly Walk[] {
  const { reads: _, ...exported } = ticketExport
  const beginsLater = ({ created_at }: RecordData): boolean => (epochOf(created_at) ?? 0) > second
  const eventsOf =
    (ticket: RecordData) =>
    (conversation: RecordData): Walk | undefined => {
      if (beginsLater(conversation)) return undefined
      const path = `tickets/${ticket['id']}/side_conversations/${conversation['id']}/events`
      const known = { ticket_id: ticket['id'], side_conversation_id: conversation['id'] }
      const list = belowParent(numberedList({ path, key: 'events' }), known)
      return {
        ...list,
        advance(page, position) {
          const { rows, ...rest } = list.advance(page, position)
          return { ...rest, rows: rows.map((row) => ({ ...row, [CONVERSATION]: conversation })) }
        },
      }
    }
  const childList = (ticket: RecordData): Walk | undefined =>
    beginsLater(ticket) ? undefined : { ...conversationsOf(ticket['id']), childList: eventsOf(ticket) }
  return [exported, cursorList({ path: 'tickets' })].map((tickets) => ({ ...tickets, childList }))
}

function withConversations(rows: readonly RecordData[], page: Page): readonly RecordData[] {
  if (page[CONVERSATIONS] === undefined) return rows
  const conversations = new Map(rowsOf(page, CONVERSATIONS).map((one) => [one['id'], one]))
  // A slice stays one: what is added here is not in its text.
  return rows.map((row) => ({ ...row, [CONVERSATION]: conversations.get(row['side_conversation_id']) }))
}

/** An event, with its conversation if that is side-loaded. */
interface ConversationEventRow extends SideConversationEvent {
  readonly ticket_id: number
  readonly [CONVERSATION]?: SideConversation
}

/**
 * Each event belongs to a conversation; conversations come in a list of their own beside that of the events (fact 178).
 * https://developer.zendesk.com/api-reference/ticketing/side_conversation/side_conversation/#list-side-conversations
 */
const conversationsOfEvents = defineSideLoad<ConversationEventRow>()({
  key: CONVERSATIONS,
  include: CONVERSATIONS,
  isMissing: (event) => !(CONVERSATION in event),
  reads: { ticket_id: true, side_conversation_id: true, created_at: true, side_conversation: true },
  instead: {
    path: 'tickets/{id}/side_conversations',
    parentOf: ({ ticket_id }) => ticket_id,
    walk: conversationsOf,
    fill(event, conversations) {
      const found = conversations.find(({ id }) => id === event.side_conversation_id)
      return found && { ...event, [CONVERSATION]: found }
    },
    show: showTicket,
    withKeyOnly(event) {
      const { side_conversation_id: id, ticket_id, created_at: updated_at } = event
      return { ...event, [CONVERSATION]: { id, ticket_id, updated_at } }
    },
  },
})

/** These events do not show that their ticket was restored: the ticket export does. */
const ofSilentTicket = defineParent<Ticket, ConversationEventRow>()({
  walk: ticketExport,
  ...ticketDeletion,
  childReads: { ticket_id: true },
  idOf: ({ ticket_id }) => ticket_id,
  show: showTicket,
})

const NEEDS = 'An administrator, and the Collaboration add-on'

export const sideConversations = defineStream<SideConversation, ConversationEventRow>()({
  name: 'side_conversations',
  cursorField: 'updated_at',
  cursorFormat: 'iso',
  adminOnly: false,
  needs: NEEDS,
  walk: sideConversationExport,
  include: { include: CONVERSATIONS },
  sideLoads: [conversationsOfEvents],
  parent: ofSilentTicket,
  reads: { side_conversation: true },
  // A conversation with several events on a page is emitted once.
  records: (events) => [...new Set(events.flatMap(({ side_conversation: one }) => (one ? [one] : [])))],
})

export const sideConversationEvents = defineStream<SideConversationEvent>()({
  name: 'side_conversation_events',
  cursorField: 'created_at',
  cursorFormat: 'iso',
  adminOnly: false,
  needs: NEEDS,
  walk: sideConversationExport,
  parent: ofSilentTicket,
  reads: {},
})
