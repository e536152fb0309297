import { ConnectorError } from '../../model/errors.ts'
import { fingerprintOf } from '../../model/fingerprint.ts'
import type { Page, Position, RecordData, Walk } from '../../model/stream.ts'
import { epochOf, isoOf } from '../../model/time.ts'
import { emittedSince, fingerprintsIn, idOf } from './emitted-rows.ts'
import { EXPORT_PAGE_SIZE } from './export-position.ts'
import { newestOf } from './incremental-list.ts'
import { rowsOf } from './rows.ts'

/** What a search can be for: one kind, named by Zendesk's word for it. */
export type Searched = 'ticket' | 'user' | 'organization' | 'group'

/** Changes are found by a search some minutes later; so many seconds are looked at again. */
const LAG = 15 * 60
/** A stretch of time as long as this is read to its end without a place to go on from, in seconds. */
const STRETCH = 30 * 86_400
/** A stretch with fewer rows than this is followed by one twice as long. */
const FEW = EXPORT_PAGE_SIZE / 4
/** How many rows a position remembers at the most; others of its last minutes are handed on again. */
const REMEMBERED = 1000

/** What is searched for: one kind, in Zendesk's own language. */
export interface Sought {
  readonly kind: Searched
  readonly text: string
  /**
   * Once it was read, whatever has changed of its kind is asked for, so that a row that the search fits no more is seen: it
   * takes more requests, and its stream must know which rows fit.
   */
  readonly seesAll?: boolean
}

/** What the walk's own mark of a place holds beside the time from which on rows are asked for (epoch seconds). */
interface Place {
  /** The end of the stretch that is asked for; left out: there is none. */
  readonly to?: number
  /** A time that lies in the past for certain, by the times of rows. */
  readonly past?: number
  /** Zendesk's cursor in the stretch: good for an hour, and for this very search. */
  readonly after?: string
  /** Whether all that has changed is asked for: results were handed on before. */
  readonly all?: boolean
  /** The latest change of a row on the stretch's first page: the search is not older than that. */
  readonly newest?: number
}

/**
 * A search of which all results are exported, by the time of their last change. They come newest first by the time of
 * their creation, so that a place to go on from is only where a stretch of time was read whole: long ones are cut in
 * halves until their rows fit on a page, or they are short. A sync begins with all that changed since the last one.
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
    // What stood in the middle of a stretch is read from its start: cursors do not last.
    rewind: ({ time, cursor, seen }) =>
      at({ time, ...(seen && { seen }) }, { all: seen !== undefined || cursor !== undefined }),
    request({ time, cursor }) {
      const { to, after, all = false } = placeIn(cursor)
      const stretch = `updated>=${isoOf(time)}${to === undefined ? '' : ` updated<${isoOf(to)}`}`
      return {
        query: `${seesAll && all ? '' : text} ${stretch}`.trim(),
        ...(after !== undefined && { 'page[after]': after }),
      }
    },
    advance(page, position) {
      const place = placeIn(position.cursor)
      const all = rowsOf(page, 'results')
      const after = nextIn(page)
      const isFirst = place.after === undefined
      const newest = place.newest ?? all.reduce((time, row) => Math.max(time, timeOf(row)), position.time)
      const halved = isFirst && after !== undefined ? halfOf(position, place, newest) : undefined
      if (halved) return { rows: [], last: false, position: at(position, halved) }

      const known = fingerprintsIn(position.seen)
      const rows = all.filter((row) => known.get(idOf(row)) !== fingerprintOf(row))
      const from = newest - LAG
      const placed = rows.map((row) => [row, timeOf(row)] as const).filter(([, time]) => time >= from)
      // What was remembered before this sync is needed to its last page.
      const since = after === undefined ? from : position.time
      const seen = newestOf(emittedSince(since, position, placed), REMEMBERED)
      if (after !== undefined)
        return { rows, last: false, position: at({ ...position, seen }, { ...place, newest, after }) }
      if (place.to === undefined) return { rows, last: true, position: { time: Math.max(position.time, from), seen } }
      return {
        rows,
        last: false,
        position: at({ time: place.to, seen }, stretchAfter(position.time, place, all.length)),
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

function nextIn(page: Page): string | undefined {
  const { has_more, after_cursor } = (page['meta'] ?? {}) as { has_more?: boolean; after_cursor?: string | null }
  if (has_more !== true) return undefined
  if (typeof after_cursor === 'string') return after_cursor
  throw new ConnectorError('search/export: Zendesk says that there is more, and gives no way to it.', 'transient_error')
}

/** The first half of a stretch that holds more than a page; undefined where it is short enough. */
function halfOf({ time }: Position, { to, past, all }: Place, newest: number): Place | undefined {
  const known = past ?? newest - LAG
  const end = to ?? known
  return end - time > STRETCH ? { ...(all && { all }), past: known, to: time + Math.ceil((end - time) / 2) } : undefined
}

/** The stretch after one that was read whole, of which `rows` came on its last page; the last one has no end. */
function stretchAfter(from: number, { to = from, past = 0, after, all }: Place, rows: number): Place {
  const length = (to - from) * (after === undefined && rows < FEW ? 2 : 1)
  return { past, ...(all && { all }), ...(to + length < past && { to: to + length }) }
}
