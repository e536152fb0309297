import { nextByCursor } from '../../model/next-page.ts'
import {
  type Archive,
  type ArchiveSearch,
  dateOf,
  type Position,
  type RecordData,
  type Walk,
} from '../../model/stream.ts'
import { epochOf, isoOf } from '../../model/time.ts'
import { emittedSince, fingerprintsIn, idOf, isEmittedAs } from './emitted-rows.ts'
import { EXPORT_PAGE_SIZE } from './export-position.ts'
import { newestOf } from './incremental-list.ts'
import { cursorList } from './list.ts'
import { rowsOf } from './rows.ts'

/** The kinds of records that a search can find, as Zendesk names them. */
export type Searched = 'ticket' | 'user' | 'organization' | 'group'

/** Search finds changes only some minutes later: so many seconds are read again. */
const LAG = 15 * 60
/** A window of this length, in seconds, is not halved any more, however many pages it has. */
const SHORT_WINDOW = 30 * 86_400
/** A window with fewer rows than this is followed by one twice as long. */
const FEW = EXPORT_PAGE_SIZE / 4
/** How many rows a position remembers at most; others of its last minutes are emitted again. */
const MOST_REMEMBERED = 1000

/** A search: the kind of records, and the query in Zendesk's search language. */
export interface Sought {
  readonly kind: Searched
  readonly text: string
  /**
   * Whether later syncs ask for every changed record of the kind, to see those that no longer match. It takes more requests,
   * and the stream must know which rows match.
   */
  readonly seesAll?: boolean
}

/** What a position's cursor holds (as JSON), besides its time: where the window begins. Times are epoch seconds. */
interface Place {
  /** The end of the window; left out: now. */
  readonly to?: number
  /** A time that is certainly in the past, by the times of rows. */
  readonly past?: number
  /** Zendesk's cursor in the window: valid for an hour, and for this search only. */
  readonly after?: string
  /** Whether every changed record is asked for: results were emitted before. */
  readonly all?: boolean
  /** In a first sync: every record that changed since then is asked for, as it may have been emitted while it still matched. */
  readonly since?: number
  /** The latest change of a row on the window's first page: the search was not made before that. */
  readonly newest?: number
}

/**
 * Exports all results of a search by the time of their last change. Results come newest first by their creation, so a sync
 * can only resume at the end of a window that was read whole. Long windows are halved until their rows fit on a page, or
 * until they are short. A later sync begins with everything that changed since the last one. With `seesAll`, a first sync puts
 * its beginning into the position before the first row: also a sync after one that was cut off sees what no longer matches.
 * https://developer.zendesk.com/api-reference/ticketing/ticket-management/search/#export-search-results
 */
