// Generated from schemas/ticket_events.json by tools/generate.ts; not to be edited.

export type TicketChildEvent = (null | {
/**
 * Id of the entry.
 */
id?: (null | number)
/**
 * Kind of entry, such as `Create`, `Change`, `Comment`, `VoiceComment`, `Notification` or `Cc`. A field that was set or changed stands in the entry under its own name.
 */
event_type?: (null | string)
/**
 * Channel, in words; for a comment an object that tells more.
 */
via?: (null | string | {
[k: string]: unknown
})
/**
 * Id of what the channel refers to, such as the rule that acted.
 */
via_reference_id?: (null | number)
/**
 * Value that the field had before (Change).
 */
previous_value?: (null | string | number | boolean | unknown[] | {
[k: string]: unknown
})
/**
 * Custom field that was set or changed: its id and its value.
 */
custom_ticket_fields?: (null | {
[k: string]: unknown
})
/**
 * Tags that the update added.
 */
added_tags?: (null | (null | string)[])
/**
 * Tags that the update took away.
 */
removed_tags?: (null | (null | string)[])
/**
 * True where there is a comment whose text was left out.
 */
comment_present?: (null | boolean)
/**
 * True where that comment can be seen by the requester.
 */
comment_public?: (null | boolean)
[k: string]: unknown
})

/**
 * One update of a ticket as the ticket event export has it: who made it, how, and what it changed.
 */
export interface TicketEvent {
/**
 * Id of the update; the same as that of its audit.
 */
id: number
/**
 * Id of the ticket that was updated.
 */
ticket_id?: (null | number)
/**
 * When the update was made, in seconds since 1970 UTC.
 */
timestamp?: (null | number)
/**
 * When the update was made.
 */
created_at?: (null | string)
/**
 * Id of the user who made the update; -1 for the system.
 */
updater_id?: (null | number)
/**
 * Channel of the update, in words such as `Web form`, `Mail`, `Web service` or `Rule`.
 */
via?: (null | string)
/**
 * Id of what the channel refers to, such as the rule that acted; null where there is none.
 */
via_reference_id?: (null | number)
/**
 * Kind of event: `Audit`.
 */
event_type?: (null | string)
/**
 * What happened in the update, one entry for each field that was set or changed, each comment and each notification.
 */
child_events?: (null | TicketChildEvent[])
/**
 * What Zendesk recorded about the request or the e-mail that made the update.
 */
system?: (null | {
/**
 * Browser or program that sent the update, as its user agent string.
 */
client?: (null | string)
/**
 * IP address that the update came from.
 */
ip_address?: (null | string)
/**
 * Place that the IP address belongs to, as text.
 */
location?: (null | string)
/**
 * Latitude of that place in degrees, north positive.
 */
latitude?: (null | number)
/**
 * Longitude of that place in degrees, east positive.
 */
longitude?: (null | number)
})
/**
 * Further circumstances of the update: warnings about its sender, and data that an app attached.
 */
metadata?: (null | {
[k: string]: unknown
})
/**
 * Ids of the other tickets where the update merged tickets.
 */
merged_ticket_ids?: (null | (null | number)[])
}
