// All objects that can be written. Parents come before those that refer to them.
import type { WriteObject } from '../model/writing.ts'
import { organizationMemberships } from './organization-memberships.ts'
import { organizations } from './organizations.ts'
import { tickets } from './tickets.ts'
import { users } from './users.ts'

export const objects: readonly WriteObject[] = [organizations, users, organizationMemberships, tickets]
