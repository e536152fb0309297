import type { Index } from '../../account/ordered-index.ts'
import { userByExternalId } from '../../account/people/lookup.ts'
import type { User } from '../../account/people/model.ts'
import type { Store } from '../../account/store.ts'
import { uuid } from '../../account/table.ts'
import { invalidPagination } from '../../http/errors.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import type { Asked } from '../../http/pages/links.ts'
import { asksForCursor, offsetPage } from '../../http/pages/list.ts'
import { byId, byPosition, byTime, only, reversed, type Sequence, sorted } from '../../http/pages/sequence.ts'
import { profileRow, userRow } from '../../rows/people.ts'
import { parseQuery } from '../../search/query.ts'
import { find } from '../../search/run.ts'
import { countRow, found, idOf, included, listPage } from '../parameters.ts'
import type { Served } from '../served.ts'
import { ANONYMOUS } from './anonymous-user.ts'
import { namesIn } from './person-attributes.ts'
import { userSideLoads } from './user-side-loads.ts'

/** Reads of users: lists, single ones, searches. */
export function userRoutes(served: Served): readonly Family[] {
  const { store } = served
  const me: Routes = {
    'GET /users/me': ({ caller, asked }) => {
      const { user } = caller
      if (user === undefined) return { user: ANONYMOUS }
      const row = user.role === 'end-user' ? profileRow(store, user) : userRow(store, user)
      return {
        user: { ...row, authenticity_token: uuid('authenticity', user.id) },
        ...userSideLoads(served, [user], included(asked)),
      }
    },
  }
  const routes: Routes = {
    'GET /users': (call) => page(served, call.asked, all(store, call), 'api/v2/users/index'),
    'GET /users/count': (call) => countRow(store, all(store, call).walk(undefined, 1)),
    'GET /organizations/:id/users': (call) =>
      page(served, call.asked, inOrganization(store, call), 'api/v2/users/index'),
    'GET /organizations/:id/users/count': (call) => countRow(store, inOrganization(store, call).walk(undefined, 1)),
    'GET /groups/:id/users': (call) => page(served, call.asked, inGroup(store, call), 'api/v2/users/index'),
    'GET /groups/:id/users/count': (call) => countRow(store, inGroup(store, call).walk(undefined, 1)),
    'GET /users/show_many': ({ asked }) => {
      const { by, values } = namesIn(asked)
      const users = values.flatMap((value) => {
        const user = by === 'ids' ? store.users.get(Number(value)) : userByExternalId(store, value)
        return user === undefined || user.permanentlyDeleted ? [] : [user]
      })
      const envelope = { next_page: null, previous_page: null, count: users.length }
      return { ...rows(served, asked, users), ...envelope }
    },
    ...searchRoutes(served),
    ...profileRoutes(served),
  }
  return [
    { who: 'anyone', scope: 'users', routes: me },
    { who: 'agent', scope: 'users', routes },
  ]
}

const rows = (served: Served, asked: Asked, users: readonly User[]) => ({
  users: users.map((user) => userRow(served.store, user)),
  ...userSideLoads(served, users, included(asked)),
})

function page(served: Served, asked: Asked, users: Sequence<User>, route: string) {
  const { items, envelope } = listPage(asked, users, route)
  return { ...rows(served, asked, items), ...envelope }
}

const all = (store: Store, { asked }: Call) =>
  only(inOrder(asked, store.order.usersById, store.order.usersByUpdated), wanted(asked))

function members(store: Store, asked: Asked, ids: Iterable<number>) {
  const users = [...new Set(ids)].flatMap((id) => store.users.get(id) ?? []).filter(wanted(asked))
  return sorted(users, 'id', 'i', ({ id }) => [id])
}

function inOrganization(store: Store, { asked, params }: Call) {
  const id = idOf(params['id'], 'api/v2/users/index')
  found(store.organizations.get(id)?.deleted === 0 ? id : undefined)
  return members(
    store,
    asked,
    store.people.organizationMemberships.ofParent(id).map(({ user }) => user),
  )
}

