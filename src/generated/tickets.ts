// Generated from schemas/tickets.json by tools/generate.ts; not to be edited.

/**
 * How the record came about: by which channel, from whom and to whom.
 */
export type Via = (null | {
/**
 * Name of the channel, such as `web`, `email`, `api`, `rule`, `voice`, `chat` or `native_messaging`; its number in some old records.
 */
channel?: (null | string | number)
/**
 * Where it came from; which keys are filled depends on the channel.
 */
source?: (null | {
/**
 * The sender, caller, rule or ticket that it came from.
 */
from?: (null | {
/**
 * Id of the trigger, automation or other rule that acted.
 */
id?: (null | number)
/**
 * Title of the rule that acted, at that time.
 */
title?: (null | string)
/**
 * True where the rule that acted has since been deleted.
 */
deleted?: (null | boolean)
/**
 * Revision of the trigger that acted (Enterprise plans).
 */
revision_id?: (null | number)
/**
 * Name of the sender, caller or account.
 */
name?: (null | string)
/**
 * E-mail address of the sender.
 */
address?: (null | string)
/**
 * E-mail addresses that the incoming message was sent to.
 */
original_recipients?: (null | (null | string)[])
/**
 * Telephone number of the caller, digits only with the country code.
 */
phone?: (null | string)
/**
 * Telephone number of the caller, formatted for reading.
 */
formatted_phone?: (null | string)
/**
 * Id of the ticket that this follows up on or was merged from.
 */
ticket_id?: (null | number)
/**
 * Ids of the tickets that were merged, where there were several.
 */
ticket_ids?: (null | (null | number)[])
/**
 * Subject of the ticket in `ticket_id`.
 */
subject?: (null | string)
/**
 * Channel of the ticket in `ticket_id`.
 */
channel?: (null | string)
/**
 * Id of the suspended ticket that was recovered.
 */
suspended_ticket_id?: (null | number)
/**
 * Id of the community topic that was turned into a ticket.
 */
topic_id?: (null | number)
/**
 * Name of the community topic that was turned into a ticket.
 */
topic_name?: (null | string)
/**
 * Address of the social media profile of the sender.
 */
profile_url?: (null | string)
/**
 * User name of the sender on the social network.
 */
username?: (null | string)
/**
 * Id of the sender on Facebook.
 */
facebook_id?: (null | string)
/**
 * What the channel integration tells about its service.
 */
service_info?: (null | string)
/**
 * True where replies can be sent back through the channel integration.
 */
supports_channelback?: (null | boolean)
/**
 * True where the channel integration can show the message at its source.
 */
supports_clickthrough?: (null | boolean)
/**
 * Name of the channel integration.
 */
registered_integration_service_name?: (null | string)
/**
 * Id of the channel integration in the system that it comes from.
 */
registered_integration_service_external_id?: (null | string)
/**
 * Name of the account that the channel integration reads.
 */
integration_service_instance_name?: (null | string)
})
/**
 * The mailbox, line or account that it went to.
 */
to?: (null | {
/**
 * Name of the receiver or of the line that was called.
 */
name?: (null | string)
/**
 * E-mail address that received the message.
 */
address?: (null | string)
/**
 * Who received a copy: user ids, or e-mail addresses.
 */
email_ccs?: (null | (null | number | string)[])
/**
 * Id of the brand whose line was called.
 */
brand_id?: (null | number)
/**
 * Telephone number that was called, digits only with the country code.
 */
phone?: (null | string)
/**
 * Telephone number that was called, formatted for reading.
 */
formatted_phone?: (null | string)
/**
 * Address of the social media profile of the receiver.
 */
profile_url?: (null | string)
/**
 * User name of the receiver on the social network.
 */
username?: (null | string)
/**
 * Id of the receiver on Facebook.
 */
facebook_id?: (null | string)
})
/**
 * What kind of source it is, such as `trigger`, `automation`, `follow_up`, `merge`, `voicemail` or `mobile`; null for plain web forms, e-mails and API calls.
 */
rel?: (null | string)
})
})
/**
 * One custom field of the ticket and its value.
 */
export type CustomFieldValue = (null | {
/**
 * Id of the custom field, as in the stream ticket_fields.
 */
id?: (null | number)
/**
 * Value of the field: text, number, true or false, `YYYY-MM-DD` for a date, the tag of a drop-down option, or a list of tags; null where it is empty.
 */
value?: (null | string | number | boolean | unknown[])
})
/**
 * One custom field of the ticket and its value.
 */
export type CustomFieldValue1 = (null | {
/**
 * Id of the custom field, as in the stream ticket_fields.
 */
id?: (null | number)
/**
 * Value of the field: text, number, true or false, `YYYY-MM-DD` for a date, the tag of a drop-down option, or a list of tags; null where it is empty.
 */
value?: (null | string | number | boolean | unknown[])
})

/**
 * One support request with its present state, live, archived or deleted.
 */
