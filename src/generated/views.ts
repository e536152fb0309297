// Generated from schemas/views.json by tools/generate.ts; not to be edited.

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
 * How the view shows its tickets.
 */
export type ViewExecution = (null | {
/**
 * Column by which tickets are grouped.
 */
group_by?: (null | string)
/**
 * Order of the groups: `asc` or `desc`.
 */
group_order?: (null | string)
/**
 * Column by which tickets are sorted within a group.
 */
sort_by?: (null | string)
/**
 * Order of the tickets: `asc` or `desc`.
 */
sort_order?: (null | string)
group?: ViewColumn
sort?: ViewColumn1
/**
 * The columns from left to right.
 */
columns?: (null | ViewColumn2[])
/**
 * Those of the columns that are built in.
 */
fields?: (null | ViewColumn3[])
/**
 * Those of the columns that are custom fields.
 */
custom_fields?: (null | ViewColumn4[])
})
/**
 * One column that a view shows, groups by or sorts by.
 */
export type ViewColumn = (null | {
/**
 * Name of the column, or the id of a custom field.
 */
id?: (null | string | number)
/**
 * Heading of the column.
 */
title?: (null | string)
/**
 * Kind of the custom field, such as `tagger` or `datetime`.
 */
type?: (null | string)
/**
 * Direction in which the view groups or sorts by it: `asc` or `desc`.
 */
order?: (null | string)
/**
 * True where the view can be narrowed by it.
 */
filterable?: (null | boolean)
/**
 * True where the view can be sorted by it.
 */
sortable?: (null | boolean)
/**
 * Address of the custom field in the API.
 */
url?: (null | string)
})
/**
 * One column that a view shows, groups by or sorts by.
 */
export type ViewColumn1 = (null | {
/**
 * Name of the column, or the id of a custom field.
 */
id?: (null | string | number)
/**
 * Heading of the column.
 */
title?: (null | string)
/**
 * Kind of the custom field, such as `tagger` or `datetime`.
 */
type?: (null | string)
/**
 * Direction in which the view groups or sorts by it: `asc` or `desc`.
 */
order?: (null | string)
/**
 * True where the view can be narrowed by it.
 */
filterable?: (null | boolean)
/**
 * True where the view can be sorted by it.
 */
sortable?: (null | boolean)
/**
 * Address of the custom field in the API.
 */
url?: (null | string)
})
/**
 * One column that a view shows, groups by or sorts by.
 */
export type ViewColumn2 = (null | {
/**
 * Name of the column, or the id of a custom field.
 */
id?: (null | string | number)
/**
 * Heading of the column.
 */
title?: (null | string)
/**
 * Kind of the custom field, such as `tagger` or `datetime`.
 */
type?: (null | string)
/**
 * Direction in which the view groups or sorts by it: `asc` or `desc`.
 */
order?: (null | string)
/**
 * True where the view can be narrowed by it.
 */
filterable?: (null | boolean)
/**
 * True where the view can be sorted by it.
 */
sortable?: (null | boolean)
/**
 * Address of the custom field in the API.
 */
url?: (null | string)
})
/**
 * One column that a view shows, groups by or sorts by.
 */
export type ViewColumn3 = (null | {
/**
 * Name of the column, or the id of a custom field.
 */
id?: (null | string | number)
/**
 * Heading of the column.
 */
title?: (null | string)
/**
 * Kind of the custom field, such as `tagger` or `datetime`.
 */
type?: (null | string)
/**
 * Direction in which the view groups or sorts by it: `asc` or `desc`.
 */
order?: (null | string)
/**
 * True where the view can be narrowed by it.
 */
filterable?: (null | boolean)
/**
 * True where the view can be sorted by it.
 */
sortable?: (null | boolean)
/**
 * Address of the custom field in the API.
 */
url?: (null | string)
})
/**
 * One column that a view shows, groups by or sorts by.
 */
export type ViewColumn4 = (null | {
/**
 * Name of the column, or the id of a custom field.
 */
id?: (null | string | number)
/**
 * Heading of the column.
 */
title?: (null | string)
/**
 * Kind of the custom field, such as `tagger` or `datetime`.
 */
type?: (null | string)
/**
 * Direction in which the view groups or sorts by it: `asc` or `desc`.
 */
order?: (null | string)
/**
 * True where the view can be narrowed by it.
 */
filterable?: (null | boolean)
/**
 * True where the view can be sorted by it.
 */
sortable?: (null | boolean)
/**
 * Address of the custom field in the API.
 */
url?: (null | string)
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
 * One view: a list of the tickets that fit its conditions.
 */
export interface View {
/**
 * Id of the view.
 */
id: number
/**
 * Title of the view.
 */
title?: (null | string)
/**
 * Title before placeholders for translated text are filled in.
 */
raw_title?: (null | string)
/**
 * What the view is for.
 */
description?: (null | string)
/**
 * True while the view is in use.
 */
active?: (null | boolean)
/**
 * True where it came with the account and was not made by it.
 */
default?: (null | boolean)
/**
 * Place of the view among the others: the order in which they are shown or run.
 */
position?: (null | number)
/**
 * Which tickets the view shows.
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
execution?: ViewExecution
restriction?: Restriction
/**
 * True where agents can be notified of the tickets in it.
 */
watchable?: (null | boolean)
/**
 * When the view was created.
 */
created_at?: (null | string)
/**
 * When the view was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the view in the API.
 */
url?: (null | string)
}
