// Generated from schemas/calls.json by tools/generate.ts; not to be edited.

/**
 * One telephone call through Zendesk Talk.
 */
export interface Call {
/**
 * Id of the call.
 */
id: number
/**
 * Id of the ticket that the call belongs to; null where there is none.
 */
ticket_id?: (null | number)
/**
 * Id of the user at the other end, where Zendesk knows one.
 */
customer_id?: (null | number)
/**
 * Id of the first agent who took the call; null where nobody did.
 */
agent_id?: (null | number)
/**
 * Id of the group that the call was led to.
 */
call_group_id?: (null | number)
/**
 * True where the call went to the default group of the line.
 */
default_group?: (null | boolean)
/**
 * `inbound` or `outbound`.
 */
direction?: (null | string)
/**
 * Channel of the call, where Zendesk says it.
 */
call_channel?: (null | string)
/**
 * How the call ended, such as `completed`, `abandoned_in_queue`, `abandoned_in_voicemail` or `not_initiated`.
 */
completion_status?: (null | string)
/**
 * Line of the call: its telephone number or its nickname.
 */
line?: (null | string)
/**
 * Id of the line.
 */
line_id?: (null | number)
/**
 * Kind of line: `phone` or `digital`.
 */
line_type?: (null | string)
/**
 * Telephone number of the line.
 */
phone_number?: (null | string)
/**
 * Id of that number.
 */
phone_number_id?: (null | number)
/**
 * Length of the call in seconds.
 */
duration?: (null | number)
/**
 * Time that customer and agent spoke, in seconds.
 */
talk_time?: (null | number)
/**
 * Time that the customer waited for an agent, in seconds.
 */
wait_time?: (null | number)
/**
 * Time until an agent took the call, in seconds; null where nobody did.
 */
time_to_answer?: (null | number)
/**
 * Time that the customer was put on hold, in seconds.
 */
hold_time?: (null | number)
/**
 * Time that the agent spent on the call after its end, in seconds.
 */
wrap_up_time?: (null | number)
/**
 * Time that the agent spoke with colleagues, in seconds.
 */
consultation_time?: (null | number)
/**
 * True where the customer waited longer than the line allows.
 */
exceeded_queue_wait_time?: (null | boolean)
/**
 * The same under the name that Zendesk's reference has for it.
 */
exceeded_queue_time?: (null | boolean)
/**
 * True where the call came outside of business hours.
 */
outside_business_hours?: (null | boolean)
/**
 * True where the call was led on to an overflow number.
 */
overflowed?: (null | boolean)
/**
 * Number that it was led on to.
 */
overflowed_to?: (null | string)
/**
 * True where the customer asked to be called back.
 */
callback?: (null | boolean)
/**
 * How the customer asked for it: `queue` or `web_widget`.
 */
callback_source?: (null | string)
/**
 * True where the call reached the mailbox.
 */
voicemail?: (null | boolean)
/**
 * True where the customer chose the mailbox.
 */
customer_requested_voicemail?: (null | boolean)
/**
 * Time that the customer spent in the menu, in seconds.
 */
ivr_time_spent?: (null | number)
/**
 * Number of menu entries that the customer went through.
 */
ivr_hops?: (null | number)
/**
 * What the menu did last, such as `menu`, `voicemail`, `group`, `phone_number`, `textback` or `invalid_keypress`.
 */
ivr_action?: (null | string)
/**
 * Name of the group that the menu led to.
 */
ivr_destination_group_name?: (null | string)
/**
 * Telephone number that the menu led to.
 */
ivr_routed_to?: (null | string)
/**
 * Time that was recorded, in seconds.
 */
recording_time?: (null | number)
/**
 * Time that was not recorded, in seconds.
 */
not_recording_time?: (null | number)
/**
 * How often agents paused or resumed the recording.
 */
recording_control_interactions?: (null | number)
/**
 * What the line asks of callers about recording: `always`, `opt_in`, `opt_out` or `never`.
 */
call_recording_consent?: (null | string)
/**
 * What the caller chose: `caller_opted_in` or `caller_opted_out`; null where nothing was chosen.
 */
call_recording_consent_action?: (null | string)
/**
 * Key that the caller pressed for it.
 */
call_recording_consent_keypress?: (null | string)
/**
 * Faults of the connection, such as `silence`, `high_jitter`, `packet_loss`, `high_pdd` or `high_latency`; `none` where there were none.
 */
quality_issues?: (null | (null | string)[])
/**
 * Minutes that were charged.
 */
minutes_billed?: (null | number)
/**
 * Price of the call, a decimal number as text.
 */
call_charge?: (null | string)
/**
 * True where the call was transcribed afterwards.
 */
post_call_transcription_created?: (null | boolean)
/**
 * True where a summary of the call was written afterwards.
 */
post_call_summary_created?: (null | boolean)
/**
 * The transcription of the call afterwards.
 */
post_call_transcription?: (null | string)
/**
 * The summary of the call afterwards.
 */
post_call_summary?: (null | string)
/**
 * The transcription during the call.
 */
real_time_transcription?: (null | string)
/**
 * Language of the transcription.
 */
transcription_language?: (null | string)
/**
 * How many suggestions Copilot made during the call.
 */
copilot_suggestions_generated_total?: (null | number)
/**
 * How many of them succeeded.
 */
copilot_suggestions_generated_successful?: (null | number)
/**
 * When the call began.
 */
created_at?: (null | string)
/**
 * When the call was last changed.
 */
updated_at?: (null | string)
}
