// Generated from schemas/webhook_invocation_attempts.json by tools/generate.ts; not to be edited.

/**
 * A header of a request or an answer.
 */
export type WebhookHeader = (null | {
/**
 * Name of the header.
 */
key?: (null | string)
/**
 * Value of the header.
 */
value?: (null | string)
})
/**
 * A header of a request or an answer.
 */
export type WebhookHeader1 = (null | {
/**
 * Name of the header.
 */
key?: (null | string)
/**
 * Value of the header.
 */
value?: (null | string)
})

/**
 * One attempt of a call of a webhook: what was sent, and what came back.
 */
export interface WebhookInvocationAttempt {
/**
 * Id of the attempt.
 */
id: string
/**
 * Id of the call.
 */
invocation_id?: (null | string)
/**
 * Id of the webhook.
 */
webhook_id?: (null | string)
/**
 * How it ended, such as `success`, `failed` or `timeout`.
 */
status?: (null | string)
/**
 * Status that the receiver answered with; null where no answer came.
 */
status_code?: (null | number)
/**
 * When the attempt ended.
 */
completed_at?: (null | string)
/**
 * What was sent.
 */
request?: (null | {
/**
 * Headers that were sent.
 */
headers?: (null | WebhookHeader[])
/**
 * Body that was sent.
 */
payload?: (null | string)
})
/**
 * What came back.
 */
response?: (null | {
/**
 * Headers that came back.
 */
headers?: (null | WebhookHeader1[])
/**
 * Body that came back.
 */
payload?: (null | string)
})
}
