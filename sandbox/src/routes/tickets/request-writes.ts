import { only } from '../../account/key-order.ts'
import type { Row, Ticket } from '../../account/model.ts'
import type { Actor } from '../../account/tickets/save.ts'
import { parameterMissing } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { created } from '../../http/reply.ts'
import { canSolve, requestRow } from '../../rows/request.ts'
import { createFaults } from '../input/faults.ts'
import { sentRequester, userIdOf } from '../input/people.ts'
import { isRow, numberOf } from '../input/values.ts'
import { actorOf, createFrom, updateFrom } from '../input/write.ts'
import type { Served } from '../served.ts'
import { startJob } from '../settings/job-statuses.ts'
import { creation, inCompletionOrder, outcome } from './bulk.ts'
import { visibleRequest } from './requests.ts'

const SETTABLE = `subject comment description priority type custom_fields fields due_at ticket_form_id collaborators
  via_followup_source_id brand_id organization_id`.split(/\s+/)

/** Writes of requests: created by end users or anonymously, commented on, solved. */
export function requestWriteRoutes(served: Served): readonly Family[] {
  const { store } = served
  const create = (call: Call, sent: Row): Ticket => {
    const actor = authorOf(served, call, sent)
    return createFrom(served, { ...only(sent, SETTABLE), requester_id: actor.author }, actor)
  }
  const update = (call: Call, request: Ticket, sent: Row) => {
    const { user } = call.caller
    const reopened = sent['comment'] !== undefined && ['pending', 'hold', 'solved'].includes(request.values.status)
    const solves = sent['solved'] === true && canSolve(request, user)
    const status = solves ? { status: 'solved' } : reopened && user?.role === 'end-user' ? { status: 'open' } : {}
    const changes = only(sent, [
      'comment',
      'collaborators',
      'additional_collaborators',
      'collaborator_ids',
      'email_ccs',
    ])
    updateFrom(served, request, { ...changes, ...status }, { actor: { ...actorOf(call) } })
  }
  const sentRequests = ({ body }: Call): readonly Row[] => {
    const { requests } = body as { requests?: unknown }
    if (!Array.isArray(requests)) throw parameterMissing('requests')
    return requests.filter(isRow)
  }

  const creating: Routes = {
    'POST /requests': (call) => {
      const ticket = create(call, sentRequest(call))
      const row = requestRow(store, ticket, store.users.get(ticket.values.requester_id))
      return created({ request: row }, row['url'])
    },
  }
  const changing: Routes = {
    'PUT /requests/:id': (call) => {
      const request = visibleRequest(store, call.params['id'], call.caller.user)
      update(call, request, sentRequest(call))
      return { request: requestRow(store, request, call.caller.user) }
    },
    'POST /requests/create_many': (call) =>
      startJob(served, {
        type: 'Bulk Create Ticket',
        items: inCompletionOrder(sentRequests(call)),
        messageOf: (index) => `Creating ticket #${index + 1}`,
        act: ({ sent, index }) => creation(index, () => create(call, sent).id),
      }),
    'PUT /requests/update_many': (call) =>
      startJob(served, {
        type: 'Bulk Update Ticket',
        items: sentRequests(call),
        messageOf: (index) => `Updating ticket #${index + 1}`,
        act: (sent) => {
          const id = numberOf(sent['id']) ?? 0
          return outcome('update', id, () => update(call, visibleRequest(store, String(id), call.caller.user), sent))
        },
      }),
  }
  return [
    { who: 'anyone', scope: 'requests', routes: creating },
    { who: 'end-user', scope: 'requests', routes: changing },
  ]
}

function sentRequest({ body }: Call): Row {
  const sent = body['request']
  if (!isRow(sent)) throw parameterMissing('request')
  return sent
}

// A caller without credentials names the requester; an agent may name another one.
function authorOf(served: Served, call: Call, sent: Row): Actor {
  const actor = actorOf(call)
  const { user } = call.caller
  if (user?.role === 'end-user') return actor
  const faults = createFaults()
  const requester = sentRequester(served.store, sent, faults)
  if (requester === undefined && user === undefined) faults.add('requester', 'Requester: cannot be blank', 'BlankValue')
  faults.check()
  return requester === undefined ? actor : { ...actor, author: userIdOf(served, requester) }
}
