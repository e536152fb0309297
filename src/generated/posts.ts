// Generated from schemas/posts.json by tools/generate.ts; not to be edited.

/**
 * One post of the community.
 */
export interface Post {
/**
 * Id of the post.
 */
id: number
/**
 * Title of the post.
 */
title?: (null | string)
/**
 * Text of the post as HTML.
 */
details?: (null | string)
/**
 * Id of the user who wrote the post.
 */
author_id?: (null | number)
/**
 * Id of the topic that the post stands in.
 */
topic_id?: (null | number)
/**
 * What became of the idea: `none`, `planned`, `not_planned`, `completed` or `answered`.
 */
status?: (null | string)
/**
 * True where the post stays at the top of its topic.
 */
pinned?: (null | boolean)
/**
 * True where the post is shown among the featured ones.
 */
featured?: (null | boolean)
/**
 * True where nobody can comment any more.
 */
closed?: (null | boolean)
/**
 * True where comments and votes are stopped for now.
 */
frozen?: (null | boolean)
/**
 * Ids of the content tags of the post.
 */
content_tag_ids?: (null | (null | string)[])
/**
 * Number of comments.
 */
comment_count?: (null | number)
/**
 * Number of users who follow the post.
 */
follower_count?: (null | number)
/**
 * Number of votes.
 */
vote_count?: (null | number)
/**
 * Votes for the post less votes against it.
 */
vote_sum?: (null | number)
/**
 * Id of the last user other than the author who changed the post; null where there was none.
 */
non_author_editor_id?: (null | number)
/**
 * When such a user last changed the post.
 */
non_author_updated_at?: (null | string)
/**
 * When the post was written.
 */
created_at?: (null | string)
/**
 * When the post was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the post in the help center.
 */
html_url?: (null | string)
/**
 * Address of the post in the API.
 */
url?: (null | string)
}
