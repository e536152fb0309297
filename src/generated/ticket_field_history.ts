// Generated from schemas/ticket_field_history.json by tools/generate.ts; not to be edited.

/**
 * One field of a ticket that an update set or changed, with the value before and after.
 */
export interface TicketFieldChange {
/**
 * Id of the entry of the update that set the field.
 */
id: number
/**
 * Name of the field, such as `status` or `assignee_id`; for a custom field, its id as text.
 */
field_name: string
/**
 * Id of the ticket.
 */
ticket_id?: (null | number)
/**
 * Value that the field was given, as text; a list or an object as JSON; null where the field was emptied.
 */
value?: (null | string)
/**
 * Value that the field had before, in the same form; null where it had none.
 */
previous_value?: (null | string)
/**
 * `Create` where the field was set with the ticket, `Change` for every later update.
 */
event_type?: (null | string)
/**
 * When the update was made.
 */
updated_at?: (null | string)
/**
 * Id of the user who made the update; -1 for the system.
 */
user_id?: (null | number)
/**
 * Id of the update, as in the streams ticket_audits and ticket_events.
 */
audit_id?: (null | number)
/**
 * Channel of the update, in words such as `Web form` or `Rule`.
 */
via?: (null | string)
/**
 * Id of what the channel refers to, such as the rule that acted.
 */
via_reference_id?: (null | number)
}
