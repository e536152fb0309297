import type { Article } from '../generated/articles.ts'
import { timeExport } from '../zendesk/time-export.ts'
import { defineStream } from './define.ts'

/**
 * Articles by the time of their last change, drafts too; a comment counts as one. Deleted articles are not told.
 * https://developer.zendesk.com/documentation/help_center/help-center-api/understanding-incremental-article-exports/
 */
export const articles = defineStream<Article>({
  name: 'articles',
  needs: 'A help center',
  cursorField: 'updated_at',
  adminOnly: false,
  walk: timeExport({
    name: 'article_export',
    path: 'help_center/incremental/articles',
    key: 'articles',
    timeField: 'updated_at',
    settle: 60,
  }),
  reads: {},
})
