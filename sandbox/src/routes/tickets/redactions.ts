import { eventId } from '../../account/ids.ts'
import type { Row, Ticket } from '../../account/model.ts'
import { ticketOf } from '../../account/store.ts'
import { type CommentPlace, makePrivate, redactFile, redactTexts } from '../../account/tickets/rewrite-comment.ts'
import { invalidAttribute, parameterMissing } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { reply } from '../../http/reply.ts'
import { attachmentRow } from '../../rows/attachment.ts'
import { commentRow } from '../../rows/comment.ts'
import { closedTicket } from '../input/faults.ts'
import { numberOf } from '../input/values.ts'
import { actorOf } from '../input/write.ts'
import { found, idOf } from '../parameters.ts'
import type { Served } from '../served.ts'
import { commentsOf } from './comments.ts'
import { liveTicket } from './live-ticket.ts'

/** Comments whose text or files are blackened, or that are made private. */
export function redactionRoutes({ store }: Served): readonly Family[] {
  const row = ({ audit, nth, comment }: CommentPlace) => ({ comment: commentRow(store, audit, nth, comment) })
  const commentIn = (ticket: Ticket, id: number): CommentPlace => {
    return found(commentsOf(ticket).find(({ audit, nth }) => eventId(audit, nth) === id))
  }
  const openComment = ({ params }: Call, action: string): CommentPlace => {
    const ticket = liveTicket(store, params['id'], `api/v2/comments/${action}`)
    // Assumed (fact 370): a closed ticket takes no redaction but the workspace's (`/comment_redactions`).
    if (ticket.closed > 0) throw closedTicket()
    return commentIn(ticket, idOf(params['comment_id'], `api/v2/comments/${action}`))
  }

  const routes: Routes = {
    'PUT /tickets/:id/comments/:comment_id/redact': (call) => {
      const { text } = call.body
      if (typeof text !== 'string' || text === '') throw parameterMissing('text')
      return row(redactTexts(store, openComment(call, 'redact'), [text], actorOf(call)))
    },
    'PUT /tickets/:id/comments/:comment_id/make_private': (call) => {
      makePrivate(store, openComment(call, 'make_private'), actorOf(call))
      return reply(200, {})
    },
    'PUT /tickets/:id/audits/:audit_id/make_private': (call) => {
      const ticket = liveTicket(store, call.params['id'], 'api/v2/audits/make_private')
      const id = idOf(call.params['audit_id'], 'api/v2/audits/make_private')
      makePrivate(store, found(commentsOf(ticket).find(({ audit }) => audit.id === id)), actorOf(call))
      return reply(200, {})
    },
    'PUT /tickets/:id/comments/:comment_id/attachments/:attachment_id/redact': (call) => {
      const place = openComment(call, 'redact')
      const id = idOf(call.params['attachment_id'], 'api/v2/attachments/redact')
      const at = fileIds(place).indexOf(id)
      if (at === -1) throw found(undefined)
      const { comment } = redactFile(store, place, at, actorOf(call), id)
      const file = found(comment.files[at])
      if (store.files.stored.has(id)) store.files.stored.set(id, { file, bytes: new Uint8Array() })
      return { attachment: attachmentRow(store, id, file) }
    },
    'PUT /comment_redactions/:id': (call) => {
      const route = 'api/v2/comment_redactions/update'
      const ticketId = numberOf(call.body['ticket_id'])
      if (ticketId === undefined) throw invalidAttribute('ticket_id', route)
      const ticket = ticketOf(store, ticketId)
      const live = found(ticket?.deleted === 0 ? ticket : undefined)
      const place = commentIn(live, idOf(call.params['id'], route))
      const texts = redactedTexts(call.body)
      return row(redactTexts(store, withoutFiles(call, place), texts, actorOf(call)))
    },
  }
  return [{ who: 'agent', scope: 'tickets', routes }]

  function withoutFiles(call: Call, place: CommentPlace): CommentPlace {
    const urls = call.body['external_attachment_urls']
    if (!Array.isArray(urls)) return place
    return fileIds(place).reduce((now, id, at) => {
      const file = now.comment.files[at]
      const url = file === undefined ? '' : attachmentRow(store, id, file)['content_url']
      return urls.includes(url) ? redactFile(store, now, at, actorOf(call), id) : now
    }, place)
  }
}

/** The ids of a comment's files. */
function fileIds({ audit, nth, comment }: CommentPlace): readonly number[] {
  return comment.files.map((file, at) => file.id ?? eventId(audit, nth) + 1 + at)
}

// The texts between `<redact>` and `</redact>` in the comment's HTML.
function redactedTexts({ html_body: html }: Row): readonly string[] {
  const parts = typeof html === 'string' ? html.matchAll(/<redact>([\s\S]*?)<\/redact>/g) : []
  return Array.from(parts, ([, text]) => text ?? '').filter((text) => text !== '')
}
