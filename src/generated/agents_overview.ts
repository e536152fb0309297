// Generated from schemas/agents_overview.json by tools/generate.ts; not to be edited.

/**
 * What the agents did in Talk today, taken together, since midnight in the time zone of the account.
 */
export interface AgentsOverview {
/**
 * When this was counted, in seconds since 1970.
 */
current_timestamp?: (null | number)
/**
 * How many transfers an agent took on average.
 */
average_accepted_transfers?: (null | number)
/**
 * How long an agent was available on average, in seconds.
 */
average_available_time?: (null | number)
/**
 * How long an agent was away on average, in seconds.
 */
average_away_time?: (null | number)
/**
 * How many calls an agent took on average.
 */
average_calls_accepted?: (null | number)
/**
 * How many calls an agent declined on average.
 */
average_calls_denied?: (null | number)
/**
 * How many calls an agent missed on average.
 */
average_calls_missed?: (null | number)
/**
 * How many calls an agent put on hold on average.
 */
average_calls_put_on_hold?: (null | number)
/**
 * How long an agent put people on hold on average, in seconds.
 */
average_hold_time?: (null | number)
/**
 * How long an agent was online on average, in seconds.
 */
average_online_time?: (null | number)
/**
 * How many transfers an agent began on average.
 */
average_started_transfers?: (null | number)
/**
 * How long an agent talked on average, in seconds.
 */
average_talk_time?: (null | number)
/**
 * How long an agent took transfers only on average, in seconds.
 */
average_transfers_only_time?: (null | number)
/**
 * How long an agent took after calls on average, in seconds.
 */
average_wrap_up_time?: (null | number)
/**
 * How many transfers were taken.
 */
total_accepted_transfers?: (null | number)
/**
 * How many calls were taken.
 */
total_calls_accepted?: (null | number)
/**
 * How many calls were declined.
 */
total_calls_denied?: (null | number)
/**
 * How many calls were missed.
 */
total_calls_missed?: (null | number)
/**
 * How many calls were put on hold.
 */
total_calls_put_on_hold?: (null | number)
/**
 * How long people were put on hold altogether, in seconds.
 */
total_hold_time?: (null | number)
/**
 * How many transfers were begun.
 */
total_started_transfers?: (null | number)
/**
 * How long the agents talked altogether, in seconds.
 */
total_talk_time?: (null | number)
/**
 * How long the agents took after calls altogether, in seconds.
 */
total_wrap_up_time?: (null | number)
}
