// Generated from schemas/ticket_form_conditions_end_user.json by tools/generate.ts; not to be edited.

/**
 * One field that a form shows to customers when another field has a certain value.
 */
export interface TicketFormConditionEndUser {
/**
 * Id of the form.
 */
ticket_form_id: number
/**
 * Id of the field whose value decides.
 */
parent_field_id: number
/**
 * Type of the field whose value decides, such as `tagger` or `checkbox`.
 */
parent_field_type?: (null | string)
/**
 * Value of the parent field that shows the child field, as text: the tag of an option, or `true` or `false` for a checkbox.
 */
value: string
/**
 * Id of the field that is shown.
 */
child_field_id: number
/**
 * True where the child field must be filled in once it is shown.
 */
is_required?: (null | boolean)
/**
 * When the form was last changed.
 */
updated_at?: (null | string)
}
