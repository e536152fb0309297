// Generated from schemas/badges.json by tools/generate.ts; not to be edited.

/**
 * One badge: a mark of honour that a member of a community can be given.
 */
export interface Badge {
/**
 * Id of the badge, a ULID.
 */
id: string
/**
 * Id of the category of the badge.
 */
badge_category_id?: (null | string)
/**
 * Name of the badge.
 */
name?: (null | string)
/**
 * What the badge is given for.
 */
description?: (null | string)
/**
 * Address of the picture of the badge.
 */
icon_url?: (null | string)
/**
 * When the badge was created.
 */
created_at?: (null | string)
/**
 * When the badge was last changed.
 */
updated_at?: (null | string)
}
