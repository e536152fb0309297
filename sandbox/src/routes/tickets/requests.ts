import { eventId } from '../../account/ids.ts'
import type { Row, Ticket } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import { ticketOf } from '../../account/store.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import { reversed, sorted } from '../../http/pages/sequence.ts'
import { requestOrganizationRow, requestRow, requestUserRow } from '../../rows/request.ts'
import { secondsOf } from '../input/values.ts'
import { found, idOf, listPage } from '../parameters.ts'
import { idsIn } from '../resource.ts'
import type { Served } from '../served.ts'
import { authorsOf, commentsOf, inAskedOrder, listedRow, type PlacedComment } from './comments.ts'

/** Requests read: tickets as end users see them. */
export function requestRoutes({ store }: Served): readonly Family[] {
  const routes: Routes = {
    'GET /requests': (call) => list(store, call, ({ values }) => values.requester_id === own(call)),
    'GET /requests/open': (call) => list(store, call, (one) => one.values.requester_id === own(call) && isOpen(one)),
    'GET /requests/solved': (call) => list(store, call, (one) => one.values.requester_id === own(call) && !isOpen(one)),
    'GET /requests/ccd': (call) => list(store, call, ({ copied }) => copied.includes(own(call))),
    'GET /requests/search': (call) => {
      const text = (call.asked.query.get('query') ?? '').toLowerCase()
      const organization = call.asked.query.get('organization_id')
      return list(store, call, (one) => {
        const mine = one.values.requester_id === own(call) || one.copied.includes(own(call))
        const described = `${one.values.subject}\n${commentsOf(one)[0]?.comment.body ?? ''}`.toLowerCase()
        const within = organization === null || String(one.values.organization_id) === organization
        return mine && within && described.includes(text)
      })
    },
    'GET /requests/show_many': (call) => {
      const ids = idsIn(call.asked)
      return list(store, call, (one) => ids.has(String(one.id)) && maySee(one, call.caller.user))
    },
    'GET /requests/:id': ({ params, caller }) => ({
      request: requestRow(store, visibleRequest(store, params['id'], caller.user), caller.user),
    }),
    'GET /requests/:id/comments': (call) => {
      const sequence = inAskedOrder(call.asked, comments(store, call))
      const { items, envelope } = listPage(call.asked, sequence, 'api/v2/requests/comments')
      const authors = authorsOf(store, items)
      const organizations = new Set(authors.map((user) => user.organization))
      return {
        comments: items.map((place) => commentRowOf(store, call, place)),
        users: authors.map(requestUserRow),
        organizations: [...organizations].flatMap((id) => {
          const one = id === null ? undefined : store.organizations.get(id)
          return one === undefined ? [] : [requestOrganizationRow(one)]
        }),
        ...envelope,
      }
    },
    'GET /requests/:id/comments/:comment_id': (call) => {
      const id = idOf(call.params['comment_id'], 'api/v2/requests/comments')
      const place = found(comments(store, call).find(({ audit, nth }) => eventId(audit, nth) === id))
      return { comment: commentRowOf(store, call, place) }
    },
    'GET /users/:user_id/requests': (call) => {
      const { id } = found(store.users.get(idOf(call.params['user_id'], 'api/v2/requests/index')))
      return list(store, call, (one) => one.values.requester_id === id && maySee(one, call.caller.user))
    },
    'GET /organizations/:organization_id/requests': (call) => {
      const { id } = found(store.organizations.get(idOf(call.params['organization_id'], 'api/v2/requests/index')))
      return list(store, call, (one) => one.values.organization_id === id && maySee(one, call.caller.user))
    },
  }
  return [{ who: 'end-user', scope: 'requests', routes }]
}

function list(store: Store, call: Call, wanted: (ticket: Ticket) => boolean): Row {
  const { query } = call.asked
  const statuses = query.get('status')?.split(',')
  const tickets = store.tickets.filter(
    (one) => isRequest(one) && (statuses === undefined || statuses.includes(one.values.status)) && wanted(one),
  )
  const byTime = query.get('sort_by') === 'updated_at' || query.get('sort_by') === 'created_at'
  const time = (one: Ticket) => (query.get('sort_by') === 'updated_at' ? one.updated : one.created)
  const ascending = byTime
    ? sorted(tickets, 'time,id', 'di', (one) => [time(one), one.id])
    : sorted(tickets, 'nice_id', 'i', (one) => [one.id])
  const sequence = query.get('sort_order') === 'desc' ? reversed(ascending) : ascending
  const { items, envelope } = listPage(call.asked, sequence, 'api/v2/requests/index')
  return { requests: items.map((one) => requestRow(store, one, call.caller.user)), ...envelope }
}

const own = ({ caller }: Call) => caller.user?.id ?? -1

const isOpen = ({ values }: Ticket) => !['solved', 'closed'].includes(values.status)

function comments(store: Store, { asked, params, caller }: Call): readonly PlacedComment[] {
  const request = visibleRequest(store, params['id'], caller.user)
  const since = secondsOf(asked.query.get('since'))
  const role = asked.query.get('role')
  const author = (id: number) => (store.users.get(id)?.role === 'end-user' ? 'end_user' : 'agent')
  return commentsOf(request).filter(
    ({ audit, comment }) =>
      comment.public &&
      (since === undefined || audit.at >= since) &&
      (role === null || author(comment.author) === role),
  )
}

function commentRowOf(store: Store, call: Call, place: PlacedComment): Row {
  const { audit_id: _, metadata: __, ...row } = listedRow(store, place, true)
  return { url: `${store.base}/api/v2/requests/${call.params['id']}/comments/${row['id']}.json`, ...row }
}

/** The request of a path, if the viewer may see it. */
export function visibleRequest(store: Served['store'], id: string | undefined, viewer: Call['caller']['user']): Ticket {
  const ticket = ticketOf(store, idOf(id, 'api/v2/requests/show'))
  return found(ticket !== undefined && isRequest(ticket) && maySee(ticket, viewer) ? ticket : undefined)
}

// A ticket without a public comment is no request.
function isRequest({ deleted, isPublic }: Ticket): boolean {
  return deleted === 0 && isPublic
}

function maySee({ values, copied }: Ticket, viewer: Call['caller']['user']): boolean {
  if (viewer === undefined) return false
  return viewer.role !== 'end-user' || viewer.id === values.requester_id || copied.includes(viewer.id)
}
