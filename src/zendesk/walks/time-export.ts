import { fingerprintOf } from '../../model/fingerprint.ts'
import {
  type Advance,
  dateOf,
  type Page,
  type Position,
  type Query,
  type Read,
  type Reads,
  type RecordData,
  type Walk,
} from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import { emittedSince, fingerprintsIn } from './emitted-rows.ts'
import { EXPORT_PAGE_SIZE, isBefore, isCaughtUp } from './export-position.ts'
import { rowsOf } from './rows.ts'

type NoReads = Readonly<Record<never, true>>

export interface TimeExport<Fields extends Reads = NoReads> {
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
  isDisplaced?(row: Read<RecordData, Fields>): boolean
  /** Whether a row may, where it does not tell; left out: each one tells. */
  mayBeDisplaced?(row: Read<RecordData, Fields>): boolean
  /** The fields of a row that these read; left out: none. */
  readonly reads?: Fields
  /** See Walk. */
  readonly extras?: readonly string[]
}

/**
 * A time-based incremental export. A page ends at `end_time`, the second of its last row, and the next page begins with
 * that second again; so the position remembers which rows of it were handed on, and in which form. Where rows appear
 * late, by up to `settle` seconds, it remembers those of the time that was not settled when its page was given, and each
 * sync begins where that time began.
 * https://developer.zendesk.com/documentation/ticketing/managing-tickets/using-the-incremental-export-api/#time-based-incremental-exports
 */
export function timeExport<const Fields extends Reads = NoReads>(declared: TimeExport<Fields>): Walk {
  const {
    name,
    path,
    key,
    bucket,
    timeField,
    query,
    reads,
    settle = 0,
    configured,
    sizedBy = 'per_page',
    extras,
  } = declared
  return {
    name,
    path,
    key,
    ...(bucket !== undefined && { bucket }),
    order: 'ascending',
    isBefore,
    isCaughtUp,
    timeOf: (row) => epochOf(row[timeField]),
    reads: { ...reads, id: true, [timeField]: true },
    ...(extras && { extras }),
    query: { [sizedBy]: EXPORT_PAGE_SIZE, ...query },
    sizedBy,
    ...(configured && { configured }),
    rewind: ({ time, settled = time - settle, ...rest }) => {
      // Where somebody set the time back, that is where to begin.
      const from = Math.max(0, Math.min(time, settled))
      return { ...rest, time: from, ...(settle > 0 && { settled: from }) }
    },
    request: ({ time }) => ({ start_time: time }),
    advance: (page, position) => advance(declared, page, position),
  }
}

function advance(declared: TimeExport<Reads>, page: Page, position: Position): Advance {
  const { path, key, timeField, settle = 0 } = declared
  const all = rowsOf(page, key)
  const known = fingerprintsIn(position.seen)
  const isNew = (row: RecordData): boolean => {
    // A row can come again in another form, and under another time than its own.
    const fingerprint = known.get(row['id'])
    return fingerprint === undefined || fingerprint !== fingerprintOf(row)
  }
  const rows = all.filter(isNew)
  const times = all.map((row) => epochOf(row[timeField]))
  const end = endOf(declared, page, times, position)
  const last = isLast(page, all.length, rows.length, end > position.time)
  // More rows in one second than a page holds, and the page has nothing else: Zendesk's advice is to step over it.
  const stuck = !last && rows.length === 0 && end <= position.time
  const time = stuck ? position.time + 1 : end
  // A sync that finds nothing new ends with the state that it began with.
  const isOver = last && rows.length === 0
  const settled = settle === 0 ? time : settledAfter(isOver ? undefined : page, position, time, settle)
  const places = placesIn(declared, all, times, { from: position.time, end, isSettled: settled >= time })
  const placed: [RecordData, number][] = []
  all.forEach((row, nth) => {
    const place = places[nth] as number
    if (place >= settled && isNew(row)) placed.push([row, place])
  })
  return {
    rows,
    last,
    position: { time, seen: emittedSince(settled, position, placed), ...(settle > 0 && { settled }) },
    ...(stuck && {
      warning: `${path}: Zendesk gives the second ${position.time} again and again; going on with the next one. Rows of that second may be missing.`,
    }),
  }
}

/** The second that a page ends at. */
function endOf(
  { endsWithRow = true }: TimeExport<Reads>,
  page: Page,
  times: readonly (number | undefined)[],
  { time }: Position,
): number {
  const newest = times.reduce<number>((latest, one = 0) => Math.max(latest, one), time)
  const end = epochOf(page['end_time']) ?? newest
  // The second after the last row may be the next page's: where one second fills a page, it is.
  return endsWithRow ? end : Math.min(end, times.length > 0 ? newest + 1 : newest)
}

/** For each row of a page, the latest second that it can stand at in the export. */
function placesIn(
  { isDisplaced = () => false, mayBeDisplaced }: TimeExport<Reads>,
  rows: readonly RecordData[],
  times: readonly (number | undefined)[],
  { from, end, isSettled }: { readonly from: number; readonly end: number; readonly isSettled: boolean },
): readonly number[] {
  // Of settled time no more than the last second comes again, with the next page.
  const isApart = isSettled ? isDisplaced : (mayBeDisplaced ?? isDisplaced)
  const own = rows.map((row, nth) => (isApart(row) ? undefined : times[nth]))
  return placesOf(own, from, end, mayBeDisplaced !== undefined)
}

/** For how many seconds longer a time counts as unsettled: clocks differ. */
const CLOCKS = 60

/** Up to when no row will appear late, once this page, if any, has been read from `before` to `time`. */
function settledAfter(page: Page | undefined, before: Position, time: number, settle: number): number {
  const { settled = before.time - settle } = before
  if (page === undefined) return settled
  const now = dateOf(page)
  // Where Zendesk did not tell the time, it was that of the last row at least.
  if (now === undefined) return Math.max(settled, time - settle)
  // What was not settled before this page may have become more since.
  return settled === before.time ? Math.max(settled, Math.min(time, now - settle - CLOCKS)) : settled
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
 * For each row of a page, by its time, the latest second that it can stand at in the export: its own where it is in order,
 * the page's last one where it is older than a row before it, or has no time to go by. Where none that is in order stands
 * at the page's end, one that may be displaced does: it could be any of them, if `isGuess`.
 */
function placesOf(
  times: readonly (number | undefined)[],
  start: number,
  end: number,
  isGuess: boolean,
): readonly number[] {
  let latest = start
  const places = times.map((time) => {
    const isInOrder = time !== undefined && time >= latest
    if (isInOrder) latest = time
    return isInOrder ? time : end
  })
  return isGuess && latest < end - 1 ? places.map((place) => Math.max(place, end)) : places
}
