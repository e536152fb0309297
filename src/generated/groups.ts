// Generated from schemas/groups.json by tools/generate.ts; not to be edited.

/**
 * One group of agents that tickets can be assigned to.
 */
export interface Group {
/**
 * Id of the group.
 */
id: number
/**
 * Name of the group.
 */
name?: (null | string)
/**
 * What the group is for.
 */
description?: (null | string)
/**
 * True for the default group of the account.
 */
default?: (null | boolean)
/**
 * False for a private group, whose tickets are hidden from agents outside it.
 */
is_public?: (null | boolean)
/**
 * True once the group has been deleted.
 */
deleted?: (null | boolean)
/**
 * When the group was created.
 */
created_at?: (null | string)
/**
 * When the group was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the group in the API.
 */
url?: (null | string)
}
