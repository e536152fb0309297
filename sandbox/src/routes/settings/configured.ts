import type { Family } from '../../http/family.ts'
import { customObjectRoutes } from '../custom-objects/objects.ts'
import { customObjectRecordRoutes } from '../custom-objects/records.ts'
import { customRoleRoutes } from '../people/custom-roles.ts'
import { automationRoutes } from '../rules/automations.ts'
import { macroRoutes } from '../rules/macros.ts'
import { triggerRoutes } from '../rules/triggers.ts'
import { viewRoutes } from '../rules/views.ts'
import type { Served } from '../served.ts'
import { ticketFieldRoutes } from '../tickets/fields.ts'
import { ticketFormStatusRoutes } from '../tickets/form-statuses.ts'
import { ticketFormRoutes } from '../tickets/forms.ts'
import { tagRoutes } from '../tickets/tags.ts'
import { settingsRoutes } from './account-settings.ts'
import { auditLogRoutes } from './audit-logs.ts'
import { brandRoutes } from './brands.ts'
import { configurationRoutes } from './configuration.ts'
import { customStatusRoutes } from './custom-statuses.ts'
import { dynamicContentRoutes } from './dynamic-content.ts'
import { localeRoutes } from './locales.ts'
import { plainListRoutes } from './plain-lists.ts'
import { routingRoutes } from './routing.ts'
import { scheduleRoutes } from './schedules.ts'
import { slaPolicyRoutes } from './sla-policies.ts'

/** All that administrators set up: settings, fields, rules, service levels, routing, custom objects. */
export function configuredRoutes(served: Served): readonly Family[] {
  return [
    ...settingsRoutes(served),
    ...localeRoutes(served),
    ...brandRoutes(served),
    ...ticketFieldRoutes(served),
    ...ticketFormRoutes(served),
    ...ticketFormStatusRoutes(served),
    ...customStatusRoutes(served),
    ...customRoleRoutes(served),
    ...configurationRoutes(served),
    ...dynamicContentRoutes(served),
    ...tagRoutes(served),
    ...auditLogRoutes(served),
    ...macroRoutes(served),
    ...triggerRoutes(served),
    ...automationRoutes(served),
    ...viewRoutes(served),
    ...slaPolicyRoutes(served),
    ...scheduleRoutes(served),
    ...routingRoutes(served),
    ...customObjectRoutes(served),
    ...customObjectRecordRoutes(served),
    ...plainListRoutes(served),
  ]
}
