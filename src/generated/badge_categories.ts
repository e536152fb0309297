// Generated from schemas/badge_categories.json by tools/generate.ts; not to be edited.

/**
 * One category of badges of a community.
 */
export interface BadgeCategory {
/**
 * Id of the category, a ULID.
 */
id: string
/**
 * Id of the brand whose community has it, as text.
 */
brand_id?: (null | string)
/**
 * Name of the category, which those see who award badges.
 */
name?: (null | string)
/**
 * Short name of the category in templates, unique in its brand.
 */
slug?: (null | string)
/**
 * When the category was created.
 */
created_at?: (null | string)
/**
 * When the category was last changed.
 */
updated_at?: (null | string)
}
