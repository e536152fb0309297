import type { ArticleAttachment } from '../../generated/article_attachments.ts'
import type { ArticleCommentVote } from '../../generated/article_comment_votes.ts'
import type { ArticleComment } from '../../generated/article_comments.ts'
import type { ArticleTranslation } from '../../generated/article_translations.ts'
import type { ArticleVote } from '../../generated/article_votes.ts'
import type { Article } from '../../generated/articles.ts'
import type { Walk } from '../../model/stream.ts'
import { belowParent } from '../../zendesk/walks/below-parent.ts'
import { cursorList } from '../../zendesk/walks/list.ts'
import { defineSubstream, shownUnder } from '../define.ts'
import { attachedFile } from '../files.ts'
import { articleList } from './articles.ts'

/** A list of an article. `by`: the field of its rows that holds the id of the article. */
const contents =
  (what: string, by: string, key = what) =>
  ({ id }: Pick<Article, 'id'>): Walk =>
    belowParent(cursorList({ path: `help_center/articles/${id}/${what}`, key }), { [by]: id })

/** A new comment, translation or file moves an article's `updated_at` (documented for metadata and comments). */
const version = ({ updated_at, edited_at }: Article): readonly unknown[] => [updated_at, edited_at]

export const articleTranslations = defineSubstream<ArticleTranslation, Article>({
  name: 'article_translations',
  needs: 'A help center',
  cursorField: 'updated_at',
  walk: articleList,
  showParent: shownUnder(articleList),
  childList: contents('translations', 'source_id'),
  version,
})

export const articleComments = defineSubstream<ArticleComment, Article>({
  name: 'article_comments',
  needs: 'A help center',
  cursorField: 'updated_at',
  walk: articleList,
  showParent: shownUnder(articleList),
  childList: contents('comments', 'source_id'),
  version,
})

export const articleAttachments = defineSubstream<ArticleAttachment, Article>({
  name: 'article_attachments',
  needs: 'A help center',
  cursorField: 'updated_at',
  walk: articleList,
  showParent: shownUnder(articleList),
  childList: contents('attachments', 'article_id', 'article_attachments'),
  file: attachedFile,
  version,
})

/** A vote that changes from up to down keeps the count, and changes the sum. */
export const articleVotes = defineSubstream<ArticleVote, Article>({
  name: 'article_votes',
  needs: 'A help center',
  cursorField: 'updated_at',
  walk: articleList,
  showParent: shownUnder(articleList),
  childList: (article) => (article.vote_count === 0 ? undefined : contents('votes', 'item_id')(article)),
  version: ({ updated_at, vote_count, vote_sum }) => [updated_at, vote_count, vote_sum],
})

/** An article does not show votes on its comments, so the comments of all articles that have some are read. */
export const articleCommentVotes = defineSubstream<ArticleCommentVote, Article>({
  name: 'article_comment_votes',
  versionOfEmpty: version,
  needs: 'A help center',
  cursorField: 'updated_at',
  walk: articleList,
  showParent: shownUnder(articleList),
  childList: (article) => ({
    ...contents('comments', 'source_id')(article),
    childList: ({ id, vote_count }) =>
      vote_count === 0
        ? undefined
        : belowParent(cursorList({ path: `help_center/articles/${article.id}/comments/${id}/votes`, key: 'votes' }), {
            item_id: id,
          }),
  }),
})
