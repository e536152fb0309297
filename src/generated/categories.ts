// Generated from schemas/categories.json by tools/generate.ts; not to be edited.

/**
 * One category of the help center, which holds sections.
 */
export interface Category {
/**
 * Id of the category.
 */
id: number
/**
 * Name of the category.
 */
name?: (null | string)
/**
 * What the category is about.
 */
description?: (null | string)
/**
 * Place of the category among the others.
 */
position?: (null | number)
/**
 * Language of the name and the description, such as `en-us`.
 */
locale?: (null | string)
/**
 * Language in which the category was first written.
 */
source_locale?: (null | string)
/**
 * True where the source has changed since it was translated.
 */
outdated?: (null | boolean)
/**
 * Address of the category in the help center.
 */
html_url?: (null | string)
/**
 * When the category was created.
 */
created_at?: (null | string)
/**
 * When the category was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the category in the API.
 */
url?: (null | string)
}
