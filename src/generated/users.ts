// Generated from schemas/users.json by tools/generate.ts; not to be edited.

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
 * One person: a customer, an agent or an administrator.
 */
export interface User {
/**
 * Id of the user.
 */
id: number
/**
 * Full name.
 */
name?: (null | string)
/**
 * Primary e-mail address.
 */
email?: (null | string)
/**
 * Primary telephone number.
 */
phone?: (null | string)
/**
 * True where the number is shared with others; null where it is not known or there is none.
 */
shared_phone_number?: (null | boolean)
/**
 * Name that customers see instead of the real one.
 */
alias?: (null | string)
/**
 * What the user is: `end-user`, `agent` or `admin`.
 */
role?: (null | string)
/**
 * Kind of agent: 0 custom role, 1 light agent, 2 chat agent, 3 contributor, 4 administrator, 5 billing administrator; null for others.
 */
role_type?: (null | number)
/**
 * Id of the custom role of an agent.
 */
custom_role_id?: (null | number)
/**
 * True for an administrator who manages the subscription.
 */
is_billing_admin?: (null | boolean)
/**
 * Id of the default organization.
 */
organization_id?: (null | number)
/**
 * Id of the default group of an agent.
 */
default_group_id?: (null | number)
/**
 * Id of a matching record in another system; unique.
 */
external_id?: (null | string)
/**
 * Tags of the user.
 */
tags?: (null | (null | string)[])
/**
 * Values of the custom user fields, keyed by the key of the field.
 */
user_fields?: (null | {
[k: string]: unknown
})
/**
 * Details about the user, such as an address.
 */
details?: (null | string)
/**
 * Notes that agents keep about the user.
 */
notes?: (null | string)
/**
 * Text below the answers of an agent.
 */
signature?: (null | string)
/**
 * Language of the user, such as `en-US`.
 */
locale?: (null | string)
/**
 * Id of that language.
 */
locale_id?: (null | number)
/**
 * Time zone as Zendesk names it, such as `Copenhagen`.
 */
time_zone?: (null | string)
/**
 * Time zone under its IANA name, such as `Europe/Copenhagen`.
 */
iana_time_zone?: (null | string)
/**
 * False where the user has been deleted.
 */
active?: (null | boolean)
/**
 * True where the user and the personal data have been erased for good.
 */
permanently_deleted?: (null | boolean)
/**
 * True where tickets of the user are suspended and the user cannot sign in.
 */
suspended?: (null | boolean)
/**
 * Circumstances of the suspension; null for a user who is not suspended.
 */
suspension_details?: (null | {
[k: string]: unknown
})
/**
 * True where one of the addresses of the user has been confirmed.
 */
verified?: (null | boolean)
/**
 * True where the user signs in with a second factor; null where it is not known.
 */
two_factor_auth_enabled?: (null | boolean)
/**
 * When the user last signed in, or used the API with a token or a password.
 */
last_login_at?: (null | string)
/**
 * True where the user comes from another Zendesk account by ticket sharing.
 */
shared?: (null | boolean)
/**
 * True where the user is an agent of another Zendesk account by ticket sharing.
 */
shared_agent?: (null | boolean)
/**
 * True where the user may moderate the community.
 */
moderator?: (null | boolean)
/**
 * Which tickets the user may see: `organization`, `groups`, `assigned` or `requested`; null for all.
 */
ticket_restriction?: (null | string)
/**
 * True where the agent can write internal notes only.
 */
only_private_comments?: (null | boolean)
/**
 * True for an agent who may not see or do everything; false for administrators and unrestricted agents.
 */
restricted_agent?: (null | boolean)
/**
 * True where the agent may export reports as CSV; no longer in use.
 */
report_csv?: (null | boolean)
/**
 * True for an agent of Zendesk Chat only.
 */
chat_only?: (null | boolean)
photo?: Photo
/**
 * Address elsewhere that the picture was given by; rarely returned.
 */
remote_photo_url?: (null | string)
/**
 * When the user was created.
 */
created_at?: (null | string)
/**
 * When the user was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the user in the API.
 */
url?: (null | string)
}