function inGroup(store: Store, { asked, params }: Call) {
  const group = found(store.groups.get(idOf(params['id'], 'api/v2/users/index')))
  return members(
    store,
    asked,
    store.people.groupMemberships.ofParent(group.id).map(({ user }) => user),
  )
}

function searchRoutes(served: Served): Routes {
  const { store } = served
  return {
    'GET /users/search': ({ asked, caller }) => {
      const externalId = asked.query.get('external_id')
      const terms = parseQuery(asked.query.get('query') ?? '')
      const users =
        externalId === null
          ? [...find('user', terms, { store, caller })].map(({ record }) => record as User)
          : [userByExternalId(store, externalId) ?? []].flat()
      const { items, envelope } = offsetPage(asked, byPosition(users), 'api/v2/users/search')
      return { ...rows(served, asked, items), ...envelope }
    },
    'GET /users/autocomplete': ({ asked, caller }) => {
      const name = (asked.query.get('name') ?? '').trim()
      // Assumed (fact 348): fewer than two characters find nobody.
      const terms = [{ field: undefined, operator: ':', value: `${name}*`, negated: false }] as const
      const users =
        name.length < 2 ? [] : [...find('user', terms, { store, caller })].map(({ record }) => record as User)
      const { items, envelope } = offsetPage(asked, byPosition(users), 'api/v2/users/autocomplete')
      return { ...rows(served, asked, items), ...envelope }
    },
  }
}

function profileRoutes(served: Served): Routes {
  const { store } = served
  return {
    'GET /users/:id': ({ params, asked }) => {
      // Assumed (fact 357): a deleted user can still be shown, inactive; a permanently deleted one too.
      const user: User = found(store.users.get(idOf(params['id'], 'api/v2/users/show')))
      return { user: userRow(store, user), ...userSideLoads(served, [user], included(asked)) }
    },
    'GET /users/:id/related': ({ params }) => {
      const { id } = found(store.users.get(idOf(params['id'], 'api/v2/users/related')))
      let [assigned, requested, copied] = [0, 0, 0]
      for (const ticket of store.tickets) {
        if (ticket.deleted > 0) continue
        if (ticket.values.assignee_id === id) assigned++
        if (ticket.values.requester_id === id) requested++
        if (ticket.copied.includes(id)) copied++
      }
      const subscriptions = [...store.table('organization_subscriptions').all()].filter((one) => one['user_id'] === id)
      return {
        user_related: {
          assigned_tickets: assigned,
          requested_tickets: requested,
          ccd_tickets: copied,
          organization_subscriptions: subscriptions.length,
          topics: 0,
          topic_comments: 0,
          votes: 0,
          subscriptions: 0,
          entry_subscriptions: 0,
          forum_subscriptions: 0,
        },
      }
    },
  }
}

// The users who aren't deleted and match `role`, `role[]`, `permission_set` and `external_id`.
function wanted({ query }: Asked): (user: User) => boolean {
  const roles = [...query.getAll('role'), ...query.getAll('role[]')]
  const [role, externalId] = [query.get('permission_set'), query.get('external_id')?.toLowerCase()]
  return (user) =>
    !user.deleted &&
    (roles.length === 0 || roles.includes(user.role)) &&
    (role === null || String(user.customRole) === role) &&
    (externalId === undefined || user.externalId?.toLowerCase() === externalId)
}

/** Records by id or by their last change, as `sort` says under cursor pagination; offset pages ignore it. */
export function inOrder<T>(asked: Asked, ids: Index<T>, times: Index<T>): Sequence<T> {
  const sort = asksForCursor(asked) ? (asked.query.get('sort') ?? 'id') : 'id'
  if (sort === 'id') return byId(ids)
  if (sort === '-id') return reversed(byId(ids))
  if (sort === 'updated_at') return byTime(times, 'updated_at,id')
  if (sort === '-updated_at') return reversed(byTime(times, 'updated_at,id'))
  throw invalidPagination('sort is not valid')
}
