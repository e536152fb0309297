import { auditLogRoutes } from './audit-logs.ts'
import { automationRoutes } from './automations.ts'
import { brandRoutes } from './brands.ts'
import { configurationRoutes } from './configuration.ts'
import { customObjectRecordRoutes } from './custom-object-records.ts'
import { customObjectRoutes } from './custom-objects.ts'
import { customRoleRoutes } from './custom-roles.ts'
import { customStatusRoutes } from './custom-statuses.ts'
import { dynamicContentRoutes } from './dynamic-content.ts'
import { localeRoutes } from './locales.ts'
import { macroRoutes } from './macros.ts'
import type { Family, Served } from './route.ts'
import { routingRoutes } from './routing.ts'
import { scheduleRoutes } from './schedules.ts'
import { settingsRoutes } from './settings.ts'
import { slaPolicyRoutes } from './sla-policies.ts'
import { tagRoutes } from './tags.ts'
import { ticketFieldRoutes } from './ticket-fields.ts'
import { ticketFormStatusRoutes } from './ticket-form-statuses.ts'
import { ticketFormRoutes } from './ticket-forms.ts'
import { triggerRoutes } from './triggers.ts'
import { viewRoutes } from './views.ts'

/** What administrators set up: settings, fields, rules, service levels, routing, custom objects. */
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
  ]
}
