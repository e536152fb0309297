// Generated from schemas/custom_object_fields.json by tools/generate.ts; not to be edited.

/**
 * One choice of a drop-down or multi-select field.
 */
export type CustomFieldOption = (null | {
/**
 * Id of the option.
 */
id?: (null | number)
/**
 * Label of the option in the language of the account; `::` separates levels of a nested menu.
 */
name?: (null | string)
/**
 * Label of the option before placeholders for translated text are filled in.
 */
raw_name?: (null | string)
/**
 * Tag of the option: what a ticket stores.
 */
value?: (null | string)
/**
 * True for the option that is chosen beforehand.
 */
default?: (null | boolean)
/**
 * Place of the option in the menu.
 */
position?: (null | number)
/**
 * Address of the option in the API.
 */
url?: (null | string)
})
/**
 * A comparison of one field with a value.
 */
export type Condition = (null | {
/**
 * Field that is looked at.
 */
field?: (null | string)
/**
 * How it is compared, such as `is`, `is_not` or `includes`.
 */
operator?: (null | string)
/**
 * Value that it is compared with.
 */
value?: (null | string | number | boolean | unknown[])
})
/**
 * A comparison of one field with a value.
 */
export type Condition1 = (null | {
/**
 * Field that is looked at.
 */
field?: (null | string)
/**
 * How it is compared, such as `is`, `is_not` or `includes`.
 */
operator?: (null | string)
/**
 * Value that it is compared with.
 */
value?: (null | string | number | boolean | unknown[])
})

/**
 * One field of a custom object.
 */
export interface CustomObjectField {
/**
 * Key of the object that has the field.
 */
custom_object_key: string
/**
 * Key of the field in the records of the object; it never changes.
 */
key: string
/**
 * Id of the field.
 */
id?: (null | number)
/**
 * Kind of the field: `text`, `textarea`, `checkbox`, `date`, `integer`, `decimal`, `regexp`, `dropdown`, `multiselect` or `lookup`.
 */
type?: (null | string)
/**
 * Label of the field.
 */
title?: (null | string)
/**
 * Label before placeholders for translated text are filled in.
 */
raw_title?: (null | string)
/**
 * Explanation of the field that agents see.
 */
description?: (null | string)
/**
 * Explanation before placeholders for translated text are filled in.
 */
raw_description?: (null | string)
/**
 * Place of the field among the others.
 */
position?: (null | number)
/**
 * True while the field is in use.
 */
active?: (null | boolean)
/**
 * True for a field of Zendesk itself, of which only `active` and `position` can change.
 */
system?: (null | boolean)
/**
 * Pattern that the value must match, for fields of type `regexp`.
 */
regexp_for_validation?: (null | string)
/**
 * Tag that is set while a field of type `checkbox` is ticked.
 */
tag?: (null | string)
/**
 * Choices of a field of type `dropdown` or `multiselect`.
 */
custom_field_options?: (null | CustomFieldOption[])
/**
 * What a lookup field points to, such as `zen:user`, `zen:organization`, `zen:ticket` or `zen:custom_object:<key>`.
 */
relationship_target_type?: (null | string)
/**
 * Which records a lookup field offers.
 */
relationship_filter?: (null | {
/**
 * Conditions that must all hold.
 */
all?: (null | Condition[])
/**
 * Conditions of which one must hold.
 */
any?: (null | Condition1[])
})
/**
 * When the field was created.
 */
created_at?: (null | string)
/**
 * When the field was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the field in the API.
 */
url?: (null | string)
/**
 * Rules of the field, such as whether its values are unique or numbered by themselves.
 */
properties?: (null | {
[k: string]: unknown
})
}
