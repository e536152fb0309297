import { createIndex, type Index } from '../ordered-index.ts'

/** That a user belongs to an organization or a group (`parent`); times in epoch seconds. */
export type Membership = {
  readonly id: number
  readonly user: number
  readonly parent: number
  readonly created: number
  updated: number
  default: boolean
  removed: boolean
}

/** All memberships of one kind, found by user and by organization or group without a walk through all. */
export type Memberships = {
  /** By id. */
  readonly order: Index<Membership>
  readonly get: (id: number) => Membership | undefined
  readonly ofUser: (user: number) => readonly Membership[]
  readonly ofParent: (parent: number) => readonly Membership[]
  readonly add: (membership: Membership) => void
  readonly remove: (membership: Membership) => void
  /** Ids of those that were removed. */
  readonly deletedIds: ReadonlySet<number>
}

const NONE: readonly Membership[] = []

/** No memberships yet. */
export function createMemberships(): Memberships {
  const byId = new Map<number, Membership>()
  const byUser = new Map<number, readonly Membership[]>()
  const byParent = new Map<number, Membership[]>()
  const deletedIds = new Set<number>()
  // A removed one has another major than the one it was placed with, so that walks pass it over.
  const order = createIndex<Membership>(
    (one) => (one.removed ? 1 : 0),
    (one) => one.id,
  )
  return {
    order,
    deletedIds,
    get: (id) => byId.get(id),
    ofUser: (user) => byUser.get(user) ?? NONE,
    ofParent: (parent) => byParent.get(parent) ?? NONE,
    add: (one) => {
      byId.set(one.id, one)
      byUser.set(one.user, [...(byUser.get(one.user) ?? NONE), one])
      const siblings = byParent.get(one.parent)
      if (siblings === undefined) byParent.set(one.parent, [one])
      else siblings.push(one)
      order.place(one)
    },
    remove: (one) => {
      one.removed = true
      byId.delete(one.id)
      deletedIds.add(one.id)
      byUser.set(
        one.user,
        (byUser.get(one.user) ?? NONE).filter((other) => other !== one),
      )
      const siblings = byParent.get(one.parent) ?? []
      siblings.splice(siblings.indexOf(one), 1)
    },
  }
}
