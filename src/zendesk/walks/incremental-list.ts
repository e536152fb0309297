import { ConnectorError } from '../../model/errors.ts'
import { dateOf, type EmittedRows, type Query, type RecordData, type Walk } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import { emittedSince, fingerprintsIn, idOf, isEmittedAs } from './emitted-rows.ts'
import { isBefore } from './export-position.ts'
import { cursorList, type List } from './list.ts'

export interface DatedList extends List {
  /** The field that holds the time of a row's last change. */
  readonly timeField: string
  /** The field that the list is ordered by, oldest first; left out if its order is not certain. */
  readonly orderField?: string
  /** Query parameters that ask for rows from a second on (epoch seconds), if the list has such a filter. */
  readonly since?: (time: number) => Query
  /** For how many seconds after its creation a row may still change; such rows are read again in each sync. */
  readonly changesFor?: number
}

/** The end of a time filter that needs both ends. Assumed (fact 316): an end far ahead works like now. */
export const FAR_AHEAD = '2100-01-01T00:00:00Z'

/** The lookback, in seconds: rows written or changed so long before the newest may have been missed, and are read again. */
const LOOKBACK = 3600
/** How many rows a position remembers at most; others of that time are emitted again. */
const MOST_REMEMBERED = 1000
/** The same for a list whose rows may change long after their creation, or come back with a restored ticket. */
const MOST_REMEMBERED_OF_CHANGING = 2000

/**
 * A list of rows with times, in cursor pages; a sync emits what is new or changed since the last one. If the list is
 * ordered, a sync can resume after each page; if not, the position's time moves on only at the end of the list.
 */
export function datedList({ timeField, orderField, since, changesFor = 0, ...list }: DatedList): Walk {
  const walk = cursorList({
    ...list,
    reads: { id: true, [timeField]: true, ...(orderField && { [orderField]: true }) },
  })
  const changedAt = (row: RecordData): number => epochOf(row[timeField]) ?? 0
  const cameAt = (row: RecordData): number => epochOf(row[orderField ?? timeField]) ?? 0
  return {
    ...walk,
    order: 'ascending',
    isBefore,
    rewind: ({ time, seen }) => ({ time, ...(seen && { seen }) }),
    request: ({ time, cursor }) => ({
      ...since?.(Math.max(0, time - Math.max(LOOKBACK, changesFor))),
      ...(cursor !== undefined && { 'page[after]': cursor }),
    }),
    advance(page, position) {
      const { rows: all, last, position: next } = walk.advance(page, position)
      const now = dateOf(page) ?? Number.POSITIVE_INFINITY
      const times = placesIn(all, orderField ?? timeField, now)
      if (orderField !== undefined) checkOrder(list.path, times)
      const known = fingerprintsIn(position.seen)
      // The time of a row does not show when it came back: it is compared with what was emitted instead.
      const isDue = (row: RecordData): boolean =>
        changesFor > 0 || (epochOf(row[timeField]) ?? position.time) >= position.time - LOOKBACK
      const rows = all.filter((row) => isDue(row) && !isEmittedAs(row, known.get(idOf(row))))
      // In an unordered list, the newest time of the pages before is found in `seen`.
      const before = orderField === undefined ? Object.keys(position.seen ?? {}).map(Number) : []
      const newest = Math.max(position.time, ...before.filter((time) => time <= now), ...times)
      const time = orderField !== undefined || last ? newest : position.time
      const placed = rows.map((row) => [row, changesFor > 0 ? cameAt(row) : changedAt(row)] as const)
      const seen = newestOf(
        emittedSince(time - Math.max(LOOKBACK, changesFor), position, placed),
        changesFor > 0 ? MOST_REMEMBERED_OF_CHANGING : MOST_REMEMBERED,
      )
      const ahead = rows.filter((row) => changedAt(row) > now).length
      return { rows, last, position: { ...(!last && next), time, seen }, ...(ahead > 0 && { ahead }) }
    },
  }
}

/** The times of rows (epoch seconds) that tell a place: one ahead of the answer's own is none to go by. */
export const placesIn = (rows: readonly RecordData[], field: string, now: number): readonly number[] =>
  rows.map((row) => epochOf(row[field])).filter((time) => time !== undefined && time <= now) as readonly number[]

/** Throws if rows do not ascend: in another order than the one asked for, rows would be lost without notice. */
function checkOrder(path: string, times: readonly number[]): void {
  if (times.every((time, index) => time >= (times[index - 1] ?? 0))) return
  throw new ConnectorError(
    `${path}: Zendesk gives newer rows before older ones, although the opposite order was requested.`,
    'system_error',
  )
}

/** The `most` newest of these rows. */
export function newestOf(seen: EmittedRows, most: number): EmittedRows {
  const all = Object.values(seen).reduce((count, fingerprints) => count + Object.keys(fingerprints).length, 0)
  if (all <= most) return seen
  let left = most
  const newestFirst = Object.entries(seen).sort(([one], [other]) => Number(other) - Number(one))
  return Object.fromEntries(
    newestFirst.flatMap(([second, fingerprints]) => {
      const kept = Object.entries(fingerprints).slice(0, left)
      left -= kept.length
      return kept.length === 0 ? [] : [[second, Object.fromEntries(kept)]]
    }),
  )
}