export interface Ticket {
/**
 * Id of the ticket: the number that agents and customers see.
 */
id: number
/**
 * Subject line.
 */
subject?: (null | string)
/**
 * Subject line before placeholders for translated text are filled in.
 */
raw_subject?: (null | string)
/**
 * Text of the first comment.
 */
description?: (null | string)
/**
 * State of the ticket: `new`, `open`, `pending`, `hold`, `solved`, `closed`, or `deleted`; with custom statuses, the category of the status.
 */
status?: (null | string)
/**
 * Id of the custom status, more exact than `status`.
 */
custom_status_id?: (null | number)
/**
 * Urgency: `low`, `normal`, `high` or `urgent`; null where none was set.
 */
priority?: (null | string)
/**
 * Kind of request: `problem`, `incident`, `question` or `task`; null where none was set.
 */
type?: (null | string)
/**
 * Who serves the ticket: `agent` or `ai_agent`.
 */
support_type?: (null | string)
/**
 * When the ticket was created.
 */
created_at?: (null | string)
/**
 * When the ticket last changed in a way that its history shows.
 */
updated_at?: (null | string)
/**
 * When the ticket last changed in any way, by the system too, in seconds since 1970 UTC.
 */
generated_timestamp?: (null | number)
/**
 * When a ticket of type `task` is due.
 */
due_at?: (null | string)
/**
 * Id of the user who asked for help.
 */
requester_id?: (null | number)
/**
 * Id of the user who entered the ticket; an agent may do so for a customer.
 */
submitter_id?: (null | number)
/**
 * Id of the agent who works on the ticket.
 */
assignee_id?: (null | number)
/**
 * Id of the group that the ticket is assigned to.
 */
group_id?: (null | number)
/**
 * Id of the organization of the requester.
 */
organization_id?: (null | number)
/**
 * Id of the brand that the ticket belongs to.
 */
brand_id?: (null | number)
/**
 * Id of the form that the ticket uses.
 */
ticket_form_id?: (null | number)
/**
 * Id of the form that the ticket used, once that form has been deleted.
 */
deleted_ticket_form_id?: (null | number)
/**
 * Ids of all users in copy.
 */
collaborator_ids?: (null | (null | number)[])
/**
 * Ids of the agents who follow the ticket.
 */
follower_ids?: (null | (null | number)[])
/**
 * Ids of the users who get a copy of its e-mails.
 */
email_cc_ids?: (null | (null | number)[])
/**
 * Support address that the first e-mail was sent to, and that notifications are sent from.
 */
recipient?: (null | string)
via?: Via
/**
 * Tags of the ticket, in lower case.
 */
tags?: (null | (null | string)[])
/**
 * Values of the custom fields.
 */
custom_fields?: (null | CustomFieldValue[])
/**
 * The same as `custom_fields`, under its older name.
 */
fields?: (null | CustomFieldValue1[])
/**
 * What the requester thought of the service; null where ratings are not part of the plan.
 */
satisfaction_rating?: (null | {
/**
 * Id of the rating.
 */
id?: (null | number)
/**
 * State of the rating: `unoffered`, `offered`, `good` or `bad`.
 */
score?: (null | string)
/**
 * What the requester wrote about it.
 */
comment?: (null | string)
/**
 * Reason that the requester chose for a bad rating.
 */
reason?: (null | string)
/**
 * Id of that reason.
 */
reason_id?: (null | number)
/**
 * Number of that reason in the list of the account.
 */
reason_code?: (null | number)
/**
 * Id of the user who rated.
 */
requester_id?: (null | number)
/**
 * Id of the rated ticket.
 */
ticket_id?: (null | number)
/**
 * Id of the agent who was assigned when the rating was given.
 */
assignee_id?: (null | number)
/**
 * Id of the group that was assigned when the rating was given.
 */
group_id?: (null | number)
/**
 * When the rating was offered.
 */
created_at?: (null | string)
/**
 * When the rating last changed.
 */
updated_at?: (null | string)
/**
 * Address of the rating in the API.
 */
url?: (null | string)
})
/**
 * How likely a good rating is, from 0 to 1, where the account has that prediction.
 */
satisfaction_probability?: (null | number)
/**
 * True for a problem that incidents are linked to.
 */
has_incidents?: (null | boolean)
/**
 * Id of the problem that this incident is linked to.
 */
problem_id?: (null | number)
/**
 * Ids of the tickets that followed up on this one after it was closed.
 */
followup_ids?: (null | (null | number)[])
/**
 * Ids of the agreements by which the ticket is shared with other accounts.
 */
sharing_agreement_ids?: (null | (null | number)[])
/**
 * True where at least one comment is visible to the requester.
 */
is_public?: (null | boolean)
/**
 * True where agents may attach files.
 */
allow_attachments?: (null | boolean)
/**
 * True where replies can be sent back through the channel that the ticket came from.
 */
allow_channelback?: (null | boolean)
/**
 * True where the ticket came from a messaging channel.
 */
from_messaging_channel?: (null | boolean)
/**
 * Id of the topic in the old web portal that became this ticket.
 */
forum_topic_id?: (null | number)
/**
 * Id of a matching record in another system; not necessarily unique.
 */
external_id?: (null | string)
/**
 * Code that stands for the ticket in the text of its e-mails, so that replies find it.
 */
encoded_id?: (null | string)
/**
 * Address of the ticket in the API.
 */
url?: (null | string)
}
