import { logAudit } from '../audit-log.ts'
import type { Store } from '../store.ts'
import { addIdentity, followIdentities, rewriteUser } from './change-identities.ts'
import { joinOrganization, leaveAll, setOrganizations } from './change-memberships.ts'
import { indexUser, userByEmail, userByIdentity } from './lookup.ts'
import type { Organization, User } from './model.ts'
import { forget, newUser } from './new-user.ts'

/** Changes of a user. In an update `email` and `phone` add an identity, `organization` replaces all. */
export type UserChanges = Partial<
  Omit<User, 'id' | 'created' | 'updated' | 'sender' | 'deleted' | 'permanentlyDeleted' | 'identities' | 'sharedPhone'>
>

/** The mutations of users. They throw if there is no such user, or if an address belongs to another one. */
export type UserMutations = {
  /** Gives the id. Without an organization the domain of the address decides. */
  readonly createUser: (user?: UserChanges) => number
  /** `actor` is who the audit log names for another role: a user, or Zendesk (-1). */
  readonly updateUser: (id: number, changes: UserChanges, actor?: number) => void
  /** Deactivates: `active` becomes false, the identities and the memberships go. */
  readonly deleteUser: (id: number) => void
  /** Deletes the user first if that isn't done yet. */
  readonly permanentlyDeleteUser: (id: number) => void
}

/** The mutations of a store's users. */
export function userMutations(store: Store): UserMutations {
  const { clock, people } = store
  const known = (id: number): User => {
    const user = store.users.get(id)
    if (user === undefined) throw new Error(`There is no record ${id}.`)
    return user
  }
  const free = (email: string | null | undefined, user?: User) => {
    const owner = email == null ? undefined : userByEmail(store, email)
    if (owner !== undefined && owner !== user) throw new Error(`${email} belongs to user ${owner.id}.`)
  }
  const deleteUser = (id: number) => {
    const user = known(id)
    if (user.deleted) throw new Error(`User ${id} is deleted already.`)
    rewriteUser(store, user, () => {
      for (const identity of user.identities) people.deletedIdentities.add(identity.id)
      leaveAll(store, user)
      Object.assign(user, { deleted: true, identities: [], email: null })
    })
  }

  return {
    createUser: (given = {}) => {
      const id = store.nextId()
      const { name = `User ${id}`, role = 'end-user', email = `user${id}@example.org`, phone, ...more } = given
      free(email)
      const user = newUser({ id, created: clock.now(), name, email: null, role })
      Object.assign(user, { sender: { name, address: email ?? 'unknown@example.org' } })
      const { organization = organizationOfDomain(store, email)?.id ?? null, ...rest } = more
      Object.assign(user, rest)
      store.users.set(id, user)
      const verified = rest.verified ?? true
      if (email !== null) addIdentity(store, user, { type: 'email', value: email, verified })
      if (phone != null) givePhone(store, user, phone)
      if (organization !== null) joinOrganization(store, user, organization, true)
      people.past.appeared(user)
      indexUser(store, user)
      store.order.usersById.place(user)
      store.order.usersByUpdated.place(user)
      return id
    },
    updateUser: (id, { email, phone, organization, ...changes }, actor = -1) => {
      const user = known(id)
      if (user.deleted) throw new Error(`User ${id} is deleted.`)
      free(email, user)
      if (changes.role !== undefined && changes.role !== user.role) {
        const source = { sourceType: 'user', sourceId: id, sourceLabel: `Team member: ${user.name}` }
        const change = `Role changed from ${user.role} to ${changes.role}`
        logAudit(store, { actor, action: 'update', ...source, change })
      }
      rewriteUser(store, user, () => {
        Object.assign(user, changes)
        const { verified = false } = changes
        if (email != null && !user.identities.some((one) => one.type === 'email' && sameText(one.value, email)))
          addIdentity(store, user, { type: 'email', value: email, verified })
        if (phone !== undefined) givePhone(store, user, phone)
        if (organization !== undefined) setOrganizations(store, user, organization === null ? [] : [organization])
      })
    },
    deleteUser,
    permanentlyDeleteUser: (id) => {
      const user = known(id)
      if (!user.deleted) deleteUser(id)
      rewriteUser(store, user, () => forget(user))
    },
  }
}

/** Sets a user's number: an identity, unless it is another user's already; then it is shared. Null takes it away. */
export function givePhone(store: Store, user: User, phone: string | null): void {
  const old = user.identities.filter(({ type, value }) => type === 'phone_number' && value === user.phone)
  for (const { id } of old) store.people.deletedIdentities.add(id)
  user.identities = user.identities.filter((one) => !old.includes(one))
  followIdentities(user)
  user.phone = phone
  user.sharedPhone = false
  if (phone === null) return
  const owner = userByIdentity(store, { type: 'phone_number', value: phone })
  user.sharedPhone = owner !== undefined && owner !== user
  if (!user.sharedPhone) addIdentity(store, user, { type: 'phone_number', value: phone, primary: true })
}

function organizationOfDomain(store: Store, email: string | null): Organization | undefined {
  const id = store.people.domains.get(email?.split('@').at(-1)?.toLowerCase() ?? '')
  return id === undefined ? undefined : store.organizations.get(id)
}

function sameText(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
