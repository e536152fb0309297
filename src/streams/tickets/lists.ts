import type { DeletedTicket } from '../../generated/deleted_tickets.ts'
import type { Request } from '../../generated/requests.ts'
import type { SatisfactionRating } from '../../generated/satisfaction_ratings.ts'
import type { SatisfactionReason } from '../../generated/satisfaction_reasons.ts'
import type { SuspendedTicket } from '../../generated/suspended_tickets.ts'
import type { TicketActivity } from '../../generated/ticket_activities.ts'
import type { TicketSkip } from '../../generated/ticket_skips.ts'
import { isoOf } from '../../model/time.ts'
import { datedList } from '../../zendesk/walks/incremental-list.ts'
import { cursorList, numberedList } from '../../zendesk/walks/list.ts'
import { defineStream, shownUnder } from '../define.ts'

/**
 * Tickets that were deleted in the last 30 days and can be restored. A row that left the list was restored, purged, or is
 * too old; none can be looked up by itself.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#list-deleted-tickets
 */
export const deletedTickets = defineStream<DeletedTicket>()({
  name: 'deleted_tickets',
  cursorField: 'deleted_at',
  rowsLeave: true,
  walk: {
    ...cursorList({ path: 'deleted_tickets', query: { sort: 'deleted_at' } }),
    bucket: 'deleted-tickets-index',
  },
})

const suspendedTicketList = cursorList({ path: 'suspended_tickets' })

/** Rows leave the list when they are recovered or deleted, and after two weeks. */
export const suspendedTickets = defineStream<SuspendedTicket>()({
  name: 'suspended_tickets',
  needs: 'An administrator, or an agent who may manage suspended tickets',
  cursorField: 'updated_at',
  walk: suspendedTicketList,
  show: shownUnder(suspendedTicketList),
  rowsLeave: true,
})

const requestList = cursorList({ path: 'requests' })

/** The requests of the user who is signed in, and of nobody else, whatever their role. */
export const requests = defineStream<Request>()({
  name: 'requests',
  cursorField: 'updated_at',
  walk: requestList,
  show: shownUnder(requestList),
})

const DAY = 86_400

/**
 * `start_time` filters by the time when a rating was offered, not by that of its change. A rating can be given and changed
 * until the ticket is closed. Assumed (fact 312): within 60 days; later changes, and deletions, take a full refresh.
 * https://developer.zendesk.com/api-reference/ticketing/ticket-management/satisfaction_ratings/#list-satisfaction-ratings
 */
export const satisfactionRatings = defineStream<SatisfactionRating>()({
  name: 'satisfaction_ratings',
  isSelectedByDefault: true,
  needs: 'An administrator, and a plan with satisfaction surveys',
  cursorField: 'updated_at',
  adminOnly: false,
  reads: {},
  walk: datedList({
    path: 'satisfaction_ratings',
    query: { sort: 'created_at' },
    since: (time) => ({ start_time: time }),
    orderField: 'created_at',
    timeField: 'updated_at',
    changesFor: 60 * DAY,
  }),
})

/**
 * Zendesk documents neither an order nor a filter. Skips of archived tickets leave the list and are no deletions.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_skips/
 */
export const ticketSkips = defineStream<TicketSkip>()({
  name: 'ticket_skips',
  cursorField: 'updated_at',
  cursorFormat: 'iso',
  adminOnly: false,
  reads: {},
  walk: datedList({ path: 'skips', timeField: 'updated_at' }),
})

/**
 * What happened to the tickets of the user who is signed in, in the last 30 days.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/activity_stream/
 */
export const ticketActivities = defineStream<TicketActivity>()({
  name: 'ticket_activities',
  cursorField: 'updated_at',
  cursorFormat: 'iso',
  adminOnly: false,
  reads: {},
  walk: datedList({
    path: 'activities',
    since: (time) => ({ since: isoOf(time) }),
    timeField: 'updated_at',
  }),
})

/** The reasons that people choose among for a bad rating, in one answer (fact 275). */
export const satisfactionReasons = defineStream<SatisfactionReason>()({
  name: 'satisfaction_reasons',
  needs: 'A plan with satisfaction surveys',
  cursorField: 'updated_at',
  walk: numberedList({ path: 'satisfaction_reasons', key: 'reasons' }),
  deletedAt: ({ deleted_at }) => deleted_at,
})
