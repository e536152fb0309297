// Generated from schemas/talk_settings.json by tools/generate.ts; not to be edited.

export type TalkLocale = (null | {
/**
 * Code of the language, such as `en-US`.
 */
locale?: (null | string)
/**
 * Name of the language.
 */
name?: (null | string)
})

/**
 * How Talk is set up: a single row.
 */
export interface TalkSettings {
/**
 * True while Talk is in use.
 */
voice?: (null | boolean)
/**
 * True where agents press a key to take a call that was forwarded to their phone.
 */
agent_confirmation_when_forwarding?: (null | boolean)
/**
 * True where agents have some time after each call.
 */
agent_wrap_up_after_calls?: (null | boolean)
/**
 * How many callers can wait.
 */
maximum_queue_size?: (null | number)
/**
 * How long a caller can wait, in minutes.
 */
maximum_queue_wait_time?: (null | number)
/**
 * True where calls are taken in business hours only.
 */
only_during_business_hours?: (null | boolean)
/**
 * True where recordings are public.
 */
recorded_public?: (null | boolean)
/**
 * True where calls may be forwarded to mobile phones in the United Kingdom.
 */
uk_mobile_forwarding?: (null | boolean)
/**
 * Languages that Talk speaks.
 */
supported_locales?: (null | TalkLocale[])
}
