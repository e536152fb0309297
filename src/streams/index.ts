import type { Stream } from '../model/stream.ts'
import {
  brands,
  dynamicContent,
  jobStatuses,
  locales,
  recipientAddresses,
  sharingAgreements,
  targets,
  webhooks,
  workspaces,
} from './account/account-settings.ts'
import { auditLogs } from './account/audit-logs.ts'
import { automations, macros, triggers, views } from './account/rules.ts'
import {
  accountAttributes,
  attributeDefinitions,
  scheduleHolidays,
  schedules,
  slaPolicies,
} from './account/service-levels.ts'
import {
  articleAttachments,
  articleComments,
  articleCommentVotes,
  articleTranslations,
  articleVotes,
} from './help-center/article-contents.ts'
import { articles } from './help-center/articles.ts'
import { postComments, postCommentVotes, posts, postVotes } from './help-center/community.ts'
import { categories, labels, sections, topics, userSegments } from './help-center/help-center-settings.ts'
import { groups, organizations, userIdentities, users } from './people/people.ts'
import {
  customRoles,
  groupMemberships,
  organizationFields,
  organizationMemberships,
  userFields,
} from './people/people-settings.ts'
import { callLegs, calls } from './talk/calls.ts'
import {
  agentsActivity,
  currentQueueActivity,
  greetingCategories,
  greetings,
  ivrs,
  lines,
  phoneNumbers,
  talkAddresses,
  talkSettings,
} from './talk/talk-settings.ts'
import { ticketAttachments } from './tickets/attachments.ts'
import { ticketAudits } from './tickets/audits.ts'
import { ticketComments } from './tickets/comments.ts'
import { ticketEvents } from './tickets/events.ts'
import { ticketFieldHistory } from './tickets/field-history.ts'
import {
  customStatuses,
  tags,
  ticketFields,
  ticketFormConditionsAgent,
  ticketFormConditionsEndUser,
  ticketForms,
} from './tickets/forms-and-fields.ts'
import {
  deletedTickets,
  requests,
  satisfactionRatings,
  suspendedTickets,
  ticketActivities,
  ticketSkips,
} from './tickets/lists.ts'
import { ticketMetricEvents } from './tickets/metric-events.ts'
import { sideConversationEvents, sideConversations } from './tickets/side-conversations.ts'
import { ticketMetrics, tickets } from './tickets/tickets.ts'

/** Streams of one subject: together in the catalog, in the ready catalogs and in the picture of the tables. */
export interface Family {
  readonly title: string
  readonly streams: readonly Stream[]
}

/** Every stream by its family, in catalog order. A stream that is not listed here does not exist. */
export const families = [
  {
    title: 'Tickets',
    streams: [
      tickets,
      ticketMetrics,
      ticketAudits,
      ticketComments,
      ticketMetricEvents,
      ticketEvents,
      ticketFieldHistory,
      ticketAttachments,
      sideConversations,
      sideConversationEvents,
      deletedTickets,
      suspendedTickets,
      satisfactionRatings,
      ticketSkips,
      ticketActivities,
      requests,
    ],
  },
  {
    title: 'Forms and fields of tickets',
    streams: [ticketFields, ticketForms, ticketFormConditionsAgent, ticketFormConditionsEndUser, customStatuses, tags],
  },
  {
    title: 'People',
    streams: [
      users,
      userIdentities,
      userFields,
      customRoles,
      organizations,
      organizationFields,
      organizationMemberships,
      groups,
      groupMemberships,
    ],
  },
  {
    title: 'Settings',
    streams: [
      brands,
      macros,
      triggers,
      automations,
      views,
      slaPolicies,
      schedules,
      scheduleHolidays,
      accountAttributes,
      attributeDefinitions,
      dynamicContent,
      locales,
      recipientAddresses,
      sharingAgreements,
      targets,
      webhooks,
      jobStatuses,
      auditLogs,
      workspaces,
    ],
  },
  {
    title: 'Help center',
    streams: [
      categories,
      sections,
      labels,
      userSegments,
      articles,
      articleTranslations,
      articleComments,
      articleCommentVotes,
      articleVotes,
      articleAttachments,
    ],
  },
  {
    title: 'Community',
    streams: [topics, posts, postComments, postCommentVotes, postVotes],
  },
  {
    title: 'Talk',
    streams: [
      calls,
      callLegs,
      phoneNumbers,
      lines,
      talkAddresses,
      greetings,
      greetingCategories,
      ivrs,
      agentsActivity,
      currentQueueActivity,
      talkSettings,
    ],
  },
] as const satisfies readonly Family[]

/** Every stream, in catalog order. */
export const streams: readonly Stream[] = families.flatMap((family): readonly Stream[] => family.streams)
