import type { Row, Ticket } from '../../account/model.ts'
import { type Actor, openTicket, saveTicket, touch } from '../../account/tickets/save.ts'
import { invalidTime } from '../../http/errors.ts'
import type { Family, Routes } from '../../http/family.ts'
import { created } from '../../http/reply.ts'
import { excerpt } from '../../rows/excerpt.ts'
import { ticketRow, WHOLE } from '../../rows/ticket.ts'
import { sentComment, spendUploads } from '../input/comment.ts'
import { createFaults } from '../input/faults.ts'
import { userIdOf } from '../input/people.ts'
import { readTicket } from '../input/ticket.ts'
import { isRow, secondsOf, sentValues } from '../input/values.ts'
import { actorOf } from '../input/write.ts'
import { flag } from '../parameters.ts'
import type { Served } from '../served.ts'
import { startJob } from '../settings/job-statuses.ts'
import { creation, inCompletionOrder, sentTickets } from './bulk.ts'
import { sentTicket } from './writes.ts'

/** Imports: tickets with a past of their own. No rule runs for them, and their metrics are not to be relied on. */
export function ticketImportRoutes(served: Served): readonly Family[] {
  const { store } = served
  const routes: Routes = {
    'POST /imports/tickets': (call) => {
      const ticket = imported(served, sentTicket(call), actorOf(call), flag(call.asked, 'archive_immediately'))
      const row = ticketRow(store, ticket, WHOLE)
      return created({ ticket: row }, row['url'])
    },
    'POST /imports/tickets/create_many': (call) => {
      const actor = actorOf(call)
      const archive = flag(call.asked, 'archive_immediately')
      return startJob(served, {
        // Assumed (fact 346): the job's type is that of bulk creations.
        type: 'Bulk Create Ticket',
        items: inCompletionOrder(sentTickets(call)),
        messageOf: (index) => `Importing ticket #${index + 1}`,
        act: ({ sent, index }) => creation(index, () => imported(served, sent, actor, archive).id),
      })
    },
  }
  return [{ who: 'admin', scope: 'tickets', routes }]
}

const imported = (served: Served, sent: Row, actor: Actor, archive: boolean): Ticket =>
  served.store.watch.importing(() => importTicket(served, sent, actor, archive))

type DatedComment = { readonly at: number; readonly sent: Row }

function importTicket(served: Served, sent: Row, actor: Actor, archive: boolean): Ticket {
  const { store } = served
  const now = store.clock.now()
  for (const name of ['created_at', 'updated_at', 'solved_at']) demandTime(sent, name)
  const faults = createFaults()
  const created = pastTime(sent['created_at'], now) ?? now
  const dated = comments(sent, created, now)
  if (dated.some(({ at }) => at > now))
    faults.add('base', 'Comment: created_at cannot be in the future', 'InvalidValue')
  const read = readTicket(served, { ...sent, status: undefined, custom_status_id: undefined })
  const texts = dated.map(({ at, sent: one }) => ({ at, sent: one, comment: sentComment(store, one, faults, true) }))
  const [first, ...rest] = texts
  if (first?.comment === undefined) faults.add('base', 'Description: cannot be blank', 'BlankValue')
  const { status } = sentValues(store, { status: sent['status'] }, faults)
  faults.check()
  if (first?.comment === undefined) throw faults.refusal()

  const requester = userIdOf(served, read.requester ?? actor.author)
  for (const { sent: one } of texts) spendUploads(store, one)
  const form = [...store.forms.values()].find((one) => one.default)?.id ?? -1
  const organization = store.users.get(requester)?.organization ?? null
  const ticket = openTicket(store, {
    at: created,
    ...actor,
    changes: {
      subject: excerpt(first.comment.body, 150),
      ticket_form_id: form,
      organization_id: organization,
      ...read.changes,
      requester_id: requester,
    },
    custom: read.custom,
    comment: first.comment,
  })
  for (const { at, comment } of rest)
    if (comment !== undefined) saveTicket(store, ticket, { at: Math.max(at, created), ...actor, comment })
  const solved = pastTime(sent['solved_at'], now)
  const last = Math.max(ticket.updated, solved ?? pastTime(sent['updated_at'], now) ?? 0)
  const final = archive ? 'closed' : status
  if (final !== undefined) saveTicket(store, ticket, { at: last, ...actor, changes: { status: final } })
  ticket.archived = archive
  ticket.updated = Math.max(ticket.updated, pastTime(sent['updated_at'], now) ?? 0)
  // Whatever its times, the export has it now; and its audits' ids don't follow their times.
  for (const audit of ticket.audits) store.imported.set(audit.id, audit)
  touch(store, ticket)
  return ticket
}

// An invalid time is refused (fact 295).
function demandTime(sent: Row, name: string): void {
  const value = sent[name]
  if (value !== undefined && value !== null && secondsOf(value) === undefined) throw invalidTime(name)
}

// Times before 1970 are put to its beginning (fact 209).
function pastTime(sent: unknown, now: number): number | undefined {
  const at = secondsOf(sent)
  return at === undefined ? undefined : Math.min(Math.max(at, 0), now)
}

// Without a time of its own, the first comment is as old as the ticket, and the others are new.
function comments(sent: Row, created: number, now: number): readonly DatedComment[] {
  const { comments: list, comment, description } = sent as Record<string, unknown>
  const all: unknown[] = Array.isArray(list) ? list : [comment ?? description]
  return all
    .map((one, nth): DatedComment => {
      const row: Row = isRow(one) ? one : { body: one }
      const at = secondsOf(row['created_at']) ?? (nth === 0 ? created : now)
      return { at: Math.max(at, 0), sent: row }
    })
    .sort((a, b) => a.at - b.at)
}
