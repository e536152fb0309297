import { remove } from '../generate/organizations.ts'
import { forget, newUser } from '../generate/people.ts'
import type { Group, Organization, User } from './people-model.ts'
import type { Store } from './store.ts'

/** What can be changed of a user. */
export type UserChanges = Partial<
  Omit<User, 'id' | 'created' | 'updated' | 'sender' | 'deleted' | 'permanentlyDeleted'>
>
/** What can be changed of an organization. */
export type OrganizationChanges = Partial<Omit<Organization, 'id' | 'created' | 'updated' | 'deleted'>>
/** What can be changed of a group. */
export type GroupChanges = { readonly name?: string; readonly description?: string }

/** The mutations of users, organizations and groups. Those that create give the id. */
export type PeopleMutations = {
  readonly createUser: (user?: UserChanges) => number
  readonly updateUser: (id: number, changes: UserChanges) => void
  /** Deactivates: `active` becomes false, the address goes. */
  readonly deleteUser: (id: number) => void
  /** Deletes the user first if that isn't done yet. */
  readonly permanentlyDeleteUser: (id: number) => void
  readonly createOrganization: (organization?: OrganizationChanges) => number
  readonly updateOrganization: (id: number, changes: OrganizationChanges) => void
  /** Its members lose it. Assumed: tickets keep its id. */
  readonly deleteOrganization: (id: number) => void
  readonly createGroup: (group?: GroupChanges) => number
  readonly updateGroup: (id: number, changes: GroupChanges) => void
  /** Assumed: tickets and agents keep its id. */
  readonly deleteGroup: (id: number) => void
}

/** The mutations of a store's people. */
export function peopleMutations(store: Store): PeopleMutations {
  const { order, clock } = store
  const placeUser = (user: User) => {
    order.usersById.place(user)
    order.usersByUpdated.place(user)
  }
  const placeOrganization = (organization: Organization) => {
    order.organizationsById.place(organization)
    order.organizationsByUpdated.place(organization)
    order.organizationsByExport.place(organization)
  }
  const known = <T>(items: ReadonlyMap<number, T>, id: number): T => {
    const item = items.get(id)
    if (item === undefined) throw new Error(`There is no record ${id}.`)
    return item
  }
  const updateUser = (id: number, changes: UserChanges) => {
    const user = known(store.users, id)
    if (user.deleted) throw new Error(`User ${id} is deleted.`)
    placeUser(Object.assign(user, changes, { updated: clock.now() }))
  }
  const deleteUser = (id: number) => {
    const user = known(store.users, id)
    if (user.deleted) throw new Error(`User ${id} is deleted already.`)
    placeUser(Object.assign(user, { deleted: true, email: null, updated: clock.now() }))
  }

  return {
    createUser: (given = {}) => {
      const id = store.nextId()
      const { name = `User ${id}`, email, role = 'end-user' } = given
      const user = newUser({ id, created: clock.now(), name, email: email ?? `user${id}@example.org`, role })
      store.users.set(id, Object.assign(user, given))
      placeUser(user)
      return id
    },
    updateUser,
    deleteUser,
    permanentlyDeleteUser: (id) => {
      const user = known(store.users, id)
      if (!user.deleted) deleteUser(id)
      forget(user)
      placeUser(Object.assign(user, { updated: clock.now() }))
    },
    createOrganization: (given = {}) => {
      const id = store.nextId()
      const organization: Organization = {
        id,
        created: clock.now(),
        updated: clock.now(),
        deleted: 0,
        name: `Organization ${id}`,
        externalId: null,
        domains: [],
        details: null,
        notes: null,
        group: null,
        tags: [],
        fields: { region: null, employees: null, renewal: null },
        ...given,
      }
      store.organizations.set(id, organization)
      placeOrganization(organization)
      return id
    },
    updateOrganization: (id, changes) => {
      const organization = known(store.organizations, id)
      if (organization.deleted > 0) throw new Error(`Organization ${id} is deleted.`)
      placeOrganization(Object.assign(organization, changes, { updated: clock.now() }))
    },
    deleteOrganization: (id) => {
      const organization = known(store.organizations, id)
      if (organization.deleted > 0) throw new Error(`Organization ${id} is deleted already.`)
      remove(organization, clock.now())
      placeOrganization(organization)
      for (const user of store.users.values())
        if (user.organization === id) placeUser(Object.assign(user, { organization: null, updated: clock.now() }))
    },
    createGroup: ({ name, description = '' } = {}) => {
      const id = store.nextId()
      const at = clock.now()
      const group: Group = {
        id,
        created: at,
        updated: at,
        name: name ?? `Group ${id}`,
        description,
        default: false,
        deleted: false,
      }
      store.groups.set(id, group)
      return id
    },
    updateGroup: (id, changes) => {
      Object.assign(known(store.groups, id), changes, { updated: clock.now() })
    },
    deleteGroup: (id) => {
      Object.assign(known(store.groups, id), { deleted: true, updated: clock.now() })
    },
  }
}
