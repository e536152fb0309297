// Generated from schemas/ticket_audits.json by tools/generate.ts; not to be edited.

export type TicketAuditEvent = (null | {
/**
 * Id of the event.
 */
id?: (null | number)
/**
 * Kind of event, such as `Create`, `Change`, `Comment`, `VoiceComment`, `Notification` or `External`; it decides which keys are filled.
 */
type?: (null | string)
/**
 * Field that was set or changed (Create, Change); for a custom field, its id as text.
 */
field_name?: (null | string)
/**
 * Value that was set (Create, Change): text for most fields and ids, a list for tags, an object for service targets; facts about the conversation (ChatStartedEvent, ChatEndedEvent); data that was sent out (Push).
 */
value?: (null | string | number | boolean | unknown[] | {
[k: string]: unknown
})
/**
 * Value that the field had before (Change).
 */
previous_value?: (null | string | number | boolean | unknown[] | {
[k: string]: unknown
})
via?: Via
/**
 * Id of the user who wrote the comment; -1 for the system.
 */
author_id?: (null | number)
/**
 * Text of the comment, notification or message; for some kinds of event an object, such as the linked article, or a list, such as the articles that were suggested.
 */
body?: (null | string | {
[k: string]: unknown
} | unknown[])
/**
 * Text of the comment as HTML.
 */
html_body?: (null | string)
/**
 * Text of the comment without formatting.
 */
plain_body?: (null | string)
/**
 * True where the requester may see the comment.
 */
public?: (null | boolean)
/**
 * False where Zendesk cannot vouch for the author.
 */
trusted?: (null | boolean)
/**
 * Files of the comment or chat.
 */
attachments?: (null | Attachment[])
/**
 * Id of the audit that the comment is part of.
 */
audit_id?: (null | number)
/**
 * When the event happened, if it has a time of its own.
 */
created_at?: (null | string)
data?: VoiceCommentData
/**
 * Number of the caller, formatted for reading (VoiceComment).
 */
formatted_from?: (null | string)
/**
 * Number that was called, formatted for reading (VoiceComment).
 */
formatted_to?: (null | string)
/**
 * True where the transcription of the call is shown (VoiceComment).
 */
transcription_visible?: (null | boolean)
/**
 * Subject of the notification.
 */
subject?: (null | string | {
[k: string]: unknown
})
/**
 * Ids of the users who were notified.
 */
recipients?: (null | (null | number)[])
/**
 * What went wrong: text, or its number (Error).
 */
message?: (null | string | number | {
[k: string]: unknown
})
/**
 * Target that was called (External).
 */
resource?: (null | string | number | {
[k: string]: unknown
} | unknown[])
/**
 * Where the data was pushed to (Push).
 */
value_reference?: (null | string | number | {
[k: string]: unknown
})
/**
 * Id of the comment that was redacted or made private or public.
 */
comment_id?: (null | number)
/**
 * Id of the attachment that was redacted (AttachmentRedactionEvent).
 */
attachment_id?: (null | number)
/**
 * Followers after the change (FollowersChange): user ids or e-mail addresses.
 */
current_followers?: (null | (null | string | number)[])
/**
 * Followers before the change (FollowersChange): user ids or e-mail addresses.
 */
previous_followers?: (null | (null | string | number)[])
/**
 * Users in copy after the change (EmailCcChange): user ids or e-mail addresses.
 */
current_email_ccs?: (null | (null | string | number)[])
/**
 * Users in copy before the change (EmailCcChange): user ids or e-mail addresses.
 */
previous_email_ccs?: (null | (null | string | number)[])
/**
 * Id of the macro that was applied (MacroReference).
 */
macro_id?: (null | string | number)
/**
 * Title of the macro that was applied (MacroReference).
 */
macro_title?: (null | string)
/**
 * True where that macro has since been deleted (MacroReference).
 */
macro_deleted?: (null | boolean)
/**
 * State of the rating (SatisfactionRating): `offered`, `unoffered`, `good` or `bad`.
 */
score?: (null | string | number)
/**
 * Id of the agent who was rated (SatisfactionRating).
 */
assignee_id?: (null | number)
/**
 * Id of the survey that was offered (SurveyOffered).
 */
survey_id?: (null | string | number)
/**
 * Id of the answer to the survey (SurveyResponseSubmitted).
 */
survey_response_id?: (null | string | number)
/**
 * Kind of survey (SurveyOffered, SurveyResponseSubmitted).
 */
survey_type?: (null | string)
/**
 * Id of the agent who was assigned when the survey was offered or answered.
 */
assigned_user_id?: (null | number)
/**
 * Id of the group that was assigned when the survey was offered or answered.
 */
assigned_group_id?: (null | number)
/**
 * Id of the sharing agreement (TicketSharingEvent).
 */
agreement_id?: (null | number)
/**
 * Whether the ticket was `shared` or `unshared` (TicketSharingEvent).
 */
action?: (null | string)
/**
 * Why the ticket had been suspended, as text (SuspendedTicketRecovery).
 */
cause?: (null | string | number)
/**
 * Short name of why the ticket had been suspended (SuspendedTicketRecovery).
 */
cause_name?: (null | string)
/**
 * Number of why the ticket had been suspended (SuspendedTicketRecovery).
 */
cause_id?: (null | number)
/**
 * How the ticket was recovered: `manual` or `automatic` (SuspendedTicketRecovery).
 */
recovery_type?: (null | string)
/**
 * Notes on the recovery (SuspendedTicketRecovery).
 */
recovery_details?: (null | string)
/**
 * When the ticket was recovered (SuspendedTicketRecovery).
 */
recovered_at?: (null | string)
/**
 * Id of the user who recovered the ticket (SuspendedTicketRecovery).
 */
recovered_by?: (null | number)
/**
 * What was said and done in the chat, in order (ChatStartedEvent).
 */
history?: (null | unknown[])
/**
 * Web pages that belong to the conversation (ChatStartedEvent).
 */
webpath?: (null | unknown[])
/**
 * Skills that the ticket was given (AssociateAttValsEvent).
 */
attribute_values?: (null | Skill[])
/**
 * Id of the agent whom the ticket was offered to (OfferedToEvent).
 */
assignee?: (null | number | {
[k: string]: unknown
})
/**
 * Skills by which the agent was chosen (OfferedToEvent).
 */
skills?: (null | Skill1[])
/**
 * Channel by which the ticket is routed after the change (RoutingChannelEvent).
 */
current?: (null | string | number | {
[k: string]: unknown
})
/**
 * Channel by which the ticket was routed before the change (RoutingChannelEvent).
 */
previous?: (null | string | number | {
[k: string]: unknown
})
/**
 * True for a private message, false for a public post (Tweet).
 */
direct_message?: (null | boolean)
/**
 * Facebook page that the message was sent to (FacebookEvent).
 */
page?: (null | {
/**
 * Name of the page.
 */
name?: (null | string)
/**
 * Id of the page on Facebook.
 */
graph_id?: (null | string)
} | string)
/**
 * Id of the Facebook message in Zendesk (FacebookEvent).
 */
communication?: (null | number | string)
/**
 * Whether the ticket came from a `post` or a `message` (FacebookEvent).
 */
ticket_via?: (null | string)
/**
 * Id of the comment on Facebook (FacebookComment).
 */
graph_object_id?: (null | string)
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
 * A file that came with a comment.
 */
export type Attachment = (null | {
/**
 * Id of the attachment.
 */
id?: (null | number)
/**
 * Name of the file, with its extension.
 */
file_name?: (null | string)
/**
 * Media type of the content, such as `image/png`.
 */
content_type?: (null | string)
/**
 * Size of the content in bytes.
 */
size?: (null | number)
/**
 * Width in pixels; null where the file is no image or the width is unknown.
 */
width?: (null | number)
/**
 * Height in pixels; null where the file is no image or the height is unknown.
 */
height?: (null | number)
/**
 * True where the file is shown inside the text and left out of the list of attachments.
 */
inline?: (null | boolean)
/**
 * True once the file has been removed.
 */
deleted?: (null | boolean)
/**
 * True where an administrator allowed the download although the scan found malware.
 */
malware_access_override?: (null | boolean)
/**
 * Outcome of the malware scan: `not_scanned`, `malware_found`, `malware_not_found` or `failed_to_scan`.
 */
malware_scan_result?: (null | string)
/**
 * Address from which the content can be downloaded.
 */
content_url?: (null | string)
/**
 * Download address under the host name that the brand has mapped; equals `content_url` without one.
 */
mapped_content_url?: (null | string)
/**
 * Address of this file in the API.
 */
url?: (null | string)
/**
 * Smaller versions of an image, made by Zendesk.
 */
thumbnails?: (null | Thumbnail[])
})
export type Thumbnail = (null | {
/**
 * Id of the smaller version.
 */
id?: (null | number)
/**
 * Name of the file, with its extension.
 */
file_name?: (null | string)
/**
 * Media type of the content, such as `image/png`.
 */
content_type?: (null | string)
/**
 * Size of the content in bytes.
 */
size?: (null | number)
/**
 * Width in pixels; null where the file is no image or the width is unknown.
 */
width?: (null | number)
/**
 * Height in pixels; null where the file is no image or the height is unknown.
 */
height?: (null | number)
/**
 * True where the file is shown inside the text and left out of the list of attachments.
 */
inline?: (null | boolean)
/**
 * True once the file has been removed.
 */
deleted?: (null | boolean)
/**
 * True where an administrator allowed the download although the scan found malware.
 */
malware_access_override?: (null | boolean)
/**
 * Outcome of the malware scan: `not_scanned`, `malware_found`, `malware_not_found` or `failed_to_scan`.
 */
malware_scan_result?: (null | string)
/**
 * Address from which the content can be downloaded.
 */
content_url?: (null | string)
/**
 * Download address under the host name that the brand has mapped; equals `content_url` without one.
 */
mapped_content_url?: (null | string)
/**
 * Address of this file in the API.
 */
url?: (null | string)
})
/**
 * Facts about the call that a voice comment reports.
 */
export type VoiceCommentData = (null | {
/**
 * Id of the call in Zendesk Talk.
 */
call_id?: (null | number)
/**
 * Number of the caller.
 */
from?: (null | string)
/**
 * Number that was called.
 */
to?: (null | string)
/**
 * When the call began.
 */
started_at?: (null | string)
/**
 * Length of the call in seconds.
 */
call_duration?: (null | number)
/**
 * Id of the agent who answered.
 */
answered_by_id?: (null | number)
/**
 * Name of the agent who answered.
 */
answered_by_name?: (null | string)
/**
 * Id of the user who counts as the author of the comment.
 */
author_id?: (null | number)
/**
 * Id of the brand that was called.
 */
brand_id?: (null | number)
/**
 * Number that Zendesk gives to the channel.
 */
via_id?: (null | number)
/**
 * Kind of line, such as `phone`.
 */
line_type?: (null | string)
/**
 * Place that the caller called from, as text.
 */
location?: (null | string)
/**
 * True where the requester may see the comment.
 */
public?: (null | boolean)
/**
 * True where the call was recorded.
 */
recorded?: (null | boolean)
/**
 * Address of the recording.
 */
recording_url?: (null | string)
/**
 * Kind of recording.
 */
recording_type?: (null | string)
/**
 * What the caller did when asked for consent to the recording.
 */
recording_consent_action?: (null | string)
/**
 * What was said, in writing.
 */
transcription_text?: (null | string)
/**
 * How far the transcription has come.
 */
transcription_status?: (null | string)
})
/**
 * A skill that a ticket needs, as routing knows it.
 */
export type Skill = (null | {
/**
 * Id of the skill.
 */
id?: (null | string)
/**
 * Id of the kind of skill that it belongs to.
 */
attribute_id?: (null | string)
/**
 * Name of the skill.
 */
name?: (null | string)
})
/**
 * A skill that a ticket needs, as routing knows it.
 */
export type Skill1 = (null | {
/**
 * Id of the skill.
 */
id?: (null | string)
/**
 * Id of the kind of skill that it belongs to.
 */
attribute_id?: (null | string)
/**
 * Name of the skill.
 */
name?: (null | string)
})
/**
 * How the record came about: by which channel, from whom and to whom.
 */
export type Via1 = (null | {
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
 * Circumstances of an update: the device and place that it came from, warnings about its sender, and data that an app attached.
 */
export type Metadata = (null | {
/**
 * What Zendesk recorded about the request or the e-mail.
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
/**
 * Message-ID header of the e-mail that made the update.
 */
message_id?: (null | string)
/**
 * Id of that e-mail in Zendesk.
 */
email_id?: (null | string)
/**
 * Path of the stored e-mail as it arrived.
 */
raw_email_identifier?: (null | string)
/**
 * Path of the stored e-mail in parsed form.
 */
json_email_identifier?: (null | string)
/**
 * True where the stored e-mail has been redacted.
 */
eml_redacted?: (null | boolean)
})
/**
 * Values that an app or API client attached to the update, under names of its own.
 */
custom?: (null | {
[k: string]: unknown
})
/**
 * False where Zendesk cannot vouch for the sender.
 */
trusted?: (null | boolean)
/**
 * Numbers of the warnings raised for the comment, such as 2 (sender unverified) or 11 (sender not on the ticket).
 */
flags?: (null | (null | number)[])
/**
 * Details of each warning in `flags`, keyed by its number.
 */
flags_options?: (null | {
/**
 * Details of warning 2.
 */
"2"?: (null | {
/**
 * False where the warning leaves the comment untrusted.
 */
trusted?: (null | boolean)
/**
 * Values that the wording of the warning is filled with.
 */
message?: (null | {
/**
 * Name of the user whom the warning is about.
 */
user?: (null | string)
})
})
/**
 * Details of warning 11.
 */
"11"?: (null | {
/**
 * False where the warning leaves the comment untrusted.
 */
trusted?: (null | boolean)
/**
 * Values that the wording of the warning is filled with.
 */
message?: (null | {
/**
 * Name of the user whom the warning is about.
 */
user?: (null | string)
})
})
/**
 * Details of warning 15.
 */
"15"?: (null | {
/**
 * False where the warning leaves the comment untrusted.
 */
trusted?: (null | boolean)
/**
 * Values that the wording of the warning is filled with.
 */
message?: (null | {
/**
 * Name of the user whom the warning is about.
 */
user?: (null | string)
})
})
[k: string]: unknown
})
/**
 * Number of the reason for which the message was suspended, if it was.
 */
suspension_type_id?: (null | number)
/**
 * Ids of the users who were not notified of the update.
 */
notifications_suppressed_for?: (null | (null | number)[])
/**
 * How a channel integration wants its message to be shown.
 */
decoration?: (null | {
/**
 * Kind of decoration.
 */
type?: (null | string)
/**
 * Version of the decoration format.
 */
version?: (null | number)
/**
 * Kind of the external resource, as the integration names it.
 */
resource_type?: (null | string)
/**
 * Id of the message in the external system.
 */
external_id?: (null | string)
/**
 * When the message was written in the external system, as the integration spells it.
 */
created_at?: (null | string)
/**
 * The author in the external system.
 */
source?: (null | {
/**
 * Id of the author in the external system.
 */
id?: (null | string)
/**
 * Name of the author in the external system.
 */
name?: (null | string)
/**
 * Id of the Zendesk user who stands for the author.
 */
zendesk_id?: (null | number)
})
/**
 * What the channel can do.
 */
channels?: (null | {
/**
 * True where replies can be sent back through the channel.
 */
allow_channelback?: (null | boolean)
})
})
})
/**
 * A file that came with a comment.
 */
export type Attachment1 = (null | {
/**
 * Id of the attachment.
 */
id?: (null | number)
/**
 * Name of the file, with its extension.
 */
file_name?: (null | string)
/**
 * Media type of the content, such as `image/png`.
 */
content_type?: (null | string)
/**
 * Size of the content in bytes.
 */
size?: (null | number)
/**
 * Width in pixels; null where the file is no image or the width is unknown.
 */
width?: (null | number)
/**
 * Height in pixels; null where the file is no image or the height is unknown.
 */
height?: (null | number)
/**
 * True where the file is shown inside the text and left out of the list of attachments.
 */
inline?: (null | boolean)
/**
 * True once the file has been removed.
 */
deleted?: (null | boolean)
/**
 * True where an administrator allowed the download although the scan found malware.
 */
malware_access_override?: (null | boolean)
/**
 * Outcome of the malware scan: `not_scanned`, `malware_found`, `malware_not_found` or `failed_to_scan`.
 */
malware_scan_result?: (null | string)
/**
 * Address from which the content can be downloaded.
 */
content_url?: (null | string)
/**
 * Download address under the host name that the brand has mapped; equals `content_url` without one.
 */
mapped_content_url?: (null | string)
/**
 * Address of this file in the API.
 */
url?: (null | string)
/**
 * Smaller versions of an image, made by Zendesk.
 */
thumbnails?: (null | Thumbnail1[])
})
export type Thumbnail1 = (null | {
/**
 * Id of the smaller version.
 */
id?: (null | number)
/**
 * Name of the file, with its extension.
 */
file_name?: (null | string)
/**
 * Media type of the content, such as `image/png`.
 */
content_type?: (null | string)
/**
 * Size of the content in bytes.
 */
size?: (null | number)
/**
 * Width in pixels; null where the file is no image or the width is unknown.
 */
width?: (null | number)
/**
 * Height in pixels; null where the file is no image or the height is unknown.
 */
height?: (null | number)
/**
 * True where the file is shown inside the text and left out of the list of attachments.
 */
inline?: (null | boolean)
/**
 * True once the file has been removed.
 */
deleted?: (null | boolean)
/**
 * True where an administrator allowed the download although the scan found malware.
 */
malware_access_override?: (null | boolean)
/**
 * Outcome of the malware scan: `not_scanned`, `malware_found`, `malware_not_found` or `failed_to_scan`.
 */
malware_scan_result?: (null | string)
/**
 * Address from which the content can be downloaded.
 */
content_url?: (null | string)
/**
 * Download address under the host name that the brand has mapped; equals `content_url` without one.
 */
mapped_content_url?: (null | string)
/**
 * Address of this file in the API.
 */
url?: (null | string)
})

/**
 * One update of a ticket, with everything that changed, was said or was sent in it.
 */
export interface TicketAudit {
/**
 * Id of the audit.
 */
id: number
/**
 * Id of the ticket that was updated.
 */
ticket_id?: (null | number)
/**
 * When the update was made.
 */
created_at?: (null | string)
/**
 * Id of the user who made the update; -1 for the system.
 */
author_id?: (null | number)
/**
 * What happened in the update, one entry for each change, comment and notification.
 */
events?: (null | TicketAuditEvent[])
via?: Via1
metadata?: Metadata
/**
 * Files that came with the update.
 */
attachments?: (null | Attachment1[])
}
