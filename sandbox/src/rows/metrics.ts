import { metricSetId } from '../account/ids.ts'
import type { Row, SlaTarget, Ticket } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import type { MetricEvent } from '../account/tickets/metric-events.ts'
import { metricSetOf } from '../account/tickets/metric-set.ts'
import { isoTime } from '../iso-time.ts'

/** A ticket's metric set, as the export embeds it and `/ticket_metrics` lists it; undefined is for no key. */
export function metricSetRow(store: Store, ticket: Ticket): Row {
  const set = metricSetOf(ticket)
  const id = metricSetId(ticket)
  // Both forms were seen for an event that never happened: no key, and null (fact 149). Here even tickets leave the key out.
  const never = ticket.id % 2 === 0 ? undefined : null
  const maybe = (at: number | null) => (at === null ? never : isoTime(at))
  return {
    url: `${store.base}/api/v2/ticket_metrics/${id}.json`,
    id,
    ticket_id: ticket.id,
    created_at: isoTime(ticket.created),
    updated_at: isoTime(ticket.updated),
    group_stations: set.groupStations,
    assignee_stations: set.assigneeStations,
    reopens: set.reopens,
    replies: set.replies,
    assignee_updated_at: maybe(set.assigneeUpdated),
    requester_updated_at: isoTime(set.requesterUpdated),
    status_updated_at: isoTime(set.statusUpdated),
    initially_assigned_at: maybe(set.initiallyAssigned),
    assigned_at: maybe(set.assigned),
    solved_at: maybe(set.solved),
    latest_comment_added_at: isoTime(set.lastComment),
    reply_time_in_minutes: set.replyTime,
    first_resolution_time_in_minutes: set.firstResolution,
    full_resolution_time_in_minutes: set.fullResolution,
    agent_wait_time_in_minutes: set.agentWait,
    requester_wait_time_in_minutes: set.requesterWait,
    on_hold_time_in_minutes: set.onHold,
    custom_status_updated_at: isoTime(set.statusUpdated),
  }
}

/** A metric event's row. */
export function metricEventRow(id: number, ticket: number, event: MetricEvent): Row {
  const { metric, instance, type, time, deleted, target, status } = event
  return {
    id,
    ticket_id: ticket,
    metric,
    instance_id: instance,
    type,
    time: isoTime(time),
    deleted,
    sla: type === 'apply_sla' && target !== undefined ? slaOf(target) : undefined,
    status,
  }
}

const slaOf = ({ minutes, isInBusinessHours, policy, seconds }: SlaTarget): Row => ({
  target: minutes,
  business_hours: isInBusinessHours,
  policy,
  target_in_seconds: seconds,
})
