import { HttpError } from '../model/errors.ts'
import { nextByCursor } from '../model/next-page.ts'
import type { Archive, GetPage, RecordData } from '../model/stream.ts'
import { isoOf } from '../model/time.ts'
import { progressCheck } from '../model/walk-progress.ts'

/** A search for rows that changed after `since`, created from `from` on and before `until` (all epoch seconds). */
export interface ArchiveSearch {
  readonly since: number
  readonly from: number
  readonly until: number
}

/** Rows of the archive. `from`: all rows created before this second (epoch) were found earlier. */
export interface FoundRows {
  readonly rows: readonly RecordData[]
  readonly from: number
}

/** How many rows a window may have: its pages must be read within the hour that a cursor lives, at 100 requests a minute. */
const WINDOW = 5_000
const PAGE = 100

/**
 * Finds archived rows through search export, in windows of creation time, oldest first. Search gives rows newest first
 * and its cursors live for an hour: a sync can only resume at the end of a window.
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
  if ((await countRows(archive, search, get, streams)) > WINDOW && until - from > 1) {
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
async function countRows(
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
  let check = progressCheck('search/export')
  let restarts = 0
  for (;;) {
    const after: Readonly<Record<string, string>> = cursor === undefined ? {} : { 'page[after]': cursor }
    let page: Awaited<ReturnType<GetPage>>
    try {
      page = await get({ path: 'search/export', query: { ...query, ...after }, expects: 'results', streams })
    } catch (error) {
      // The cursor has expired: read the window again.
      if (cursor === undefined || !(error instanceof HttpError && error.status === 400) || ++restarts > 2) throw error
      cursor = undefined
      check = progressCheck('search/export')
      continue
    }
    const results = page['results'] as readonly RecordData[]
    yield results.map(({ result_type: _, ...row }) => row)
    const next = nextByCursor(page, { path: 'search/export', rows: results.length, size: PAGE, cursor })
    if (next.last) return
    cursor = next.cursor
    check({ rows: results, cursor, time: 0 })
  }
}

/**
 * How often the archive is searched for changes, in seconds: archived rows change when people are merged, and rows are
 * archived between two syncs.
 */
const SEARCHED_EVERY = 86_400

/** How far search may lag behind, in seconds: the last search may have missed changes from so long before it. */
export const SEARCH_LAG = 3600

/** Whether it is time to search again. `searched`: when the last search was; `at`: now (epoch seconds). */
export const isSearchDue = (searched: number, at: number): boolean => searched < at - SEARCHED_EVERY
