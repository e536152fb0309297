import { eventId } from '../../account/ids.ts'
import type { Audit, CommentEvent, OtherEvent, Ticket } from '../../account/model.ts'
import type { Random } from '../../random.ts'

/** The letter that replaces a redacted one. */
const BLACK = '▇'

/** Redacts some comments or makes them private, each in a later audit, and writes some as HTML. */
export function rewriteSomeComments(ticket: Ticket, random: Random): void {
  for (const [at, audit] of ticket.audits.entries())
    for (const [nth, event] of audit.events.entries()) {
      if (!('body' in event)) continue
      // Large ones more often, so that HTML of 60 kB is among them.
      if (random.chance(event.body.length > 50_000 ? 0.5 : 0.01))
        replace(audit, nth, { ...event, html: asHtml(event.body) })
      const later = ticket.audits[at + 1]
      if (later === undefined || later.author <= 0 || !random.chance(0.004)) continue
      if (random.chance(0.5)) redact(audit, nth, later)
      else if (event.public) makePrivate(audit, nth, later)
    }
  ticket.isPublic = ticket.audits.some(({ events }) => events.some((event) => 'body' in event && event.public))
}

function redact(audit: Audit, nth: number, later: Audit): void {
  const event = audit.events[nth] as CommentEvent
  const word = /\S+/.exec(event.body)?.[0]
  if (word === undefined) return
  const blacken = (text: string) => text.replace(word, BLACK.repeat(Array.from(word).length))
  const html = event.html === undefined ? {} : { html: blacken(event.html) }
  replace(audit, nth, { ...event, body: blacken(event.body), ...html })
  record(later, audit, nth, 'CommentRedactionEvent', {})
}

function makePrivate(audit: Audit, nth: number, later: Audit): void {
  const event = audit.events[nth] as CommentEvent
  replace(audit, nth, { ...event, public: false, wasPublic: true })
  record(later, audit, nth, 'CommentPrivacyChange', { public: false })
}

function record(later: Audit, audit: Audit, nth: number, kind: string, more: object): void {
  const event: OtherEvent = { type: 'Other', kind, values: { comment_id: eventId(audit, nth), ...more } }
  later.events = [...later.events, event]
}

function replace(audit: Audit, nth: number, comment: CommentEvent): void {
  audit.events = audit.events.with(nth, comment)
}

function asHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const parts = escaped.split('\n\n').map((part) => `<p dir="auto">${part.replaceAll('\n', '<br />')}</p>`)
  return `${parts.join('')}<ul><li><a href="https://example.org/?a=1&amp;b=2" rel="noopener">link</a></li></ul>`
}
