import { metricEventRef } from '../ids.ts'
import type { Audit, Origin, OtherEvent, Row, Rule, Ticket, TicketEvent, TicketValues, Value, Via } from '../model.ts'
import { hoursOf, setSchedule } from '../service-levels/schedules.ts'
import { slaEvents } from '../service-levels/sla.ts'
import type { Store } from '../store.ts'
import { metricEventsOf } from './metric-events.ts'
import { commentEvent, type NewComment } from './new-comment.ts'

/** One write to a ticket, which becomes one audit. */
export type Write = {
  readonly at: number
  readonly author: number
  readonly via: Via
  readonly origin: Origin
  readonly changes?: Partial<TicketValues>
  /** New values of custom fields, by field id. */
  readonly custom?: ReadonlyMap<number, Value>
  readonly comment?: NewComment
  readonly copied?: readonly number[]
  readonly followers?: readonly number[]
  /** Triggers that send a mail after this write. */
  readonly notify?: readonly { readonly rule: Rule; readonly recipients: readonly number[] }[]
  /** Other events of the same audit. */
  readonly others?: readonly OtherEvent[]
  /** For `metadata.custom`. */
  readonly metadata?: Row
}

const NOTHING: TicketValues = {
  subject: '',
  type: null,
  priority: null,
  status: 'new',
  requester_id: -1,
  assignee_id: null,
  group_id: null,
  organization_id: null,
  brand_id: -1,
  ticket_form_id: -1,
  custom_status_id: -1,
  tags: [],
  due_at: null,
  problem_id: null,
  external_id: null,
  satisfaction_score: 'unoffered',
}

const NOBODY: readonly number[] = []

// Zendesk writes a Create event for these even when they are null.
const ALWAYS_CREATED = new Set(['priority', 'type', 'status'])

/** Writes a new ticket with its first audit; the id is the next one. The orders don't know it yet (`indexTicket`). */
export function createTicket(store: Store, write: Write & { readonly comment: NewComment }): Ticket {
  const { fieldSet } = store
  const ticket: Ticket = {
    id: store.tickets.length + 1,
    created: write.at,
    submitter: write.author,
    values: { ...NOTHING, brand_id: store.brand },
    audits: [],
    updated: write.at,
    generated: write.at,
    fieldSet,
    custom: [...fieldSet.empty],
    copied: NOBODY,
    hasIncidents: false,
    isPublic: false,
    closed: 0,
    archived: false,
    deleted: 0,
    deletedBy: -1,
    scrubbed: false,
    schedule: undefined,
    service: undefined,
  }
  store.tickets.push(ticket)
  const changes = { brand_id: store.brand, status: 'new', type: null, priority: null, ...write.changes }
  writeAudit(store, ticket, { ...write, changes }, true)
  return ticket
}

