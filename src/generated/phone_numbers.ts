// Generated from schemas/phone_numbers.json by tools/generate.ts; not to be edited.

/**
 * What the number can do.
 */
export type PhoneCapabilities = (null | {
/**
 * Whether it can take and make calls.
 */
voice?: (null | boolean)
/**
 * Whether it can take and send text messages.
 */
sms?: (null | boolean)
/**
 * Whether it can take and send messages with pictures.
 */
mms?: (null | boolean)
/**
 * Whether it can have an address for emergency calls.
 */
emergency_address?: (null | boolean)
})

/**
 * One phone number of Talk.
 */
export interface PhoneNumber {
/**
 * Id of the number.
 */
id: number
/**
 * The number, with a plus sign and the code of its country.
 */
number?: (null | string)
/**
 * The number as it is shown.
 */
display_number?: (null | string)
/**
 * Name of the number: its nickname, or the number itself.
 */
name?: (null | string)
/**
 * Nickname of the number.
 */
nickname?: (null | string)
/**
 * Country of the number, by its code of two letters.
 */
country_code?: (null | string)
/**
 * State, province or city of the number.
 */
location?: (null | string)
/**
 * True where calls to it cost the caller nothing.
 */
toll_free?: (null | boolean)
/**
 * True for a number outside of Talk that calls show as their own.
 */
external?: (null | boolean)
/**
 * Kind of the line: `phone` or `digital`.
 */
line_type?: (null | string)
/**
 * Id of the line for the Web Widget.
 */
line_id?: (null | string)
capabilities?: PhoneCapabilities
/**
 * True while it takes and makes calls.
 */
voice_enabled?: (null | boolean)
/**
 * True while calls can be made from it.
 */
outbound_enabled?: (null | boolean)
/**
 * True while it takes and sends text messages.
 */
sms_enabled?: (null | boolean)
/**
 * Id of the group that text messages go to.
 */
sms_group_id?: (null | number)
/**
 * Id of the brand that it belongs to.
 */
brand_id?: (null | number)
/**
 * Ids of the groups that calls go to.
 */
group_ids?: (null | (null | number)[])
/**
 * Id of the group that calls go to first.
 */
default_group_id?: (null | number)
/**
 * How urgent its calls are: the higher, the sooner they are answered.
 */
priority?: (null | number)
/**
 * Id of the schedule that says when it is answered.
 */
schedule_id?: (null | number)
/**
 * Id of the menu that callers hear.
 */
ivr_id?: (null | number)
/**
 * Ids of the greetings of its own.
 */
greeting_ids?: (null | (null | string)[])
/**
 * Names of the greetings that come with Talk.
 */
default_greeting_ids?: (null | (null | string)[])
/**
 * Names of its greetings, by the id of their category.
 */
categorised_greetings?: (null | {
[k: string]: unknown
})
/**
 * Its greetings and their settings, by the id of their category.
 */
categorised_greetings_with_sub_settings?: (null | {
[k: string]: unknown
})
/**
 * True while calls are recorded.
 */
recorded?: (null | boolean)
/**
 * How callers consent to that: `always`, `opt_in`, `opt_out` or `never`.
 */
call_recording_consent?: (null | string)
/**
 * True while voicemails are written down.
 */
transcription?: (null | boolean)
/**
 * Number that calls go to when Talk cannot take them.
 */
failover_number?: (null | string)
/**
 * When the number was added.
 */
created_at?: (null | string)
}
