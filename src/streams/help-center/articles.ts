import type { Article } from '../../generated/articles.ts'
import { isoOf } from '../../model/time.ts'
import { cursorList } from '../../zendesk/walks/list.ts'
import { wholeList } from '../../zendesk/walks/snapshot-list.ts'
import { timeExport } from '../../zendesk/walks/time-export.ts'
import { defineFallback, defineStream, inventoryOfList, shownUnder } from '../define.ts'

/**
 * All articles, also for their children: there is no list of all comments, votes, translations or attachments.
 * https://developer.zendesk.com/api-reference/help_center/help-center-api/articles/
 */
export const articleList = cursorList({ path: 'help_center/articles', key: 'articles' })

/**
 * Articles by the time of their last change, drafts too; a comment counts as a change. The export does not report deleted
 * and archived articles: they are missing in the list of all, and cannot be looked up.
 * https://developer.zendesk.com/documentation/help_center/help-center-api/understanding-incremental-article-exports/
 */
export const articles = defineStream<Article>()({
  name: 'articles',
  needs: 'A help center',
  cursorField: 'updated_at',
  adminOnly: false,
  walk: timeExport({
    name: 'article_export',
    path: 'help_center/incremental/articles',
    key: 'articles',
    timeField: 'updated_at',
    lag: 60,
  }),
  reads: {},
  inventory: articleList,
  fallback: defineFallback<Article>({
    walk: wholeList({ name: 'article_list', path: 'help_center/articles', key: 'articles', timeField: 'updated_at' }),
    tombstoneOf: (id, time) => ({ id, updated_at: isoOf(time) }),
    inventory: inventoryOfList('articles'),
  }),
  show: shownUnder(articleList),
})
