import { inKeyOrder } from './key-order.ts'
import type { Row } from './model.ts'
import type { Store } from './store.ts'

// Both are from replies that were seen; if the two differ, the recorded one wins.
const PHONE_NUMBER = [
  ...['id', 'country_code', 'created_at', 'external', 'number', 'name', 'nickname', 'display_number', 'location'],
  ...['toll_free', 'capabilities', 'transcription', 'recorded', 'sms_enabled', 'sms_group_id', 'priority'],
  ...['outbound_enabled', 'line_type', 'brand_id', 'group_ids', 'default_group_id', 'greeting_ids'],
  ...['default_greeting_ids', 'ivr_id', 'voice_enabled', 'call_recording_consent'],
]
const CALL = [
  ...['id', 'created_at', 'updated_at', 'agent_id', 'call_charge', 'consultation_time', 'completion_status'],
  ...['customer_id', 'customer_requested_voicemail', 'direction', 'duration', 'exceeded_queue_wait_time', 'hold_time'],
  ...['minutes_billed', 'outside_business_hours', 'phone_number_id', 'phone_number', 'ticket_id', 'time_to_answer'],
  ...['voicemail', 'wait_time', 'wrap_up_time', 'ivr_time_spent', 'ivr_hops', 'ivr_destination_group_name'],
  ...['talk_time', 'ivr_routed_to', 'callback', 'callback_source', 'default_group', 'ivr_action', 'overflowed'],
  ...['overflowed_to', 'recording_control_interactions', 'recording_time', 'not_recording_time'],
  ...['call_recording_consent', 'call_recording_consent_action', 'call_recording_consent_keypress', 'call_group_id'],
  ...['quality_issues', 'line', 'line_id', 'line_type'],
]
const LEG = [
  ...['id', 'created_at', 'updated_at', 'agent_id', 'user_id', 'duration', 'hold_time', 'wrap_up_time'],
  ...['available_via', 'forwarded_to', 'transferred_from', 'transferred_to', 'consultation_to', 'consultation_from'],
  ...['conference_from', 'conference_to', 'consultation_time', 'conference_time', 'minutes_billed', 'call_id'],
  ...['completion_status', 'call_charge', 'quality_issues', 'talk_time', 'type'],
]
const ADDRESS = [...['id', 'city', 'country_code', 'name', 'provider_reference', 'province', 'state', 'street', 'zip']]
const GREETING = [
  ...['id', 'active', 'audio_name', 'audio_url', 'category_id', 'default', 'default_lang', 'has_sub_settings'],
  ...['ivr_ids', 'name', 'pending', 'phone_number_ids', 'upload_id'],
]

/** Declares Talk's tables. */
export function declareTalk(store: Store): void {
  store.table('phone_numbers', { row: inKeyOrder(...PHONE_NUMBER) })
  store.table('calls', { ids: 'none', row: inKeyOrder(...CALL) })
  store.table('call_legs', { row: inKeyOrder(...LEG) })
  store.table('addresses', { row: inKeyOrder(...ADDRESS) })
  store.table('greetings', { row: inKeyOrder(...GREETING) })
  store.table('ivrs', {
    row: inKeyOrder('id', 'name', 'menus', 'phone_number_ids', 'phone_number_names'),
  })
}

/** The defaults of a phone number. */
export const PHONE_NUMBER_DEFAULTS: Row = {
  ...{ country_code: 'US', external: false, nickname: null, location: null, toll_free: false },
  ...{ capabilities: { sms: true, mms: true, voice: true }, transcription: false, recorded: true, sms_enabled: false },
  ...{ sms_group_id: null, priority: 0, outbound_enabled: true, line_type: 'phone', group_ids: [] },
  ...{ default_group_id: null, greeting_ids: [], default_greeting_ids: ['voicemail_en'], ivr_id: null },
  ...{ voice_enabled: true, call_recording_consent: 'always' },
}

/** The kinds of greetings. */
export const GREETING_CATEGORIES: readonly { readonly id: number; readonly name: string }[] = [
  'voicemail',
  'available',
  'wait',
  'hold',
  'ivr',
  'callback',
  'call-recording',
].map((name, nth) => ({ id: nth + 1, name }))
