// All objects that can be written. Parents come before those that refer to them.
import type { WriteObject } from '../model/writing.ts'
import { objectKeyOf, recordsOfObject } from './custom-object-records.ts'
import { organizationFieldOptions, ticketFieldOptions, userFieldOptions } from './field-options.ts'
import { organizationFields, ticketFields, userFields } from './fields.ts'
import { groups } from './groups.ts'
import {
  articles,
  articleTranslations,
  categories,
  categoryTranslations,
  sections,
  sectionTranslations,
} from './help-center.ts'
import { macros } from './macros.ts'
import { groupMemberships, organizationMemberships } from './memberships.ts'
import { organizations } from './organizations.ts'
import { sellContacts, sellDeals, sellLeads, sellNotes } from './sell.ts'
import { ticketComments } from './ticket-comments.ts'
import { ticketImports } from './ticket-imports.ts'
import { tickets } from './tickets.ts'
import { userIdentities } from './user-identities.ts'
import { users } from './users.ts'

export { recordsOfObject } from './custom-object-records.ts'

export const objects: readonly WriteObject[] = [
  ...[ticketFields, userFields, organizationFields],
  ...[ticketFieldOptions, userFieldOptions, organizationFieldOptions],
  ...[groups, organizations, users, userIdentities, organizationMemberships, groupMemberships],
  ...[tickets, ticketImports, ticketComments, macros],
  ...[categories, sections, articles, categoryTranslations, sectionTranslations, articleTranslations],
  ...[sellContacts, sellLeads, sellDeals, sellNotes],
]

/** The object of this name; undefined if there is none. Whether the account has a custom object is seen when it is asked. */
export function objectNamed(name: string): WriteObject | undefined {
  const key = objectKeyOf(name)
  return key === undefined ? objects.find((one) => one.name === name) : recordsOfObject(key)
}