export function searchExport(name: string, { kind, text, seesAll = false }: Sought): Walk {
  const timeOf = (row: RecordData): number => epochOf(row['updated_at']) ?? 0
  return {
    name,
    path: 'search/export',
    key: 'results',
    bucket: 'search-export',
    order: 'ascending',
    reads: { id: true, updated_at: true },
    extras: ['result_type'],
    query: { 'filter[type]': kind, 'page[size]': EXPORT_PAGE_SIZE },
    sizedBy: 'page[size]',
    isBefore: (one, other) => one.time < other.time || one.cursor !== other.cursor,
    // A sync that ended in the middle of a window reads it from its start: cursors expire.
    rewind: ({ time, cursor, seen }) => {
      const { since } = placeIn(cursor)
      const all = since === undefined && (seen !== undefined || cursor !== undefined)
      return at({ time, ...(seen && { seen }) }, { all, ...(since !== undefined && { since }) })
    },
    request({ time, cursor }) {
      const { to, after, all = false, since } = windowAt(time, cursor)
      const window = `updated>=${isoOf(time)}${to === undefined ? '' : ` updated<${isoOf(to)}`}`
      const isAll = all || (since !== undefined && time >= since)
      return {
        query: `${seesAll && isAll ? '' : text} ${window}`.trim(),
        ...(after !== undefined && { 'page[after]': after }),
      }
    },
    advance(page, position) {
      const place = windowAt(position.time, position.cursor)
      if (seesAll && place.all !== true && place.since === undefined)
        return { rows: [], last: false, position: at(position, { since: (dateOf(page) ?? LAG) - LAG }) }
      const all = rowsOf(page, 'results')
      const asked = { path: 'search/export', rows: all.length, size: EXPORT_PAGE_SIZE, cursor: place.after }
      const next = nextByCursor(page, asked)
      const after = next.last ? undefined : next.cursor
      const isFirst = place.after === undefined
      // A time ahead of the answer's own is none to go by.
      const now = dateOf(page) ?? Number.POSITIVE_INFINITY
      const times = all.map(timeOf).filter((time) => time <= now)
      const newest = place.newest ?? times.reduce((latest, time) => Math.max(latest, time), position.time)
      const halved = isFirst && after !== undefined ? halfOf(position, place, newest) : undefined
      if (halved) return { rows: [], last: false, position: at(position, halved) }

      const known = fingerprintsIn(position.seen)
      const rows = all.filter((row) => !isEmittedAs(row, known.get(idOf(row))))
      const from = newest - LAG
      const placed = rows.map((row) => [row, timeOf(row)] as const).filter(([, time]) => time >= from)
      // Rows that earlier syncs remembered are needed up to the last page.
      const since = after === undefined ? from : position.time
      const seen = newestOf(emittedSince(since, position, placed), MOST_REMEMBERED)
      if (after !== undefined)
        return { rows, last: false, position: at({ ...position, seen }, { ...place, newest, after }) }
      if (place.to === undefined) {
        const end = { time: Math.max(position.time, from), seen }
        // Remembered rows say that this was no first sync; without any, the cursor does.
        return { rows, last: true, position: Object.keys(seen).length > 0 ? end : at(end, { all: true }) }
      }
      return {
        rows,
        last: false,
        position: at({ time: place.to, seen }, windowAfter(position.time, place, all.length)),
      }
    },
  }
}

const at = ({ time, seen }: Position, place: Place): Position => ({
  time,
  cursor: JSON.stringify(place),
  ...(seen && { seen }),
})

const placeIn = (cursor: string | undefined): Place => (cursor === undefined ? {} : (JSON.parse(cursor) as Place))

/** The window at this place. One that begins before `since` ends there, at the latest. */
function windowAt(time: number, cursor: string | undefined): Place {
  const place = placeIn(cursor)
  const { to = Number.POSITIVE_INFINITY, since } = place
  return since === undefined || time >= since ? place : { ...place, to: Math.min(to, since) }
}

/** The first half of a window that has more than a page; undefined if it is short enough. */
function halfOf({ time }: Position, { to, past, all, since }: Place, newest: number): Place | undefined {
  const known = past ?? newest - LAG
  const end = to ?? known
  return end - time > SHORT_WINDOW
    ? {
        ...(all && { all }),
        ...(since !== undefined && { since }),
        past: known,
        to: time + Math.ceil((end - time) / 2),
      }
    : undefined
}

/** The window after one that was read whole. `rows`: how many its last page had. The last window has no end. */
function windowAfter(from: number, { to = from, past = to, after, all, since }: Place, rows: number): Place {
  const length = (to - from) * (after === undefined && rows < FEW ? 2 : 1)
  const place = { ...(all && { all }), ...(since !== undefined && { since }) }
  return { past, ...place, ...(to + length < past && { to: to + length }) }
}

/**
 * All rows that a search finds, in stretches of their creation. `query` says nothing of times.
 * https://developer.zendesk.com/api-reference/ticketing/ticket-management/search/#export-search-results
 * https://developer.zendesk.com/api-reference/ticketing/ticket-management/search/#show-results-count
 */
export function archiveSearch(kind: Searched, query: string): Pick<Archive, 'walk' | 'count'> {
  const textOf = ({ since, from, until }: ArchiveSearch): string =>
    `${query} updated>${isoOf(since)} created>=${isoOf(from)} created<${isoOf(until)}`
  const list = cursorList({ path: 'search/export', key: 'results' })
  return {
    walk: (search) => ({
      ...list,
      query: { 'filter[type]': kind, query: textOf(search), ...list.query },
      advance(page, position) {
        const { rows, ...rest } = list.advance(page, position)
        return { ...rest, rows: rows.map(({ result_type: _, ...row }) => row) }
      },
    }),
    count: (search) => ({ path: 'search/count', query: { query: `type:${kind} ${textOf(search)}` } }),
  }
}
