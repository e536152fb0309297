// Generated from schemas/dynamic_content.json by tools/generate.ts; not to be edited.

export type DynamicContentVariant = (null | {
/**
 * Id of the variant.
 */
id?: (null | number)
/**
 * Id of its language.
 */
locale_id?: (null | number)
/**
 * The text.
 */
content?: (null | string)
/**
 * True while the variant is shown.
 */
active?: (null | boolean)
/**
 * True for the variant that is shown where there is no other.
 */
default?: (null | boolean)
/**
 * True where the default variant has changed since.
 */
outdated?: (null | boolean)
/**
 * When the variant was created.
 */
created_at?: (null | string)
/**
 * When the variant was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the variant in the API.
 */
url?: (null | string)
})

/**
 * One piece of text that Zendesk shows to each reader in their language.
 */
export interface DynamicContentItem {
/**
 * Id of the item.
 */
id: number
/**
 * Name of the item.
 */
name?: (null | string)
/**
 * What stands for the text wherever it is used, such as `{{dc.greeting}}`.
 */
placeholder?: (null | string)
/**
 * Id of the language that is shown where there is no other.
 */
default_locale_id?: (null | number)
/**
 * True while a variant is out of date.
 */
outdated?: (null | boolean)
/**
 * The text in each of its languages.
 */
variants?: (null | DynamicContentVariant[])
/**
 * When the item was created.
 */
created_at?: (null | string)
/**
 * When the item was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the item in the API.
 */
url?: (null | string)
}
