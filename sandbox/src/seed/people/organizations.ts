import { markDeleted } from '../../account/people/change-organizations.ts'
import { indexOrganization } from '../../account/people/lookup.ts'
import type { Group, Organization } from '../../account/people/model.ts'
import type { Store } from '../../account/store.ts'
import type { Random } from '../../random.ts'
import { companyName } from './names.ts'
import { organizationFieldValues } from './person-fields.ts'

const YEAR = 365 * 86_400

/** Changes `count` of them in one second (`at`, epoch seconds), as an import does. */
export function importTogether(items: { updated: number; created: number }[], count: number, at: number): void {
  let left = count
  for (const item of items) {
    if (left === 0) return
    if (item.created >= at || item.updated > at) continue
    item.updated = at
    left--
  }
}

/** Writes the groups, the last of them deleted. */
export function generateGroups(store: Store, random: Random, start: number): Group[] {
  const names = ['Support', '🎯 Tier 2', 'Billing', 'Returns', 'Équipe France', 'サポート', 'Night shift', 'Old team']
  return names.map((name, nth) => {
    const created = start + nth * 60
    const id = store.nextId()
    const description = random.chance(0.5) ? `About ${name}` : ''
    const deleted = nth === names.length - 1
    const updated = nth % 2 === 0 ? created : created + random.between(1, YEAR)
    const group: Group = { id, created, updated, name, description, default: nth === 0, isPublic: nth !== 6, deleted }
    store.groups.set(id, group)
    return group
  })
}

/** Writes `count` organizations, created over the four years before `latest` (epoch seconds). */
export function generateOrganizations(store: Store, random: Random, count: number, latest: number): Organization[] {
  const start = latest - 4 * YEAR
  let last: number | undefined
  const organizations = Array.from({ length: count }, (_, nth) => {
    const created = start + Math.floor(((latest - start - 7200) * nth) / count)
    const id = store.nextId()
    const organization: Organization = {
      id,
      created,
      updated: random.chance(0.5) ? created : random.between(created, latest),
      deleted: 0,
      name: companyName(random, nth),
      externalId: random.chance(0.3) ? `crm-${String(nth).padStart(4, '0')}` : null,
      domains: random.chance(0.5) ? [`company-${nth}.example`, ...(nth % 9 === 0 ? [`größe-${nth}.example`] : [])] : [],
      details: random.pick([null, '', 'Wholesale\r\nsince 1974']),
      notes: random.pick([null, '', 'מזומן בלבד']),
      group: random.chance(0.1) ? (store.groups.values().next().value?.id ?? null) : null,
      tags: random.chance(0.3) ? random.some(['gold', 'eu', 'trial'], 2) : [],
      sharedTickets: random.chance(0.1),
      sharedComments: random.chance(0.03),
      fields: random.chance(0.5) ? organizationFieldValues(random, last) : {},
    }
    last = id
    store.organizations.set(id, organization)
    return organization
  })
  importTogether(organizations, Math.min(1100, Math.floor(count * 0.6)), latest - 99 * 86_400)
  for (const organization of organizations)
    if (random.chance(0.03)) markDeleted(organization, random.between(organization.updated, latest))
  for (const organization of organizations) indexOrganization(store, organization)
  for (const index of ['organizationsById', 'organizationsByUpdated', 'organizationsByExport'] as const)
    store.order[index].fill(organizations)
  return organizations
}
