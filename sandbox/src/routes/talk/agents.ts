import type { PhoneCall, Row } from '../../account/model.ts'
import { ticketOf } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'
import { parameterMissing, recordInvalid } from '../../http/errors.ts'
import type { Routes } from '../../http/family.ts'
import { reply } from '../../http/reply.ts'
import { isoTime } from '../../iso-time.ts'
import { ticketRow, WHOLE } from '../../rows/ticket.ts'
import { callRow, legRow } from '../../seed/talk/calls.ts'
import { found, idOf } from '../parameters.ts'
import type { Served } from '../served.ts'

const STATES: readonly unknown[] = ['online', 'offline', 'away', 'transfers_only']
const VIAS: readonly unknown[] = ['client', 'phone']

/** Agents' availabilities, the tickets and profiles shown on their screens, and tickets of calls that a partner took. */
export function talkAgentRoutes(served: Served): Routes {
  const { store, mutations } = served
  const states = store.table('availabilities', { ids: 'none' })
  const agentOf = (id: string | undefined): number => {
    const user = store.users.get(idOf(id, 'api/v2/channels/voice/availabilities/show'))
    return found(user?.role === 'end-user' || user?.deleted === true ? undefined : user).id
  }
  const stateOf = (id: number): Entry =>
    states.get(id) ?? states.add({ id, agent_state: 'offline', call_status: null, via: 'client' })
  const row = ({ agent_state, call_status, via }: Entry): Row => ({ availability: { agent_state, call_status, via } })
  return {
    'GET /availabilities/:id': ({ params }) => row(stateOf(agentOf(params['id']))),
    'PUT /availabilities/:id': ({ params, body }) => {
      const state = stateOf(agentOf(params['id']))
      const { agent_state = state['agent_state'], via = state['via'] } = (body['availability'] ?? {}) as Row
      if (!STATES.includes(agent_state)) throw invalid('agent_state')
      if (!VIAS.includes(via)) throw invalid('via')
      return row(states.change(state.id, { agent_state, via }))
    },
    'POST /agents/:agent_id/tickets/:ticket_id/display': ({ params }) => {
      agentOf(params['agent_id'])
      const ticket = ticketOf(store, idOf(params['ticket_id'], 'api/v2/channels/voice/agents/tickets/display'))
      found(ticket?.deleted === 0 ? ticket : undefined)
      return reply(200)
    },
    'POST /agents/:agent_id/users/:user_id/display': ({ params }) => {
      agentOf(params['agent_id'])
      found(store.users.get(idOf(params['user_id'], 'api/v2/channels/voice/agents/users/display')))
      return reply(200)
    },
    'POST /tickets': ({ body }) => {
      const sent = body['ticket']
      if (typeof sent !== 'object' || sent === null) throw parameterMissing('ticket')
      const ticket = sent as Row
      const voice = ticket['voice_comment'] as Row | undefined
      const call = voice === undefined ? undefined : callIn(voice, store.clock.now())
      const requester = ticket['requester_id']
      if (requester !== undefined && !store.users.has(Number(requester))) throw invalid('requester_id')
      const id = mutations.createTicket({
        subject: String(ticket['subject'] ?? 'Phone call'),
        ...(requester === undefined ? {} : { requester_id: Number(requester) }),
        comment: {
          body: String((ticket['comment'] as Row | undefined)?.['body'] ?? ticket['description'] ?? 'Phone call'),
          ...(call === undefined ? {} : { call }),
        },
      })
      const made = found(ticketOf(store, id))
      if (call !== undefined && store.table('calls').get(call.start) === undefined) {
        const about = { ticket: id, customer: made.values.requester_id, group: null }
        const updated_at = isoTime(store.clock.now())
        store.table('calls').add({ ...callRow(store, call, about), updated_at })
        store.table('call_legs').add({ ...legRow(call, 'customer'), user_id: about.customer, updated_at })
      }
      return reply(201, { ticket: ticketRow(store, made, WHOLE) })
    },
  }
}

// The start of a call is its id, so a call needs one.
function callIn(sent: Row, now: number): PhoneCall {
  const start = Date.parse(String(sent['started_at'])) / 1000
  return {
    from: String(sent['from'] ?? ''),
    to: String(sent['to'] ?? ''),
    start: Number.isFinite(start) ? Math.floor(start) : now,
    duration: Math.max(0, Math.floor(Number(sent['call_duration'] ?? 0)) || 0),
    answeredBy: sent['answered_by_id'] === undefined ? null : Number(sent['answered_by_id']),
  }
}

function invalid(name: string): ReturnType<typeof recordInvalid> {
  return recordInvalid({ [name]: [{ description: `${name}: is invalid`, error: 'InvalidValue' }] })
}
