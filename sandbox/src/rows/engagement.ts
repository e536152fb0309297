import type { CommentEvent, Row } from '../account/model.ts'
import type { Engagement } from '../account/tickets/engagements.ts'
import { isoTime } from '../iso-time.ts'

/** An engagement as the API gives it: times in UTC without a zone (fact 290), durations in seconds. */
export function engagementRow(one: Engagement): Row {
  const comments = one.audits.flatMap(({ at, events }) =>
    events.flatMap((event) => ('body' in event ? [{ at, comment: event as CommentEvent }] : [])),
  )
  const mine = comments.filter(({ comment }) => comment.author === one.agent)
  const replies = mine.filter(({ comment }) => comment.public)
  const waits = replies.map(({ at }, nth) => at - (replies[nth - 1]?.at ?? one.start))
  const total = waits.reduce((sum, wait) => sum + wait, 0)
  return {
    engagement_id: one.id,
    ticket_id: one.ticket.id,
    agent_id: one.agent,
    group_id: one.group,
    requester_id: one.requester,
    offer_time_seconds: (one.ticket.id % 9) + 2,
    assignment_to_first_reply_time_seconds: waits[0] ?? 0,
    agent_messages_count: mine.length,
    agent_replies_count: replies.length,
    total_requester_wait_time_seconds: total,
    longest_requester_wait_time_seconds: Math.max(0, ...waits),
    channel: one.channel,
    engagement_start_reason: 'Assigned',
    engagement_start_time: zoneless(one.start),
    engagement_end_time: zoneless(one.end),
    ticket_status_start: one.statuses[0].toUpperCase(),
    ticket_status_end: one.statuses[1].toUpperCase(),
    engagement_end_reason: one.endReason,
    average_requester_wait_time_seconds: waits.length === 0 ? 0 : Math.round(total / waits.length),
    end_user_messages_count: comments.filter(({ comment }) => comment.author === one.requester).length,
  }
}

function zoneless(at: number): string {
  return isoTime(at).slice(0, -1)
}
