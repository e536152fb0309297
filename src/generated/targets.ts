// Generated from schemas/targets.json by tools/generate.ts; not to be edited.

/**
 * One address outside of Zendesk that rules can notify.
 */
export interface Target {
/**
 * Id of the target.
 */
id: number
/**
 * Title of the target.
 */
title?: (null | string)
/**
 * Kind of the target, such as `email_target`; others than e-mail do nothing since October 2024.
 */
type?: (null | string)
/**
 * True while the target is in use.
 */
active?: (null | boolean)
/**
 * Where messages go, for a target of e-mail.
 */
email?: (null | string)
/**
 * Subject of the messages, for a target of e-mail.
 */
subject?: (null | string)
/**
 * Address that is called, for a target of HTTP.
 */
target_url?: (null | string)
/**
 * Method of the call: `get`, `post`, `put`, `patch` or `delete`.
 */
method?: (null | string)
/**
 * Media type of what is sent, such as `application/json`.
 */
content_type?: (null | string)
/**
 * Parameter that carries the message, for an older target of HTTP.
 */
attribute?: (null | string)
/**
 * User name that the call signs in with.
 */
username?: (null | string)
/**
 * When the target was created.
 */
created_at?: (null | string)
/**
 * When the target was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the target in the API.
 */
url?: (null | string)
}
