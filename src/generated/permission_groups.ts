// Generated from schemas/permission_groups.json by tools/generate.ts; not to be edited.

/**
 * One permission group: who may edit and publish the articles that belong to it.
 */
export interface PermissionGroup {
/**
 * Id of the group.
 */
id: number
/**
 * Name of the group.
 */
name?: (null | string)
/**
 * Ids of the user segments that may edit its articles.
 */
edit?: (null | (null | number)[])
/**
 * Ids of the user segments that may publish its articles.
 */
publish?: (null | (null | number)[])
/**
 * True for a group of Zendesk itself, which cannot be changed.
 */
built_in?: (null | boolean)
/**
 * When the group was created.
 */
created_at?: (null | string)
/**
 * When the group was last changed.
 */
updated_at?: (null | string)
}
