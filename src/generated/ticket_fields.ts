// Generated from schemas/ticket_fields.json by tools/generate.ts; not to be edited.

export type SystemFieldOption = (null | {
/**
 * Label of the choice.
 */
name?: (null | string)
/**
 * What a ticket stores.
 */
value?: (null | string)
})
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
 * A ticket status, built in or made by the account.
 */
export type CustomStatus = (null | {
/**
 * Id of the status, as in `custom_status_id` of a ticket.
 */
id?: (null | number)
/**
 * Built-in status that it belongs to: `new`, `open`, `pending`, `hold` or `solved`.
 */
status_category?: (null | string)
/**
 * Name of the status as agents see it.
 */
agent_label?: (null | string)
/**
 * Name for agents before placeholders for translated text are filled in.
 */
raw_agent_label?: (null | string)
/**
 * Name of the status as customers see it.
 */
end_user_label?: (null | string)
/**
 * Name for customers before placeholders for translated text are filled in.
 */
raw_end_user_label?: (null | string)
/**
 * Explanation that agents see.
 */
description?: (null | string)
/**
 * Explanation for agents before placeholders for translated text are filled in.
 */
raw_description?: (null | string)
/**
 * Explanation that customers see.
 */
end_user_description?: (null | string)
/**
 * Explanation for customers before placeholders for translated text are filled in.
 */
raw_end_user_description?: (null | string)
/**
 * True while the status can be chosen.
 */
active?: (null | boolean)
/**
 * True for the status that stands for its category by default.
 */
default?: (null | boolean)
/**
 * Address of the status in the API.
 */
url?: (null | string)
/**
 * When the status was created.
 */
created_at?: (null | string)
/**
 * When the status was last changed.
 */
updated_at?: (null | string)
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
 * One field that tickets can have, built in or made by the account.
 */
export interface TicketField {
/**
 * Id of the field, as in `custom_fields` of a ticket.
 */
id: number
/**
 * Kind of field: built in, such as `subject`, `status`, `priority`, `group` or `assignee`, or custom: `text`, `textarea`, `checkbox`, `date`, `integer`, `decimal`, `regexp`, `partialcreditcard`, `tagger` (drop-down), `multiselect`, `lookup` or `multi_lookup`.
 */
type?: (null | string)
/**
 * Name of the field as agents see it.
 */
title?: (null | string)
/**
 * Name for agents before placeholders for translated text are filled in.
 */
raw_title?: (null | string)
/**
 * Explanation that customers see.
 */
description?: (null | string)
/**
 * Explanation for customers before placeholders for translated text are filled in.
 */
raw_description?: (null | string)
/**
 * Explanation that only agents see.
 */
agent_description?: (null | string)
/**
 * Explanation for agents before placeholders for translated text are filled in.
 */
raw_agent_description?: (null | string)
/**
 * Name of the field as customers see it in the help center.
 */
title_in_portal?: (null | string)
/**
 * Name for customers before placeholders for translated text are filled in.
 */
raw_title_in_portal?: (null | string)
/**
 * Fixed name of a field that Zendesk itself added; null for others.
 */
key?: (null | string)
/**
 * Tag that a ticked checkbox adds to the ticket.
 */
tag?: (null | string)
/**
 * Place of the field among the others on a ticket.
 */
position?: (null | number)
/**
 * True while the field is in use.
 */
active?: (null | boolean)
/**
 * True where the field can be deleted; built-in fields cannot.
 */
removable?: (null | boolean)
/**
 * True where agents must fill the field in to solve a ticket.
 */
required?: (null | boolean)
/**
 * How the classic agent interface treats the field; documented as true where it is shown by default and false where it is tucked away.
 */
collapsed_for_agents?: (null | boolean)
/**
 * True where agents may change the value.
 */
agent_can_edit?: (null | boolean)
/**
 * True where customers see the field.
 */
visible_in_portal?: (null | boolean)
/**
 * True where customers may fill the field in.
 */
editable_in_portal?: (null | boolean)
/**
 * True where customers must fill the field in.
 */
required_in_portal?: (null | boolean)
/**
 * Pattern that the value must match, for fields of type `regexp`.
 */
regexp_for_validation?: (null | string)
/**
 * Which built-in choices are offered: for priority 0 all or 1 without low and urgent, for status 0 without or 1 with on hold.
 */
sub_type_id?: (null | number)
/**
 * Choices of a built-in field.
 */
system_field_options?: (null | SystemFieldOption[])
/**
 * Choices of a drop-down or multi-select field.
 */
custom_field_options?: (null | CustomFieldOption[])
/**
 * Statuses that can be chosen, for the field of type `custom_status`.
 */
custom_statuses?: (null | CustomStatus[])
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
 * Number of active forms that use the field; filled only where Zendesk was asked for it.
 */
active_forms_count?: (null | number)
/**
 * Id of the user who created the field; -1 where an app did.
 */
creator_user_id?: (null | number)
/**
 * Name of the app that created the field.
 */
creator_app_name?: (null | string)
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
}
