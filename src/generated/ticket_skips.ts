// Generated from schemas/ticket_skips.json by tools/generate.ts; not to be edited.

/**
 * One time that an agent passed over a ticket in guided mode.
 */
export interface TicketSkip {
/**
 * Id of the skip.
 */
id: number
/**
 * Id of the ticket that was skipped.
 */
ticket_id?: (null | number)
/**
 * Id of the agent who skipped it.
 */
user_id?: (null | number)
/**
 * Why the agent skipped it.
 */
reason?: (null | string)
/**
 * The ticket as it was when the skip was read, with the columns of the stream tickets.
 */
ticket?: (null | {
[k: string]: unknown
})
/**
 * When the ticket was skipped.
 */
created_at?: (null | string)
/**
 * When the skip was last changed.
 */
updated_at?: (null | string)
}
