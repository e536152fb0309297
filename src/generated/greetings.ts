// Generated from schemas/greetings.json by tools/generate.ts; not to be edited.

/**
 * One greeting that callers hear.
 */
export interface Greeting {
/**
 * Id of the greeting: a number, as text, or a name such as `voicemail_en` for one that Zendesk ships.
 */
id: string
/**
 * Name of the greeting.
 */
name?: (null | string)
/**
 * Id of the category that says when it is heard.
 */
category_id?: (null | number)
/**
 * True while a number uses it.
 */
active?: (null | boolean)
/**
 * True where it came with Talk.
 */
default?: (null | boolean)
/**
 * True where it is spoken in a default language.
 */
default_lang?: (null | boolean)
/**
 * True where it has settings of its own.
 */
has_sub_settings?: (null | boolean)
/**
 * Name of the sound file.
 */
audio_name?: (null | string)
/**
 * Address of the sound file.
 */
audio_url?: (null | string)
/**
 * True while the sound file is being prepared.
 */
pending?: (null | boolean)
/**
 * Id of the upload that the sound file came by.
 */
upload_id?: (null | number)
/**
 * Ids of the numbers that use it.
 */
phone_number_ids?: (null | (null | number)[])
/**
 * Ids of the menus that use it.
 */
ivr_ids?: (null | (null | number)[])
}
