// Generated from schemas/topics.json by tools/generate.ts; not to be edited.

/**
 * One topic of the community, under which posts are written.
 */
export interface Topic {
/**
 * Id of the topic.
 */
id: number
/**
 * Name of the topic.
 */
name?: (null | string)
/**
 * What the topic is about.
 */
description?: (null | string)
/**
 * Place of the topic among the others.
 */
position?: (null | number)
/**
 * How many users follow the topic.
 */
follower_count?: (null | number)
/**
 * Id of the community that it belongs to.
 */
community_id?: (null | number)
/**
 * Who may moderate the topic: `staff` or `managers`.
 */
manageable_by?: (null | string)
/**
 * Id of the user segment that may see the topic; null where everybody may.
 */
user_segment_id?: (null | number)
/**
 * Address of the topic in the help center.
 */
html_url?: (null | string)
/**
 * When the topic was created.
 */
created_at?: (null | string)
/**
 * When the topic was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the topic in the API.
 */
url?: (null | string)
}
