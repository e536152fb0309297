// Generated from schemas/workspaces.json by tools/generate.ts; not to be edited.

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
 * One contextual workspace: the form, the macros and the apps that agents see on tickets that fit its conditions.
 */
export interface Workspace {
/**
 * Id of the workspace.
 */
id: number
/**
 * Title of the workspace.
 */
title?: (null | string)
/**
 * What the workspace is for.
 */
description?: (null | string)
/**
 * True while the workspace is in use.
 */
activated?: (null | boolean)
/**
 * Place of the workspace among the others: the first one that fits a ticket is shown.
 */
position?: (null | number)
/**
 * Id of the ticket form that the workspace shows.
 */
ticket_form_id?: (null | number)
/**
 * True if apps keep the order that the workspace gives them.
 */
prefer_workspace_app_order?: (null | boolean)
/**
 * Which tickets the workspace is shown on.
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
 * The apps that the workspace shows or hides.
 */
apps?: (null | (null | {
/**
 * Id of the installed app.
 */
id?: (null | number)
/**
 * True if the app is expanded, false if it is collapsed.
 */
expand?: (null | boolean)
/**
 * Place of the app among the others.
 */
position?: (null | number)
})[])
/**
 * Ids of the macros that the workspace offers.
 */
macro_ids?: (null | (null | number)[])
/**
 * Ids of the macros, under the name that a workspace is written with.
 */
macros?: (null | (null | number)[])
/**
 * The macros of `macro_ids`, in full.
 */
selected_macros?: (null | (null | {
/**
 * Id of the macro.
 */
id?: (null | number)
/**
 * Title of the macro.
 */
title?: (null | string)
/**
 * What the macro is for.
 */
description?: (null | string)
/**
 * True while the macro is in use.
 */
active?: (null | boolean)
/**
 * Place of the macro among the others.
 */
position?: (null | number)
/**
 * What the macro does, in this order.
 */
actions?: (null | Action[])
restriction?: Restriction
/**
 * How often the macro was used in the last seven days.
 */
usage_7d?: (null | number)
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
})[])
/**
 * When the workspace was created.
 */
created_at?: (null | string)
/**
 * When the workspace was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the workspace in the API.
 */
url?: (null | string)
}
