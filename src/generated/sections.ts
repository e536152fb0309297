// Generated from schemas/sections.json by tools/generate.ts; not to be edited.

/**
 * One section of the help center, which holds articles.
 */
export interface Section {
/**
 * Id of the section.
 */
id: number
/**
 * Name of the section.
 */
name?: (null | string)
/**
 * What the section is about.
 */
description?: (null | string)
/**
 * Place of the section among the others.
 */
position?: (null | number)
/**
 * Id of the category that it is in.
 */
category_id?: (null | number)
/**
 * Id of the section that it is in, where it is in one.
 */
parent_section_id?: (null | number)
/**
 * Order of its articles, such as `manual` or `creation_asc`.
 */
sorting?: (null | string)
/**
 * Template of the theme that shows it.
 */
theme_template?: (null | string)
/**
 * Language of the name and the description, such as `en-us`.
 */
locale?: (null | string)
/**
 * Language in which the section was first written.
 */
source_locale?: (null | string)
/**
 * True where the source has changed since it was translated.
 */
outdated?: (null | boolean)
/**
 * Address of the section in the help center.
 */
html_url?: (null | string)
/**
 * When the section was created.
 */
created_at?: (null | string)
/**
 * When the section was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the section in the API.
 */
url?: (null | string)
}
