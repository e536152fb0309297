// Generated from schemas/custom_statuses.json by tools/generate.ts; not to be edited.

/**
 * One ticket status, built in or made by the account.
 */
export interface CustomTicketStatus {
/**
 * Id of the status, as in `custom_status_id` of a ticket.
 */
id: number
/**
 * Built-in status that it belongs to: `new`, `open`, `pending`, `hold` or `solved`.
 */
status_category?: (null | string)
/**
 * Name of the status as agents see it.
 */
agent_label?: (null | string)
/**
 * Name for agents before placeholders for translated text are filled in.
 */
raw_agent_label?: (null | string)
/**
 * Name of the status as customers see it.
 */
end_user_label?: (null | string)
/**
 * Name for customers before placeholders for translated text are filled in.
 */
raw_end_user_label?: (null | string)
/**
 * Explanation that agents see.
 */
description?: (null | string)
/**
 * Explanation for agents before placeholders for translated text are filled in.
 */
raw_description?: (null | string)
/**
 * Explanation that customers see.
 */
end_user_description?: (null | string)
/**
 * Explanation for customers before placeholders for translated text are filled in.
 */
raw_end_user_description?: (null | string)
/**
 * True while the status can be chosen.
 */
active?: (null | boolean)
/**
 * True for the status that stands for its category by default.
 */
default?: (null | boolean)
/**
 * Address of the status in the API.
 */
url?: (null | string)
/**
 * When the status was created.
 */
created_at?: (null | string)
/**
 * When the status was last changed.
 */
updated_at?: (null | string)
}
