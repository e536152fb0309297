import type { Store } from '../store.ts'
import { identityKey, indexUser, unindexUser, userByIdentity } from './lookup.ts'
import type { Identity, IdentityType, User } from './model.ts'
import { newIdentity } from './new-user.ts'

/** The values of a new identity. */
export type NewIdentity = {
  readonly type: IdentityType
  readonly value: string
  readonly verified?: boolean
  readonly primary?: boolean
}

/** The mutations of users' identities. Each moves the user's `updated_at`. They throw if there is no such user or identity. */
export type IdentityMutations = {
  /** Gives the id. Throws if the value belongs to a user already. */
  readonly createIdentity: (user: number, identity: NewIdentity) => number
  readonly updateIdentity: (user: number, id: number, changes: { value?: string; verified?: boolean }) => void
  readonly makeIdentityPrimary: (user: number, id: number) => void
  /** The next one of its type becomes primary in its place. */
  readonly deleteIdentity: (user: number, id: number) => void
}

/** The mutations of a store's identities. */
export function identityMutations(store: Store): IdentityMutations {
  const known = (userId: number, id: number): [User, Identity] => {
    const user = store.users.get(userId)
    const identity = user?.identities.find((one) => one.id === id)
    if (user === undefined || identity === undefined) throw new Error(`User ${userId} has no identity ${id}.`)
    return [user, identity]
  }
  return {
    createIdentity: (userId, identity) => {
      const user = store.users.get(userId)
      if (user === undefined || user.deleted) throw new Error(`There is no user ${userId}.`)
      const owner = userByIdentity(store, identity)
      if (owner !== undefined) throw new Error(`${identityKey(identity)} belongs to user ${owner.id}.`)
      let id = -1
      rewriteUser(store, user, () => {
        id = addIdentity(store, user, identity).id
      })
      return id
    },
    updateIdentity: (userId, id, { value, verified }) => {
      const [user, identity] = known(userId, id)
      const now = store.clock.now()
      rewriteUser(store, user, () => {
        if (value !== undefined) identity.value = value
        if (verified !== undefined) identity.verified = verified ? identity.verified || now : 0
        identity.updated = now
        followIdentities(user)
      })
    },
    makeIdentityPrimary: (userId, id) => {
      const [user, identity] = known(userId, id)
      const now = store.clock.now()
      rewriteUser(store, user, () => {
        for (const other of user.identities) {
          if (other.type !== identity.type || other.primary === (other === identity)) continue
          other.primary = other === identity
          other.updated = now
        }
        followIdentities(user)
      })
    },
    deleteIdentity: (userId, id) => {
      const [user, identity] = known(userId, id)
      rewriteUser(store, user, () => {
        user.identities = user.identities.filter((one) => one !== identity)
        store.people.deletedIdentities.add(id)
        const next = user.identities.find((one) => one.type === identity.type)
        if (identity.primary && next !== undefined) next.primary = true
        followIdentities(user)
      })
    },
  }
}

/** Changes a user, who is found by the new values from now on, is last in the order of changes, and later in search. */
export function rewriteUser(store: Store, user: User, change: () => void): void {
  store.people.past.changing(user)
  unindexUser(store, user)
  change()
  user.updated = store.clock.now()
  indexUser(store, user)
  store.order.usersById.place(user)
  store.order.usersByUpdated.place(user)
}

/** Gives a user another identity, created now; the first of a type is its primary one. */
export function addIdentity(store: Store, user: User, identity: NewIdentity): Identity {
  const { type, value, verified = false, primary = false } = identity
  const now = store.clock.now()
  const added = newIdentity({ id: store.nextId(), type, value, created: now })
  added.verified = verified ? now : 0
  const same = user.identities.filter((one) => one.type === type)
  added.primary = primary || same.length === 0
  if (added.primary) for (const other of same) other.primary = false
  user.identities = [...user.identities, added]
  followIdentities(user)
  return added
}

/** Derives from a user's identities: the address, and whether the user is verified. */
export function followIdentities(user: User): void {
  const addresses = user.identities.filter(({ type }) => type === 'email')
  user.email = (addresses.find(({ primary }) => primary) ?? addresses[0])?.value ?? null
  user.verified ||= user.identities.some(({ verified }) => verified > 0)
}
