// Generated from schemas/call_legs.json by tools/generate.ts; not to be edited.

/**
 * One part of a call: what one of its participants heard and said.
 */
export interface CallLeg {
/**
 * Id of the leg.
 */
id: number
/**
 * Id of the call, as in the stream calls.
 */
call_id?: (null | number)
/**
 * Whose leg it is: `agent`, `customer`, `supervisor` or `external`.
 */
type?: (null | string)
/**
 * Id of the agent; null where it is not the leg of one.
 */
agent_id?: (null | number)
/**
 * Id of the user: the agent or the customer.
 */
user_id?: (null | number)
/**
 * How the agent could be reached: `browser` or `phone`.
 */
available_via?: (null | string)
/**
 * How the leg ended, such as `completed`, `agent_missed`, `agent_declined` or `agent_transfer_declined`.
 */
completion_status?: (null | string)
/**
 * Length of the leg in seconds.
 */
duration?: (null | number)
/**
 * Time spoken, in seconds.
 */
talk_time?: (null | number)
/**
 * Time on hold, in seconds.
 */
hold_time?: (null | number)
/**
 * Time that the agent spent on the call after its end, in seconds.
 */
wrap_up_time?: (null | number)
/**
 * Time that the agent spoke with a colleague, in seconds.
 */
consultation_time?: (null | number)
/**
 * Id of the agent who asked for advice.
 */
consultation_from?: (null | number)
/**
 * Id of the agent who was asked for advice.
 */
consultation_to?: (null | number)
/**
 * Time in a conference, in seconds.
 */
conference_time?: (null | number)
/**
 * Id of the agent who opened the conference.
 */
conference_from?: (null | number)
/**
 * Id of the agent who was taken into the conference.
 */
conference_to?: (null | number)
/**
 * Id of the agent who handed the call over.
 */
transferred_from?: (null | number)
/**
 * Id of the agent whom the call was handed over to.
 */
transferred_to?: (null | number)
/**
 * Number that the call was forwarded to.
 */
forwarded_to?: (null | string)
/**
 * Faults of the connection, such as `silence`, `high_jitter` or `packet_loss`; `none` where there were none.
 */
quality_issues?: (null | (null | string)[])
/**
 * Minutes that were charged.
 */
minutes_billed?: (null | number)
/**
 * Price of the leg, a decimal number as text.
 */
call_charge?: (null | string)
/**
 * When the leg began.
 */
created_at?: (null | string)
/**
 * When the leg was last changed.
 */
updated_at?: (null | string)
}
