// Generated from schemas/ticket_attachments.json by tools/generate.ts; not to be edited.

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
 * One file that came with a comment on a ticket.
 */
export interface TicketAttachment {
/**
 * Id of the attachment.
 */
id: number
/**
 * Id of the comment that the file came with, as in the stream ticket_comments.
 */
comment_id: number
/**
 * Id of the ticket of that comment.
 */
ticket_id?: (null | number)
/**
 * When the comment was written.
 */
created_at?: (null | string)
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
}
