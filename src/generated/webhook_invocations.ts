// Generated from schemas/webhook_invocations.json by tools/generate.ts; not to be edited.

/**
 * One call of a webhook in the last seven days.
 */
export interface WebhookInvocation {
/**
 * Id of the call, a ULID.
 */
id: string
/**
 * Id of the webhook.
 */
webhook_id?: (null | string)
/**
 * How it ended: `success`, `failed`, `timeout`, `throttled`, `circuit broken`, `terminated` and the like.
 */
status?: (null | string)
/**
 * Status that the receiver answered the last attempt with; null where it was not called.
 */
status_code?: (null | number)
/**
 * When the last attempt ended.
 */
latest_completed_at?: (null | string)
}
