import type { Family } from '../../http/family.ts'
import type { Served } from '../served.ts'
import { deletedUserRoutes } from './deleted-users.ts'
import { groupRoutes } from './groups.ts'
import { identityRoutes } from './identities.ts'
import { membershipFamilies } from './memberships-of-people.ts'
import { organizationWriteRoutes } from './organization-writes.ts'
import { organizationRoutes } from './organizations.ts'
import { personFieldRoutes } from './person-fields.ts'
import { personTagRoutes } from './person-tags.ts'
import { userBulkRoutes } from './user-bulk.ts'
import { userWriteRoutes } from './user-writes.ts'
import { userRoutes } from './users.ts'

/** Users, organizations, groups, their fields and memberships. */
export function peopleRoutes(served: Served): readonly Family[] {
  return [
    ...userRoutes(served),
    ...userWriteRoutes(served),
    ...userBulkRoutes(served),
    ...deletedUserRoutes(served),
    ...identityRoutes(served),
    ...organizationRoutes(served),
    ...organizationWriteRoutes(served),
    ...groupRoutes(served),
    ...membershipFamilies(served),
    ...personFieldRoutes(served),
    ...personTagRoutes(served),
  ]
}
