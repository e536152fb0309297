// Generated from schemas/brands.json by tools/generate.ts; not to be edited.

/**
 * Logo of the brand, as a file; null where it has none.
 */
export type Logo = (null | {
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
 * One brand: a name under which the account meets its customers.
 */
export interface Brand {
/**
 * Id of the brand.
 */
id: number
/**
 * Name of the brand.
 */
name?: (null | string)
/**
 * Address at which customers find the brand.
 */
brand_url?: (null | string)
/**
 * Subdomain of the brand below zendesk.com.
 */
subdomain?: (null | string)
/**
 * Host name of the account that leads to the brand.
 */
host_mapping?: (null | string)
/**
 * True where the brand has a help center.
 */
has_help_center?: (null | boolean)
/**
 * How open its help center is: `enabled`, `disabled` or `restricted`.
 */
help_center_state?: (null | string)
/**
 * True while the brand is in use.
 */
active?: (null | boolean)
/**
 * True for the default brand of the account.
 */
default?: (null | boolean)
/**
 * True once the brand has been deleted.
 */
is_deleted?: (null | boolean)
logo?: Logo
/**
 * Ids of the ticket forms that the brand offers.
 */
ticket_form_ids?: (null | (null | number)[])
/**
 * How the signature of an agent is built for this brand.
 */
signature_template?: (null | string)
/**
 * When the brand was created.
 */
created_at?: (null | string)
/**
 * When the brand was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the brand in the API.
 */
url?: (null | string)
}
