import { fingerprintOf } from '../fingerprint.ts'
import type { Page, Query, Reads, RecordData, Walk } from '../stream.ts'
import { epochOf } from '../time.ts'
import { EXPORT_PAGE_SIZE, isBefore, isCaughtUp } from './export.ts'
import { rowsOf } from './rows.ts'
import { formsIn, idOf, seenSince } from './seen.ts'

export interface TimeExport {
  readonly name: string
  readonly path: string
  readonly key: string
  readonly bucket?: string
  /** The parameter that names the size of a page; `per_page` where it is left out. */
  readonly sizedBy?: string
  /** The field by which the export selects and orders its rows. */
  readonly timeField: string
  readonly query?: Query
  readonly configured?: readonly string[]
  /** For how many seconds rows may still appear behind those already given. */
  readonly settle?: number
  /** False where `end_time` may lie past the last row of its page; true where it is left out. */
  readonly endsWithRow?: boolean
  /** Whether a row stands in the export by another time than its own, as that of its deletion. */
  readonly isDisplaced?: (row: RecordData) => boolean
  /** What `isDisplaced` and those who follow the export look at in a row. */
  readonly reads?: Reads
}

/**
 * A time-based incremental export. A page ends at `end_time`, the second of its last row, and the next page begins with
 * that second again; so the position remembers which rows of it were handed on, and in which form. Where rows appear
 * late, it remembers them for `settle` seconds, and each sync begins that much earlier.
 * https://developer.zendesk.com/documentation/ticketing/managing-tickets/using-the-incremental-export-api/#time-based-incremental-exports
 */
export function timeExport(declared: TimeExport): Walk {
  const { name, path, key, bucket, timeField, query, reads, settle = 0, isDisplaced = () => false } = declared
  const { configured, sizedBy = 'per_page', endsWithRow = true } = declared
  const timeOf = (row: RecordData): number | undefined => epochOf(row[timeField])
  return {
    name,
    path,
    key,
    ...(bucket !== undefined && { bucket }),
    order: 'ascending',
    isBefore,
    isCaughtUp,
    timeOf,
    reads: { ...reads, id: true, [timeField]: true },
    query: { [sizedBy]: EXPORT_PAGE_SIZE, ...query },
    sizedBy,
    ...(configured && { configured }),
    rewind: ({ time, ...rest }) => ({ time: Math.max(0, time - settle), ...rest }),
    request: ({ time }) => ({ start_time: time }),
    advance(page, position) {
      const all = rowsOf(page, key)
      const known = formsIn(position.seen)
      const rows = all.filter((row) => {
        // A row can come again in another form, and under another time than its own.
        const form = known.get(idOf(row))
        return form === undefined || form !== fingerprintOf(row)
      })
      const newest = Math.max(position.time, ...all.map((row) => timeOf(row) ?? 0))
      const told = epochOf(page['end_time']) ?? newest
      // The second after the last row may be the next page's: where one second fills a page, it is.
      const end = endsWithRow ? told : Math.min(told, all.length > 0 ? newest + 1 : newest)
      const last = isLast(page, all.length, rows.length, end > position.time)
      // More rows in one second than a page holds, and the page has nothing else: Zendesk's advice is to step over it.
      const stuck = !last && rows.length === 0 && end <= position.time
      const time = stuck ? position.time + 1 : end
      const placed = placedIn(rows, position.time, end, (row) => (isDisplaced(row) ? undefined : timeOf(row)))
      return {
        rows,
        last,
        position: { time, seen: seenSince(time - settle, position, placed) },
        ...(stuck && {
          warning: `${path}: Zendesk gives the second ${position.time} again and again; going on with the next one. Rows of that second may be missing.`,
        }),
      }
    },
  }
}

/** With so many rows, all of them known, a page is taken for one of many of the same second, not for the end. */
const MANY = 100

/**
 * `end_of_stream` says it. Where it is left out, a page that leads to no other is the end, and one with nothing new that
 * comes no farther: any page may be a small one, of rows that were seen before, and the last second comes again for ever.
 */
const isLast = (page: Page, all: number, fresh: number, moves: boolean): boolean =>
  typeof page['end_of_stream'] === 'boolean'
    ? page['end_of_stream']
    : page['next_page'] === null || (fresh === 0 && all < MANY && !moves)

/**
 * Each row with the latest second that it can stand at in the export: its own where it is in order, the page's last
 * one where it is older than a row before it, or has no time to go by.
 */
function placedIn(
  rows: readonly RecordData[],
  start: number,
  end: number,
  timeOf: (row: RecordData) => number | undefined,
): readonly (readonly [row: RecordData, place: number])[] {
  let latest = start
  return rows.map((row) => {
    const time = timeOf(row)
    const isInOrder = time !== undefined && time >= latest
    if (isInOrder) latest = time
    return [row, isInOrder ? time : end] as const
  })
}
