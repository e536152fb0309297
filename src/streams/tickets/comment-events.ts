// The entries of ticket events: the comments among them, and how they are completed if an answer lacks parts of them.

import type { TicketAttachment } from '../../generated/ticket_attachments.ts'
import type { TicketEvent } from '../../generated/ticket_events.ts'
import { parsed } from '../../model/raw-record.ts'
import type { Has, Query, RecordData } from '../../model/stream.ts'
import { defineSideLoad } from '../define.ts'
import { type AuditRow, auditsOfTicket, eventOf } from './events-from-audits.ts'
import { showTicket } from './side-loads.ts'

/** An event of the ticket event export. */
export interface TicketEventRow extends Omit<TicketEvent, 'ticket_id' | 'child_events'> {
  readonly ticket_id: number
  readonly child_events: readonly Entry[] | null | undefined
}

/** An entry of an event: a field that was set or changed, under its own name; a comment, a notification … */
interface Entry {
  readonly id: number | null | undefined
  readonly event_type: string | null | undefined
  readonly previous_value: unknown
  readonly status: unknown
  readonly via: unknown
  readonly via_reference_id: unknown
  /** The following are fields of comments. */
  readonly author_id: number | null | undefined
  readonly created_at: string | null | undefined
  readonly attachments: readonly TicketAttachment[] | null | undefined
  readonly comment_present: boolean | null | undefined
}

/** Asks for whole comments. All streams that share the events do so, so that a row is the same for each of them. */
export const withComments: Query = { include: 'comment_events' }

export const isComment = ({ event_type }: Has<Entry, 'event_type'>): boolean =>
  event_type === 'Comment' || event_type === 'VoiceComment'

/** Whether a comment was not side-loaded: then it says little more than that it exists (fact 140). Whole ones have an author. */
const isStub = (entry: Has<Entry, 'event_type' | 'comment_present' | 'author_id'>): boolean =>
  (isComment(entry) || entry.comment_present === true) && entry.author_id === undefined

const hasNoEntries = ({ child_events }: { readonly child_events: unknown }): boolean => !Array.isArray(child_events)

/** An event is an audit of its ticket, and has its id (fact 139). */
const audits = {
  path: 'tickets/{id}/audits',
  parentOf: ({ ticket_id }: Has<TicketEventRow, 'ticket_id'>) => ticket_id,
  walk: (id: number) => auditsOfTicket.walk({ id }),
  fill(event: Has<TicketEventRow, 'id'>, found: readonly RecordData[]) {
    const audit = found.find(({ id }) => id === event.id)
    if (!audit) return undefined
    const { child_events: fromAudit } = eventOf(audit as unknown as AuditRow)
    const whole = parsed<TicketEventRow>(event)
    if (hasNoEntries(whole)) return { ...whole, child_events: fromAudit }
    const comments = new Map(fromAudit.map((entry) => [entry['id'], entry]))
    const child_events = whole.child_events?.map((entry) => (isStub(entry) ? comments.get(entry.id) : entry))
    return child_events?.every((entry) => entry !== undefined) ? { ...whole, child_events } : undefined
  },
  show: showTicket,
}

/** Every event has its entries. */
export const entriesOfEvents = defineSideLoad<TicketEventRow>()({
  key: 'child_events',
  isMissing: hasNoEntries,
  reads: { id: true, ticket_id: true, child_events: { event_type: true } },
  instead: audits,
})

/** The whole comments among the entries. */
export const commentsOfEvents = defineSideLoad<TicketEventRow>()({
  key: 'comment_events',
  include: 'comment_events',
  isMissing: (event) => hasNoEntries(event) || event.child_events?.some(isStub) === true,
  reads: {
    id: true,
    ticket_id: true,
    child_events: { event_type: true, comment_present: true, author_id: true },
  },
  picks: { child_events: (entry) => isComment(entry) || entry.comment_present === true },
  instead: audits,
})
