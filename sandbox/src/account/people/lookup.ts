import type { Store } from '../store.ts'
import type { Identity, Organization, User } from './model.ts'

/** The key of an identity. Addresses stand alone, since nearly all are addresses. */
export function identityKey({ type, value }: Pick<Identity, 'type' | 'value'>): string {
  return type === 'email' ? value.toLowerCase() : `${type}:${value.toLowerCase()}`
}

/** The user who isn't deleted and has this address as any of the identities, in any case. */
export function userByEmail(store: Store, email: string): User | undefined {
  return userByIdentity(store, { type: 'email', value: email.trim() })
}

/** The user who has this identity. */
export function userByIdentity(store: Store, identity: Pick<Identity, 'type' | 'value'>): User | undefined {
  const id = store.people.identities.get(identityKey(identity))
  return id === undefined ? undefined : store.users.get(id)
}

/** The user who isn't deleted and has this external id, in any case. */
export function userByExternalId(store: Store, externalId: string): User | undefined {
  const id = store.people.userExternalIds.get(externalId.toLowerCase())
  return id === undefined ? undefined : store.users.get(id)
}

/** The organization that isn't deleted and has this name, in any case. */
export function organizationByName(store: Store, name: string): Organization | undefined {
  const id = store.people.organizationNames.get(name.trim().toLowerCase())
  return id === undefined ? undefined : store.organizations.get(id)
}

/** The organization that isn't deleted and has this external id, in any case. */
export function organizationByExternalId(store: Store, externalId: string): Organization | undefined {
  const id = store.people.organizationExternalIds.get(externalId.toLowerCase())
  return id === undefined ? undefined : store.organizations.get(id)
}

/** Indexes a user by the present values of the record; a deleted one is found no more. */
export function indexUser({ people }: Store, user: User): void {
  if (user.deleted) return
  for (const identity of user.identities) people.identities.set(identityKey(identity), user.id)
  if (user.externalId !== null) people.userExternalIds.set(user.externalId.toLowerCase(), user.id)
}

/** Takes a user out of the index, before a change. */
export function unindexUser({ people }: Store, user: User): void {
  for (const identity of user.identities) {
    const key = identityKey(identity)
    if (people.identities.get(key) === user.id) people.identities.delete(key)
  }
  const key = user.externalId?.toLowerCase()
  if (key !== undefined && people.userExternalIds.get(key) === user.id) people.userExternalIds.delete(key)
}

/** Indexes an organization by the present values of the record; a deleted one is found no more. */
export function indexOrganization({ people }: Store, one: Organization): void {
  if (one.deleted > 0) return
  people.organizationNames.set(one.name.trim().toLowerCase(), one.id)
  if (one.externalId !== null) people.organizationExternalIds.set(one.externalId.toLowerCase(), one.id)
  for (const domain of one.domains)
    if (!people.domains.has(domain.toLowerCase())) people.domains.set(domain.toLowerCase(), one.id)
}

/** Takes an organization out of the index, before a change. */
export function unindexOrganization({ people }: Store, one: Organization): void {
  const forget = (map: Map<string, number>, key: string) => {
    if (map.get(key) === one.id) map.delete(key)
  }
  forget(people.organizationNames, one.name.trim().toLowerCase())
  if (one.externalId !== null) forget(people.organizationExternalIds, one.externalId.toLowerCase())
  for (const domain of one.domains) forget(people.domains, domain.toLowerCase())
}

/** The agents and administrators who weren't deleted. */
export function staffOf(store: Store): User[] {
  return [...store.users.values()].filter(({ role, deleted }) => role !== 'end-user' && !deleted)
}

/** The id of the first administrator, whose credentials connectors have; -1 if there is none. */
export function firstAdmin(store: Store): number {
  for (const user of store.users.values()) if (user.role === 'admin' && !user.deleted) return user.id
  return -1
}
