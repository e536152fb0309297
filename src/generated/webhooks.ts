// Generated from schemas/webhooks.json by tools/generate.ts; not to be edited.

/**
 * How the call signs in.
 */
export type WebhookAuthentication = (null | {
/**
 * Way of signing in: `basic_auth`, `bearer_token` or `api_key`.
 */
type?: (null | string)
/**
 * Where the credentials stand: `header`.
 */
add_position?: (null | string)
/**
 * What Zendesk shows of the credentials: never a secret.
 */
data?: (null | {
[k: string]: unknown
})
})

/**
 * One webhook: an address that Zendesk calls when something happens.
 */
export interface Webhook {
/**
 * Id of the webhook.
 */
id: string
/**
 * Name of the webhook.
 */
name?: (null | string)
/**
 * What the webhook is for.
 */
description?: (null | string)
/**
 * Whether it is called: `active` or `inactive`.
 */
status?: (null | string)
/**
 * Address that is called.
 */
endpoint?: (null | string)
/**
 * Method of the call, such as `POST`.
 */
http_method?: (null | string)
/**
 * Form of what is sent: `json`, `xml` or `form_encoded`.
 */
request_format?: (null | string)
/**
 * Events that it is called for, such as `zen:event-type:user.created`, or `conditional_ticket_events` where triggers and automations call it.
 */
subscriptions?: (null | (null | string)[])
authentication?: WebhookAuthentication
/**
 * Further headers of the call, by name.
 */
custom_headers?: (null | {
[k: string]: unknown
})
/**
 * Where the webhook comes from, if an app made it.
 */
external_source?: (null | {
[k: string]: unknown
})
/**
 * When the webhook was created.
 */
created_at?: (null | string)
/**
 * Id of the user who created the webhook.
 */
created_by?: (null | string)
/**
 * When the webhook was last changed; left out until then.
 */
updated_at?: (null | string)
/**
 * Id of the user who last changed the webhook.
 */
updated_by?: (null | string)
}
