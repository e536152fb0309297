// Generated from schemas/satisfaction_reasons.json by tools/generate.ts; not to be edited.

/**
 * One reason that people can choose for a bad rating.
 */
export interface SatisfactionReason {
/**
 * Id of the reason.
 */
id: number
/**
 * Code of the reason, which ratings have as `reason_code`; those of an account begin at 1000.
 */
reason_code?: (null | number)
/**
 * The reason as people read it.
 */
value?: (null | string)
/**
 * The reason before placeholders for translated text are filled in.
 */
raw_value?: (null | string)
/**
 * When the reason was added.
 */
created_at?: (null | string)
/**
 * When the reason was last changed.
 */
updated_at?: (null | string)
/**
 * When the reason was deleted; null while it can be chosen.
 */
deleted_at?: (null | string)
/**
 * Address of the reason in the API.
 */
url?: (null | string)
}
