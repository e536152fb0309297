import { activityRoutes } from './activities.ts'
import { attachmentRoutes } from './attachments.ts'
import { auditsOfTicketRoutes } from './audits-of-ticket.ts'
import { commentRoutes } from './comments.ts'
import { configuredRoutes } from './configured.ts'
import { deletedTicketRoutes } from './deleted-tickets.ts'
import { exportRoutes } from './exports.ts'
import { helpCenterAccessRoutes } from './help-center-access.ts'
import { helpCenterArticleRoutes } from './help-center-articles.ts'
import { helpCenterAttachmentRoutes } from './help-center-attachments.ts'
import { helpCenterCommentRoutes } from './help-center-comments.ts'
import { communityRoutes } from './help-center-community.ts'
import { helpCenterLabelRoutes } from './help-center-labels.ts'
import { helpCenterSearchRoutes } from './help-center-search.ts'
import { helpCenterStructureRoutes } from './help-center-structure.ts'
import { helpCenterSubscriptionRoutes } from './help-center-subscriptions.ts'
import { helpCenterTranslationRoutes } from './help-center-translations.ts'
import { helpCenterVoteRoutes } from './help-center-votes.ts'
import { jobStatusRoutes } from './job-statuses.ts'
import { oauthRoutes } from './oauth.ts'
import { oauthAuthorizationRoutes } from './oauth-authorizations.ts'
import { oauthGrantRoutes } from './oauth-grants.ts'
import { peopleRoutes } from './people.ts'
import { redactionRoutes } from './redactions.ts'
import { requestWriteRoutes } from './request-writes.ts'
import { requestRoutes } from './requests.ts'
import type { Family, Served } from './route.ts'
import { satisfactionRatingRoutes } from './satisfaction-ratings.ts'
import { searchRoutes } from './search.ts'
import { sellRoutes } from './sell.ts'
import { sideConversationRoutes } from './side-conversations.ts'
import { skipRoutes } from './skips.ts'
import { storageRoutes } from './storage.ts'
import { suspendedTicketRoutes } from './suspended-tickets.ts'
import { talkRoutes } from './talk.ts'
import { ticketAuditRoutes } from './ticket-audits.ts'
import { ticketBulkRoutes } from './ticket-bulk.ts'
import { ticketImportRoutes } from './ticket-imports.ts'
import { ticketMetricRoutes } from './ticket-metrics.ts'
import { ticketTagRoutes } from './ticket-tags.ts'
import { ticketWriteRoutes } from './ticket-writes.ts'
import { ticketRoutes } from './tickets.ts'
import { ticketsOfRoutes } from './tickets-of.ts'
import { uploadRoutes } from './uploads.ts'
import { webhookRoutes } from './webhooks.ts'

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
