// Generated from schemas/macros.json by tools/generate.ts; not to be edited.

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
 * Who may use a macro or a view, where not everybody may.
 */
export type Restriction = (null | {
/**
 * Whether `Group` or `User` is meant.
 */
type?: (null | string)
/**
 * Id of the group or the user; the first group where there are several.
 */
id?: (null | number)
/**
 * Ids of all groups that may use it.
 */
ids?: (null | (null | number)[])
})

/**
 * One macro: a set of changes that an agent applies to a ticket at once.
 */
export interface Macro {
/**
 * Id of the macro.
 */
id: number
/**
 * Title of the macro.
 */
title?: (null | string)
/**
 * Title before placeholders for translated text are filled in.
 */
raw_title?: (null | string)
/**
 * What the macro is for.
 */
description?: (null | string)
/**
 * True while the macro is in use.
 */
active?: (null | boolean)
/**
 * True where it came with the account and was not made by it.
 */
default?: (null | boolean)
/**
 * Place of the macro among the others: the order in which they are shown or run.
 */
position?: (null | number)
/**
 * What the macro does, in this order.
 */
actions?: (null | Action[])
restriction?: Restriction
/**
 * When the macro was created.
 */
created_at?: (null | string)
/**
 * When the macro was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the macro in the API.
 */
url?: (null | string)
/**
 * What the user who is signed in may do with the macro.
 */
permissions?: (null | {
/**
 * True where that user may change it.
 */
can_edit?: (null | boolean)
/**
 * True where that user may delete it.
 */
can_delete?: (null | boolean)
})
}
