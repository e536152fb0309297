import { eventId } from '../ids.ts'
import type { Audit, CommentEvent, File, OtherEvent } from '../model.ts'
import type { Store } from '../store.ts'
import { type Actor, saveTicket } from './save.ts'

/** The letter that replaces a redacted one. */
const BLACK = '▇'

/** A comment of an account: the nth event (from 0) of its audit. */
export type CommentPlace = { readonly audit: Audit; readonly nth: number; readonly comment: CommentEvent }

/** Blackens texts in a comment, wherever they occur in it, and records that in a new audit. */
export function redactTexts(store: Store, place: CommentPlace, texts: readonly string[], actor: Actor): CommentPlace {
  const blacken = (whole: string) =>
    texts.reduce((text, part) => text.replaceAll(part, BLACK.repeat(Array.from(part).length)), whole)
  const { comment } = place
  const html = comment.html === undefined ? {} : { html: blacken(comment.html) }
  const redacted = replace(place, { ...comment, body: blacken(comment.body), ...html })
  note(store, place, actor, 'CommentRedactionEvent', {})
  return redacted
}

/** Replaces a comment's file by an empty text, and records that in a new audit. */
export function redactFile(store: Store, place: CommentPlace, at: number, actor: Actor, id: number): CommentPlace {
  const { comment } = place
  const placeholder: File = { name: 'redacted.txt', type: 'text/plain', size: 0, width: null, id }
  const files = comment.files.map((file, nth) => (nth === at ? placeholder : file))
  const redacted = replace(place, { ...comment, files })
  note(store, place, actor, 'AttachmentRedactionEvent', { attachment_id: id })
  return redacted
}

/**
 * Makes a public comment private, recorded in a new audit. Assumed (fact 370): a private one stays without a word.
 */
export function makePrivate(store: Store, place: CommentPlace, actor: Actor): void {
  if (!place.comment.public) return
  replace(place, { ...place.comment, public: false, wasPublic: true })
  const { ticket } = place.audit
  ticket.isPublic = ticket.audits.some(({ events }) => events.some((event) => 'body' in event && event.public))
  note(store, place, actor, 'CommentPrivacyChange', { public: false })
}

// Events may be shared among tickets and audits: one that changes is put in anew.
function replace({ audit, nth }: CommentPlace, comment: CommentEvent): CommentPlace {
  audit.events = audit.events.with(nth, comment)
  return { audit, nth, comment }
}

function note(store: Store, { audit, nth }: CommentPlace, actor: Actor, kind: string, more: object): void {
  const values = { comment_id: eventId(audit, nth), ...more }
  const event: OtherEvent = { type: 'Other', kind, values }
  saveTicket(store, audit.ticket, { at: store.clock.now(), ...actor, others: [event] })
}
