// Generated from schemas/article_attachments.json by tools/generate.ts; not to be edited.

/**
 * One file that belongs to an article of the help center.
 */
export interface ArticleAttachment {
/**
 * Id of the file.
 */
id: number
/**
 * Id of the article; null where the file belongs to none yet.
 */
article_id?: (null | number)
/**
 * Name of the file, with its extension.
 */
file_name?: (null | string)
/**
 * Name that readers see.
 */
display_file_name?: (null | string)
/**
 * Media type of the content, such as `image/png`.
 */
content_type?: (null | string)
/**
 * Size of the content in bytes.
 */
size?: (null | number)
/**
 * True where the file is shown inside the text; false where it is listed below.
 */
inline?: (null | boolean)
/**
 * Language of the translation that the file belongs to; null for all.
 */
locale?: (null | string)
/**
 * Address from which the content can be downloaded.
 */
content_url?: (null | string)
/**
 * The same address without the host name.
 */
relative_path?: (null | string)
/**
 * When the file was added.
 */
created_at?: (null | string)
/**
 * When the file was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the file in the API.
 */
url?: (null | string)
}
