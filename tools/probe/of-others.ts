import { HttpError, isClosed } from '../../src/model/errors.ts'
import type { RecordData } from '../../src/model/stream.ts'
import { epochOf, isoOf } from '../../src/model/time.ts'
import { FAR_AHEAD } from '../../src/zendesk/walks/incremental-list.ts'
import { type Account, type Assumption, answerOr, fails, holds, isRefusal, open } from './assumption.ts'

const DAY = 86_400
/** How many articles are looked at, those that changed last. */
const ARTICLES = 8

export const farEnd: Assumption = {
  fact: 316,
  name: 'far-end',
  title: "the audit log's filter takes an end far ahead",
  async ask({ get, now }) {
    const at = await now()
    const query = (end: string) => ({
      sort: 'created_at',
      'filter[created_at][]': [isoOf(at - 30 * DAY), end],
      'page[size]': 1,
    })
    const rowsOf = (page: object): number => ((page as { audit_logs?: unknown[] }).audit_logs ?? []).length
    const far = await answerOr(get('audit_logs', query(FAR_AHEAD)))
    if (isRefusal(far)) return fails(`it is refused: ${far.message}`)
    if (rowsOf(far) > 0) return holds('lines of the last month came')
    return rowsOf(await get('audit_logs', query(isoOf(at)))) > 0
      ? fails('nothing came, though there are lines of the last month')
      : open('the log has no lines of the last month')
  },
}

export const articleMoves: Assumption = {
  fact: 318,
  name: 'article-moves',
  title: 'a new comment or a changed translation of an article moves its time',
  async ask({ rows }) {
    const articles = await rows('help_center/articles', 'articles', { sort: '-updated_at', 'page[size]': ARTICLES })
    let seen = 0
    for (const { id, updated_at } of articles) {
      const moved = epochOf(updated_at) ?? 0
      // A vote on a comment changes the comment alone.
      for (const [kind, field] of [['comments', 'created_at'] as const, ['translations', 'updated_at'] as const])
        for (const row of await rows(`help_center/articles/${id}/${kind}`, kind, { 'page[size]': 100 })) {
          if ((epochOf(row[field]) ?? 0) > moved + 1) return fails(`article ${id} is older than one of its ${kind}`)
          if (kind === 'comments') seen++
        }
    }
    return seen === 0
      ? open('the articles that changed last have no comments')
      : holds(`no article is older than its ${seen} comments`)
  },
}

export const closedExports: Assumption = {
  fact: 322,
  name: 'closed-exports',
  title: 'a closed export answers 403, 404 or 410',
  async ask(account) {
    try {
      await account.get('incremental/tickets/cursor', { start_time: (await account.now()) - 600, per_page: 1 })
      return open('the exports are open for this connection')
    } catch (error) {
      if (!(error instanceof HttpError)) throw error
      if (!(await isAdmin(account))) return open('only an administrator may read exports')
      const { status, message } = error
      return isClosed(error) ? holds(`HTTP ${status}`) : fails(message)
    }
  },
}

async function isAdmin({ get }: Account): Promise<boolean> {
  const { user } = (await get('users/me')) as { user?: RecordData }
  return user?.['role'] === 'admin'
}
