// Generated from schemas/requests.json by tools/generate.ts; not to be edited.

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
 * One ticket as its requester sees it, of those that the user who reads has requested.
 */
export interface Request {
/**
 * Id of the request; the same as that of its ticket.
 */
id: number
/**
 * Subject, or the beginning of the description where requesters do not see the subject.
 */
subject?: (null | string)
/**
 * First comment of the request.
 */
description?: (null | string)
/**
 * Status: `new`, `open`, `pending`, `hold`, `solved` or `closed`.
 */
status?: (null | string)
/**
 * Id of the custom status.
 */
custom_status_id?: (null | number)
/**
 * Priority: `low`, `normal`, `high` or `urgent`.
 */
priority?: (null | string)
/**
 * Kind of request: `question`, `incident`, `problem` or `task`.
 */
type?: (null | string)
/**
 * Id of the user who made the request.
 */
requester_id?: (null | number)
/**
 * Id of the organization of the requester.
 */
organization_id?: (null | number)
/**
 * Id of the agent who has it, where requesters see that.
 */
assignee_id?: (null | number)
/**
 * Id of the group that has it, where requesters see that.
 */
group_id?: (null | number)
/**
 * Ids of the users who are in copy.
 */
collaborator_ids?: (null | (null | number)[])
/**
 * Ids of the users who receive copies by e-mail.
 */
email_cc_ids?: (null | (null | number)[])
/**
 * True where any of the comments is public.
 */
is_public?: (null | boolean)
/**
 * True where the user who reads may mark the request as solved.
 */
can_be_solved_by_me?: (null | boolean)
/**
 * True where the request is solved; rarely returned.
 */
solved?: (null | boolean)
/**
 * When the task is due; for tasks only.
 */
due_at?: (null | string)
/**
 * E-mail address that the request was first sent to.
 */
recipient?: (null | string)
/**
 * Id of the closed ticket that this request follows up on.
 */
followup_source_id?: (null | number)
/**
 * Id of the form of the ticket, where requesters see it.
 */
ticket_form_id?: (null | number)
/**
 * Values of the custom fields that requesters see.
 */
custom_fields?: (null | CustomFieldValue[])
/**
 * The same as `custom_fields`, under its older name.
 */
fields?: (null | CustomFieldValue1[])
via?: Via
/**
 * When the request was made.
 */
created_at?: (null | string)
/**
 * When the request was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the request in the API.
 */
url?: (null | string)
}
