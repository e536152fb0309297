import type { Row } from '../../account/model.ts'
import { childrenOf } from '../../account/record-tree.ts'
import type { Entry } from '../../account/table.ts'
import { beginConversation, changeConversation, replyTo } from '../../account/tickets/side-conversations.ts'
import { parameterMissing, recordInvalid } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { fileIn } from '../../http/multipart.ts'
import { created, reply } from '../../http/reply.ts'
import { isRow } from '../input/values.ts'
import { found, included } from '../parameters.ts'
import type { Served } from '../served.ts'
import { liveTicket } from './live-ticket.ts'
import { sideEventExport } from './side-conversation-export.ts'
import { importConversation } from './side-conversation-import.ts'
import { actBy, messageIn } from './side-conversation-messages.ts'

/** Side conversations of tickets, their events, and the export of all events. */
export function sideConversationRoutes(served: Served): readonly Family[] {
  const { store } = served
  const routes = withPlan(served, { ...readRoutes(served), ...writeRoutes(served) })
  const exports = withPlan(served, { 'GET /tickets/side_conversations/events': sideEventExport(store, served) })
  return [
    { who: 'agent', scope: 'tickets', routes },
    { who: 'admin', scope: 'tickets', routes: exports },
  ]
}

// Without the add-on the answer is a 403 of an empty page.
function withPlan({ plan }: Served, routes: Routes): Routes {
  const guarded = Object.entries(routes).map(([route, handler]) => [
    route,
    (call: Call) =>
      plan.features['side_conversations']
        ? handler(call)
        : reply(403, '', { 'content-type': 'text/html; charset=utf-8' }),
  ])
  return Object.fromEntries(guarded) as Routes
}

function finder({ store }: Served) {
  const ticket = (call: Call) => liveTicket(store, call.params['ticket_id'], 'api/v2/tickets/side_conversations')
  const conversation = (call: Call): Entry => {
    const { id } = ticket(call)
    const entry = store.table('side_conversations').get(call.params['id'] ?? '')
    return found(entry?.['ticket_id'] === id ? entry : undefined)
  }
  return { ticket, conversation }
}

function readRoutes(served: Served): Routes {
  const { store } = served
  const { ticket, conversation } = finder(served)
  const conversations = store.table('side_conversations')
  const events = store.table('side_conversation_events')
  const eventsOf = (entry: Entry) => childrenOf(store, 'side_conversation_events', 'side_conversation_id', entry.id)
  const sideLoaded = (call: Call, entries: readonly Entry[]): Row =>
    included(call.asked).has('events')
      ? { events: entries.flatMap((entry) => eventsOf(entry).map((one) => events.row(one))) }
      : {}
  return {
    'GET /tickets/:ticket_id/side_conversations': (call) => {
      const all = childrenOf(store, 'side_conversations', 'ticket_id', ticket(call).id)
      const rows = all.map((one) => conversations.row(one))
      const pages = { count: all.length, next_page: null, previous_page: null }
      return { side_conversations: rows, ...sideLoaded(call, all), ...pages }
    },
    'GET /tickets/:ticket_id/side_conversations/:id': (call) => {
      const entry = conversation(call)
      return { side_conversation: conversations.row(entry), ...sideLoaded(call, [entry]) }
    },
    'GET /tickets/:ticket_id/side_conversations/:id/events': (call) => {
      const entry = conversation(call)
      const all = eventsOf(entry)
      const side = included(call.asked).has('side_conversations')
        ? { side_conversations: [conversations.row(entry)] }
        : {}
      return {
        events: all.map((one) => events.row(one)),
        ...side,
        count: all.length,
        next_page: null,
        previous_page: null,
      }
    },
  }
}

function writeRoutes(served: Served): Routes {
  const { store } = served
  const { ticket, conversation } = finder(served)
  const conversations = store.table('side_conversations')
  const answer = (entry: Entry, event: Entry): Row => ({
    side_conversation: conversations.row(entry),
    event: store.table('side_conversation_events').row(event),
  })
  return {
    'POST /tickets/:ticket_id/side_conversations': (call) => {
      const { id } = ticket(call)
      const message = messageIn(served, call, null)
      const begun = beginConversation(store, id, message, actBy(served, call))
      const sent = call.body['external_ids']
      const { updated_at } = begun.conversation
      if (isRow(sent)) conversations.change(begun.conversation.id, { external_ids: sent, updated_at })
      const row: Row = { ...answer(begun.conversation, begun.event), updates: {} }
      return created(row, (row['side_conversation'] as Row | undefined)?.['url'])
    },
    'POST /tickets/:ticket_id/side_conversations/:id/reply': (call) => {
      const entry = conversation(call)
      const event = replyTo(store, entry, messageIn(served, call, entry), actBy(served, call))
      return created(answer(entry, event), null)
    },
    'PUT /tickets/:ticket_id/side_conversations/:id': (call) => {
      const entry = conversation(call)
      const sent = call.body['side_conversation']
      if (!isRow(sent)) throw parameterMissing('side_conversation')
      const names = ['state', 'subject', 'external_ids'].filter((name) => sent[name] !== undefined)
      const changes = Object.fromEntries(names.map((name) => [name, sent[name]]))
      if (changes['state'] !== undefined && changes['state'] !== 'open' && changes['state'] !== 'closed')
        throw recordInvalid({ state: [{ description: 'State: is invalid', error: 'InvalidValue' }] })
      return answer(entry, changeConversation(store, entry, changes, actBy(served, call)))
    },
    'POST /tickets/:ticket_id/side_conversations/import': (call) => {
      const entry = importConversation(served, ticket(call).id, call)
      const row = conversations.row(entry)
      return created({ side_conversation: row }, row['url'])
    },
    'POST /tickets/side_conversations/attachments': async (call) => {
      const file = await fileIn(call.bytes, call.header('content-type'), call.asked.query)
      if (file === undefined)
        throw recordInvalid({ file: [{ description: 'File: cannot be blank', error: 'BlankValue' }] })
      const attachments = store.table('side_conversation_attachments', { ids: 'uuid' })
      const values = { file_name: file.name, content_type: file.type, size: file.bytes.length }
      const { created_at: _, updated_at: __, ...row } = attachments.add(values)
      return created({ attachment: row }, null)
    },
  }
}
