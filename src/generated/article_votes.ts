// Generated from schemas/article_votes.json by tools/generate.ts; not to be edited.

/**
 * One vote of a user for or against an article.
 */
export interface ArticleVote {
/**
 * Id of the vote.
 */
id: number
/**
 * Id of the user who voted.
 */
user_id?: (null | number)
/**
 * Which way the user voted: 1 for, -1 against.
 */
value?: (null | number)
/**
 * Id of what was voted on: an article.
 */
item_id?: (null | number)
/**
 * Kind of what was voted on: `Article`.
 */
item_type?: (null | string)
/**
 * When the user voted.
 */
created_at?: (null | string)
/**
 * When the vote was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the vote in the API.
 */
url?: (null | string)
}
