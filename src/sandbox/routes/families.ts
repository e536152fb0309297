import { brandRoutes } from './brands.ts'
import { exportRoutes } from './exports.ts'
import { jobStatusRoutes } from './job-statuses.ts'
import { peopleRoutes } from './people.ts'
import type { Family, Served } from './route.ts'
import { settingsRoutes } from './settings.ts'
import { ticketAuditRoutes } from './ticket-audits.ts'
import { ticketRoutes } from './tickets.ts'

/** All that the API serves. */
export function families(served: Served): readonly Family[] {
  return [
    ...exportRoutes(served),
    ...ticketRoutes(served),
    ...ticketAuditRoutes(served),
    ...peopleRoutes(served),
    ...settingsRoutes(served),
    ...brandRoutes(served),
    ...jobStatusRoutes(served),
  ]
}
