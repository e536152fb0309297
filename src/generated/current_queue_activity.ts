// Generated from schemas/current_queue_activity.json by tools/generate.ts; not to be edited.

/**
 * How many callers wait in Talk now: a single row.
 */
export interface CurrentQueueActivity {
/**
 * How many agents are online.
 */
agents_online?: (null | number)
/**
 * How many callers wait.
 */
calls_waiting?: (null | number)
/**
 * How many callers wait to be called back.
 */
callbacks_waiting?: (null | number)
/**
 * How many of them asked for it on a web page.
 */
embeddable_callbacks_waiting?: (null | number)
/**
 * How many calls an AI agent is in.
 */
ai_agent_calls?: (null | number)
/**
 * Time for which a caller waits, on average, in seconds.
 */
average_wait_time?: (null | number)
/**
 * Time for which the first caller has waited, in seconds.
 */
longest_wait_time?: (null | number)
}
