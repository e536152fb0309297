// Generated from schemas/deleted_tickets.json by tools/generate.ts; not to be edited.

/**
 * One ticket that was deleted in the last 30 days and can still be restored.
 */
export interface DeletedTicket {
/**
 * Id of the ticket.
 */
id: number
/**
 * Subject of the ticket.
 */
subject?: (null | string)
/**
 * First comment of the ticket.
 */
description?: (null | string)
/**
 * The user who deleted the ticket.
 */
actor?: (null | {
/**
 * Id of that user.
 */
id?: (null | number)
/**
 * Name of that user.
 */
name?: (null | string)
})
/**
 * When the ticket was deleted.
 */
deleted_at?: (null | string)
/**
 * Status that the ticket had before.
 */
previous_state?: (null | string)
}
