import { metricEventsOf } from './metric-events.ts'
import type {
  Audit,
  Call,
  CommentEvent,
  File,
  Origin,
  Rule,
  Ticket,
  TicketEvent,
  TicketValues,
  Value,
  Via,
} from './model.ts'
import { metricEventRef, type Store } from './store.ts'

/** A comment to write. Times are epoch seconds. */
export type NewComment = {
  readonly body: string
  readonly public?: boolean
  readonly author?: number
  readonly files?: readonly File[]
  readonly call?: Call
}

/** One write to a ticket: what becomes one audit. */
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
  /** Triggers that send a mail after this write. */
  readonly notify?: readonly { readonly rule: Rule; readonly recipients: readonly number[] }[]
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
    copied: [],
    hasIncidents: false,
    isPublic: false,
    closed: 0,
    archived: false,
    deleted: 0,
    deletedBy: -1,
    scrubbed: false,
  }
  store.tickets.push(ticket)
  const changes = { brand_id: store.brand, status: 'new', type: null, priority: null, ...write.changes }
  writeAudit(store, ticket, { ...write, changes }, true)
  return ticket
}

/** Writes one audit: the only way in which a ticket's fields and comments change. Gives undefined if nothing changed. */
export function writeAudit(store: Store, ticket: Ticket, write: Write, created = false): Audit | undefined {
  const events: TicketEvent[] = []
  if (write.comment !== undefined) events.push(comment(write.comment, write.author))
  if (ticket.fieldSet !== store.fieldSet) adoptFieldSet(ticket, store)

  const { changes = {} } = write
  const values = ticket.values as Record<string, Value>
  // The custom status follows the status; a closed or deleted ticket keeps the last one.
  const status = changes.status === undefined ? undefined : store.statuses.get(changes.status)
  const all: [string, Value | undefined][] = Object.entries(changes)
  if (status !== undefined) all.push(['custom_status_id', status])
  for (const [field, value] of all) {
    if (value === undefined) continue
    const previous = values[field] as Value
    if (created ? value === null && !ALWAYS_CREATED.has(field) : same(previous, value)) continue
    if (created && Array.isArray(value) && value.length === 0) continue
    values[field] = value
    events.push(created ? { type: 'Create', field, value } : { type: 'Change', field, value, previous })
  }
  for (const [id, value] of write.custom ?? []) {
    const at = ticket.fieldSet.ids.indexOf(id)
    const previous = ticket.custom[at]
    if (previous === undefined || same(previous, value)) continue
    ticket.custom[at] = value
    const field = String(id)
    events.push(created ? { type: 'Create', field, value } : { type: 'Change', field, value, previous })
  }
  if (write.copied !== undefined && !same(ticket.copied.map(String), write.copied.map(String))) {
    ticket.copied = write.copied
    events.push({ type: 'Cc', recipients: write.copied })
  }
  for (const { rule, recipients } of write.notify ?? []) events.push({ type: 'Notification', rule, recipients })
  if (events.length === 0) return undefined

  if (write.comment?.public !== false && write.comment !== undefined) ticket.isPublic = true
  if (changes.status === 'closed') ticket.closed = write.at
  if (changes.status === 'deleted') {
    ticket.deleted = write.at
    ticket.deletedBy = write.author
  } else if (changes.status !== undefined) ticket.deleted = 0
  ticket.updated = write.at
  ticket.generated = Math.max(ticket.generated, write.at)
  const { at, author, via, origin } = write
  const audit: Audit = { id: 0, ticket, at, author, via, origin, events }
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
  }
  indexMetricEvents(store, ticket)
}

function indexMetricEvents(store: Store, ticket: Ticket): void {
  const { length } = metricEventsOf(ticket)
  // Old events move when the ticket is deleted or restored, or a breach is averted: placing them again is idempotent.
  for (let nth = 0; nth < length; nth++) store.order.metricEvents.place(metricEventRef(ticket, nth))
}

function comment(from: NewComment, author: number): CommentEvent {
  return {
    type: from.call === undefined ? 'Comment' : 'VoiceComment',
    author: from.author ?? author,
    body: from.body,
    public: from.public ?? true,
    files: from.files ?? [],
    ...(from.call === undefined ? {} : { call: from.call }),
  }
}

/** A ticket shows the custom fields that existed when it was last written. Assumed: Zendesk may show newer ones at once. */
export function adoptFieldSet(ticket: Ticket, store: Store): void {
  const old = new Map(ticket.fieldSet.ids.map((id, at) => [id, ticket.custom[at]]))
  ticket.custom = store.fieldSet.ids.map((id, at) => old.get(id) ?? store.fieldSet.empty[at] ?? null)
  ticket.fieldSet = store.fieldSet
}

function same(one: Value, other: Value): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other
  return one.length === other.length && one.every((item, at) => item === other[at])
}
