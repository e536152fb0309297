import type { ModelSet } from '../model.ts'
import { auditLog } from './audit-log.ts'
import { brand } from './brand.ts'
import { ticketChat, ticketChatEvent } from './chat.ts'
import { group } from './group.ts'
import { domainName, organization, organizationTag } from './organization.ts'
import { schedule, scheduleHoliday, ticketSchedule } from './schedule.ts'
import { slaPolicyMetricHistory, ticketFormHistory, ticketSlaPolicy } from './service-levels.ts'
import { ticket, ticketTag } from './ticket.ts'
import { ticketComment } from './ticket-comment.ts'
import { ticketFieldHistory } from './ticket-field-history.ts'
import { daylightTime, timeZone } from './time-zone.ts'
import { user, userTag } from './user.ts'

/** Fivetran's Zendesk schema, as far as the public dbt package `dbt_zendesk` reads it. */
export const fivetran: ModelSet = {
  name: 'fivetran',
  about: "the tables of Fivetran's Zendesk connector that the dbt package dbt_zendesk reads",
  models: [
    ticket,
    ticketTag,
    ticketComment,
    ticketFieldHistory,
    ticketFormHistory,
    ticketSchedule,
    ticketSlaPolicy,
    ticketChat,
    ticketChatEvent,
    user,
    userTag,
    organization,
    organizationTag,
    domainName,
    group,
    brand,
    schedule,
    scheduleHoliday,
    slaPolicyMetricHistory,
    timeZone,
    daylightTime,
    auditLog,
  ],
}
