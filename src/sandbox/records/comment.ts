import type { Audit, CommentEvent, File, Row } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import { fileRow } from './file.ts'
import { isoTime } from './time.ts'
import { viaRow } from './via.ts'

const EVENT_STRIDE = 128

/** The id of an audit's nth event (from 0): a comment's id is its event's. */
export function eventId(audit: Audit, nth: number): number {
  return audit.id + EVENT_STRIDE * (nth + 1)
}

/** A comment as audits give it: without time and channel, which are the audit's. */
export function commentEventRow(store: Store, audit: Audit, nth: number, comment: CommentEvent): Row {
  const id = eventId(audit, nth)
  // Assumed: what permanent deletion leaves of a comment.
  const scrubbed = audit.ticket.scrubbed
  const body = scrubbed ? 'X' : comment.body
  const files = scrubbed ? [] : comment.files
  const { type, author } = comment
  const texts = { body, html_body: htmlBody(body), plain_body: body }
  const attachments = files.map((file, at) => attachmentRow(store, id + 1 + at, file))
  return {
    id,
    type,
    author_id: author,
    ...texts,
    public: comment.public,
    attachments,
    audit_id: audit.id,
    ...callOf(comment),
  }
}

/** A comment as `/tickets/{id}/comments` gives it. */
export function commentRow(store: Store, audit: Audit, nth: number, comment: CommentEvent): Row {
  const row = commentEventRow(store, audit, nth, comment)
  return { ...row, via: viaRow(store, audit), created_at: isoTime(audit.at), metadata: metadataRow(audit) }
}

/** `metadata` of audits and comments. */
export function metadataRow(audit: Audit): Row {
  return { system: audit.origin, custom: {} }
}

function callOf({ call }: CommentEvent): Row {
  if (call === undefined) return {}
  const { from, to, start, duration, answeredBy } = call
  return {
    data: {
      from,
      to,
      recording_url: null,
      started_at: isoTime(start),
      call_duration: duration,
      answered_by_id: answeredBy,
      transcription_text: null,
      location: 'Springfield, Example',
      call_id: start,
    },
    formatted_from: formatted(from),
    formatted_to: formatted(to),
    transcription_visible: false,
  }
}

function formatted(phone: string): string {
  return phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 ($1) $2-$3')
}

function htmlBody(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const lines = escaped.split('\n\n').map((part) => `<p dir="auto">${part.replaceAll('\n', '<br>')}</p>`)
  return `<div class="zd-comment" dir="auto">${lines.join('')}</div>`
}

function attachmentRow(store: Store, id: number, { name, type, size, width }: File): Row {
  const url = `${store.base}/attachments/token/tk${id.toString(36)}/?name=${encodeURIComponent(name)}`
  const height = width === null ? null : Math.round(width * 0.75)
  return {
    ...fileRow(store, id, { name, url, type, size, width, height }),
    malware_access_override: false,
    malware_scan_result: 'malware_not_found',
    thumbnails: [],
  }
}
