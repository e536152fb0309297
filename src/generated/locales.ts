// Generated from schemas/locales.json by tools/generate.ts; not to be edited.

/**
 * One language that the account speaks.
 */
export interface Locale {
/**
 * Id of the language, as in `locale_id` of a user.
 */
id: number
/**
 * Code of the language, such as `en-US`.
 */
locale?: (null | string)
/**
 * Name of the language in English.
 */
name?: (null | string)
/**
 * Name of the language in itself.
 */
native_name?: (null | string)
/**
 * Name of the language as choices show it.
 */
presentation_name?: (null | string)
/**
 * True where it is written from right to left.
 */
rtl?: (null | boolean)
/**
 * True for the default language of the account.
 */
default?: (null | boolean)
/**
 * When the language was created.
 */
created_at?: (null | string)
/**
 * When the language was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the language in the API.
 */
url?: (null | string)
}
