import { ConnectorError } from '../../model/errors.ts'
import {
  type Advance,
  askedSize,
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
import { emittedSince, fingerprintsIn, isEmittedAs } from './emitted-rows.ts'
import { EXPORT_PAGE_SIZE, isBefore, isCaughtUp } from './export-position.ts'
import { rowsOf } from './rows.ts'

type NoReads = Readonly<Record<never, true>>

export interface TimeExport<Fields extends Reads = NoReads> {
  readonly name: string
  readonly path: string
  readonly key: string
  readonly bucket?: string
  /** The parameter for the size of a page. Left out: `per_page`. */
  readonly sizedBy?: string
  /** The field by which the export selects and orders its rows. */
  readonly timeField: string
  readonly query?: Query
  readonly configured?: readonly string[]
  /** The lag: for how many seconds rows may still appear behind those already read. */
  readonly lag?: number
  /** Whether `end_time` is always the time of the page's last row. Left out: true. */
  readonly endsWithRow?: boolean
  /** How many rows a page has at most, whatever is asked for. Left out: as many as are asked for. */
  readonly pageSize?: number
  /** Whether the export orders this row by another time than its own, such as that of its deletion. */
  isDisplaced?(row: Read<RecordData, Fields>): boolean
  /** Whether that may be so, if the row itself does not show it. Left out: rows always show it. */
  mayBeDisplaced?(row: Read<RecordData, Fields>): boolean
  /** The fields of a row that these two read; left out: none. */
  readonly reads?: Fields
  /** See Walk. */
  readonly extras?: readonly string[]
}

/**
 * A time-based incremental export. A page ends at `end_time`, the second of its last row, and the next page begins with
 * that second again, so the position remembers the fingerprints of the rows emitted in it. If rows may appear late, by up
 * to `lag` seconds, it remembers those emitted in the time that was not settled, and each sync begins where that time
 * began.
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
    lag = 0,
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
    rewind: ({ time, settled = time - lag, ...rest }) => {
      // If somebody has set the time back in the state, the sync begins there.
      const from = Math.max(0, Math.min(time, settled))
      return { ...rest, time: from, ...(lag > 0 && { settled: from }) }
    },
    request: ({ time }) => ({ start_time: time }),
    advance: (page, position) => advance(declared, page, position),
  }
}

// What is done for each row of a page is done in plain loops, by functions that stay: one that is made anew for each page is
// compiled anew for each few pages, which takes a fifth of the time of a sync of some seconds.
function advance(declared: TimeExport<Reads>, page: Page, position: Position): Advance {
  const { key, timeField, lag = 0 } = declared
  const all = rowsOf(page, key)
  const known = fingerprintsIn(position.seen)
  const rows = known.size === 0 ? all : newIn(all, known)
  const times = timesIn(all, timeField)
  const end = endOf(declared, page, times, position)
  const last = isLast(declared, page, { all: all.length, fresh: rows.length, moves: end > position.time })
  // More rows in one second than a page holds, and the page has nothing else: the next page would be this one.
  const isCrowded = !last && rows.length === 0 && end <= position.time
  const time = isCrowded ? position.time + 1 : end
  // A sync that finds nothing new keeps its state.
  const isOver = last && rows.length === 0
  const settled = lag === 0 ? time : settledAfter(isOver ? undefined : page, position, time, lag)
  const places = placesIn(declared, all, times, { from: position.time, end, isSettled: settled >= time })
  const placed: [RecordData, number][] = []
  for (let nth = 0; nth < all.length; nth++) {
    const row = all[nth] as RecordData
    const place = places[nth] as number
    if (place >= settled && isNew(row, known)) placed.push([row, place])
  }
  return {
    rows,
    last,
    position: { time, seen: emittedSince(settled, position, placed), ...(lag > 0 && { settled }) },
    ...(isCrowded && { isCrowded }),
  }
}

type Known = ReturnType<typeof fingerprintsIn>

/** Whether a row was not emitted as it is. One that changed comes again, possibly by another time than its own. */
const isNew = (row: RecordData, known: Known): boolean => !isEmittedAs(row, known.get(row['id']))

function newIn(rows: readonly RecordData[], known: Known): readonly RecordData[] {
  const found: RecordData[] = []
  // Most pages begin with all rows that were emitted before: none is looked for behind the last of them.
  let left = 0
  for (const id of known.keys()) if (typeof id === 'string') left++
  let nth = 0
  for (; nth < rows.length && left > 0; nth++) {
    const row = rows[nth] as RecordData
    if (isNew(row, known)) found.push(row)
    else left--
  }
  return found.concat(rows.slice(nth))
}

function timesIn(rows: readonly RecordData[], timeField: string): readonly (number | undefined)[] {
  const times = new Array<number | undefined>(rows.length)
  for (let nth = 0; nth < rows.length; nth++) times[nth] = epochOf((rows[nth] as RecordData)[timeField])
  return times
}

/** The latest of these times that is not after `now`; `least` if none is later. */
function newestOf(times: readonly (number | undefined)[], now: number, least: number): number {
  let newest = least
  for (let nth = 0; nth < times.length; nth++) {
    const time = times[nth] ?? 0
    if (time <= now && time > newest) newest = time
  }
  return newest
}

/**
 * The second that a page ends at: its `end_time`, or, if that is ahead of the time of the answer, the time of its latest row
 * that is not. Throws a ConnectorError for a page that ends before it begins: the pages after it would begin earlier still.
 */
function endOf(
  { endsWithRow = true, pageSize, path }: TimeExport<Reads>,
  page: Page,
  times: readonly (number | undefined)[],
  { time }: Position,
): number {
  const now = dateOf(page) ?? Number.POSITIVE_INFINITY
  const newest = newestOf(times, now, time)
  const endTime = epochOf(page['end_time'])
  // What lies ahead is no time to go by: the newest rows are withheld, and those up to now would be passed over.
  const said = endTime !== undefined && endTime > now ? undefined : endTime
  const endOfStream = page['end_of_stream']
  // One that tells no end of the stream gives its last row again, however late it is asked for (fact 101).
  if (said !== undefined && said < time && (endOfStream === false || (endOfStream === true && times.length > 0)))
    throw new ConnectorError(
      `${path}: Zendesk's page ends at ${said}, before ${time}, where it was asked to begin.`,
      'transient_error',
    )
  const end = Math.max(said ?? newest, time)
  // The second after the last row may be the next page's: where one second fills a page, it is. But of a full page nobody
  // knows whether it has the whole second.
  const latest = times.length === 0 || times.length === pageSize ? newest : newest + 1
  return endsWithRow ? end : Math.min(end, latest)
}

const isNever = (): boolean => false

/**
 * For each row of a page: the latest second (epoch) by which the export may have ordered it. That is its own time if it is in
 * order. One that is older than a row before it, has no time, or is displaced stands no later than the next row in order, or the
 * page's end. If no row in order stands at that end, displaced ones do: those that show it, and the last rows that may be it.
 */
function placesIn(
  { isDisplaced = isNever, mayBeDisplaced = isDisplaced }: TimeExport<Reads>,
  rows: readonly RecordData[],
  times: readonly (number | undefined)[],
  { from, end, isSettled }: { readonly from: number; readonly end: number; readonly isSettled: boolean },
): readonly number[] {
  // In settled time only the last second is read again, with the next page.
  const isApart = isSettled ? isDisplaced : mayBeDisplaced
  const places = new Array<number>(rows.length)
  let latest = from
  for (let nth = 0; nth < rows.length; nth++) {
    const time = times[nth]
    const isInOrder = time !== undefined && time >= latest && !isApart(rows[nth] as RecordData)
    if (isInOrder) latest = time
    places[nth] = isInOrder ? time : NEXT
  }
  const guessed = latest < end - 1 ? rows.length - MOST_GUESSED : rows.length
  let next = end
  for (let nth = rows.length - 1; nth >= 0; nth--)
    if (places[nth] === NEXT || (nth >= guessed && mayBeDisplaced(rows[nth] as RecordData))) places[nth] = next
    else next = places[nth] as number
  return places
}

/** How many rows at the end of a page may be displaced without showing it: those of a ticket or two. More of them come twice. */
const MOST_GUESSED = 100

/** No place of its own: that of the next row in order. */
const NEXT = Number.NEGATIVE_INFINITY

/** For how many seconds longer a time counts as unsettled, as clocks differ. */
const CLOCK_DIFFERENCE = 60

/** Up to when no row will appear late, after this page, if any, was read from `before` to `time` (epoch seconds). */
function settledAfter(page: Page | undefined, before: Position, time: number, lag: number): number {
  const { settled = before.time - lag } = before
  if (page === undefined) return settled
  const now = dateOf(page)
  // Without a date in the answer, it is no earlier than its last row.
  if (now === undefined) return Math.max(settled, time - lag)
  // Unsettled time before this page may have got more rows since it was read.
  return settled === before.time ? Math.max(settled, Math.min(time, now - lag - CLOCK_DIFFERENCE)) : settled
}

/** Whether a page has as many rows as it was asked for, or as its export gives at most: the same second may have more. */
const isFull = (page: Page, rows: number, pageSize = EXPORT_PAGE_SIZE): boolean =>
  rows >= Math.min(askedSize(page) ?? pageSize, pageSize)

/**
 * `end_of_stream` says it. Where it is left out, a page that leads to no other is the end, and one with nothing new that
 * comes no farther: any page may be a small one, of rows that were seen before, and the last second comes again for ever.
 */
const isLast = (
  { pageSize }: TimeExport<Reads>,
  page: Page,
  { all, fresh, moves }: { readonly all: number; readonly fresh: number; readonly moves: boolean },
): boolean =>
  typeof page['end_of_stream'] === 'boolean'
    ? page['end_of_stream']
    : page['next_page'] === null || (fresh === 0 && !moves && !isFull(page, all, pageSize))
