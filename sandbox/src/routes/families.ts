import { exportRoutes } from './exports.ts'
import { helpCenterAccessRoutes } from './help-center/help-center-access.ts'
import { helpCenterArticleRoutes } from './help-center/help-center-articles.ts'
import { helpCenterAttachmentRoutes } from './help-center/help-center-attachments.ts'
import { helpCenterCommentRoutes } from './help-center/help-center-comments.ts'
import { communityRoutes } from './help-center/help-center-community.ts'
import { helpCenterLabelRoutes } from './help-center/help-center-labels.ts'
import { helpCenterSearchRoutes } from './help-center/help-center-search.ts'
import { helpCenterStructureRoutes } from './help-center/help-center-structure.ts'
import { helpCenterSubscriptionRoutes } from './help-center/help-center-subscriptions.ts'
import { helpCenterTranslationRoutes } from './help-center/help-center-translations.ts'
import { helpCenterVoteRoutes } from './help-center/help-center-votes.ts'
import { oauthRoutes } from './oauth/oauth.ts'
import { oauthAuthorizationRoutes } from './oauth/oauth-authorizations.ts'
import { oauthGrantRoutes } from './oauth/oauth-grants.ts'
import { peopleRoutes } from './people/people.ts'
import type { Family, Served } from './route.ts'
import { searchRoutes } from './search.ts'
import { sellRoutes } from './sell/sell.ts'
import { configuredRoutes } from './settings/configured.ts'
import { jobStatusRoutes } from './settings/job-statuses.ts'
import { storageRoutes } from './storage.ts'
import { talkRoutes } from './talk/talk.ts'
import { activityRoutes } from './tickets/activities.ts'
import { attachmentRoutes } from './tickets/attachments.ts'
import { auditsOfTicketRoutes } from './tickets/audits-of-ticket.ts'
import { commentRoutes } from './tickets/comments.ts'
import { deletedTicketRoutes } from './tickets/deleted-tickets.ts'
import { redactionRoutes } from './tickets/redactions.ts'
import { requestWriteRoutes } from './tickets/request-writes.ts'
import { requestRoutes } from './tickets/requests.ts'
import { satisfactionRatingRoutes } from './tickets/satisfaction-ratings.ts'
import { sideConversationRoutes } from './tickets/side-conversations.ts'
import { skipRoutes } from './tickets/skips.ts'
import { suspendedTicketRoutes } from './tickets/suspended-tickets.ts'
import { ticketAuditRoutes } from './tickets/ticket-audits.ts'
import { ticketBulkRoutes } from './tickets/ticket-bulk.ts'
import { ticketImportRoutes } from './tickets/ticket-imports.ts'
import { ticketMetricRoutes } from './tickets/ticket-metrics.ts'
import { ticketTagRoutes } from './tickets/ticket-tags.ts'
import { ticketWriteRoutes } from './tickets/ticket-writes.ts'
import { ticketRoutes } from './tickets/tickets.ts'
import { ticketsOfRoutes } from './tickets/tickets-of.ts'
import { uploadRoutes } from './tickets/uploads.ts'
import { webhookRoutes } from './webhooks/webhooks.ts'

/** All that the API serves. */
export function families(served: Served): readonly Family[] {
  return [
    ...exportRoutes(served),
    ...ticketRoutes(served),
    ...ticketAuditRoutes(served),
    ...uploadRoutes(served),
    ...ticketsOfRoutes(served),
    ...ticketWriteRoutes(served),
    ...ticketTagRoutes(served),
    ...ticketMetricRoutes(served),
    ...ticketImportRoutes(served),
    ...ticketBulkRoutes(served),
    ...suspendedTicketRoutes(served),
    ...storageRoutes(served),
    ...skipRoutes(served),
    ...satisfactionRatingRoutes(served),
    ...requestRoutes(served),
    ...requestWriteRoutes(served),
    ...redactionRoutes(served),
    ...deletedTicketRoutes(served),
    ...commentRoutes(served),
    ...auditsOfTicketRoutes(served),
    ...attachmentRoutes(served),
    ...activityRoutes(served),
    ...peopleRoutes(served),
    ...searchRoutes(served),
    ...configuredRoutes(served),
    ...jobStatusRoutes(served),
    ...oauthRoutes(served),
    ...oauthAuthorizationRoutes(served),
    ...oauthGrantRoutes(served),
    ...webhookRoutes(served),
    ...helpCenterStructureRoutes(served),
    ...helpCenterArticleRoutes(served),
    ...helpCenterTranslationRoutes(served),
    ...helpCenterCommentRoutes(served),
    ...helpCenterVoteRoutes(served),
    ...helpCenterAttachmentRoutes(served),
    ...helpCenterLabelRoutes(served),
    ...helpCenterAccessRoutes(served),
    ...helpCenterSubscriptionRoutes(served),
    ...helpCenterSearchRoutes(served),
    ...communityRoutes(served),
    ...talkRoutes(served),
    ...sideConversationRoutes(served),
    ...sellRoutes(served),
  ]
}
