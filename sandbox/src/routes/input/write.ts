import type { Audit, Row, Ticket, TicketValues } from '../../account/model.ts'
import { fireTriggers } from '../../account/rules/firings.ts'
import { hoursOf } from '../../account/service-levels/schedules.ts'
import { type Store, ticketOf } from '../../account/store.ts'
import { type Actor, openTicket, saveTicket } from '../../account/tickets/save.ts'
import { Refusal } from '../../http/errors.ts'
import type { Call } from '../../http/family.ts'
import { excerpt } from '../../rows/excerpt.ts'
import type { Served } from '../served.ts'
import { spendUploads } from './comment.ts'
import { closedTicket, createFaults } from './faults.ts'
import { type Someone, userIdOf } from './people.ts'
import { tagsAndFields } from './tags-of-fields.ts'
import { readTicket, type SentTicket } from './ticket.ts'
import { numberOf, secondsOf, tagsOf } from './values.ts'

/** The most comments of a ticket (fact 148). */
const MOST_COMMENTS = 5000

/** The caller as the author of a write, by way of the API. */
export function actorOf({ caller, header }: Call): Actor {
  const client = header('user-agent') ?? 'unknown'
  return { author: caller.user?.id ?? -1, via: { channel: 'api' }, origin: { client, ip_address: '127.0.0.1' } }
}

/** Creates a ticket from the row that was sent; throws a refusal if it can't. */
export function createFrom(served: Served, sent: Row, actor: Actor): Ticket {
  const { store } = served
  const followed = followedUp(store, sent)
  const given = followed === undefined ? sent : { ...inherited(followed), ...sent }
  const read = readTicket(served, given)
  const comment = read.comment ?? readTicket(served, { comment: sent['description'] }).comment
  if (comment === undefined) {
    const faults = createFaults()
    faults.add('base', 'Description: cannot be blank', 'BlankValue')
    throw faults.refusal()
  }
  const submitter = store.users.get(numberOf(sent['submitter_id']) ?? -1)?.id ?? actor.author
  const requester = userIdOf(served, read.requester ?? actor.author)
  spendUploads(store, sent['comment'])
  const form = [...store.forms.values()].find((one) => one.default)?.id ?? -1
  const organization = store.users.get(requester)?.organization ?? null
  const first = { subject: subjectFrom(comment.body), ticket_form_id: form, organization_id: organization }
  if (comment.public !== false) store.mails.push({ kind: 'comment', user: requester, at: store.clock.now() })
  const { custom, ...tagged } = tagsAndFields(store, { ...tagsIn(read.changes), custom: read.custom }, undefined)
  const ticket = openTicket(store, {
    at: store.clock.now(),
    ...actor,
    author: submitter,
    via:
      followed === undefined
        ? viaOf(sent, actor)
        : { ...actor.via, followUp: { id: followed.id, subject: followed.values.subject } },
    ...detailsOf(served, read),
    custom,
    changes: { ...first, ...read.changes, ...tagged, requester_id: requester },
    comment,
  })
  fireTriggers(store, ticket, 'Create', actor.author)
  return ticket
}

const tagsIn = ({ tags }: Partial<TicketValues>) => (tags === undefined ? {} : { tags })

/** Writes the row that was sent to a ticket; throws a refusal if it can't. `bulk` takes `additional_tags`, too. */
export function updateFrom(
  served: Served,
  ticket: Ticket,
  sent: Row,
  { actor, bulk = false }: { actor: Actor; bulk?: boolean },
): Audit {
  const { store } = served
  if (ticket.closed > 0) throw closedTicket()
  demandFresh(ticket, sent)
  const read = readTicket(served, sent, ticket)
  const { comment, requester } = read
  if (comment !== undefined) demandRoom(ticket)
  const given: Partial<TicketValues> = { ...read.changes, ...(bulk ? tagChanges(ticket, sent) : {}) }
  const { custom, ...tagged } = tagsAndFields(store, { ...tagsIn(given), custom: read.custom }, ticket)
  const changes: Partial<TicketValues> = { ...given, ...tagged }
  if (requester !== undefined) changes.requester_id = userIdOf(served, requester)
  if (comment?.public === true) {
    const user = ticket.values.requester_id
    store.mails.push({ kind: 'comment', user, at: store.clock.now() })
  }
  spendUploads(store, sent['comment'])
  const write = { at: store.clock.now(), ...actor, ...detailsOf(served, read), custom, changes }
  const audit = saveTicket(store, ticket, comment === undefined ? write : { ...write, comment })
  if (audit !== undefined) fireTriggers(store, ticket, 'Change', actor.author)
  // Assumed (fact 371): without a change the answer has an audit without events, which is kept nowhere.
  return audit ?? { id: store.nextId(), ticket, at: write.at, ...actor, events: [], hours: hoursOf(store, ticket) }
}

