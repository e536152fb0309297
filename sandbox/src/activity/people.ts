import type { Membership, Memberships } from '../account/people/memberships.ts'
import type { Group, Organization, User } from '../account/people/model.ts'
import type { Store } from '../account/store.ts'
import { personName } from '../seed/people/names.ts'
import { type Kinds, type Kit, on } from './kit.ts'

const isEndUser = ({ role, deleted }: User) => role === 'end-user' && !deleted
// The address that the sandbox's own end-user credentials belong to stays.
const isFree = (user: User) => isEndUser(user) && (user.email?.startsWith('user') ?? false)
const isThere = ({ deleted }: Organization) => deleted === 0
const isLive = ({ deleted }: Group) => !deleted
// Their members are deleted with them, so a large one is never deleted at random.
const isSmall =
  (store: Store) =>
  (one: Organization): boolean =>
    isThere(one) && store.people.organizationMemberships.ofParent(one.id).length <= MOST_MEMBERS
const MOST_MEMBERS = 4

/** Random changes of users, organizations, groups and memberships. */
export const PEOPLE_KINDS: Kinds = {
  createUser: [
    5,
    ({ account, random, record, store }) => {
      account.createUser({ name: personName(random), organization: record(store.organizations, isThere)?.id ?? null })
      return true
    },
  ],
  updateUser: [
    6,
    ({ account, random, record, store }) =>
      on(record(store.users, isEndUser), ({ id }) =>
        account.updateUser(id, { name: personName(random), tags: ['renamed'] }),
      ),
  ],
  deleteUser: [
    1.5,
    ({ account, record, store }) => on(record(store.users, isFree), ({ id }) => account.deleteUser(id)),
  ],
  permanentlyDeleteUser: [
    0.7,
    ({ account, record, store }) =>
      on(
        record(store.users, (user) => user.deleted && !user.permanentlyDeleted) ?? record(store.users, isFree),
        ({ id }) => account.permanentlyDeleteUser(id),
      ),
  ],
  mergeUsers: [
    0.3,
    ({ account, record, store }) => {
      const loser = record(store.users, isFree)
      const winner = record(store.users, (user) => isEndUser(user) && user !== loser)
      if (loser === undefined || winner === undefined) return false
      account.mergeUsers(loser.id, winner.id)
      return true
    },
  ],
  createIdentity: [
    1.5,
    ({ account, random, record, store }) =>
      on(record(store.users, isFree), ({ id }) => {
        const value = `also${store.nextId()}@example.com`
        account.createIdentity(id, { type: 'email', value, verified: random.chance(0.5) })
      }),
  ],
  updateIdentity: [
    0.5,
    (kit) => onIdentity(kit, (user, id) => kit.account.updateIdentity(user, id, { verified: true })),
  ],
  makeIdentityPrimary: [0.3, (kit) => onIdentity(kit, kit.account.makeIdentityPrimary)],
  deleteIdentity: [0.4, (kit) => onIdentity(kit, kit.account.deleteIdentity)],
  createOrganization: [
    2,
    ({ account }) => {
      account.createOrganization({ tags: ['fresh'] })
      return true
    },
  ],
  updateOrganization: [
    3,
    ({ account, record, store, texts }) =>
      on(record(store.organizations, isThere), ({ id }) => account.updateOrganization(id, { notes: texts.note() })),
  ],
  deleteOrganization: [
    0.7,
    ({ account, record, store }) =>
      on(record(store.organizations, isSmall(store)), ({ id }) => account.deleteOrganization(id)),
  ],
  mergeOrganizations: [
    0.15,
    ({ account, record, store }) => {
      const loser = record(store.organizations, isSmall(store))
      const winner = record(store.organizations, (one) => isThere(one) && one !== loser)
      if (loser === undefined || winner === undefined) return false
      account.mergeOrganizations(loser.id, winner.id)
      return true
    },
  ],
  createOrganizationMembership: [
    0.8,
    ({ account, random, record, store }) => {
      const [user, organization] = [record(store.users, isEndUser), record(store.organizations, isThere)]
      if (user === undefined || organization === undefined) return false
      if (holds(store.people.organizationMemberships, user.id, organization.id)) return false
      account.createOrganizationMembership(user.id, organization.id, random.chance(0.2))
      return true
    },
  ],
  makeOrganizationDefault: [
    0.3,
    (kit) =>
      on(membership(kit, 'organizationMemberships', 'others'), ({ id }) => kit.account.makeOrganizationDefault(id)),
  ],
  deleteOrganizationMembership: [
    0.5,
    (kit) => on(membership(kit, 'organizationMemberships'), ({ id }) => kit.account.deleteOrganizationMembership(id)),
  ],
  createGroup: [
    0.4,
    ({ account }) => {
      account.createGroup()
      return true
    },
  ],
  updateGroup: [
    0.6,
    ({ account, record, store, texts }) =>
      on(record(store.groups, isLive), ({ id }) => account.updateGroup(id, { description: texts.note() })),
  ],
  deleteGroup: [
    0.2,
    ({ account, record, store }) =>
      on(
        record(store.groups, (one) => isLive(one) && !one.default),
        ({ id }) => account.deleteGroup(id),
      ),
  ],
  createGroupMembership: [
    0.4,
    ({ account, agent, record, store }) => {
      const [user, group] = [agent(), record(store.groups, isLive)]
      if (user === undefined || group === undefined) return false
      if (holds(store.people.groupMemberships, user.id, group.id)) return false
      account.createGroupMembership(user.id, group.id)
      return true
    },
  ],
  makeGroupDefault: [
    0.15,
    (kit) => on(membership(kit, 'groupMemberships', 'others'), ({ id }) => kit.account.makeGroupDefault(id)),
  ],
  // Agents keep one group.
  deleteGroupMembership: [
    0.25,
    (kit) => on(membership(kit, 'groupMemberships', 'others'), ({ id }) => kit.account.deleteGroupMembership(id)),
  ],
}

function holds(all: Memberships, user: number, parent: number): boolean {
  return all.ofUser(user).some((one) => one.parent === parent)
}

// With `others` none that is its user's default.
function membership(
  { random, store }: Kit,
  kind: 'organizationMemberships' | 'groupMemberships',
  which?: 'others',
): Membership | undefined {
  const all = [...store.people[kind].order.from(0, -1)]
  const fitting = which === 'others' ? all.filter((one) => !one.default) : all
  return fitting.length === 0 ? undefined : random.pick(fitting)
}

// On one of those that are not primary, so that everyone keeps an address.
function onIdentity({ random, record, store }: Kit, act: (user: number, id: number) => void): boolean {
  const user = record(store.users, (one) => isFree(one) && one.identities.some(isSecond))
  return on(user, ({ id, identities }) => act(id, random.pick(identities.filter(isSecond)).id))
}

function isSecond({ primary, type }: User['identities'][number]): boolean {
  return !primary && type === 'email'
}
