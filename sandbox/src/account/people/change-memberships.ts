import type { Store } from '../store.ts'
import type { Membership, Memberships } from './memberships.ts'
import type { User } from './model.ts'

/** The mutations of memberships. Those that create return the id. They throw if a record is missing, or the membership exists. */
export type MembershipMutations = {
  readonly createOrganizationMembership: (user: number, organization: number, isDefault?: boolean) => number
  readonly makeOrganizationDefault: (id: number) => void
  readonly deleteOrganizationMembership: (id: number) => void
  readonly createGroupMembership: (user: number, group: number, isDefault?: boolean) => number
  readonly makeGroupDefault: (id: number) => void
  readonly deleteGroupMembership: (id: number) => void
}

/** The mutations of a store's memberships. */
export function membershipMutations(store: Store): MembershipMutations {
  const { users, organizations, groups, people } = store
  const member = (id: number): User => {
    const user = users.get(id)
    if (user === undefined || user.deleted) throw new Error(`There is no user ${id}.`)
    return user
  }
  const known = (memberships: Memberships, id: number): [Membership, User] => {
    const one = memberships.get(id)
    if (one === undefined) throw new Error(`There is no membership ${id}.`)
    return [one, member(one.user)]
  }
  return {
    createOrganizationMembership: (user, organization, isDefault = false) => {
      if (organizations.get(organization)?.deleted !== 0) throw new Error(`There is no organization ${organization}.`)
      return joinOrganization(store, member(user), organization, isDefault).id
    },
    makeOrganizationDefault: (id) => {
      const [one, user] = known(people.organizationMemberships, id)
      makeDefault(store, 'organization', user, one)
    },
    deleteOrganizationMembership: (id) => {
      const [one, user] = known(people.organizationMemberships, id)
      leave(store, 'organization', user, one)
    },
    createGroupMembership: (user, group, isDefault = false) => {
      if (groups.get(group)?.deleted !== false) throw new Error(`There is no group ${group}.`)
      return join(store, 'group', member(user), group, isDefault).id
    },
    makeGroupDefault: (id) => {
      const [one, user] = known(people.groupMemberships, id)
      makeDefault(store, 'group', user, one)
    },
    deleteGroupMembership: (id) => {
      const [one, user] = known(people.groupMemberships, id)
      leave(store, 'group', user, one)
    },
  }
}

/** The kinds of things to belong to. The user's field of this name holds the default one. */
type Kind = 'organization' | 'group'

const memberships = ({ people }: Store, kind: Kind): Memberships =>
  kind === 'organization' ? people.organizationMemberships : people.groupMemberships

/** Lets a user join an organization; the first one is the default. Throws if the user belongs to it already. */
export function joinOrganization(store: Store, user: User, organization: number, isDefault: boolean): Membership {
  return join(store, 'organization', user, organization, isDefault)
}

/** Makes these the only organizations of a user, the first of them the default. */
export function setOrganizations(store: Store, user: User, organizations: readonly number[]): void {
  const all = store.people.organizationMemberships
  for (const one of all.ofUser(user.id))
    if (!organizations.includes(one.parent)) leave(store, 'organization', user, one)
  for (const [at, organization] of organizations.entries()) {
    const one = all.ofUser(user.id).find(({ parent }) => parent === organization)
    if (one === undefined) joinOrganization(store, user, organization, at === 0)
    else if (at === 0) makeDefault(store, 'organization', user, one)
  }
}

/** Takes a user out of all organizations and groups. The user's fields keep the ids of the defaults. */
export function leaveAll({ people }: Store, user: User): void {
  for (const all of [people.organizationMemberships, people.groupMemberships])
    for (const one of all.ofUser(user.id)) all.remove(one)
}

/** Takes all users out of an organization or a group; gives those whose default it was. */
export function dissolve(store: Store, kind: Kind, parent: number): User[] {
  return [...memberships(store, kind).ofParent(parent)].flatMap((one) => {
    const user = store.users.get(one.user)
    if (user === undefined) return []
    const wasDefault = user[kind] === parent
    leave(store, kind, user, one)
    return wasDefault ? [user] : []
  })
}

function join(store: Store, kind: Kind, user: User, parent: number, isDefault: boolean): Membership {
  const all = memberships(store, kind)
  const now = store.clock.now()
  if (all.ofUser(user.id).some((one) => one.parent === parent))
    throw new Error(`User ${user.id} is a member of ${kind} ${parent} already.`)
  const id = store.nextId()
  const one = { id, user: user.id, parent, created: now, updated: now, default: false, removed: false }
  all.add(one)
  if (isDefault || all.ofUser(user.id).length === 1) makeDefault(store, kind, user, one)
  return one
}

// Assumed (fact 355): the user's own `updated_at` stays when memberships change by themselves.
function makeDefault(store: Store, kind: Kind, user: User, wanted: Membership): void {
  for (const one of memberships(store, kind).ofUser(user.id)) {
    if (one.default === (one === wanted)) continue
    one.default = one === wanted
    one.updated = Math.max(one.updated, store.clock.now())
  }
  if (user[kind] === wanted.parent) return
  user[kind] = wanted.parent
  touch(store, user)
}

function leave(store: Store, kind: Kind, user: User, one: Membership): void {
  const all = memberships(store, kind)
  all.remove(one)
  const [next] = all.ofUser(user.id)
  // Assumed (fact 355): the next one becomes the default.
  if (one.default && next !== undefined) makeDefault(store, kind, user, next)
  else if (user[kind] === one.parent) {
    user[kind] = next?.parent ?? null
    touch(store, user)
  }
}

// Another default shows in the user, so that the export gives the user again.
function touch({ order, clock }: Store, user: User): void {
  user.updated = Math.max(user.updated, clock.now())
  order.usersById.place(user)
  order.usersByUpdated.place(user)
}
