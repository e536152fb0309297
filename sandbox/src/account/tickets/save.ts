import type { Audit, Origin, Ticket, Via } from '../model.ts'
import { isArchived, type Store, ticketOf } from '../store.ts'
import type { NewComment } from './new-comment.ts'
import { createTicket, indexTicket, type Write, writeAudit } from './write.ts'

/** A deleted ticket can be restored for this number of seconds (fact 120). */
const RESTORABLE = 30 * 86_400

/** Who writes, and how. */
export type Actor = { readonly author: number; readonly via: Via; readonly origin: Origin }

/** Writes a new ticket and adds it to every order; the ticket that it follows up, or its problem, changes too. */
export function openTicket(store: Store, write: Write & { readonly comment: NewComment }): Ticket {
  const ticket = createTicket(store, write)
  indexTicket(store, ticket)
  linkIncident(store, ticket)
  const source = write.via.followUp === undefined ? undefined : ticketOf(store, write.via.followUp.id)
  if (source !== undefined) {
    ticket.rare = { ...ticket.rare, followUpOf: source.id }
    source.rare = { ...source.rare, followUps: [...(source.rare?.followUps ?? []), ticket.id] }
    touch(store, source)
  }
  return ticket
}

/** Writes to a ticket and moves it in every order; returns undefined if nothing changed. */
export function saveTicket(store: Store, ticket: Ticket, write: Write): Audit | undefined {
  const audit = writeAudit(store, ticket, write)
  indexTicket(store, ticket)
  linkIncident(store, ticket)
  if (audit !== undefined && ticket.deleted > 0) scrubInTime(store, ticket)
  return audit
}

/** A change that makes no event: only the place in the export moves, to `at` (epoch seconds; now). */
export function touch(store: Store, ticket: Ticket, at = store.clock.now()): void {
  ticket.generated = Math.max(ticket.generated, at)
  indexTicket(store, ticket)
}

/** Deletes a deleted ticket permanently, at an epoch second (now). */
export function scrub(store: Store, ticket: Ticket, at = store.clock.now()): void {
  ticket.scrubbed = true
  touch(store, ticket, at)
  store.watch.scrubbed(ticket)
}

/** Whether a deleted ticket can still be restored: it is neither scrubbed nor archived. */
export function isRestorable(store: Store, ticket: Ticket): boolean {
  return ticket.deleted > 0 && !ticket.scrubbed && !isArchived(store, ticket)
}

/** Has a deleted ticket deleted for good 30 days later, unless it was restored until then. */
export function scrubInTime(store: Store, ticket: Ticket): void {
  const { deleted } = ticket
  const due = deleted + RESTORABLE
  store.agenda.at(due * 1000, () => {
    if (ticket.deleted === deleted && !ticket.scrubbed) scrub(store, ticket, due)
  })
}

/**
 * Brings a deleted ticket back as it was; false for one that can't be. It writes an audit, unless the sandbox restores in
 * silence: then only the ticket itself is there again, and moves in its export.
 */
export function restoreTicket(store: Store, ticket: Ticket, actor: Actor): boolean {
  if (ticket.deleted === 0 || ticket.scrubbed) return false
  const status = statusBeforeDeletion(ticket)
  if (!store.restoresInSilence) {
    saveTicket(store, ticket, { at: store.clock.now(), ...actor, changes: { status } })
    return true
  }
  ticket.values.status = status
  ticket.values.custom_status_id = store.statuses.get(status) ?? ticket.values.custom_status_id
  ticket.deleted = 0
  touch(store, ticket)
  return true
}

/** The status that a deleted ticket had. A merge of its requester may have been written since. */
export function statusBeforeDeletion({ audits }: Ticket): string {
  const change = audits
    .flatMap(({ events }) => events)
    .findLast((event) => event.type === 'Change' && event.field === 'status' && event.value === 'deleted')
  return change?.type === 'Change' ? String(change.previous) : 'open'
}

/** The comments that merging writes to the tickets if the caller gives none. */
export type MergeComments = {
  readonly source?: string | undefined
  readonly target?: string | undefined
  readonly sourceIsPublic?: boolean
  readonly targetIsPublic?: boolean
}

/** Closes one ticket in favour of another. */
export function mergeSource(
  store: Store,
  { source, target, actor, comments }: { source: Ticket; target: Ticket; actor: Actor; comments: MergeComments },
): void {
  const body =
    comments.source ?? `This request was closed and merged into request #${target.id} "${target.values.subject}".`
  saveTicket(store, source, {
    at: store.clock.now(),
    ...actor,
    changes: { status: 'closed', tags: [...new Set([...source.values.tags, 'closed_by_merge'])] },
    comment: { body, public: comments.sourceIsPublic ?? false },
  })
}

/** Tells a ticket of those that were merged into it. */
export function mergeTarget(
  store: Store,
  {
    sources,
    target,
    actor,
    comments,
  }: { sources: readonly number[]; target: Ticket; actor: Actor; comments: MergeComments },
): void {
  const list = sources.map((id) => `#${id}`).join(', ')
  const body =
    comments.target ??
    (sources.length === 1
      ? `Request ${list} was closed and merged into this request.`
      : `Requests ${list} were closed and merged into this request.`)
  saveTicket(store, target, {
    at: store.clock.now(),
    ...actor,
    comment: { body, public: comments.targetIsPublic ?? false },
  })
}

function linkIncident(store: Store, { values }: Ticket): void {
  const problem = values.problem_id === null ? undefined : ticketOf(store, values.problem_id)
  if (problem === undefined || problem.hasIncidents || problem.scrubbed) return
  problem.hasIncidents = true
  touch(store, problem)
}
