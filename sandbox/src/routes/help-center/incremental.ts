import type { Row } from '../../account/model.ts'
import type { Entry } from '../../account/table.ts'
import { invalidAttribute } from '../../http/errors.ts'
import type { Call } from '../../http/family.ts'
import { startTime } from '../../http/pages/export.ts'
import { wholeNumber } from '../../http/pages/links.ts'
import type { Served } from '../served.ts'
import { articleKind } from './kinds.ts'
import { helpCenterLink } from './pages.ts'

const ROUTE = 'api/v2/help_center/incremental/articles'

/**
 * `/incremental/articles`: articles changed at `start_time` or later, drafts too, by the time of the change. A page ends
 * with a whole second, and the next one begins with that second again. Assumed (fact 367): `next_page` is null once
 * nothing is newer than `start_time` (clients follow it until it is null or a page is empty), and `end_time` of an
 * empty page is `start_time`.
 */
export function incrementalArticles({ store, exportPageSize }: Served, call: Call): Row {
  const { asked } = call
  const start = startTime(asked.query, ROUTE)
  const size = wholeNumber(asked.query, 'per_page', exportPageSize)
  if (size === undefined || size < 1) throw invalidAttribute('per_page', ROUTE)
  const kind = articleKind(store)
  const table = store.table('articles')
  const changed = Array.from(table.all(), (entry) => ({ entry, at: Date.parse(String(entry['updated_at'])) / 1000 }))
    .filter(({ at }) => at >= start)
    .sort((one, other) => one.at - other.at)

  const last = changed[Math.min(size, exportPageSize) - 1]?.at ?? Number.POSITIVE_INFINITY
  const page = changed.filter(({ at }) => at <= last)
  const more = changed.length > page.length
  const reached = page.at(-1)?.at ?? start
  // A page of one second has to lead beyond it.
  const end = more && reached === start ? start + 1 : reached
  const entries: readonly Entry[] = page.map(({ entry }) => entry)
  return {
    articles: entries.map((entry) => kind.row?.(entry, call) ?? table.row(entry)),
    ...kind.sideLoaded?.(entries, call),
    count: entries.length,
    next_page: end === start ? null : helpCenterLink(asked, { start_time: String(end) }, '.json'),
    end_time: end,
  }
}
