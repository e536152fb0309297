// Generated from schemas/attribute_definitions.json by tools/generate.ts; not to be edited.

export type DefinitionOperator = (null | {
/**
 * Name of the comparison, such as `is`.
 */
value?: (null | string)
/**
 * Label of the comparison.
 */
title?: (null | string)
/**
 * True where nothing is compared with.
 */
terminal?: (null | boolean)
})
export type DefinitionValue = (null | {
/**
 * What is compared with.
 */
value?: (null | string)
/**
 * Label of the value.
 */
title?: (null | string)
/**
 * True while the value can be chosen.
 */
enabled?: (null | boolean)
})

/**
 * One condition by which tickets can be given skills.
 */
export interface AttributeDefinition {
/**
 * Name of what is looked at.
 */
title?: (null | string)
/**
 * What is looked at, such as `number_of_incidents` or `brand_id`.
 */
subject?: (null | string)
/**
 * How its value is given, such as `text`, `list` or `autocomplete`.
 */
type?: (null | string)
/**
 * What the condition is about, such as `ticket`.
 */
group?: (null | string)
/**
 * True where no value can be asked for.
 */
nullable?: (null | boolean)
/**
 * True where it can be used more than once.
 */
repeatable?: (null | boolean)
/**
 * Where the condition can stand: `all`, among those that must all hold, or `any`, among those of which one must.
 */
condition?: (null | string)
/**
 * Ways to compare.
 */
operators?: (null | DefinitionOperator[])
/**
 * Values to choose from.
 */
values?: (null | DefinitionValue[])
/**
 * Where values are looked up, where `type` is `autocomplete`.
 */
metadata?: (null | {
/**
 * Name of the list of records, such as `users`.
 */
collection_key?: (null | string)
/**
 * Name of one record, such as `user`.
 */
item_key?: (null | string)
})
}
