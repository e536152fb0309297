// Generated from schemas/audit_logs.json by tools/generate.ts; not to be edited.

/**
 * One change of the account that administrators can look up: who did what to which setting or record.
 */
export interface AuditLog {
/**
 * Id of the entry.
 */
id: number
/**
 * What was done: `create`, `update`, `destroy`, `login` or `exported`.
 */
action?: (null | string)
/**
 * What was done, in the language of the user who reads.
 */
action_label?: (null | string)
/**
 * Id of the user who did it; -1 for Zendesk itself.
 */
actor_id?: (null | number)
/**
 * Name of the user who did it.
 */
actor_name?: (null | string)
/**
 * Id of what it was done to.
 */
source_id?: (null | number)
/**
 * Kind of what it was done to, such as `user`, `rule`, `ticket` or `account_setting`.
 */
source_type?: (null | string)
/**
 * Name of what it was done to.
 */
source_label?: (null | string)
/**
 * What was changed, in words.
 */
change_description?: (null | string)
/**
 * IP address that it was done from; null where none is known.
 */
ip_address?: (null | string)
/**
 * When it was done.
 */
created_at?: (null | string)
/**
 * Address of the entry in the API.
 */
url?: (null | string)
}
