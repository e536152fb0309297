import type { Row } from '../account/model.ts'
import type { Index } from '../account/ordered-index.ts'
import type { Group, Organization, User } from '../account/people-model.ts'
import type { Store } from '../account/store.ts'
import { invalidPagination } from '../http/errors.ts'
import type { Asked } from '../http/links.ts'
import { asksForCursor } from '../http/list-pages.ts'
import { byId, byTime, only, reversed, type Sequence, sorted } from '../http/sequence.ts'
import { groupRow, organizationRow, userRow } from '../records/people.ts'
import { countRow, type Family, flag, found, idOf, listPage, type Routes, type Served } from './route.ts'

/** Users, organizations and groups. */
export function peopleRoutes({ store }: Served): readonly Family[] {
  const { order } = store
  const users = (asked: Asked) => {
    const roles = [...asked.query.getAll('role'), ...asked.query.getAll('role[]')]
    const listed = only(inOrder(asked, order.usersById, order.usersByUpdated), (user) => !user.deleted)
    return roles.length === 0 ? listed : only(listed, (user) => roles.includes(user.role))
  }
  const organizations = (asked: Asked) =>
    only(inOrder(asked, order.organizationsById, order.organizationsByUpdated), (one) => one.deleted === 0)
  const me: Routes = {
    'GET /users/me': ({ caller }) => ({ user: caller.user === undefined ? ANONYMOUS : userRow(store, caller.user) }),
  }
  const people: Routes = {
    'GET /users': ({ asked }) => {
      const { items, envelope } = listPage(asked, users(asked), 'api/v2/users/index')
      return { users: items.map((user) => userRow(store, user)), ...envelope }
    },
    'GET /users/count': ({ asked }) => countRow(store, users(asked).walk(undefined, 1)),
    'GET /users/:id': ({ params }) => {
      // Assumed: a deleted user can still be shown, inactive; a permanently deleted one too.
      const user: User = found(store.users.get(idOf(params['id'], 'api/v2/users/show')))
      return { user: userRow(store, user) }
    },
  }
  const companies: Routes = {
    'GET /organizations': ({ asked }) => {
      const { items, envelope } = listPage(asked, organizations(asked), 'api/v2/organizations/index')
      return { organizations: items.map((one) => organizationRow(store, one)), ...envelope }
    },
    'GET /organizations/count': ({ asked }) => countRow(store, organizations(asked).walk(undefined, 1)),
    'GET /organizations/:id': ({ params }) => {
      const one: Organization | undefined = store.organizations.get(idOf(params['id'], 'api/v2/organizations/show'))
      return { organization: organizationRow(store, found(one?.deleted === 0 ? one : undefined)) }
    },
  }
  const teams: Routes = {
    'GET /groups': ({ asked }) => {
      const { items, envelope } = listPage(asked, groups(store, asked), 'api/v2/groups/index')
      return { groups: items.map((group) => groupRow(store, group)), ...envelope }
    },
    'GET /groups/count': ({ asked }) => countRow(store, groups(store, asked).walk(undefined, 1)),
    'GET /groups/:id': ({ params }) => {
      const group = found(store.groups.get(idOf(params['id'], 'api/v2/groups/show')))
      return { group: groupRow(store, group) }
    },
  }
  return [
    { who: 'anyone', scope: 'users', routes: me },
    { who: 'agent', scope: 'users', routes: people },
    { who: 'agent', scope: 'organizations', routes: companies },
    { who: 'agent', writers: 'admin', routes: teams },
  ]
}

// Assumed: `exclude_deleted` is false by default, so that deleted groups are listed with `deleted: true`.
function groups(store: Store, asked: Asked): Sequence<Group> {
  const wanted = [...store.groups.values()].filter((group) => !group.deleted || !flag(asked, 'exclude_deleted'))
  return sorted(wanted, 'name,id', 'si', (group) => [group.name, group.id])
}

function inOrder<T>(asked: Asked, ids: Index<T>, times: Index<T>): Sequence<T> {
  // `sort` belongs to cursor pagination; offset pages ignore it.
  const sort = asksForCursor(asked) ? (asked.query.get('sort') ?? 'id') : 'id'
  if (sort === 'id') return byId(ids)
  if (sort === '-id') return reversed(byId(ids))
  if (sort === 'updated_at') return byTime(times, 'updated_at,id')
  if (sort === '-updated_at') return reversed(byTime(times, 'updated_at,id'))
  throw invalidPagination('sort is not valid')
}

const ANONYMOUS: Row = {
  id: null,
  url: null,
  name: 'Anonymous user',
  email: 'invalid@example.com',
  created_at: null,
  updated_at: null,
  time_zone: 'Copenhagen',
  iana_time_zone: 'Europe/Copenhagen',
  phone: null,
  shared_phone_number: null,
  photo: null,
  locale_id: 1,
  locale: 'en-US',
  organization_id: null,
  role: 'end-user',
  verified: false,
}
