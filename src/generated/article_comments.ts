// Generated from schemas/article_comments.json by tools/generate.ts; not to be edited.

/**
 * One comment on an article of the help center.
 */
export interface ArticleComment {
/**
 * Id of the comment.
 */
id: number
/**
 * Id of the article.
 */
source_id?: (null | number)
/**
 * Kind of what was commented on: `Article`.
 */
source_type?: (null | string)
/**
 * Id of the user who wrote the comment.
 */
author_id?: (null | number)
/**
 * Text of the comment as HTML.
 */
body?: (null | string)
/**
 * Language of the article that the comment stands under, such as `en-us`.
 */
locale?: (null | string)
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
