import { eventId } from '../../account/ids.ts'
import type { Audit, CommentEvent, Row, Ticket } from '../../account/model.ts'
import type { User } from '../../account/people/model.ts'
import type { Store } from '../../account/store.ts'
import type { Family, Routes } from '../../http/family.ts'
import type { Asked } from '../../http/pages/links.ts'
import { cursorPage } from '../../http/pages/list.ts'
import { reversed, type Sequence, sorted } from '../../http/pages/sequence.ts'
import { commentRow } from '../../rows/comment.ts'
import { userRow } from '../../rows/people.ts'
import { countRow, flag, included, listPage } from '../parameters.ts'
import type { Served } from '../served.ts'
import { liveTicket } from './live-ticket.ts'

/** The comments of a ticket. */
export function commentRoutes({ store }: Served): readonly Family[] {
  const routes: Routes = {
    'GET /tickets/:id/comments': ({ asked, params }) => {
      const one = liveTicket(store, params['id'], 'api/v2/comments/index')
      const { items, envelope } = listPage(asked, inAskedOrder(asked, commentsOf(one)), 'api/v2/comments/index')
      return {
        comments: items.map((comment) => listedRow(store, comment, flag(asked, 'include_inline_images'))),
        ...(included(asked).has('users') ? { users: authorsOf(store, items).map((user) => userRow(store, user)) } : {}),
        ...envelope,
      }
    },
    'GET /tickets/:id/comments/count': ({ params }) =>
      countRow(store, commentsOf(liveTicket(store, params['id'], 'api/v2/comments/count'))),
  }
  return [{ who: 'agent', scope: 'tickets', routes: { ...routes, ...conversationLog(store) } }]
}

// Assumed (fact 363): comments alone, by cursor alone; the keys after Zendesk's published description of the API.
function conversationLog(store: Store): Routes {
  return {
    'GET /tickets/:id/conversation_log': ({ asked, params }) => {
      const one = liveTicket(store, params['id'], 'api/v2/conversation_log/index')
      const { items, envelope } = cursorPage(asked, inAskedOrder(asked, commentsOf(one)))
      return { events: items.map((place) => logRow(store, place)), ...envelope }
    },
  }
}

function logRow(store: Store, place: PlacedComment): Row {
  const {
    id,
    body,
    html_body,
    plain_body,
    public: isPublic,
    attachments,
    created_at,
    metadata,
  } = listedRow(store, place, true)
  const { author, type } = place.comment
  const role = author < 0 ? 'bot' : store.users.get(author)?.role === 'end-user' ? 'user' : 'agent'
  return {
    id: String(id),
    type,
    reference: `zen:ticket:${place.audit.ticket.id}:comment:${id}`,
    author: { type: role, zen_support_user_id: author },
    content: { body, html_body, plain_body, public: isPublic },
    attachments,
    metadata,
    created_at,
  }
}

/** A comment and its place in the audits. */
export type PlacedComment = { readonly audit: Audit; readonly nth: number; readonly comment: CommentEvent }

/** The comments of a ticket, oldest first. */
export function commentsOf(ticket: Ticket): readonly PlacedComment[] {
  return ticket.audits.flatMap((audit) =>
    audit.events.flatMap((event, nth): PlacedComment[] => ('body' in event ? [{ audit, nth, comment: event }] : [])),
  )
}

/** Comments oldest first, or as `sort` and `sort_order` ask. */
export function inAskedOrder({ query }: Asked, comments: readonly PlacedComment[]): Sequence<PlacedComment> {
  const ascending = sorted(comments, 'created_at,id', 'di', ({ audit, nth }) => [audit.at, eventId(audit, nth)])
  const descending = query.get('sort_order') === 'desc' || query.get('sort') === '-created_at'
  return descending ? reversed(ascending) : ascending
}

/** A comment's row in lists, which have pictures within the text only if they are asked for. */
export function listedRow(store: Store, { audit, nth, comment }: PlacedComment, withInline: boolean): Row {
  const row = commentRow(store, audit, nth, comment)
  const attachments = row['attachments'] as readonly Row[]
  return withInline ? row : { ...row, attachments: attachments.filter((one) => one['inline'] !== true) }
}

/** Who wrote these comments, each once. */
export function authorsOf(store: Store, comments: readonly PlacedComment[]): readonly User[] {
  const authors = new Set(comments.map(({ comment }) => comment.author))
  return [...authors].flatMap((id) => store.users.get(id) ?? [])
}
