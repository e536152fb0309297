// Generated from schemas/ticket_metric_events.json by tools/generate.ts; not to be edited.

/**
 * One moment in the measurement of a ticket: a clock was started, paused, fulfilled, given a target, or ran out.
 */
export interface TicketMetricEvent {
/**
 * Id of the event.
 */
id: number
/**
 * Id of the ticket that is measured.
 */
ticket_id?: (null | number)
/**
 * What is measured: `agent_work_time`, `pausable_update_time`, `periodic_update_time`, `reply_time`, `requester_wait_time`, `resolution_time` or `group_ownership_time`.
 */
metric?: (null | string)
/**
 * Number of the measurement, from 1: a metric such as reply time is measured several times on a ticket; 0 for `measure` events.
 */
instance_id?: (null | number)
/**
 * What happened: `activate`, `pause`, `fulfill`, `apply_sla`, `apply_group_sla`, `breach`, `update_status` or `measure`.
 */
type?: (null | string)
/**
 * When it happened; for a `breach`, when it is due, which may lie in the future.
 */
time?: (null | string)
/**
 * The target that a SLA policy set for the metric, on events that apply one.
 */
sla?: (null | {
/**
 * Time allowed, in minutes.
 */
target?: (null | number)
/**
 * Time allowed, in seconds.
 */
target_in_seconds?: (null | number)
/**
 * True where the time allowed counts business hours only.
 */
business_hours?: (null | boolean)
/**
 * The SLA policy that set the target.
 */
policy?: (null | {
/**
 * Id of the SLA policy.
 */
id?: (null | number)
/**
 * Name of the SLA policy.
 */
title?: (null | string)
/**
 * Explanation of the SLA policy.
 */
description?: (null | string)
})
})
/**
 * The target that a group SLA policy set for the metric, on events that apply one.
 */
group_sla?: (null | {
/**
 * Time allowed, in minutes.
 */
target?: (null | number)
/**
 * Time allowed, in seconds.
 */
target_in_seconds?: (null | number)
/**
 * True where the time allowed counts business hours only.
 */
business_hours?: (null | boolean)
/**
 * The group SLA policy that set the target.
 */
policy?: (null | {
/**
 * Id of the group SLA policy.
 */
id?: (null | string)
/**
 * Name of the group SLA policy.
 */
title?: (null | string)
/**
 * Explanation of the group SLA policy.
 */
description?: (null | string)
})
})
/**
 * Time measured so far in minutes, on `update_status` events.
 */
status?: (null | {
/**
 * Minutes around the clock.
 */
calendar?: (null | number)
/**
 * Minutes within the business hours of the schedule.
 */
business?: (null | number)
})
/**
 * True where the event no longer holds, as a breach that was averted.
 */
deleted?: (null | boolean)
}
