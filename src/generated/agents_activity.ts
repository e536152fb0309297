// Generated from schemas/agents_activity.json by tools/generate.ts; not to be edited.

/**
 * What one agent has done in Talk today, since midnight in the time zone of the account.
 */
export interface AgentActivity {
/**
 * Id of the agent.
 */
agent_id: number
/**
 * Name of the agent.
 */
name?: (null | string)
/**
 * Address of the picture of the agent.
 */
avatar_url?: (null | string)
/**
 * Whether the agent takes calls: `online`, `offline`, `away` or `transfers_only`.
 */
agent_state?: (null | string)
/**
 * What the agent is doing: `on_call`, `wrap_up` or nothing.
 */
call_status?: (null | string)
/**
 * How the agent takes calls: `client` or `phone`.
 */
via?: (null | string)
/**
 * Number that calls are forwarded to.
 */
forwarding_number?: (null | string)
/**
 * Time for which the agent could take calls, in seconds.
 */
available_time?: (null | number)
/**
 * Time for which the agent was online, in seconds.
 */
online_time?: (null | number)
/**
 * Time for which the agent was away, in seconds.
 */
away_time?: (null | number)
/**
 * Time for which the agent took transfers only, in seconds.
 */
transfers_only_time?: (null | number)
/**
 * How many calls the agent took.
 */
calls_accepted?: (null | number)
/**
 * How many calls the agent turned down.
 */
calls_denied?: (null | number)
/**
 * How many calls the agent did not answer.
 */
calls_missed?: (null | number)
/**
 * How many calls the agent put on hold.
 */
calls_put_on_hold?: (null | number)
/**
 * How many transfers the agent took.
 */
accepted_transfers?: (null | number)
/**
 * How many calls the agent transferred.
 */
started_transfers?: (null | number)
/**
 * How many conferences with others outside of Talk the agent took part in.
 */
accepted_third_party_conferences?: (null | number)
/**
 * How many conferences with others outside of Talk the agent began.
 */
started_third_party_conferences?: (null | number)
/**
 * Length of all calls together, in seconds.
 */
total_call_duration?: (null | number)
/**
 * Time for which the agent talked, in seconds.
 */
total_talk_time?: (null | number)
/**
 * Time for which callers were on hold, in seconds.
 */
total_hold_time?: (null | number)
/**
 * Time that the agent took after calls, in seconds.
 */
total_wrap_up_time?: (null | number)
/**
 * Time for which the agent talked in a call, on average, in seconds.
 */
average_talk_time?: (null | number)
/**
 * Time for which a caller was on hold, on average, in seconds.
 */
average_hold_time?: (null | number)
/**
 * Time that the agent took after a call, on average, in seconds.
 */
average_wrap_up_time?: (null | number)
}
