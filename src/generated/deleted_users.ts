// Generated from schemas/deleted_users.json by tools/generate.ts; not to be edited.

/**
 * The picture on the profile, as a stored file.
 */
export type Photo = (null | {
/**
 * Id of the picture.
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
 * One user who was deleted, with what is left of the profile.
 */
export interface DeletedUser {
/**
 * Id of the user.
 */
id: number
/**
 * Name of the user.
 */
name?: (null | string)
/**
 * E-mail address of the user, as far as it was kept.
 */
email?: (null | string)
/**
 * What the user was: `end-user`, `agent` or `admin`.
 */
role?: (null | string)
/**
 * False: the user was deleted.
 */
active?: (null | boolean)
/**
 * Id of the organization of the user.
 */
organization_id?: (null | number)
/**
 * Telephone number of the user.
 */
phone?: (null | string)
/**
 * True where other users have the same telephone number.
 */
shared_phone_number?: (null | boolean)
photo?: Photo
/**
 * Language of the user, such as `en-US`.
 */
locale?: (null | string)
/**
 * Id of the language of the user.
 */
locale_id?: (null | number)
/**
 * Time zone of the user, by the name that Zendesk gives it.
 */
time_zone?: (null | string)
/**
 * When the user was created.
 */
created_at?: (null | string)
/**
 * When the user was last changed: deleted, most often.
 */
updated_at?: (null | string)
/**
 * Address of the deleted user in the API.
 */
url?: (null | string)
}
