import type { Row } from '../../account/model.ts'
import type { Membership } from '../../account/people/memberships.ts'
import { organizationSubscriptions } from '../../account/people/subscriptions.ts'
import type { Store } from '../../account/store.ts'
import type { Call, Family, Routes } from '../../http/family.ts'
import type { Asked } from '../../http/pages/links.ts'
import { sorted } from '../../http/pages/sequence.ts'
import { noContent } from '../../http/reply.ts'
import { groupMembershipRow, organizationMembershipRow } from '../../rows/memberships.ts'
import { groupRow, organizationRow, userRow } from '../../rows/people.ts'
import { found, idOf, included, listPage } from '../parameters.ts'
import { resourceRoutes } from '../resource.ts'
import type { Served } from '../served.ts'
import { membershipRoutes } from './memberships.ts'
import { idIn, invalid } from './person-attributes.ts'

/** Memberships in groups and organizations, and the organizations whose tickets end users follow. */
export function membershipFamilies(served: Served): readonly Family[] {
  return [
    { who: 'agent', scope: 'organizations', routes: organizationRoutes(served) },
    { who: 'agent', writers: 'admin', routes: groupRoutes(served) },
    { who: 'agent', routes: subscriptions(served) },
  ]
}

const sideLoadsOf =
  (store: Store, name: 'groups' | 'organizations') => (items: readonly Membership[], asked: Asked) => {
    const rows: Row = {}
    const include = included(asked)
    const each = <T>(ids: readonly number[], from: ReadonlyMap<number, T>, row: (one: T) => Row) =>
      [...new Set(ids)].flatMap((id) => {
        const one = from.get(id)
        return one === undefined ? [] : [row(one)]
      })
    const users = items.map(({ user }) => user)
    const parents = items.map(({ parent }) => parent)
    if (include.has('users')) rows['users'] = each(users, store.users, (one) => userRow(store, one))
    if (name === 'groups' && include.has(name)) rows[name] = each(parents, store.groups, (one) => groupRow(store, one))
    if (name === 'organizations' && include.has(name))
      rows[name] = each(parents, store.organizations, (one) => organizationRow(store, one))
    return rows
  }

function membershipIn(store: Store, { params }: Call): Membership {
  const user = idOf(params['user_id'], 'api/v2/organization_memberships/show')
  const id = idOf(params['id'], 'api/v2/organization_memberships/show')
  return found(store.people.organizationMemberships.ofUser(user).find(({ parent }) => parent === id))
}

// Tickets aren't assigned to light agents.
function assignable(store: Store, asked: Asked, items: Iterable<Membership>): Row {
  const wanted = [...items].filter(({ user }) => store.users.get(user)?.roleType !== 1)
  const sequence = sorted(wanted, 'id', 'i', ({ id }) => [id])
  const page = listPage(asked, sequence, 'api/v2/group_memberships/assignable')
  return {
    group_memberships: page.items.map((one) => groupMembershipRow(store, one)),
    ...sideLoadsOf(store, 'groups')(page.items, asked),
    ...page.envelope,
  }
}

function organizationRoutes(served: Served): Routes {
  const { store, mutations } = served
  const { organizationMemberships } = store.people
  const organizations = membershipRoutes(served, {
    name: 'organization_membership',
    parentKey: 'organization_id',
    nested: '/organizations/:id/organization_memberships',
    all: organizationMemberships,
    row: (one) => organizationMembershipRow(store, one),
    isParent: (id) => store.organizations.get(id)?.deleted === 0,
    isMember: () => true,
    sideLoaded: sideLoadsOf(store, 'organizations'),
    join: mutations.createOrganizationMembership,
    makeDefault: mutations.makeOrganizationDefault,
    leave: mutations.deleteOrganizationMembership,
    twice: ' This user is already a member of this organization.',
    job: 'OrganizationMembership',
  })
  const byOrganization: Routes = {
    'PUT /users/:user_id/organizations/:id/make_default': (call) => {
      const one = membershipIn(store, call)
      mutations.makeOrganizationDefault(one.id)
      return { organization_membership: organizationMembershipRow(store, one) }
    },
    'DELETE /users/:user_id/organizations/:id': (call) => {
      mutations.deleteOrganizationMembership(membershipIn(store, call).id)
      return noContent()
    },
  }
  return { ...organizations, ...byOrganization }
}

function groupRoutes(served: Served): Routes {
  const { store, mutations } = served
  const { groupMemberships } = store.people
  const groups = membershipRoutes(served, {
    name: 'group_membership',
    parentKey: 'group_id',
    nested: '/groups/:id/memberships',
    all: groupMemberships,
    row: (one) => groupMembershipRow(store, one),
    isParent: (id) => store.groups.get(id)?.deleted === false,
    isMember: ({ role }) => role !== 'end-user',
    sideLoaded: sideLoadsOf(store, 'groups'),
    join: mutations.createGroupMembership,
    makeDefault: mutations.makeGroupDefault,
    leave: mutations.deleteGroupMembership,
    // Assumed (fact 330).
    twice: 'User has already been taken',
    job: 'GroupMembership',
  })
  const assignables: Routes = {
    'GET /group_memberships/assignable': ({ asked }) => assignable(store, asked, groupMemberships.order.from(0, -1)),
    'GET /groups/:id/memberships/assignable': ({ asked, params }) => {
      const group = found(store.groups.get(idOf(params['id'], 'api/v2/group_memberships/assignable')))
      return assignable(store, asked, groupMemberships.ofParent(group.id))
    },
  }
  return { ...groups, ...assignables }
}

function subscriptions(served: Served): Routes {
  const { store } = served
  organizationSubscriptions(store)
  const shared = {
    one: 'organization_subscription',
    many: 'organization_subscriptions',
    table: 'organization_subscriptions',
  }
  const all = resourceRoutes(served, {
    ...shared,
    path: '/organization_subscriptions',
    operations: ['list', 'show', 'create', 'delete'],
    create: (sent) => {
      const [user, organization] = [idIn(sent, 'user_id'), idIn(sent, 'organization_id')]
      if (user == null || store.users.get(user)?.deleted !== false) throw invalid('user_id', 'User: is invalid')
      if (organization == null || store.organizations.get(organization)?.deleted !== 0)
        throw invalid('organization_id', 'Organization: is invalid')
      return { user_id: user, organization_id: organization }
    },
  })
  const under = (path: string, key: string) =>
    resourceRoutes(served, {
      ...shared,
      path,
      operations: ['list'],
      where: (entry, { params }) => String(entry[key]) === params['parent_id'],
    })
  return {
    ...all,
    ...under('/users/:parent_id/organization_subscriptions', 'user_id'),
    ...under('/organizations/:parent_id/subscriptions', 'organization_id'),
  }
}
