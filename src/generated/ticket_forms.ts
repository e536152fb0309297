// Generated from schemas/ticket_forms.json by tools/generate.ts; not to be edited.

/**
 * A rule of a form: when the parent field has this value, the child fields are shown.
 */
export type FormCondition = (null | {
/**
 * Id of the field whose value decides.
 */
parent_field_id?: (null | number)
/**
 * Type of the field whose value decides, such as `tagger` or `checkbox`.
 */
parent_field_type?: (null | string)
/**
 * Value of the parent field that shows the child fields: the tag of an option, or true or false for a checkbox.
 */
value?: (null | string | number | boolean | unknown[])
/**
 * Fields that the rule shows.
 */
child_fields?: (null | FormConditionChild[])
})
export type FormConditionChild = (null | {
/**
 * Id of the field that is shown.
 */
id?: (null | number)
/**
 * True where the field must be filled in.
 */
is_required?: (null | boolean)
/**
 * Ticket statuses in which agents must fill the field in.
 */
required_on_statuses?: (null | {
/**
 * Which statuses are meant: `NO_STATUSES`, `SOME_STATUSES` or `ALL_STATUSES`.
 */
type?: (null | string)
/**
 * The statuses, where `type` is `SOME_STATUSES`.
 */
statuses?: (null | (null | string)[])
})
})
/**
 * A rule of a form: when the parent field has this value, the child fields are shown.
 */
export type FormCondition1 = (null | {
/**
 * Id of the field whose value decides.
 */
parent_field_id?: (null | number)
/**
 * Type of the field whose value decides, such as `tagger` or `checkbox`.
 */
parent_field_type?: (null | string)
/**
 * Value of the parent field that shows the child fields: the tag of an option, or true or false for a checkbox.
 */
value?: (null | string | number | boolean | unknown[])
/**
 * Fields that the rule shows.
 */
child_fields?: (null | FormConditionChild1[])
})
export type FormConditionChild1 = (null | {
/**
 * Id of the field that is shown.
 */
id?: (null | number)
/**
 * True where the field must be filled in.
 */
is_required?: (null | boolean)
/**
 * Ticket statuses in which agents must fill the field in.
 */
required_on_statuses?: (null | {
/**
 * Which statuses are meant: `NO_STATUSES`, `SOME_STATUSES` or `ALL_STATUSES`.
 */
type?: (null | string)
/**
 * The statuses, where `type` is `SOME_STATUSES`.
 */
statuses?: (null | (null | string)[])
})
})

/**
 * One form: the ticket fields that are shown together for a kind of request.
 */
export interface TicketForm {
/**
 * Id of the form.
 */
id: number
/**
 * Name of the form as agents see it.
 */
name?: (null | string)
/**
 * Name for agents before placeholders for translated text are filled in.
 */
raw_name?: (null | string)
/**
 * Name of the form as customers see it.
 */
display_name?: (null | string)
/**
 * Name for customers before placeholders for translated text are filled in.
 */
raw_display_name?: (null | string)
/**
 * Kind of form, such as `standard`.
 */
form_type?: (null | string)
/**
 * Place of the form among the others.
 */
position?: (null | number)
/**
 * True while the form is in use.
 */
active?: (null | boolean)
/**
 * True for the form that a ticket gets if none is chosen.
 */
default?: (null | boolean)
/**
 * True where customers may choose the form.
 */
end_user_visible?: (null | boolean)
/**
 * True where every brand offers the form.
 */
in_all_brands?: (null | boolean)
/**
 * Ids of the brands that offer the form, where not all do.
 */
restricted_brand_ids?: (null | (null | number)[])
/**
 * Ids of the fields on the form, in their order.
 */
ticket_field_ids?: (null | (null | number)[])
/**
 * Rules by which fields are shown to agents.
 */
agent_conditions?: (null | FormCondition[])
/**
 * Rules by which fields are shown to customers.
 */
end_user_conditions?: (null | FormCondition1[])
/**
 * When the form was created.
 */
created_at?: (null | string)
/**
 * When the form was last changed.
 */
updated_at?: (null | string)
/**
 * When the form was deleted; null while it exists.
 */
deleted_at?: (null | string)
/**
 * Address of the form in the API.
 */
url?: (null | string)
}
