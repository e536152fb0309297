// Generated from schemas/trigger_categories.json by tools/generate.ts; not to be edited.

/**
 * One category of triggers: a part of their list.
 */
export interface TriggerCategory {
/**
 * Id of the category, a number as text.
 */
id: string
/**
 * Name of the category.
 */
name?: (null | string)
/**
 * Place of the category among the others; its triggers run in this order.
 */
position?: (null | number)
/**
 * When the category was created.
 */
created_at?: (null | string)
/**
 * When the category was last changed.
 */
updated_at?: (null | string)
}
