import type { Row } from '../account/model.ts'
import type { Membership } from '../account/people/memberships.ts'
import type { Organization, User } from '../account/people/model.ts'
import type { Store } from '../account/store.ts'
import { organizationDetail, userDetail } from './event-details.ts'
import type { ZenEvent } from './model.ts'
import { organizationEvents, type Person, type PersonEvent, userEvents } from './person-differences.ts'

/** Finds the changes of users and organizations since its last call. */
export type PeopleEvents = {
  readonly changes: () => ZenEvent[]
  /** Starts to look for changes: the present state is no event. */
  readonly begin: () => void
}

/** The events of a store's people, found by comparing them with their earlier state. */
export function createPeopleEvents(store: Store): PeopleEvents {
  let people = new Map<number, Person>()
  let organizations = new Map<number, Organization>()
  const look = () => {
    people = new Map(Array.from(store.users.values(), (user) => [user.id, personOf(store, user)]))
    organizations = new Map(Array.from(store.organizations.values(), (one) => [one.id, { ...one }]))
  }
  const about = (kind: string, record: { id: number }, detail: Row, changes: readonly PersonEvent[]) =>
    changes.map(
      ([type, event]): ZenEvent => ({
        type: `${kind}.${type}`,
        subject: `${kind}:${record.id}`,
        time: store.clock.nowMs(),
        detail,
        event,
      }),
    )
  return {
    begin: look,
    changes: () => {
      const events: ZenEvent[] = []
      for (const user of store.users.values()) {
        const before = people.get(user.id)
        if (before !== undefined && unchanged(store, before, user)) continue
        const now = personOf(store, user)
        people.set(user.id, now)
        events.push(
          ...about('user', user, userDetail(user), before === undefined ? [['created', {}]] : userEvents(before, now)),
        )
      }
      for (const one of store.organizations.values()) {
        const before = organizations.get(one.id)
        if (before !== undefined && sameValues(before, one)) continue
        organizations.set(one.id, { ...one })
        const changes: PersonEvent[] = before === undefined ? [['created', {}]] : organizationEvents(before, one)
        events.push(...about('organization', one, organizationDetail(one), changes))
      }
      return events
    },
  }
}

function personOf({ people }: Store, user: User): Person {
  return {
    user: { ...user },
    identities: user.identities.map((one) => ({ ...one })),
    groups: parents(people.groupMemberships.ofUser(user.id)),
    organizations: parents(people.organizationMemberships.ofUser(user.id)),
  }
}

function parents(memberships: readonly Membership[]): string[] {
  return memberships.filter(({ removed }) => !removed).map(({ parent }) => String(parent))
}

function unchanged({ people }: Store, before: Person, user: User): boolean {
  return (
    sameValues(before.user, user) &&
    before.identities.every((one, at) => sameValues(one, user.identities[at] ?? one)) &&
    before.groups.join() === parents(people.groupMemberships.ofUser(user.id)).join() &&
    before.organizations.join() === parents(people.organizationMemberships.ofUser(user.id)).join()
  )
}

function sameValues<T extends object>(one: T, other: T): boolean {
  for (const key of Object.keys(other) as (keyof T)[]) if (one[key] !== other[key]) return false
  return true
}
