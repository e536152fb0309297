import { ACCOUNT_ID } from '../../account/ids.ts'
import type { JobOrder } from '../../account/jobs.ts'
import type { Row } from '../../account/model.ts'
import { ticketOf } from '../../account/store.ts'
import { mergeSource, mergeTarget } from '../../account/tickets/save.ts'
import { invalidAttribute, parameterMissing, Refusal, tooManyValues } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { isoTime } from '../../iso-time.ts'
import { closedTicket } from '../input/faults.ts'
import { isRow, numberOf } from '../input/values.ts'
import { actorOf, createFrom, updateFrom } from '../input/write.ts'
import { found } from '../parameters.ts'
import { idsIn } from '../resource.ts'
import type { Served } from '../served.ts'
import { startJob } from '../settings/job-statuses.ts'
import { liveTicket } from './live-ticket.ts'
import { deleteTicket, markAsSpam } from './writes.ts'

/** Writes to many tickets: answered with a job. */
export function ticketBulkRoutes(served: Served): readonly Family[] {
  const { store } = served
  const start = <T>(order: JobOrder<T>) => startJob(served, order)
  const live = (id: number) => {
    const ticket = ticketOf(store, id)
    return found(ticket?.deleted === 0 ? ticket : undefined)
  }

  const routes: Routes = {
    'POST /tickets/create_many': (call) => {
      const actor = actorOf(call)
      return start({
        type: 'Bulk Create Ticket',
        items: inCompletionOrder(sentTickets(call)),
        messageOf: (index) => `Creating ticket #${index + 1}`,
        act: ({ sent, index }) => creation(index, () => createFrom(served, sent, actor).id),
      })
    },
    'PUT /tickets/update_many': (call) => {
      const actor = actorOf(call)
      const queued = isoTime(store.clock.now())
      return start({
        type: 'Bulk Update Ticket',
        items: updatesIn(call),
        messageOf: (index) => `Updating ticket #${index + 1}`,
        act: ({ id, sent }) =>
          outcome('update', id, () => void updateFrom(served, live(id), guarded(sent, queued), { actor, bulk: true })),
      })
    },
    'DELETE /tickets/destroy_many': (call) =>
      start({
        type: 'Bulk Update Ticket',
        items: [...idsIn(call.asked)].map(Number),
        messageOf: (index) => `Deleting ticket #${index + 1}`,
        act: (id) => outcome('delete', id, () => deleteTicket(store, live(id), call)),
      }),
    'PUT /tickets/mark_many_as_spam': (call) =>
      start({
        // Assumed (fact 346): the job's type.
        type: 'Bulk Mark Ticket As Spam',
        items: [...idsIn(call.asked)].map(Number),
        messageOf: (index) => `Marking ticket #${index + 1} as spam`,
        act: (id) => outcome('update', id, () => markAsSpam(served, live(id), call)),
      }),
    'POST /tickets/:id/merge': (call) => start(merge(served, call)),
  }
  return [{ who: 'agent', scope: 'tickets', routes }]
}

/** The line of an item in a job that creates. Assumed (fact 346): a failure's words. */
export function creation(index: number, create: () => number): Row {
  try {
    return { index, id: create(), account_id: ACCOUNT_ID }
  } catch (error) {
    return { index, error: 'TicketCreateFailed', details: descriptionOf(error) }
  }
}

/** The line of an item in a job that changes or deletes. */
export function outcome(action: 'update' | 'delete', id: number, act: () => void): Row {
  try {
    act()
  } catch (error) {
    const failed = action === 'update' ? 'TicketUpdateFailed' : 'TicketDeleteFailed'
    return { action, id, error: failed, details: descriptionOf(error), success: false }
  }
  return { action, id, status: action === 'update' ? 'Updated' : 'Deleted', success: true }
}

/** The tickets in the body of a bulk creation; more than 100 are refused. */
export function sentTickets({ body }: Call): readonly Row[] {
  const { tickets } = body as { tickets?: unknown }
  if (!Array.isArray(tickets)) throw parameterMissing('tickets')
  if (tickets.length > 100) throw tooManyValues()
  return tickets.filter(isRow)
}

