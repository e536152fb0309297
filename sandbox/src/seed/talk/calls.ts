import type { PhoneCall, Row } from '../../account/model.ts'
import { staffOf } from '../../account/people/lookup.ts'
import type { Store } from '../../account/store.ts'
import { declareTalk } from '../../account/talk.ts'
import { isoTime } from '../../iso-time.ts'
import type { Random } from '../../random.ts'
import { generateSwitchboard } from './switchboard.ts'

const YEAR = 365 * 86_400
const UNANSWERED = ['abandoned_in_queue', 'abandoned_in_voicemail', 'abandoned_on_hold', 'not_initiated', 'busy']
const QUALITY = [['none'], ['none'], ['none'], ['silence'], ['high_jitter', 'packet_loss'], []]

type Spoken = { readonly call: PhoneCall; readonly ticket: number | null; readonly customer: number | null }

/** Writes the switchboard and its calls: those of the tickets' voice comments, and as many without a ticket. */
export function generateTalk(store: Store, random: Random, { latest }: { latest: number }): void {
  declareTalk(store)
  generateSwitchboard(store, random, latest - 3 * YEAR)
  const spoken: Spoken[] = []
  for (const ticket of store.tickets)
    for (const { events } of ticket.audits)
      for (const event of events)
        if ('call' in event && event.call !== undefined)
          spoken.push({ call: event.call, ticket: ticket.id, customer: ticket.values.requester_id })
  const agents = staffOf(store)
  const others = Math.min(5000, Math.max(20, spoken.length))
  for (let nth = 0; nth < others; nth++) {
    const duration = random.chance(0.3) ? 0 : random.between(1, 3600)
    const start = random.between(latest - YEAR, latest - 7200)
    const answeredBy = duration > 0 && random.chance(0.7) ? random.pick(agents).id : null
    const call = { from: `+1555010${random.between(1000, 9999)}`, to: '+15550100199', start, duration, answeredBy }
    spoken.push({ call, ticket: null, customer: null })
  }
  spoken.sort((one, other) => one.call.start - other.call.start)
  for (const one of spoken) writeCall(store, random, one, latest)
}

/**
 * Writes a call with its legs, none of their times beyond `latest` (epoch seconds). A call's id is what its voice comment
 * calls it by: of two calls in one second only the first is written.
 */
export function writeCall(store: Store, random: Random, { call, ticket, customer }: Spoken, latest: number): void {
  const { start, duration, answeredBy } = call
  if (store.table('calls').get(start) !== undefined) return
  const group = answeredBy === null ? null : (store.users.get(answeredBy)?.group ?? null)
  const wrapUp = answeredBy === null ? 0 : random.between(0, 120)
  const updated_at = isoTime(Math.min(latest, start + duration + wrapUp + random.between(0, 3000)))
  const row = callRow(store, call, { ticket, customer, group })
  const voicemail = answeredBy === null && duration > 0
  const outbound = ticket === null && random.chance(0.3)
  const wait = random.between(0, Math.min(duration, 90))
  store.table('calls').add({
    ...row,
    completion_status: voicemail ? 'completed' : answeredBy === null ? random.pick(UNANSWERED) : 'completed',
    direction: outbound ? 'outbound' : 'inbound',
    exceeded_queue_wait_time: random.chance(0.05),
    outside_business_hours: random.chance(0.2),
    voicemail,
    customer_requested_voicemail: voicemail && random.chance(0.5),
    wait_time: wait,
    time_to_answer: answeredBy === null ? null : wait,
    talk_time: answeredBy === null ? 0 : duration - wait,
    hold_time: random.chance(0.2) ? random.between(0, 60) : 0,
    wrap_up_time: wrapUp,
    callback: random.chance(0.03),
    quality_issues: random.pick(QUALITY),
    ivr_time_spent: random.chance(0.1) ? random.between(1, 40) : null,
    ivr_hops: random.chance(0.1) ? random.between(1, 3) : null,
    updated_at,
  })
  const leg = (type: string, values: Row) =>
    store.table('call_legs').add({ ...legRow(call, type), ...values, updated_at })
  leg('customer', { user_id: customer, available_via: 'phone' })
  if (answeredBy === null) return
  const quality_issues = random.pick(QUALITY)
  leg('agent', {
    user_id: answeredBy,
    agent_id: answeredBy,
    available_via: 'browser',
    wrap_up_time: wrapUp,
    quality_issues,
  })
}

/** A call that was simply answered or missed; `ticket` and `customer` are ids. */
export function callRow(
  store: Store,
  { to, start, duration, answeredBy }: PhoneCall,
  { ticket, customer, group }: { ticket: number | null; customer: number | null; group: number | null },
): Row {
  const [line] = store.table('phone_numbers').all()
  const minutes = Math.ceil(duration / 60)
  return {
    id: start,
    agent_id: answeredBy,
    call_charge: (minutes * 0.0025).toFixed(4).replace(/0$/, ''),
    consultation_time: 0,
    completion_status: 'completed',
    customer_id: customer,
    customer_requested_voicemail: false,
    direction: 'inbound',
    duration,
    exceeded_queue_wait_time: false,
    hold_time: 0,
    minutes_billed: minutes,
    outside_business_hours: false,
    phone_number_id: line?.id ?? null,
    phone_number: to,
    ticket_id: ticket,
    time_to_answer: null,
    voicemail: false,
    wait_time: 0,
    wrap_up_time: 0,
    ivr_time_spent: null,
    ivr_hops: null,
    ivr_destination_group_name: null,
    talk_time: duration,
    ivr_routed_to: null,
    callback: false,
    callback_source: null,
    default_group: true,
    ivr_action: null,
    overflowed: false,
    overflowed_to: null,
    recording_control_interactions: 0,
    recording_time: 0,
    not_recording_time: 0,
    call_recording_consent: 'always',
    call_recording_consent_action: null,
    call_recording_consent_keypress: null,
    call_group_id: group,
    call_channel: null,
    quality_issues: ['none'],
    line: to,
    line_id: line?.id ?? null,
    line_type: 'phone',
    post_call_transcription_created: false,
    post_call_summary_created: false,
    // Null in every recording (fact 431).
    post_call_transcription: null,
    post_call_summary: null,
    real_time_transcription: null,
    transcription_language: null,
    copilot_suggestions_generated_total: null,
    copilot_suggestions_generated_successful: null,
    created_at: isoTime(start),
  }
}

/** One end of a call. */
export function legRow({ start, duration }: PhoneCall, type: string): Row {
  const minutes = Math.ceil(duration / 60)
  return {
    agent_id: null,
    user_id: null,
    duration,
    hold_time: 0,
    wrap_up_time: null,
    available_via: null,
    forwarded_to: null,
    transferred_from: null,
    transferred_to: null,
    consultation_to: null,
    consultation_from: null,
    conference_from: null,
    conference_to: null,
    consultation_time: null,
    conference_time: null,
    minutes_billed: minutes,
    call_id: start,
    completion_status: 'completed',
    call_charge: (minutes * 0.0095).toFixed(4).replace(/0$/, ''),
    quality_issues: ['none'],
    talk_time: duration,
    type,
    created_at: isoTime(start + 1),
  }
}
