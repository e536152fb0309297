// Generated from schemas/group_memberships.json by tools/generate.ts; not to be edited.

/**
 * That one agent belongs to one group.
 */
export interface GroupMembership {
/**
 * Id of the membership.
 */
id: number
/**
 * Id of the agent.
 */
user_id?: (null | number)
/**
 * Id of the group.
 */
group_id?: (null | number)
/**
 * True for the default group of the agent.
 */
default?: (null | boolean)
/**
 * When the membership was created.
 */
created_at?: (null | string)
/**
 * When the membership was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the membership in the API.
 */
url?: (null | string)
}
