// Generated from schemas/ticket_metrics.json by tools/generate.ts; not to be edited.

/**
 * Times and counts of one ticket: how long it waited, how often it was answered, reassigned and reopened.
 */
export interface TicketMetric {
/**
 * Id of the ticket that is measured.
 */
ticket_id: number
/**
 * Id of the set of measurements; null where the ticket was deleted.
 */
id?: (null | number)
/**
 * When the ticket had last changed as these measurements were read, in seconds since 1970 UTC.
 */
_ab_updated_at?: (null | number)
/**
 * When the measurements were begun, which is when the ticket was created.
 */
created_at?: (null | string)
/**
 * When the measurements last changed.
 */
updated_at?: (null | string)
/**
 * Number of public answers by agents.
 */
replies?: (null | number)
/**
 * Number of times that the ticket was opened again after it had been solved.
 */
reopens?: (null | number)
/**
 * Number of groups that the ticket has been assigned to.
 */
group_stations?: (null | number)
/**
 * Number of agents that the ticket has been assigned to.
 */
assignee_stations?: (null | number)
/**
 * Time until the first public answer by an agent, in minutes.
 */
reply_time_in_minutes?: (null | {
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
 * Time until the first public answer by an agent, in seconds; for messaging tickets.
 */
reply_time_in_seconds?: (null | {
/**
 * Seconds around the clock.
 */
calendar?: (null | number)
/**
 * Seconds within the business hours of the schedule.
 */
business?: (null | number)
})
/**
 * Time until the ticket was solved for the first time, in minutes.
 */
first_resolution_time_in_minutes?: (null | {
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
 * Time until the ticket was solved for the last time, in minutes.
 */
full_resolution_time_in_minutes?: (null | {
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
 * Time that agents waited for the requester (status pending), in minutes.
 */
agent_wait_time_in_minutes?: (null | {
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
 * Time that the requester waited for agents (status new, open or on hold), in minutes.
 */
requester_wait_time_in_minutes?: (null | {
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
 * Time that the ticket was on hold, in minutes.
 */
on_hold_time_in_minutes?: (null | {
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
 * When the ticket was first assigned to an agent.
 */
initially_assigned_at?: (null | string)
/**
 * When the ticket was last assigned to an agent.
 */
assigned_at?: (null | string)
/**
 * When the ticket was last solved; null while it is not.
 */
solved_at?: (null | string)
/**
 * When the latest comment was written.
 */
latest_comment_added_at?: (null | string)
/**
 * When the status last changed.
 */
status_updated_at?: (null | string)
/**
 * When the custom status last changed.
 */
custom_status_updated_at?: (null | string)
/**
 * When the assignee last updated the ticket.
 */
assignee_updated_at?: (null | string)
/**
 * When the requester last updated the ticket.
 */
requester_updated_at?: (null | string)
/**
 * Address of the measurements in the API.
 */
url?: (null | string)
}
