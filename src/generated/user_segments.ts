// Generated from schemas/user_segments.json by tools/generate.ts; not to be edited.

/**
 * One user segment: who may see content of the help center.
 */
export interface UserSegment {
/**
 * Id of the segment.
 */
id: number
/**
 * Name of the segment.
 */
name?: (null | string)
/**
 * Who can be in it: `signed_in_users` or `staff`.
 */
user_type?: (null | string)
/**
 * Ids of groups whose agents are in it.
 */
group_ids?: (null | (null | number)[])
/**
 * Ids of organizations of which a member is in it.
 */
organization_ids?: (null | (null | number)[])
/**
 * Tags that a user must all have.
 */
tags?: (null | (null | string)[])
/**
 * Tags of which a user must have one.
 */
or_tags?: (null | (null | string)[])
/**
 * Ids of users who are in it beside all that.
 */
added_user_ids?: (null | (null | number)[])
/**
 * True where only agents of the groups are in it.
 */
groups_agents_only?: (null | boolean)
/**
 * True where it came with the help center and cannot be changed.
 */
built_in?: (null | boolean)
/**
 * When the segment was created.
 */
created_at?: (null | string)
/**
 * When the segment was last changed.
 */
updated_at?: (null | string)
}
