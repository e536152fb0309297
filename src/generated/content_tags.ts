// Generated from schemas/content_tags.json by tools/generate.ts; not to be edited.

/**
 * One content tag: a word that articles and posts of one subject share.
 */
export interface ContentTag {
/**
 * Id of the tag, a ULID.
 */
id: string
/**
 * The tag as people read it.
 */
name?: (null | string)
/**
 * When the tag was created.
 */
created_at?: (null | string)
/**
 * When the tag was last changed.
 */
updated_at?: (null | string)
}
