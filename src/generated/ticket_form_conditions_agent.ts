// Generated from schemas/ticket_form_conditions_agent.json by tools/generate.ts; not to be edited.

/**
 * Ticket statuses in which agents must fill the child field in.
 */
export type RequiredOnStatuses = (null | {
/**
 * Which statuses are meant: `NO_STATUSES`, `SOME_STATUSES` or `ALL_STATUSES`.
 */
type?: (null | string)
/**
 * The status categories, where `type` is `SOME_STATUSES`.
 */
statuses?: (null | (null | string)[])
/**
 * Ids of the custom statuses, where `type` is `SOME_STATUSES`.
 */
custom_statuses?: (null | (null | number)[])
})

/**
 * One field that a form shows to agents when another field has a certain value.
 */
export interface TicketFormConditionAgent {
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
required_on_statuses?: RequiredOnStatuses
/**
 * When the form was last changed.
 */
updated_at?: (null | string)
}
