import { LOCALES } from '../../account/people/locales.ts'
import type { Group, Organization, User } from '../../account/people/model.ts'
import { forget, newUser } from '../../account/people/new-user.ts'
import type { Store } from '../../account/store.ts'
import type { Credentials } from '../../credentials.ts'
import type { Random } from '../../random.ts'
import { giveIdentities } from './identities.ts'
import { generateMemberships } from './memberships.ts'
import { personName } from './names.ts'
import { generateGroups, generateOrganizations, importTogether } from './organizations.ts'
import { userFieldValues } from './person-fields.ts'

const YEAR = 365 * 86_400

/** The people who can act in tickets, by role; end users in the order of their creation. */
export type People = {
  readonly admins: readonly User[]
  readonly agents: readonly User[]
  readonly endUsers: readonly User[]
  readonly groups: readonly Group[]
}

/** Writes groups, organizations and users for an account of this size, created before `start` or spread after it. */
export function generatePeople(
  store: Store,
  random: Random,
  options: { tickets: number; latest: number; credentials: Credentials },
): People {
  const { tickets, latest, credentials } = options
  const start = latest - 4 * YEAR
  const groups = generateGroups(store, random, start)
  const organizations = generateOrganizations(
    store,
    random,
    Math.min(5000, Math.max(5, Math.ceil(tickets / 20))),
    latest,
  )
  const make = (role: User['role'], created: number, address: string | undefined, organization?: Organization) => {
    const name = personName(random)
    const id = store.nextId()
    const domain = organization?.domains[0] ?? 'example.org'
    const user = newUser({ id, created, name, email: address ?? `user${id}@${domain}`, role }, random)
    user.organization = organization?.id ?? null
    store.users.set(id, user)
    return user
  }
  const staff = (role: 'agent' | 'admin', count: number, address: string | undefined) =>
    Array.from({ length: count }, (_, nth) => {
      const user = make(role, start + nth, nth === 0 ? address : undefined)
      user.group = random.pick(groups.filter((group) => !group.deleted)).id
      user.lastLogin = random.between(start, latest)
      user.signature = random.chance(0.5) ? '-- \nSent with ❤️' : null
      if (role === 'agent' && nth > 0)
        user.restriction = random.pick([null, null, 'groups', 'assigned', 'organization'])
      return user
    })
  const admins = staff('admin', 3, credentials.email)
  const agents = staff('agent', Math.max(6, Math.min(200, Math.ceil(tickets / 150))), credentials.agentEmail)
  // Light agents only write private comments, so that no ticket is assigned to them.
  for (const light of staff('agent', Math.max(2, Math.ceil(agents.length / 10)), undefined)) {
    light.roleType = 1
    light.restriction = 'groups'
  }
  const count = Math.max(20, Math.ceil(tickets / 4))
  const endUsers = Array.from({ length: count }, (_, nth) => {
    // Half of them were there before the first ticket.
    const created =
      nth < count / 2 ? start + nth : start + YEAR + Math.floor(((latest - 3600 - start - YEAR) * nth) / count)
    if (nth === 0) return make('end-user', created, credentials.endUserEmail)
    const user = make('end-user', created, undefined, random.chance(0.6) ? random.pick(organizations) : undefined)
    liven(user, random, { latest, someone: random.pick(agents).id, nth })
    return user
  })
  mergeSome(make, random, endUsers, latest)
  importTogether(endUsers, Math.min(1100, Math.floor(count * 0.4)), latest - 77 * 86_400)
  for (const user of store.users.values()) {
    const organization = user.organization === null ? undefined : store.organizations.get(user.organization)
    if (organization !== undefined && organization.deleted > 0) user.organization = null
    giveIdentities(store, random, user, latest)
  }
  generateMemberships(store, random, { organizations, groups, latest })
  store.order.usersById.fill([...store.users.values()])
  store.order.usersByUpdated.fill([...store.users.values()])
  return { admins, agents, endUsers, groups }
}

// A merged user has lost everything to the winner, tickets too: only the deleted record is left.
function mergeSome(
  make: (role: 'end-user', created: number, address: undefined) => User,
  random: Random,
  endUsers: readonly User[],
  latest: number,
): void {
  for (const winner of random.some(endUsers.slice(1), Math.ceil(endUsers.length / 200))) {
    const loser = make('end-user', winner.created, undefined)
    loser.name = winner.name
    loser.deleted = true
    loser.email = null
    loser.updated = random.between(loser.created, latest)
  }
}

function liven(user: User, random: Random, at: { latest: number; someone: number; nth: number }): void {
  const { latest, someone, nth } = at
  // One number in twenty is that of a front desk, which several users share.
  if (random.chance(0.3))
    user.phone = random.chance(0.05) ? '+4533330000' : `+4520${String(nth % 1_000_000).padStart(6, '0')}`
  if (random.chance(0.2)) user.externalId = random.chance(0.5) ? `crm-${nth}` : `CRM/Größe ${nth}`
  if (random.chance(0.2)) user.tags = random.some(['vip', 'beta', 'résumé', '日本', 'churn_risk'], 2)
  if (random.chance(0.2)) user.notes = random.pick(['Pays late', '<b>important</b>', '🤷', 'line\u2028separator'])
  if (random.chance(0.1)) user.details = random.pick(['Nygade 1, Aarhus', 'Prefers mail\r\nafter noon'])
  if (random.chance(0.1)) user.alias = random.pick(['Customer', 'عميل'])
  if (random.chance(0.1)) user.photo = true
  if (random.chance(0.2)) user.locale = random.between(0, LOCALES.length - 1)
  if (random.chance(0.3)) user.lastLogin = random.between(user.created, latest)
  if (random.chance(0.3)) user.fields = userFieldValues(random, someone)
  if (random.chance(0.5)) user.updated = random.between(user.created, latest)
  user.verified = random.chance(0.8)
  user.suspended = random.chance(0.02)
  user.shared = random.chance(0.003)
  user.deleted = random.chance(0.03)
  user.permanentlyDeleted = user.deleted && random.chance(0.3)
  if (random.chance(0.02)) user.email = null
  if (!user.deleted) return
  if (user.updated === user.created) user.updated = Math.min(latest, user.created + 3600)
  user.email = null
  if (user.permanentlyDeleted) forget(user)
}