/** Zendesk works on several at a time, so that every third one overtakes the one before it. */
export function inCompletionOrder(sent: readonly Row[]): readonly { sent: Row; index: number }[] {
  const items = sent.map((one, index) => ({ sent: one, index }))
  return items.toSorted((one, other) => rank(one.index) - rank(other.index))
}

function rank(index: number): number {
  return index % 3 === 2 ? index - 1.5 : index
}

function updatesIn(call: Call): readonly { id: number; sent: Row }[] {
  const { ticket } = call.body as { ticket?: unknown }
  if (call.asked.query.has('ids')) {
    if (!isRow(ticket)) throw parameterMissing('ticket')
    return [...idsIn(call.asked)].map((id) => ({ id: Number(id), sent: ticket }))
  }
  return sentTickets(call).map((sent) => ({ id: numberOf(sent['id']) ?? 0, sent }))
}

// Updates of many are always safe: without a stamp, that is the moment when the job was queued (fact 207).
function guarded(sent: Row, queued: string): Row {
  const has = (key: string) => sent[key] !== undefined && sent[key] !== null
  if (has('safe_update') !== has('updated_stamp')) {
    // Assumed (fact 330): the words.
    const description = 'safe_update and updated_stamp must be sent together'
    throw new Refusal(400, { error: 'InvalidValue', description })
  }
  return has('safe_update') ? sent : { ...sent, safe_update: true, updated_stamp: queued }
}

// A refusal in one line: the first of its details, or its description.
function descriptionOf(error: unknown): string {
  if (!(error instanceof Refusal)) throw error
  const { details, description } = error.body as { details?: Record<string, readonly Row[]>; description?: string }
  const first = Object.values(details ?? {})[0]?.[0]?.['description']
  return typeof first === 'string' ? first : (description ?? '')
}

function merge(served: Served, call: Call): JobOrder<number> {
  const { store } = served
  const route = 'api/v2/tickets/merge'
  const target = liveTicket(store, call.params['id'], route)
  const { ids, source_comment, target_comment, source_comment_is_public, target_comment_is_public } = call.body
  const list = (Array.isArray(ids) ? ids : String(ids ?? '').split(',')).map(numberOf)
  const sources = list.filter((id): id is number => id !== undefined)
  if (sources.length === 0 || sources.length < list.length) throw invalidAttribute('ids', route)
  if (sources.includes(target.id)) {
    const same = `You selected the same ticket as source and target: #${target.id}. You cannot merge a ticket into itself.`
    throw new Refusal(422, { error: 'SourceInvalid', description: same })
  }
  if (target.closed > 0) {
    // Assumed (fact 330): the words.
    const description = `Unable to merge into #${target.id}: the ticket is closed.`
    throw new Refusal(422, { error: 'TargetInvalid', description })
  }
  const actor = { ...actorOf(call), via: { channel: 'web', merge: [...sources, target.id] } }
  const comments = {
    source: typeof source_comment === 'string' ? source_comment : undefined,
    target: typeof target_comment === 'string' ? target_comment : undefined,
    sourceIsPublic: source_comment_is_public === true,
    targetIsPublic: target_comment_is_public === true,
  }
  const merged: number[] = []
  return {
    // Assumed (fact 346): the job's type, and that the target gets its comment after the sources are closed.
    type: 'Ticket Merge',
    items: [...sources, target.id],
    messageOf: (index) => `Merging ticket #${index + 1}`,
    act: (id) =>
      outcome('update', id, () => {
        const source = found(ticketOf(store, id))
        if (source === target) {
          if (merged.length > 0) mergeTarget(store, { sources: merged, target, actor, comments })
          return
        }
        if (source.deleted > 0) throw found(undefined)
        if (source.closed > 0) throw closedTicket()
        mergeSource(store, { source, target, actor, comments })
        merged.push(id)
      }),
  }
}
