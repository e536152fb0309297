import type { Memberships } from '../../account/people/memberships.ts'
import type { Group, Organization, User } from '../../account/people/model.ts'
import type { Store } from '../../account/store.ts'
import type { Random } from '../../random.ts'

/** Writes the memberships of all users in organizations (some have several) and of the staff in groups. */
export function generateMemberships(
  store: Store,
  random: Random,
  {
    organizations,
    groups,
    latest,
  }: { organizations: readonly Organization[]; groups: readonly Group[]; latest: number },
): void {
  const { organizationMemberships, groupMemberships } = store.people
  const live = organizations.filter((one) => one.deleted === 0)
  const teams = groups.filter((group) => !group.deleted)
  for (const user of store.users.values()) {
    if (user.deleted) continue
    const of = [
      ...(user.organization === null ? [] : [store.organizations.get(user.organization) as Organization]),
      ...(user.organization !== null && random.chance(0.07) ? random.some(live, random.between(1, 4)) : []),
    ]
    join(store, random, organizationMemberships, user, of, latest)
    const own = user.group === null ? [] : [store.groups.get(user.group) as Group]
    join(store, random, groupMemberships, user, own.length === 0 ? [] : [...own, ...random.some(teams, 2)], latest)
  }
}

// The first is the default.
function join(
  store: Store,
  random: Random,
  memberships: Memberships,
  user: User,
  parents: readonly (Organization | Group)[],
  latest: number,
): void {
  for (const [nth, parent] of [...new Set(parents)].entries()) {
    const created = Math.max(user.created, parent.created)
    memberships.add({
      id: store.nextId(),
      user: user.id,
      parent: parent.id,
      created,
      updated: random.chance(0.2) ? random.between(created, latest) : created,
      default: nth === 0,
      removed: false,
    })
  }
}
