// Generated from schemas/account_overview.json by tools/generate.ts; not to be edited.

/**
 * What happened in Talk today, since midnight in the time zone of the account.
 */
export interface AccountOverview {
/**
 * When this was counted, in seconds since 1970.
 */
current_timestamp?: (null | number)
/**
 * How long a call took on average, in seconds.
 */
average_call_duration?: (null | number)
/**
 * How long people waited for a call back on average, in seconds.
 */
average_callback_wait_time?: (null | number)
/**
 * How long people were put on hold on average, in seconds.
 */
average_hold_time?: (null | number)
/**
 * How long people waited in the queue on average, in seconds.
 */
average_queue_wait_time?: (null | number)
/**
 * How long it took on average until an agent answered, in seconds.
 */
average_time_to_answer?: (null | number)
/**
 * How long agents took after a call on average, in seconds.
 */
average_wrap_up_time?: (null | number)
/**
 * The most calls that waited at once.
 */
max_calls_waiting?: (null | number)
/**
 * The longest wait in the queue, in seconds.
 */
max_queue_wait_time?: (null | number)
/**
 * How long all calls took, in seconds.
 */
total_call_duration?: (null | number)
/**
 * How many people were called back.
 */
total_callback_calls?: (null | number)
/**
 * How many calls there were.
 */
total_calls?: (null | number)
/**
 * How many people hung up in the queue.
 */
total_calls_abandoned_in_queue?: (null | number)
/**
 * How many calls came outside of business hours.
 */
total_calls_outside_business_hours?: (null | number)
/**
 * How many calls waited longer than they may.
 */
total_calls_with_exceeded_queue_wait_time?: (null | number)
/**
 * How many callers asked for the voice mail.
 */
total_calls_with_requested_voicemail?: (null | number)
/**
 * How many people were called back from a web page.
 */
total_embeddable_callback_calls?: (null | number)
/**
 * How long people were put on hold altogether, in seconds.
 */
total_hold_time?: (null | number)
/**
 * How many calls came in.
 */
total_inbound_calls?: (null | number)
/**
 * How many calls went out.
 */
total_outbound_calls?: (null | number)
/**
 * How many callers asked for a text message.
 */
total_textback_requests?: (null | number)
/**
 * How many voice mails were left.
 */
total_voicemails?: (null | number)
/**
 * How long agents took after calls altogether, in seconds.
 */
total_wrap_up_time?: (null | number)
}
