import type { Stream } from '../model/stream.ts'
import {
  brandAgents,
  brands,
  dynamicContent,
  jobStatuses,
  locales,
  oauthClients,
  recipientAddresses,
  resourceCollections,
  sessions,
  sharingAgreements,
  targets,
  workspaces,
} from './account/account-settings.ts'
import { auditLogs } from './account/audit-logs.ts'
import { automations, macros, triggerCategories, triggers, viewCounts, views } from './account/rules.ts'
import {
  accountAttributes,
  attributeDefinitions,
  attributeValues,
  groupSlaPolicies,
  queues,
  scheduleHolidays,
  schedules,
  slaPolicies,
} from './account/service-levels.ts'
import { webhookInvocationAttempts, webhookInvocations, webhooks } from './account/webhooks.ts'
import { chatAgents, chatBans, chatDepartments, chatGoals, chatShortcuts, chatTriggers } from './chat/chat-settings.ts'
import { chats } from './chat/chats.ts'
import {
  articleAttachments,
  articleComments,
  articleCommentVotes,
  articleTranslations,
  articleVotes,
} from './help-center/article-contents.ts'
import { articles } from './help-center/articles.ts'
import { badgeAssignments, badgeCategories, badges } from './help-center/badges.ts'
import { postComments, postCommentVotes, posts, postVotes } from './help-center/community.ts'
import {
  categories,
  categoryTranslations,
  contentTags,
  labels,
  permissionGroups,
  sections,
  sectionTranslations,
  themes,
  topics,
  userSegments,
} from './help-center/help-center-settings.ts'
import { customObjectFields, customObjects } from './people/custom-objects.ts'
import { groups, organizations, userIdentities, users } from './people/people.ts'
import {
  customRoles,
  deletedUsers,
  groupMemberships,
  organizationFields,
  organizationMemberships,
  organizationSubscriptions,
  userFields,
} from './people/people-settings.ts'
import { callLegs, calls } from './talk/calls.ts'
import {
  accountOverview,
  agentsActivity,
  agentsOverview,
  currentQueueActivity,
  greetingCategories,
  greetings,
  ivrMenus,
  ivrRoutes,
  ivrs,
  lines,
  phoneNumbers,
  talkAddresses,
  talkSettings,
} from './talk/talk-settings.ts'
import { ticketAttachments } from './tickets/attachments.ts'
import { ticketAudits } from './tickets/audits.ts'
import { ticketComments } from './tickets/comments.ts'
import { engagements } from './tickets/engagements.ts'
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
  satisfactionReasons,
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
      satisfactionReasons,
      ticketSkips,
      ticketActivities,
      engagements,
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
      deletedUsers,
      customRoles,
      organizations,
      organizationFields,
      organizationMemberships,
      organizationSubscriptions,
      groups,
      groupMemberships,
    ],
  },
  {
    title: 'Settings',
    streams: [
      brands,
      brandAgents,
      macros,
      triggers,
      triggerCategories,
      automations,
      views,
      viewCounts,
      slaPolicies,
      groupSlaPolicies,
      schedules,
      scheduleHolidays,
      accountAttributes,
      attributeValues,
      attributeDefinitions,
      queues,
      dynamicContent,
      locales,
      recipientAddresses,
      sharingAgreements,
      targets,
      webhooks,
      webhookInvocations,
      webhookInvocationAttempts,
      jobStatuses,
      auditLogs,
      workspaces,
      customObjects,
      customObjectFields,
      oauthClients,
      sessions,
      resourceCollections,
    ],
  },
  {
    title: 'Help center',
    streams: [
      categories,
      categoryTranslations,
      sections,
      sectionTranslations,
      labels,
      contentTags,
      userSegments,
      permissionGroups,
      themes,
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
    streams: [topics, posts, postComments, postCommentVotes, postVotes, badgeCategories, badges, badgeAssignments],
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
      ivrMenus,
      ivrRoutes,
      accountOverview,
      agentsOverview,
      agentsActivity,
      currentQueueActivity,
      talkSettings,
    ],
  },
  {
    title: 'Chat',
    streams: [chats, chatAgents, chatDepartments, chatShortcuts, chatTriggers, chatBans, chatGoals],
  },
] as const satisfies readonly Family[]

/** Every stream, in catalog order. */
export const streams: readonly Stream[] = families.flatMap((family): readonly Stream[] => family.streams)
