import type { Row } from '../../account/model.ts'
import type { Entry } from '../../account/table.ts'
import { addEvent, millisecondTime, previewOf } from '../../account/tickets/side-conversations.ts'
import { parameterMissing } from '../../http/errors.ts'
import type { Call } from '../../http/family.ts'
import { isRow } from '../input/values.ts'
import type { Served } from '../served.ts'
import { actBy, participantIn } from './side-conversation-messages.ts'

/**
 * `POST …/import`: a conversation with its past. Assumed (fact 372): `{side_conversation, events}`, alone or under
 * `import`, with the times and actors that are given.
 */
export function importConversation(served: Served, ticket: number, call: Call): Entry {
  const { store } = served
  const whole = isRow(call.body['import']) ? call.body['import'] : call.body
  const sent = whole['side_conversation']
  if (!isRow(sent)) throw parameterMissing('side_conversation')
  const events = (Array.isArray(whole['events']) ? whole['events'] : []).filter(isRow)
  const people = Array.isArray(sent['participants']) ? sent['participants'] : []
  const participants = people.map((one) => participantIn(served, one))
  const act = actBy(served, call)
  const timeOf = (value: unknown) => {
    const time = Date.parse(String(value))
    return Number.isNaN(time) ? act.at : time
  }
  const messages = events.map(({ message }) => message).filter(isRow)
  const actors = events.map((event) => (isRow(event['actor']) ? participantIn(served, event['actor']) : act.actor))
  const created = timeOf(sent['created_at'])
  const last = millisecondTime(Math.max(created, ...events.map((event) => timeOf(event['created_at']))))
  const conversation = store.table('side_conversations').add({
    ...{ ticket_id: ticket, subject: sent['subject'] ?? null, state: sent['state'] === 'closed' ? 'closed' : 'open' },
    external_ids: isRow(sent['external_ids']) ? sent['external_ids'] : {},
    participants,
    preview_text: previewOf(String(messages.at(-1)?.['body'] ?? '')),
    ...{ message_added_at: last, state_updated_at: last, created_at: millisecondTime(created), updated_at: last },
  })
  for (const [nth, event] of events.entries()) {
    const { type, message, updates } = event
    const at = timeOf(event['created_at'])
    const how = { at, actor: actors[nth] as Row, via: 'api' }
    addEvent(
      store,
      conversation,
      typeof type === 'string' ? type : nth === 0 ? 'create' : 'reply',
      how,
      isRow(message) ? message : null,
      isRow(updates) ? updates : {},
    )
  }
  return conversation
}
