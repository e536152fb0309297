// The entries of ticket events: the comments among them, and what is done where an answer has them not in full.

import { parsed } from '../../model/raw-record.ts'
import type { Instead, Query, RecordData, SideLoad } from '../../model/stream.ts'
import { auditsOfTicket, eventOf } from './events-from-audits.ts'
import { showTicket } from './side-loads.ts'

type Children = readonly RecordData[]
export const childrenOf = (event: RecordData): Children => (event['child_events'] ?? []) as Children

/** Comments in full. Streams with other records of the same events ask for them too, so that a row is always the same. */
export const withComments: Query = { include: 'comment_events' }

const COMMENTS = new Set(['Comment', 'VoiceComment'])
export const isComment = (child: RecordData): boolean => COMMENTS.has(child['event_type'] as string)
export const commentsIn = (event: RecordData): Children => childrenOf(event).filter(isComment)

/** A comment that was not side-loaded says little more than that there is one (fact 140). Each has an author. */
const isStub = (child: RecordData): boolean =>
  (isComment(child) || child['comment_present'] === true) && child['author_id'] === undefined

const hasNoEntries = (event: RecordData): boolean => !Array.isArray(event['child_events'])

/** An event is an audit of its ticket, and has its id (fact 139). */
const audits: Instead = {
  path: 'tickets/{id}/audits',
  parentOf: ({ ticket_id }) => ticket_id as number,
  walk: (id) => auditsOfTicket.walk({ id }),
  fill(event, found) {
    const audit = found.find(({ id }) => id === event['id'])
    if (!audit) return undefined
    const reported = childrenOf(eventOf(audit))
    const whole = parsed(event)
    if (hasNoEntries(whole)) return { ...whole, child_events: reported }
    const comments = new Map(reported.map((child) => [child['id'], child]))
    const child_events = childrenOf(whole).map((child) => (isStub(child) ? comments.get(child['id']) : child))
    return child_events.every((child) => child !== undefined) ? { ...whole, child_events } : undefined
  },
  show: showTicket,
}

/** Every event has its entries. */
export const entriesOfEvents: SideLoad = {
  key: 'child_events',
  isMissing: hasNoEntries,
  reads: { child_events: { event_type: true } },
  instead: audits,
}

/** The comments among the entries, in full. */
export const commentsOfEvents: SideLoad = {
  key: 'comment_events',
  include: 'comment_events',
  isMissing: (event) => hasNoEntries(event) || childrenOf(event).some(isStub),
  reads: { child_events: { event_type: true, comment_present: true, author_id: true } },
  picks: { child_events: (child) => isComment(child) || child['comment_present'] === true },
  instead: audits,
}
