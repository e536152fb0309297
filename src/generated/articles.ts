// Generated from schemas/articles.json by tools/generate.ts; not to be edited.

/**
 * One article of the help center.
 */
export interface Article {
/**
 * Id of the article.
 */
id: number
/**
 * Title of the article.
 */
title?: (null | string)
/**
 * The same as `title`.
 */
name?: (null | string)
/**
 * Text of the article as HTML.
 */
body?: (null | string)
/**
 * Id of the user who counts as the author.
 */
author_id?: (null | number)
/**
 * Id of the section that the article stands in.
 */
section_id?: (null | number)
/**
 * Place of the article in its section, lowest first.
 */
position?: (null | number)
/**
 * True where the article is shown before the others.
 */
promoted?: (null | boolean)
/**
 * True where the article has not been published.
 */
draft?: (null | boolean)
/**
 * True where nobody can comment.
 */
comments_disabled?: (null | boolean)
/**
 * Language of this form of the article, such as `en-us`.
 */
locale?: (null | string)
/**
 * Language that the article was first written in.
 */
source_locale?: (null | string)
/**
 * True where the text is marked as out of date; no longer in use.
 */
outdated?: (null | boolean)
/**
 * Languages whose translation is marked as out of date.
 */
outdated_locales?: (null | (null | string)[])
/**
 * Labels of the article.
 */
label_names?: (null | (null | string)[])
/**
 * Ids of the content tags of the article.
 */
content_tag_ids?: (null | (null | string)[])
/**
 * Id of the group of agents who may edit and publish it.
 */
permission_group_id?: (null | number)
/**
 * Id of the segment of users who may see it; null for everybody.
 */
user_segment_id?: (null | number)
/**
 * Ids of the segments of users who may see it, where there are several.
 */
user_segment_ids?: (null | (null | number)[])
/**
 * Number of votes.
 */
vote_count?: (null | number)
/**
 * Votes for the article less votes against it.
 */
vote_sum?: (null | number)
/**
 * When the article was created.
 */
created_at?: (null | string)
/**
 * When title or text was last changed.
 */
edited_at?: (null | string)
/**
 * When anything of the article was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the article in the help center.
 */
html_url?: (null | string)
/**
 * Address of the article in the API.
 */
url?: (null | string)
}
