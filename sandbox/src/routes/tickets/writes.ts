import { createHash } from 'node:crypto'
import type { Row, Ticket } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import { saveTicket } from '../../account/tickets/save.ts'
import { parameterMissing, Refusal } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { noContent, type Reply, reply } from '../../http/reply.ts'
import { auditRow } from '../../rows/audit.ts'
import { ticketRow, WHOLE } from '../../rows/ticket.ts'
import { warning } from '../input/ticket.ts'
import { isRow } from '../input/values.ts'
import { actorOf, createFrom, updateFrom } from '../input/write.ts'
import { flag } from '../parameters.ts'
import type { Served } from '../served.ts'
import { startJob } from '../settings/job-statuses.ts'
import { liveTicket } from './live-ticket.ts'

/** Writes to one ticket: created, updated, deleted, marked as spam. */
export function ticketWriteRoutes(served: Served): readonly Family[] {
  const { store, mutations } = served
  const replay = createReplay(store)
  const routes: Routes = {
    'POST /tickets': (call) => {
      const sent = sentTicket(call)
      if (flag(call.asked, 'async')) return createLater(served, call, sent)
      return replay(call, () => {
        const ticket = createFrom(served, sent, actorOf(call))
        const row = createdRow(store, ticket)
        const headers = { ...warning(sent), location: String((row['ticket'] as Row)['url']) }
        return reply(201, row, headers)
      })
    },
    'PUT /tickets/:id': (call) => {
      const ticket = liveTicket(store, call.params['id'], 'api/v2/tickets/update')
      const sent = sentTicket(call)
      const audit = updateFrom(served, ticket, sent, { actor: actorOf(call) })
      const row = { ticket: ticketRow(store, ticket, WHOLE), audit: auditRow(store, audit) }
      return reply(200, row, warning(sent))
    },
    'DELETE /tickets/:id': (call) => {
      deleteTicket(store, liveTicket(store, call.params['id'], 'api/v2/tickets/destroy'), call)
      return noContent()
    },
    'PUT /tickets/:id/mark_as_spam': (call) => {
      const ticket = liveTicket(store, call.params['id'], 'api/v2/tickets/mark_as_spam')
      markAsSpam({ store, mutations }, ticket, call)
      return reply(200, {})
    },
  }
  return [{ who: 'agent', scope: 'tickets', routes }]
}

/** The ticket that a body holds; a 400 without one. */
export function sentTicket({ body }: Call): Row {
  const sent = body['ticket']
  if (!isRow(sent)) throw parameterMissing('ticket')
  return sent
}

/** Deletes a ticket in the caller's name. Assumed (fact 350): deleting writes an audit with a change of status. */
export function deleteTicket(store: Store, ticket: Ticket, call: Call): void {
  saveTicket(store, ticket, { at: store.clock.now(), ...actorOf(call), changes: { status: 'deleted' } })
}

/** Deletes a ticket and suspends its requester, if that is an end user. */
export function markAsSpam(
  { store, mutations }: Pick<Served, 'store' | 'mutations'>,
  ticket: Ticket,
  call: Call,
): void {
  const requester = store.users.get(ticket.values.requester_id)
  deleteTicket(store, ticket, call)
  store.watch.spam(ticket, actorOf(call).author)
  if (requester?.role === 'end-user' && !requester.deleted && !requester.suspended)
    mutations.updateUser(requester.id, { suspended: true })
}

// The reply to a creation has no time of the export yet (fact 117).
function createdRow(store: Store, ticket: Ticket): Row {
  const [first] = ticket.audits
  if (first === undefined) throw new Error(`Ticket ${ticket.id} has no audit.`)
  return { ticket: { ...ticketRow(store, ticket, WHOLE), generated_timestamp: 0 }, audit: auditRow(store, first) }
}

// Assumed (fact 371): the ticket has its id at once, and the rest of the answer's form.
function createLater(served: Served, call: Call, sent: Row): Reply {
  const { store } = served
  const ticket = createFrom(served, sent, actorOf(call))
  const job = startJob(served, {
    type: 'Create Ticket',
    items: [ticket],
    messageOf: (index) => `Creating ticket #${index + 1}`,
    act: ({ id }) => ({ id, action: 'create', status: 'Created', success: true }),
  })
  const url = `${store.base}/api/v2/tickets/${ticket.id}.json`
  return reply(202, { ...job, ticket: { id: ticket.id, url } }, { location: url })
}

/** An idempotency key is remembered for two hours (fact 208). */
const REMEMBERED = 7200
const LONGEST_KEY = 255

function createReplay(store: Store): (call: Call, create: () => Reply) => Reply {
  const known = new Map<string, { print: string; until: number; answer: Reply }>()
  return (call, create) => {
    const key = call.header('idempotency-key')
    if (key === undefined) return create()
    // Assumed (fact 330): a longer key is refused, with these words.
    if (key.length > LONGEST_KEY)
      throw new Refusal(400, { error: 'IdempotentRequestError', description: 'The idempotency key is too long' })
    const print = createHash('sha256').update(call.bytes).digest('hex')
    const before = known.get(key)
    if (before !== undefined && before.until > store.clock.now()) {
      const description = "Request parameters don't match the given idempotency key"
      if (before.print !== print) throw new Refusal(400, { error: 'IdempotentRequestError', description })
      return { ...before.answer, headers: { ...before.answer.headers, 'x-idempotency-lookup': 'hit' } }
    }
    const answer = create()
    known.set(key, { print, until: store.clock.now() + REMEMBERED, answer })
    return { ...answer, headers: { ...answer.headers, 'x-idempotency-lookup': 'miss' } }
  }
}
