import { ConnectorError, HttpError } from '../../model/errors.ts'
import type { Archive, GetPage, RecordData } from '../../model/stream.ts'
import { isoOf } from '../../model/time.ts'

/** What is looked for: rows that changed after `since` and were created from `from` on and before `until` (epoch seconds). */
export interface ArchiveSearch {
  readonly since: number
  readonly from: number
  readonly until: number
}

/** Rows of the archive; `from`: all that were created before this second have been given. */
export interface FoundRows {
  readonly rows: readonly RecordData[]
  readonly from: number
}

/** How many rows a window may have: its pages must be read within the hour that a cursor lives, at a hundred a minute. */
const WINDOW = 5_000
const PAGE = 100

/**
 * Finds archived rows through search export, in windows of their creation, oldest first. Search gives its rows newest
 * first, and its cursors live for an hour, so that only a whole window is a place to go on from.
 * https://developer.zendesk.com/api-reference/ticketing/ticket-management/search/#export-search-results
 */
export async function* readArchive(
  archive: Archive,
  search: ArchiveSearch,
  get: GetPage,
  streams: readonly string[],
): AsyncGenerator<FoundRows> {
  const { from, until } = search
  if (from >= until) return
  if ((await count(archive, search, get, streams)) > WINDOW && until - from > 1) {
    const middle = Math.floor((from + until) / 2)
    yield* readArchive(archive, { ...search, until: middle }, get, streams)
    yield* readArchive(archive, { ...search, from: middle }, get, streams)
    return
  }
  for await (const rows of pagesOf(archive, search, get, streams)) yield { rows, from }
  yield { rows: [], from: until }
}

const queryOf = ({ query }: Archive, { since, from, until }: ArchiveSearch): string =>
  `${query} updated>${isoOf(since)} created>=${isoOf(from)} created<${isoOf(until)}`

/** https://developer.zendesk.com/api-reference/ticketing/ticket-management/search/#show-results-count */
async function count(
  archive: Archive,
  search: ArchiveSearch,
  get: GetPage,
  streams: readonly string[],
): Promise<number> {
  const query = { query: `type:${archive.type} ${queryOf(archive, search)}` }
  const { count: found } = await get({
    path: 'search/count',
    query,
    streams,
    isPage: ({ count }) => typeof count === 'number',
  })
  return found as number
}

async function* pagesOf(
  archive: Archive,
  search: ArchiveSearch,
  get: GetPage,
  streams: readonly string[],
): AsyncGenerator<readonly RecordData[]> {
  const query = { 'filter[type]': archive.type, query: queryOf(archive, search), 'page[size]': PAGE }
  let cursor: string | undefined
  let restarts = 0
  for (;;) {
    const after: Readonly<Record<string, string>> = cursor === undefined ? {} : { 'page[after]': cursor }
    let page: Awaited<ReturnType<GetPage>>
    try {
      page = await get({ path: 'search/export', query: { ...query, ...after }, expects: 'results', streams })
    } catch (error) {
      // The cursor has lived for too long, and the window begins anew.
      if (cursor === undefined || !(error instanceof HttpError && error.status === 400) || ++restarts > 2) throw error
      cursor = undefined
      continue
    }
    yield (page['results'] as readonly RecordData[]).map(({ result_type: _, ...row }) => row)
    const meta = page['meta'] as { has_more?: boolean; after_cursor?: string | null } | undefined
    if (meta?.has_more !== true) return
    if (typeof meta.after_cursor !== 'string' || meta.after_cursor === cursor)
      throw new ConnectorError(
        'search/export: Zendesk says that there is more, and gives no way to it.',
        'transient_error',
      )
    cursor = meta.after_cursor
  }
}

/** How often archived rows are looked for that have changed, as when people are merged, or were archived unseen. */
const SEARCHED_EVERY = 86_400

/** Changes of so many seconds before the last search may have been overlooked by it: search lags behind. */
export const LATE = 3600

/** Whether it is time to search again (`at`, epoch seconds). */
export const isSearchDue = (searched: number, at: number): boolean => searched < at - SEARCHED_EVERY
