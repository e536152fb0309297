import type { Store } from '../../account/store.ts'
import { createRandom } from '../../random.ts'
import { generateCustomRoles } from '../people/custom-roles.ts'
import { generateFormStatuses } from '../tickets/form-statuses.ts'
import { generateAuditLogs } from './audit-logs.ts'
import { generateConfiguration } from './configuration.ts'
import { generateCustomObjects } from './custom-objects.ts'
import { generateMacros } from './macros.ts'
import { generatePlainLists } from './plain-lists.ts'
import { generateRouting } from './routing.ts'
import { generateViews } from './views.ts'

/** Writes the administrators' settings and the audit log of them. People, tickets and brands must exist already. */
export function generateConfigured(store: Store, seed: number, latest: number): void {
  const start = latest - 4 * 365 * 86_400
  generateCustomRoles(store, createRandom(seed, 'custom roles'), start)
  generateConfiguration(store, createRandom(seed, 'configuration'), start)
  generateFormStatuses(store)
  generateMacros(store, createRandom(seed, 'macros'), latest)
  generateViews(store, createRandom(seed, 'views'), latest)
  generateRouting(store, createRandom(seed, 'routing'), start)
  generateCustomObjects(store, createRandom(seed, 'custom objects'), latest)
  generatePlainLists(store)
  generateAuditLogs(store, createRandom(seed, 'audit logs'), latest)
}
