import type { Family } from '../http/family.ts'
import { chatRoutes } from './chat/routes.ts'
import { exportRoutes } from './exports.ts'
import { helpCenterAccessRoutes } from './help-center/access.ts'
import { helpCenterArticleRoutes } from './help-center/articles.ts'
import { helpCenterAttachmentRoutes } from './help-center/attachments.ts'
import { helpCenterCommentRoutes } from './help-center/comments.ts'
import { communityRoutes } from './help-center/community.ts'
import { helpCenterLabelRoutes } from './help-center/labels.ts'
import { helpCenterSearchRoutes } from './help-center/search.ts'
import { helpCenterStructureRoutes } from './help-center/structure.ts'
import { helpCenterSubscriptionRoutes } from './help-center/subscriptions.ts'
import { helpCenterTranslationRoutes } from './help-center/translations.ts'
import { helpCenterVoteRoutes } from './help-center/votes.ts'
import { oauthAuthorizationRoutes } from './oauth/authorizations.ts'
import { oauthGrantRoutes } from './oauth/grants.ts'
import { oauthRoutes } from './oauth/routes.ts'
import { peopleRoutes } from './people/routes.ts'
import { searchRoutes } from './search.ts'
import { sellRoutes } from './sell/routes.ts'
import type { Served } from './served.ts'
import { configuredRoutes } from './settings/configured.ts'
import { jobStatusRoutes } from './settings/job-statuses.ts'
import { storageRoutes } from './storage.ts'
import { talkRoutes } from './talk/routes.ts'
import { activityRoutes } from './tickets/activities.ts'
import { attachmentRoutes } from './tickets/attachments.ts'
import { ticketAuditRoutes } from './tickets/audits.ts'
import { auditsOfTicketRoutes } from './tickets/audits-of-ticket.ts'
import { ticketBulkRoutes } from './tickets/bulk.ts'
import { commentRoutes } from './tickets/comments.ts'
import { deletedTicketRoutes } from './tickets/deleted.ts'
import { engagementRoutes } from './tickets/engagements.ts'
import { ticketImportRoutes } from './tickets/imports.ts'
import { ticketRoutes } from './tickets/lists.ts'
import { ticketMetricRoutes } from './tickets/metrics.ts'
import { redactionRoutes } from './tickets/redactions.ts'
import { requestWriteRoutes } from './tickets/request-writes.ts'
import { requestRoutes } from './tickets/requests.ts'
import { satisfactionRatingRoutes } from './tickets/satisfaction-ratings.ts'
import { sideConversationRoutes } from './tickets/side-conversations.ts'
import { skipRoutes } from './tickets/skips.ts'
import { suspendedTicketRoutes } from './tickets/suspended.ts'
import { ticketTagRoutes } from './tickets/tags-of-ticket.ts'
import { ticketsOfRoutes } from './tickets/tickets-of.ts'
import { uploadRoutes } from './tickets/uploads.ts'
import { ticketWriteRoutes } from './tickets/writes.ts'
import { webhookRoutes } from './webhooks/routes.ts'

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
    ...engagementRoutes(served),
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
    ...chatRoutes(served),
    ...sideConversationRoutes(served),
    ...sellRoutes(served),
  ]
}