/** Refuses a write with `safe_update`, whatever its value, by somebody who has not seen the latest change. */
export function demandFresh(ticket: Ticket, sent: Row): void {
  const { safe_update: safe, updated_stamp: stamp } = sent as { safe_update?: unknown; updated_stamp?: unknown }
  if (safe === undefined || safe === null) return
  const seen = secondsOf(stamp)
  if (seen !== undefined && seen >= ticket.updated) return
  const description =
    'Safe Update prevented the update due to outdated ticket data. Please fetch the latest ticket data and try again.'
  throw new Refusal(409, { error: 'UpdateConflict', description })
}

function detailsOf(served: Served, { custom, copied, followers, metadata }: SentTicket) {
  const ids = (all: readonly Someone[]) => [...new Set(all.map((one) => userIdOf(served, one)))]
  return {
    custom,
    ...(copied === undefined ? {} : { copied: ids(copied) }),
    ...(followers === undefined ? {} : { followers: ids(followers) }),
    ...(metadata === undefined ? {} : { metadata }),
  }
}

function tagChanges(ticket: Ticket, sent: Row): Partial<TicketValues> {
  const added = tagsOf(sent['additional_tags'])
  const removed = tagsOf(sent['remove_tags'])
  if (added.length + removed.length === 0) return {}
  const before = sent['tags'] === undefined ? ticket.values.tags : tagsOf(sent['tags'])
  return { tags: [...new Set([...before, ...added])].filter((tag) => !removed.includes(tag)) }
}

function demandRoom(ticket: Ticket): void {
  const { length } = ticket.audits.flatMap(({ events }) => events.filter((event) => 'body' in event))
  if (length < MOST_COMMENTS) return
  const faults = createFaults()
  // Assumed (fact 330): the words.
  faults.add('base', `Comments: a ticket cannot have more than ${MOST_COMMENTS} comments`, 'InvalidValue')
  throw faults.refusal()
}

// A follow-up takes values of the closed ticket. Assumed (fact 371): tags, custom fields, type, priority, group and
// form.
function inherited({ values, fieldSet, custom }: Ticket): Row {
  return {
    requester_id: values.requester_id,
    subject: `Re: ${values.subject}`,
    tags: values.tags,
    type: values.type === 'problem' ? null : values.type,
    priority: values.priority,
    ticket_form_id: values.ticket_form_id,
    custom_fields: fieldSet.ids.map((id, at) => ({ id, value: custom[at] })),
  }
}

function followedUp(store: Store, sent: Row): Ticket | undefined {
  const id = sent['via_followup_source_id']
  if (id === undefined || id === null) return undefined
  const source = ticketOf(store, numberOf(id) ?? 0)
  if (source?.deleted === 0 && source.closed > 0) return source
  const faults = createFaults()
  // Assumed (fact 330): the words.
  faults.add('via_followup_source_id', 'Via followup source: must be a closed ticket', 'InvalidValue')
  throw faults.refusal()
}

function viaOf({ via }: Row, actor: Actor): Actor['via'] {
  const channel = typeof via === 'object' && via !== null ? (via as Row)['channel'] : undefined
  return typeof channel === 'string' && channel !== '' ? { channel } : actor.via
}

function subjectFrom(body: string): string {
  return excerpt(body.trim(), 150).split('\n', 1)[0] ?? ''
}
