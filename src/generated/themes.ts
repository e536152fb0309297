// Generated from schemas/themes.json by tools/generate.ts; not to be edited.

/**
 * One theme of a help center: how its pages look.
 */
export interface Theme {
/**
 * Id of the theme, a UUID.
 */
id: string
/**
 * Id of the brand whose help center has it, as text.
 */
brand_id?: (null | string)
/**
 * Name of the theme.
 */
name?: (null | string)
/**
 * Who made the theme, such as Zendesk.
 */
author?: (null | string)
/**
 * Version of the theme, such as `1.4.0`.
 */
version?: (null | string)
/**
 * True for the theme that visitors see.
 */
live?: (null | boolean)
/**
 * When the theme was created.
 */
created_at?: (null | string)
/**
 * When the theme was last changed.
 */
updated_at?: (null | string)
}
