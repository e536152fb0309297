// Generated from schemas/triggers.json by tools/generate.ts; not to be edited.

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
 * What a rule or a macro does to a ticket.
 */
export type Action = (null | {
/**
 * What is set or done, such as `status`, `custom_fields_<id>` or `notification_user`.
 */
field?: (null | string)
/**
 * Value that it is set to, or the parts of a message that is sent.
 */
value?: (null | string | number | boolean | unknown[])
})

/**
 * One trigger: a rule that acts on a ticket as it is created or changed.
 */
export interface Trigger {
/**
 * Id of the trigger.
 */
id: number
/**
 * Title of the trigger.
 */
title?: (null | string)
/**
 * Title before placeholders for translated text are filled in.
 */
raw_title?: (null | string)
/**
 * What the trigger is for.
 */
description?: (null | string)
/**
 * True while the trigger is in use.
 */
active?: (null | boolean)
/**
 * True where it came with the account and was not made by it.
 */
default?: (null | boolean)
/**
 * Place of the trigger among the others: the order in which they are shown or run.
 */
position?: (null | number)
/**
 * Id of the category that the trigger is filed under.
 */
category_id?: (null | string)
/**
 * When the trigger acts.
 */
conditions?: (null | {
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
 * What the trigger does, in this order.
 */
actions?: (null | Action[])
/**
 * When the trigger was created.
 */
created_at?: (null | string)
/**
 * When the trigger was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the trigger in the API.
 */
url?: (null | string)
}