/** Writes one audit: the only way in which a ticket's fields and comments change. Gives undefined if nothing changed. */
export function writeAudit(store: Store, ticket: Ticket, write: Write, created = false): Audit | undefined {
  const events: TicketEvent[] = []
  if (write.comment !== undefined) events.push(commentEvent(write.comment, write.author))
  if (ticket.fieldSet !== store.fieldSet) adoptFieldSet(ticket, store)

  const { changes = {} } = write
  const { shared } = store
  const held = (value: Value) => (typeof value === 'object' && value !== null ? shared.list(value) : value)
  const values = ticket.values as Record<string, Value>
  // The custom status follows the status; a closed or deleted ticket keeps the last one.
  const status = changes.status === undefined ? undefined : store.statuses.get(changes.status)
  const all: [string, Value | undefined][] = Object.entries(changes)
  if (status !== undefined && changes.custom_status_id === undefined) all.push(['custom_status_id', status])
  for (const [field, value] of all) {
    if (value === undefined) continue
    const previous = values[field] as Value
    if (created ? value === null && !ALWAYS_CREATED.has(field) : same(previous, value)) continue
    if (created && Array.isArray(value) && value.length === 0) continue
    const now = held(value)
    values[field] = now
    events.push(created ? shared.create(field, now) : shared.change(field, now, previous))
  }
  for (const [id, value] of write.custom ?? []) {
    const at = ticket.fieldSet.ids.indexOf(id)
    const previous = ticket.custom[at]
    if (previous === undefined || same(previous, value)) continue
    const now = held(value)
    ticket.custom[at] = now
    const field = String(id)
    events.push(created ? shared.create(field, now) : shared.change(field, now, previous))
  }
  if (write.copied !== undefined && !same(ticket.copied.map(String), write.copied.map(String))) {
    ticket.copied = write.copied
    events.push({ type: 'Cc', recipients: write.copied })
  }
  if (write.followers !== undefined) follow(ticket, write.followers, events)
  for (const event of write.others ?? []) events.push(event)
  for (const { rule, recipients } of write.notify ?? []) events.push(shared.notification(rule, recipients))
  if (events.length === 0) return undefined
  const schedule = setSchedule(store, ticket)
  if (schedule !== undefined) events.push(schedule)
  events.push(...slaEvents(store, ticket, { at: write.at, events }))

  if (write.comment?.public !== false && write.comment !== undefined) ticket.isPublic = true
  if (changes.status === 'closed') ticket.closed = write.at
  if (changes.status === 'deleted') {
    ticket.deleted = write.at
    ticket.deletedBy = write.author
  } else if (changes.status !== undefined) ticket.deleted = 0
  ticket.updated = write.at
  ticket.generated = Math.max(ticket.generated, write.at)
  const { at, author, via, origin } = write
  // A copy is as long as its items; an array that was pushed to keeps room for more.
  const hours = hoursOf(store, ticket)
  const audit: Audit = { id: 0, ticket, at, author, via, origin, events: events.slice(), hours, ...customOf(write) }
  ticket.audits.push(audit)
  return audit
}

/** Tells the orders about a ticket that was written to, and its new audits (which get their ids here). */
export function indexTicket(store: Store, ticket: Ticket): void {
  const { order } = store
  order.ticketsById.place(ticket)
  order.ticketsByGenerated.place(ticket)
  order.ticketsByUpdated.place(ticket)
  order.ticketsByCreation.place(ticket)
  for (const audit of ticket.audits) {
    if (audit.id !== 0) continue
    audit.id = store.nextId()
    order.audits.place(audit)
    store.watch.audit(audit)
  }
  indexMetricEvents(store, ticket)
}

function indexMetricEvents(store: Store, ticket: Ticket): void {
  const { length } = metricEventsOf(ticket)
  // Old events move when the ticket is deleted or restored, or a breach is averted: placing them again is idempotent.
  for (let nth = 0; nth < length; nth++) store.order.metricEvents.place(metricEventRef(ticket, nth))
}

function customOf({ metadata }: Write): Pick<Audit, 'custom'> {
  return metadata === undefined ? {} : { custom: metadata }
}

function follow(ticket: Ticket, followers: readonly number[], events: TicketEvent[]): void {
  const previous = ticket.rare?.followers ?? NOBODY
  if (same(previous.map(String), followers.map(String))) return
  ticket.rare = { ...ticket.rare, followers }
  const values = { current_followers: followers.map(String), previous_followers: previous.map(String) }
  events.push({ type: 'Other', kind: 'FollowersChange', values })
}

/**
 * A ticket shows the custom fields that existed when it was last written. Assumed (fact 353): Zendesk may show newer
 * ones at once.
 */
export function adoptFieldSet(ticket: Ticket, store: Store): void {
  const old = new Map(ticket.fieldSet.ids.map((id, at) => [id, ticket.custom[at]]))
  ticket.custom = store.fieldSet.ids.map((id, at) => old.get(id) ?? store.fieldSet.empty[at] ?? null)
  ticket.fieldSet = store.fieldSet
}

function same(one: Value, other: Value): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other
  return one.length === other.length && one.every((item, at) => item === other[at])
}
