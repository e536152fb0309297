// Generated from schemas/ticket_activities.json by tools/generate.ts; not to be edited.

/**
 * One thing that happened to a ticket of the user who reads, in the last 30 days.
 */
export interface TicketActivity {
/**
 * Id of the activity.
 */
id: number
/**
 * What happened: `tickets.assignment`, `tickets.comment` or `tickets.priority_increase`.
 */
verb?: (null | string)
/**
 * What happened, in a sentence.
 */
title?: (null | string)
/**
 * Id of the agent whom it concerns, who is the user who reads.
 */
user_id?: (null | number)
/**
 * Id of the user who did it; -1 for the system.
 */
actor_id?: (null | number)
/**
 * What was done: the comment, or the ticket with its new values.
 */
object?: (null | {
[k: string]: unknown
})
/**
 * The ticket that it was done to, with its id and subject.
 */
target?: (null | {
[k: string]: unknown
})
/**
 * The agent whom it concerns, with the columns of the stream users.
 */
user?: (null | {
[k: string]: unknown
})
/**
 * The user who did it, with the columns of the stream users.
 */
actor?: (null | {
[k: string]: unknown
})
/**
 * When it happened.
 */
created_at?: (null | string)
/**
 * When the activity was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the activity in the API.
 */
url?: (null | string)
}
