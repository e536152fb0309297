import type { Row } from '../../account/model.ts'
import { staffOf } from '../../account/people/lookup.ts'
import type { Entry } from '../../account/table.ts'
import type { Call, Routes } from '../../http/family.ts'
import { idsIn } from '../resource.ts'
import type { Served } from '../served.ts'

/** Statistics of today's calls (from midnight UTC), of the account and of its agents. Times in whole seconds. */
export function talkStatsRoutes(served: Served): Routes {
  const { store } = served
  const today = (call: Call): Entry[] => {
    const midnight = new Date(store.clock.now() * 1000).toISOString().slice(0, 10)
    const numbers = idsIn(call.asked, 'phone_number_ids')
    return [...store.table('calls').all()].filter(
      (one) =>
        String(one['created_at']) >= midnight && (numbers.size === 0 || numbers.has(String(one['phone_number_id']))),
    )
  }
  const agents = (call: Call): Row[] => {
    const groups = idsIn(call.asked, 'group_ids')
    const staff = staffOf(store).filter(({ group }) => groups.size === 0 || groups.has(String(group)))
    const calls = today(call)
    return staff.map(({ id, name }) =>
      agentRow(
        served,
        { id, name },
        calls.filter(({ agent_id }) => agent_id === id),
      ),
    )
  }
  return {
    'GET /stats/account_overview': (call) => ({ account_overview: accountRow(today(call), store.clock.now()) }),
    // The name under which it was first served.
    'GET /stats/historical_queue_activity': (call) => ({
      historical_queue_activity: accountRow(today(call), store.clock.now()),
    }),
    'GET /stats/agents_overview': (call) => ({ agents_overview: overviewRow(today(call), store.clock.now()) }),
    'GET /stats/agents_activity': (call) => {
      const rows = agents(call)
      return { agents_activity: rows, next_page: null, previous_page: null, count: rows.length }
    },
    'GET /stats/current_queue_activity': () => ({
      current_queue_activity: {
        agents_online: [...store.table('availabilities').all()].filter((one) => one['agent_state'] === 'online').length,
        average_wait_time: 0,
        callbacks_waiting: 0,
        calls_waiting: 0,
        embeddable_callbacks_waiting: 0,
        longest_wait_time: 0,
        ai_agent_calls: 0,
      },
    }),
  }
}

function total(calls: readonly Entry[], name: string): number {
  return calls.reduce((sum, one) => sum + Number(one[name] ?? 0), 0)
}

function average(calls: readonly Entry[], name: string): number {
  return calls.length === 0 ? 0 : Math.round(total(calls, name) / calls.length)
}

function count(calls: readonly Entry[], fits: (call: Entry) => boolean): number {
  return calls.filter(fits).length
}

function accountRow(calls: readonly Entry[], now: number): Row {
  return {
    average_call_duration: average(calls, 'duration'),
    average_callback_wait_time: average(
      calls.filter(({ callback }) => callback === true),
      'wait_time',
    ),
    average_hold_time: average(calls, 'hold_time'),
    average_queue_wait_time: average(calls, 'wait_time'),
    average_time_to_answer: average(calls, 'time_to_answer'),
    average_wrap_up_time: average(calls, 'wrap_up_time'),
    current_timestamp: now,
    max_calls_waiting: 0,
    max_queue_wait_time: Math.max(0, ...calls.map((one) => Number(one['wait_time'] ?? 0))),
    total_call_duration: total(calls, 'duration'),
    total_callback_calls: count(calls, ({ callback }) => callback === true),
    total_calls: calls.length,
    total_calls_abandoned_in_queue: count(calls, (one) => one['completion_status'] === 'abandoned_in_queue'),
    total_calls_outside_business_hours: count(calls, (one) => one['outside_business_hours'] === true),
    total_calls_with_exceeded_queue_wait_time: count(calls, (one) => one['exceeded_queue_wait_time'] === true),
    total_calls_with_requested_voicemail: count(calls, (one) => one['customer_requested_voicemail'] === true),
    total_embeddable_callback_calls: 0,
    total_hold_time: total(calls, 'hold_time'),
    total_inbound_calls: count(calls, ({ direction }) => direction === 'inbound'),
    total_outbound_calls: count(calls, ({ direction }) => direction === 'outbound'),
    total_textback_requests: 0,
    total_voicemails: count(calls, ({ voicemail }) => voicemail === true),
    total_wrap_up_time: total(calls, 'wrap_up_time'),
  }
}

function overviewRow(calls: readonly Entry[], now: number): Row {
  const answered = calls.filter(({ agent_id }) => agent_id !== null)
  return {
    average_accepted_transfers: 0,
    average_available_time: 0,
    average_away_time: 0,
    average_calls_accepted: 0,
    average_calls_denied: 0,
    average_calls_missed: 0,
    average_calls_put_on_hold: 0,
    average_hold_time: average(answered, 'hold_time'),
    average_online_time: 0,
    average_started_transfers: 0,
    average_talk_time: average(answered, 'talk_time'),
    average_transfers_only_time: 0,
    average_wrap_up_time: average(answered, 'wrap_up_time'),
    current_timestamp: now,
    total_accepted_transfers: 0,
    total_calls_accepted: answered.length,
    total_calls_denied: 0,
    total_calls_missed: 0,
    total_calls_put_on_hold: count(answered, ({ hold_time }) => Number(hold_time) > 0),
    total_hold_time: total(answered, 'hold_time'),
    total_started_transfers: 0,
    total_talk_time: total(answered, 'talk_time'),
    total_wrap_up_time: total(answered, 'wrap_up_time'),
  }
}

function agentRow({ store }: Served, { id, name }: { id: number; name: string }, calls: readonly Entry[]): Row {
  const state = store.table('availabilities').get(id)
  return {
    name,
    agent_id: id,
    via: state?.['via'] ?? 'client',
    avatar_url: null,
    forwarding_number: null,
    average_talk_time: average(calls, 'talk_time'),
    calls_accepted: calls.length,
    calls_denied: 0,
    calls_missed: 0,
    online_time: 0,
    available_time: 0,
    total_call_duration: total(calls, 'duration'),
    total_talk_time: total(calls, 'talk_time'),
    total_wrap_up_time: total(calls, 'wrap_up_time'),
    away_time: 0,
    call_status: state?.['call_status'] ?? null,
    agent_state: state?.['agent_state'] ?? 'offline',
    transfers_only_time: 0,
    average_wrap_up_time: average(calls, 'wrap_up_time'),
    accepted_transfers: 0,
    started_transfers: 0,
    calls_put_on_hold: count(calls, ({ hold_time }) => Number(hold_time) > 0),
    average_hold_time: average(calls, 'hold_time'),
    total_hold_time: total(calls, 'hold_time'),
    started_third_party_conferences: 0,
    accepted_third_party_conferences: 0,
  }
}
