import type { Row } from '../../account/model.ts'
import type { OrganizationChanges } from '../../account/people/change-organizations.ts'
import { organizationByExternalId, organizationByName } from '../../account/people/lookup.ts'
import type { Organization } from '../../account/people/model.ts'
import type { Store } from '../../account/store.ts'
import { defined, duplicate, flagIn, idIn, invalid, listIn, mergedFields, textIn } from './person-attributes.ts'

/** The changes that were sent for an organization (or for a new one); throws a refusal if they break the rules. */
export function organizationChanges(store: Store, sent: Row, organization?: Organization): OrganizationChanges {
  const name = textIn(sent, 'name')?.trim()
  if ((Object.hasOwn(sent, 'name') || organization === undefined) && (name ?? '') === '')
    throw invalid('name', 'Name: is too short (minimum one character)', 'ValueTooShort')
  const namesake = name === undefined ? undefined : organizationByName(store, name)
  if (namesake !== undefined && namesake !== organization)
    throw duplicate('name', `Name: ${name} has already been taken`)
  const externalId = textIn(sent, 'external_id')
  const other = externalId == null ? undefined : organizationByExternalId(store, externalId)
  if (other !== undefined && other !== organization) throw duplicate('external_id', 'External has already been taken')
  const group = idIn(sent, 'group_id')
  if (group != null && store.groups.get(group)?.deleted !== false) throw invalid('group', 'Group: is invalid')
  return defined({
    name,
    externalId: externalId === '' ? null : externalId,
    domains: listIn(sent, 'domain_names')?.map((domain) => domain.toLowerCase()),
    details: textIn(sent, 'details'),
    notes: textIn(sent, 'notes'),
    group,
    sharedTickets: flagIn(sent, 'shared_tickets'),
    sharedComments: flagIn(sent, 'shared_comments'),
    tags: listIn(sent, 'tags'),
    fields: mergedFields(store, 'organization_fields', sent, organization?.fields),
  }) as OrganizationChanges
}
