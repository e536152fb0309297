// Generated from schemas/suspended_tickets.json by tools/generate.ts; not to be edited.

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
 * One message that was held back instead of becoming a ticket or a comment.
 */
export interface SuspendedTicket {
/**
 * Id of the suspended ticket.
 */
id: number
/**
 * Subject of the message.
 */
subject?: (null | string)
/**
 * Text of the message.
 */
content?: (null | string)
/**
 * Who sent the message.
 */
author?: (null | {
/**
 * Id of the user, where Zendesk knows one.
 */
id?: (null | number)
/**
 * Name of the sender.
 */
name?: (null | string)
/**
 * E-mail address of the sender.
 */
email?: (null | string)
})
/**
 * E-mail address that the message was sent to.
 */
recipient?: (null | string)
/**
 * Why the message was held back, in words.
 */
cause?: (null | string)
/**
 * Number of that cause.
 */
cause_id?: (null | number)
/**
 * What went wrong where a recovery failed.
 */
error_messages?: (null | (null | {
[k: string]: unknown
})[])
/**
 * Message-ID header of the e-mail.
 */
message_id?: (null | string)
/**
 * Id of the ticket that the message belongs to, where it is an answer.
 */
ticket_id?: (null | number)
/**
 * Id of the brand that the message was sent to.
 */
brand_id?: (null | number)
via?: Via
/**
 * Files that came with the message.
 */
attachments?: (null | Attachment[])
/**
 * When the message was held back.
 */
created_at?: (null | string)
/**
 * When the suspended ticket was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the suspended ticket in the API.
 */
url?: (null | string)
}
