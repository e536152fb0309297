// Generated from schemas/account_attributes.json by tools/generate.ts; not to be edited.

/**
 * One kind of skill by which tickets are routed, such as a language.
 */
export interface AccountAttribute {
/**
 * Id of the kind of skill.
 */
id: string
/**
 * Name of the kind of skill.
 */
name?: (null | string)
/**
 * When the kind of skill was created.
 */
created_at?: (null | string)
/**
 * When the kind of skill was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the kind of skill in the API.
 */
url?: (null | string)
}
