import { eventId } from '../account/ids.ts'
import type { Audit, CommentEvent, PhoneCall, Row } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import { isoTime } from '../iso-time.ts'
import { attachmentRow } from './attachment.ts'
import { viaRow } from './via.ts'

/** A comment as audits give it: without time and channel, which are the audit's. Only a call has the last keys. */
export function commentEventRow(store: Store, audit: Audit, nth: number, comment: CommentEvent): Row {
  const id = eventId(audit, nth)
  // Assumed (fact 349): the rest of a comment after permanent deletion.
  const scrubbed = audit.ticket.scrubbed
  const body = scrubbed ? 'X' : comment.body
  const files = scrubbed ? [] : comment.files
  const { type, author, call } = comment
  return {
    id,
    type,
    author_id: author,
    body,
    html_body: scrubbed || comment.html === undefined ? htmlBody(body) : `${OPENING}${comment.html}</div>`,
    plain_body: body,
    public: comment.public,
    attachments: files.map((file, at) => attachmentRow(store, file.id ?? id + 1 + at, file)),
    audit_id: audit.id,
    data: call && callData(call),
    formatted_from: call && formatted(call.from),
    formatted_to: call && formatted(call.to),
    transcription_visible: call && false,
  }
}

/** A comment as `/tickets/{id}/comments` gives it. */
export function commentRow(store: Store, audit: Audit, nth: number, comment: CommentEvent): Row {
  const row = commentEventRow(store, audit, nth, comment)
  return { ...row, via: viaRow(store, audit), created_at: isoTime(audit.at), metadata: metadataRow(audit) }
}

/** `metadata` of audits and comments. */
export function metadataRow(audit: Audit): Row {
  return { system: audit.origin, custom: audit.custom ?? {} }
}

function callData({ from, to, start, duration, answeredBy }: PhoneCall): Row {
  return {
    from,
    to,
    recording_url: null,
    started_at: isoTime(start),
    call_duration: duration,
    answered_by_id: answeredBy,
    transcription_text: null,
    location: 'Springfield, Example',
    call_id: start,
  }
}

function formatted(phone: string): string {
  return phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 ($1) $2-$3')
}

const OPENING = '<div class="zd-comment" dir="auto">'

function htmlBody(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const lines = escaped.replaceAll('\n\n', '</p><p dir="auto">').replaceAll('\n', '<br>')
  return `${OPENING}<p dir="auto">${lines}</p></div>`
}
