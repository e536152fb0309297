// Generated from schemas/attribute_values.json by tools/generate.ts; not to be edited.

/**
 * One skill of skills-based routing, such as a language that is spoken.
 */
export interface AttributeValue {
/**
 * Id of the skill, a UUID.
 */
id: string
/**
 * Id of the kind of skill that it belongs to.
 */
attribute_id?: (null | string)
/**
 * Name of the skill.
 */
name?: (null | string)
/**
 * When the skill was created.
 */
created_at?: (null | string)
/**
 * When the skill was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the skill in the API.
 */
url?: (null | string)
}
