// Generated from schemas/engagements.json by tools/generate.ts; not to be edited.

/**
 * The work of one agent with one end user on a ticket, in one channel, from an assignment until it ended.
 */
export interface Engagement {
/**
 * Id of the engagement.
 */
engagement_id: string
/**
 * Id of the ticket.
 */
ticket_id?: (null | number)
/**
 * Id of the agent to whom the ticket was assigned.
 */
agent_id?: (null | number)
/**
 * Id of the group to which the ticket was assigned.
 */
group_id?: (null | number)
/**
 * Id of the requester of the ticket.
 */
requester_id?: (null | number)
/**
 * Channel: `MESSAGING` or `SUPPORT`.
 */
channel?: (null | string)
/**
 * When it began.
 */
engagement_start_time?: (null | string)
/**
 * Why it began, such as `Assigned`.
 */
engagement_start_reason?: (null | string)
/**
 * When it ended. An engagement is listed after that.
 */
engagement_end_time?: (null | string)
/**
 * Why it ended.
 */
engagement_end_reason?: (null | string)
/**
 * Status of the ticket when it began, in capitals: `NEW`, `OPEN`.
 */
ticket_status_start?: (null | string)
/**
 * Status of the ticket when it ended, in capitals: `SOLVED`, `DELETED`.
 */
ticket_status_end?: (null | string)
/**
 * Time from the offer of the ticket until the agent took it, in seconds.
 */
offer_time_seconds?: (null | number)
/**
 * Time from the assignment until the first reply of the agent, in seconds.
 */
assignment_to_first_reply_time_seconds?: (null | number)
/**
 * Time that the requester waited for a reply, on average, in seconds.
 */
average_requester_wait_time_seconds?: (null | number)
/**
 * Longest time that the requester waited for a reply, in seconds.
 */
longest_requester_wait_time_seconds?: (null | number)
/**
 * Time that the requester waited for replies in all, in seconds.
 */
total_requester_wait_time_seconds?: (null | number)
/**
 * How many messages the agent wrote.
 */
agent_messages_count?: (null | number)
/**
 * How many of the agent's messages answered the end user.
 */
agent_replies_count?: (null | number)
/**
 * How many messages the end user wrote.
 */
end_user_messages_count?: (null | number)
}
