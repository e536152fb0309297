import { logAudit } from '../audit-log.ts'
import type { Store } from '../store.ts'
import { dissolve } from './change-memberships.ts'
import { indexOrganization, organizationByName, unindexOrganization } from './lookup.ts'
import type { Organization } from './model.ts'

/** Changes of an organization. */
export type OrganizationChanges = Partial<Omit<Organization, 'id' | 'created' | 'updated' | 'deleted'>>

/** The mutations of organizations. They throw if there is none, or if another one has the name. */
export type OrganizationMutations = {
  /** Gives the id. */
  readonly createOrganization: (organization?: OrganizationChanges) => number
  readonly updateOrganization: (id: number, changes: OrganizationChanges) => void
  /**
   * Its members lose it. Assumed (fact 354): tickets keep its id. `actor` is who the audit log names: a user, or
   * Zendesk (-1).
   */
  readonly deleteOrganization: (id: number, actor?: number) => void
}

/** The mutations of a store's organizations. */
export function organizationMutations(store: Store): OrganizationMutations {
  const { clock, people } = store
  const known = (id: number): Organization => {
    const organization = store.organizations.get(id)
    if (organization === undefined) throw new Error(`There is no record ${id}.`)
    if (organization.deleted > 0) throw new Error(`Organization ${id} is deleted.`)
    return organization
  }
  const free = (name: string, id: number) => {
    const owner = organizationByName(store, name)
    if (owner !== undefined && owner.id !== id) throw new Error(`${name} is the name of organization ${owner.id}.`)
  }
  return {
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
        sharedTickets: false,
        sharedComments: false,
        tags: [],
        fields: {},
        ...given,
      }
      free(organization.name, id)
      store.organizations.set(id, organization)
      people.past.appeared(organization)
      indexOrganization(store, organization)
      placeOrganization(store, organization)
      return id
    },
    updateOrganization: (id, changes) => {
      const organization = known(id)
      if (changes.name !== undefined) free(changes.name, id)
      people.past.changing(organization)
      unindexOrganization(store, organization)
      Object.assign(organization, changes, { updated: clock.now() })
      indexOrganization(store, organization)
      placeOrganization(store, organization)
    },
    deleteOrganization: (id, actor) => removeOrganization(store, known(id), actor),
  }
}

/** Deletes an organization now: members lose it, the export keeps it under another name, and the audit log gets a line. */
export function removeOrganization(store: Store, organization: Organization, actor = -1): void {
  const source = {
    sourceType: 'organization',
    sourceId: organization.id,
    sourceLabel: `Organization: ${organization.name}`,
  }
  logAudit(store, { actor, action: 'destroy', ...source })
  unindexOrganization(store, organization)
  dissolve(store, 'organization', organization.id)
  markDeleted(organization, store.clock.now())
  placeOrganization(store, organization)
}

/** Marks the record as deleted at `at` (epoch seconds). */
export function markDeleted(organization: Organization, at: number): void {
  organization.deleted = at
  organization.name = `${organization.id}_deleted_${organization.name}`
}

function placeOrganization({ order }: Store, organization: Organization): void {
  order.organizationsById.place(organization)
  order.organizationsByUpdated.place(organization)
  order.organizationsByExport.place(organization)
}
