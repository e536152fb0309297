// Generated from schemas/section_translations.json by tools/generate.ts; not to be edited.

/**
 * One section of a help center in one language.
 */
export interface SectionTranslation {
/**
 * Id of the translation.
 */
id: number
/**
 * Id of the section.
 */
source_id?: (null | number)
/**
 * Kind of what was translated: `Section`.
 */
source_type?: (null | string)
/**
 * Language of the translation, such as `en-us`.
 */
locale?: (null | string)
/**
 * Name of the section in this language.
 */
title?: (null | string)
/**
 * Description of the section in this language, as HTML.
 */
body?: (null | string)
/**
 * True where the translation has not been published.
 */
draft?: (null | boolean)
/**
 * True where the translation is not shown because something above it is hidden.
 */
hidden?: (null | boolean)
/**
 * True where the translation is marked as out of date.
 */
outdated?: (null | boolean)
/**
 * Id of the user who added the translation.
 */
created_by_id?: (null | number)
/**
 * Id of the user who last changed it.
 */
updated_by_id?: (null | number)
/**
 * When the translation was added.
 */
created_at?: (null | string)
/**
 * When the translation was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the translation in the help center.
 */
html_url?: (null | string)
/**
 * Address of the translation in the API.
 */
url?: (null | string)
}
