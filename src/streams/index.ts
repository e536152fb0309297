import type { Stream } from '../stream.ts'
import {
  brands,
  dynamicContent,
  jobStatuses,
  locales,
  recipientAddresses,
  sharingAgreements,
  targets,
  webhooks,
} from './account-settings.ts'
import {
  articleAttachments,
  articleComments,
  articleCommentVotes,
  articleTranslations,
  articleVotes,
} from './article-contents.ts'
import { articles } from './articles.ts'
import { auditLogs } from './audit-logs.ts'
import { callLegs, calls } from './calls.ts'
import { postComments, postCommentVotes, posts, postVotes } from './community.ts'
import { categories, labels, sections, topics, userSegments } from './help-center-settings.ts'
import { groups, organizations, userIdentities, users } from './people.ts'
import {
  customRoles,
  groupMemberships,
  organizationFields,
  organizationMemberships,
  userFields,
} from './people-settings.ts'
import { automations, macros, triggers, views } from './rules.ts'
import { accountAttributes, attributeDefinitions, scheduleHolidays, schedules, slaPolicies } from './service-levels.ts'
import { sideConversationEvents, sideConversations } from './side-conversations.ts'
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
} from './talk-settings.ts'
import { ticketAudits, ticketComments, ticketMetricEvents } from './ticket-events.ts'
import { ticketAttachments, ticketEvents, ticketFieldHistory } from './ticket-history.ts'
import {
  deletedTickets,
  requests,
  satisfactionRatings,
  suspendedTickets,
  ticketActivities,
  ticketSkips,
} from './ticket-lists.ts'
import {
  customStatuses,
  tags,
  ticketFields,
  ticketFormConditionsAgent,
  ticketFormConditionsEndUser,
  ticketForms,
} from './ticket-settings.ts'
import { ticketMetrics, tickets } from './tickets.ts'

/** Every stream, in catalog order. A stream that is not listed here does not exist. */
export const streams: readonly Stream[] = [
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
  ticketFields,
  ticketForms,
  ticketFormConditionsAgent,
  ticketFormConditionsEndUser,
  customStatuses,
  tags,
  deletedTickets,
  suspendedTickets,
  satisfactionRatings,
  ticketSkips,
  ticketActivities,
  requests,
  users,
  userIdentities,
  userFields,
  customRoles,
  organizations,
  organizationFields,
  organizationMemberships,
  groups,
  groupMemberships,
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
  topics,
  posts,
  postComments,
  postCommentVotes,
  postVotes,
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
]
