import type { Group, User } from '../account/people-model.ts'
import type { Store } from '../account/store.ts'
import type { Credentials } from '../options.ts'
import type { Random } from '../random.ts'
import { personName, ZONES } from './names.ts'
import { generateGroups, generateOrganizations, importTogether } from './organizations.ts'

const YEAR = 365 * 86_400

/** The people who can act in tickets, by role; end users in the order of their creation. */
export type People = {
  readonly admins: readonly User[]
  readonly agents: readonly User[]
  readonly endUsers: readonly User[]
  readonly groups: readonly Group[]
}

/** Writes groups, organizations and users for an account of so many tickets, all created before `start` or spread after it. */
export function generatePeople(
  store: Store,
  random: Random,
  options: { tickets: number; horizon: number; credentials: Credentials },
): People {
  const { tickets, horizon, credentials } = options
  const start = horizon - 4 * YEAR
  const groups = generateGroups(store, random, start)
  const organizations = generateOrganizations(
    store,
    random,
    Math.min(5000, Math.max(5, Math.ceil(tickets / 20))),
    horizon,
  )
  const make = (role: User['role'], email: string | undefined, created: number) => {
    const name = personName(random)
    const id = store.nextId()
    const user = newUser({ id, created, name, email: email ?? `user${id}@example.org`, role }, random)
    store.users.set(id, user)
    return user
  }
  const staff = (role: 'agent' | 'admin', count: number, email: string) =>
    Array.from({ length: count }, (_, nth) => {
      const user = make(role, nth === 0 ? email : undefined, start + nth)
      user.group = random.pick(groups.filter((group) => !group.deleted)).id
      user.lastLogin = random.between(start, horizon)
      user.signature = random.chance(0.5) ? '-- \nSent with ❤️' : null
      return user
    })
  const admins = staff('admin', 3, credentials.email)
  const agents = staff('agent', Math.max(6, Math.min(200, Math.ceil(tickets / 150))), credentials.agentEmail)
  const count = Math.max(20, Math.ceil(tickets / 4))
  const endUsers = Array.from({ length: count }, (_, nth) => {
    // Half of them were there before the first ticket.
    const created =
      nth < count / 2 ? start + nth : start + YEAR + Math.floor(((horizon - 3600 - start - YEAR) * nth) / count)
    const user = make('end-user', nth === 0 ? credentials.endUserEmail : undefined, created)
    if (nth === 0) return user
    user.organization = random.chance(0.6) ? random.pick(organizations).id : null
    liven(user, random, horizon)
    return user
  })
  importTogether(endUsers, Math.min(1100, Math.floor(count * 0.4)), horizon - 77 * 86_400)
  for (const user of store.users.values()) {
    const organization = user.organization === null ? undefined : store.organizations.get(user.organization)
    if (organization !== undefined && organization.deleted > 0) user.organization = null
  }
  store.order.usersById.fill([...store.users.values()])
  store.order.usersByUpdated.fill([...store.users.values()])
  return { admins, agents, endUsers, groups }
}

/** A user with nothing but a name. */
export function newUser(
  { id, created, name, email, role }: { id: number; created: number; name: string; email: string; role: User['role'] },
  random?: Random,
): User {
  const blank = () => (random?.chance(0.5) === true ? '' : null)
  return {
    id,
    created,
    sender: { name, address: email },
    name,
    email,
    updated: created,
    role,
    organization: null,
    group: null,
    phone: null,
    externalId: null,
    tags: [],
    alias: blank(),
    details: blank(),
    notes: blank(),
    signature: null,
    verified: true,
    suspended: false,
    deleted: false,
    permanentlyDeleted: false,
    lastLogin: 0,
    photo: false,
    zone: random?.between(0, ZONES.length - 1) ?? 0,
    fields: { loyalty_tier: null, seats: null, vip: false, birthday: null, ratio: null, interests: null },
  }
}

function liven(user: User, random: Random, horizon: number): void {
  if (random.chance(0.3)) user.phone = `+4520${random.between(100000, 999999)}`
  if (random.chance(0.2)) user.externalId = `crm-${random.between(1, 99999)}`
  if (random.chance(0.2)) user.tags = random.some(['vip', 'beta', 'résumé', '日本', 'churn_risk'], 2)
  if (random.chance(0.2)) user.notes = random.pick(['Pays late', '<b>important</b>', '🤷'])
  if (random.chance(0.1)) user.photo = true
  if (random.chance(0.3)) user.lastLogin = random.between(user.created, horizon)
  if (random.chance(0.3))
    user.fields = {
      loyalty_tier: random.pick(['silver', 'gold', null]),
      seats: random.pick([0, 1, 250, null]),
      vip: random.chance(0.1),
      birthday: random.pick(['1984-02-29T00:00:00+00:00', null]),
      ratio: random.pick([0.1, 0.3333333333333333, null]),
      interests: random.pick([['music', 'cats'], [], null]),
    }
  if (random.chance(0.5)) user.updated = random.between(user.created, horizon)
  user.verified = random.chance(0.8)
  user.suspended = random.chance(0.02)
  user.deleted = random.chance(0.03)
  user.permanentlyDeleted = user.deleted && random.chance(0.3)
  if (!user.deleted) return
  if (user.updated === user.created) user.updated = Math.min(horizon, user.created + 3600)
  user.email = null
  if (user.permanentlyDeleted) forget(user)
}

/** Takes from a user what permanent deletion takes. */
export function forget(user: User): void {
  user.permanentlyDeleted = true
  user.name = 'Permanently Deleted User'
  user.email = null
  user.phone = null
  user.externalId = null
  user.organization = null
  user.tags = []
  user.alias = ''
  user.details = ''
  user.notes = ''
  user.photo = false
  user.fields = Object.fromEntries(
    Object.entries(user.fields).map(([key, value]) => [key, value === true ? false : null]),
  )
}
