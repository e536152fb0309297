import { type Model, type Tables, utc } from '../model.ts'

/** Events of audits that begin a chat, as `x.element`. */
const started = ({ present, elements, member }: Tables): string =>
  `${present('ticket_audits')} as t, lateral (${elements('t.events')}) as x where ${member('x.element', 'type')} = 'ChatStartedEvent'`

export const ticketChat: Model = {
  name: 'ticket_chat',
  about: 'Chats of tickets, as audits tell them.',
  from: ['ticket_audits'],
  query: (tables) => {
    const value = (name: string): string => tables.member('x.element', 'value', name)
    const texts = ['channel', 'backend', 'visitor_id', 'conversation_id', 'integration_id', 'initiator']
    return `select ${value('chat_id')} as chat_id, t.ticket_id, t.author_id as user_id,
      ${texts.map((name) => `${value(name)} as ${name}`).join(', ')},
      cast(${value('authenticated')} as ${tables.types.boolean}) as authenticated, ${value('tags')} as tags,
      ${tables.member('x.element', 'webpath')} as webpath, ${utc('t._loaded_at')} as _fivetran_synced
      from ${started(tables)}`
  },
}

const TEXTS = `message_id external_message_id filename is_history_context message message_source mime_type
  original_message_type parent_message_id reason size status type url`

export const ticketChatEvent: Model = {
  name: 'ticket_chat_event',
  about: 'What was said and done in the chats of tickets.',
  from: ['ticket_audits'],
  query: (tables) => {
    const { member, elements, types } = tables
    const texts = TEXTS.trim().split(/\s+/)
    const history = `cast(${member('c.element', 'value', 'history')} as ${types.json})`
    return `select ${member('c.element', 'value', 'chat_id')} as chat_id,
      ${utc(`to_timestamp(cast(${member('h.element', 'timestamp')} as ${types.number}) / 1000)`)} as created_at,
      cast(h.place as ${types.integer}) as chat_index, ${member('h.element', 'actor_id')} as actor_id,
      ${texts.map((name) => `${member('h.element', name)} as ${name}`).join(', ')},
      ${member('h.element', 'original_message')} as original_message, c._fivetran_synced
      from (select x.element, ${utc('t._loaded_at')} as _fivetran_synced from ${started(tables)}) as c,
      lateral (${elements(history)}) as h`
  },
}
