import { HttpError } from '../model/errors.ts'
import type { Archive, ArchiveSearch, RecordData, Walk } from '../model/stream.ts'
import { type Pages, readWalk, type WalkOptions } from './pages.ts'

/** Rows of the archive. `from`: all rows created before this second (epoch) were found earlier. */
export interface FoundRows {
  readonly rows: readonly RecordData[]
  readonly from: number
}

/** How many rows a window may have: its pages must be read within the hour that a cursor lives, at 100 requests a minute. */
const WINDOW = 5_000

/** So often a window is read again if its cursor has expired. */
const RESTARTS = 2

/**
 * Finds archived rows through search, in windows of creation time, oldest first. Search gives rows newest first and its
 * cursors live for an hour: a sync can only resume at the end of a window.
 */
export async function* readArchive(
  archive: Archive,
  search: ArchiveSearch,
  { get, signal, clock, streams }: WalkOptions,
): AsyncGenerator<FoundRows> {
  const { from, until } = search
  if (from >= until) return
  const options = { get, signal, streams, ...(clock && { clock }) }
  const counted = await get({ ...archive.count(search), streams, isPage: ({ count }) => typeof count === 'number' })
  if ((counted['count'] as number) > WINDOW && until - from > 1) {
    const middle = Math.floor((from + until) / 2)
    yield* readArchive(archive, { ...search, until: middle }, options)
    yield* readArchive(archive, { ...search, from: middle }, options)
    return
  }
  for await (const rows of pagesOf(archive.walk(search), options)) yield { rows, from }
  yield { rows: [], from: until }
}

async function* pagesOf(walk: Walk, options: WalkOptions): Pages {
  for (let restarts = 0; ; restarts++) {
    let isBegun = false
    try {
      for await (const { rows } of readWalk(walk, { time: 0 }, options)) {
        isBegun = true
        yield rows
      }
      return
    } catch (error) {
      const isExpired = isBegun && error instanceof HttpError && error.status === 400
      if (!isExpired || restarts === RESTARTS) throw error
    }
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
