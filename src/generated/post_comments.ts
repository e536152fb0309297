// Generated from schemas/post_comments.json by tools/generate.ts; not to be edited.

/**
 * One comment on a community post.
 */
export interface PostComment {
/**
 * Id of the comment.
 */
id: number
/**
 * Id of the post.
 */
post_id?: (null | number)
/**
 * Id of the user who wrote the comment.
 */
author_id?: (null | number)
/**
 * Text of the comment as HTML.
 */
body?: (null | string)
/**
 * True where the comment was marked as an official answer.
 */
official?: (null | boolean)
/**
 * Number of votes.
 */
vote_count?: (null | number)
/**
 * Votes for the comment less votes against it.
 */
vote_sum?: (null | number)
/**
 * Id of the last user other than the author who changed the comment; null where there was none.
 */
non_author_editor_id?: (null | number)
/**
 * When such a user last changed the comment.
 */
non_author_updated_at?: (null | string)
/**
 * When the comment was written.
 */
created_at?: (null | string)
/**
 * When the comment was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the comment in the help center.
 */
html_url?: (null | string)
/**
 * Address of the comment in the API.
 */
url?: (null | string)
}
