import { ConnectorError } from '../../model/errors.ts'
import { fingerprintOf } from '../../model/fingerprint.ts'
import type { EmittedRows, Query, RecordData, Walk } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import { emittedSince, fingerprintsIn, idOf } from './emitted-rows.ts'
import { isBefore } from './export-position.ts'
import { cursorList, type List } from './list.ts'

export interface DatedList extends List {
  /** The field that tells when a row was last changed. */
  readonly timeField: string
  /** The field by which the rows come, oldest first; left out where their order is not certain. */
  readonly orderField?: string
  /** What asks for the rows from a second on (epoch seconds), where the list can be asked so. */
  readonly since?: (time: number) => Query
  /** For how many seconds after they came a row may still be changed; such rows are looked at again in each sync. */
  readonly changesFor?: number
}

/** For filters that ask for both ends of a time. Assumed (fact 316): one that is far ahead is as good as now. */
export const FAR_AHEAD = '2100-01-01T00:00:00Z'

/** Rows that were written, or changed, so many seconds before the newest may have been missed: they are looked at again. */
const SETTLE = 3600
/** How many rows a position remembers at the most; others of that time are handed on again. */
const REMEMBERED = 1000
/** The same of a list whose rows may change, or come back with their ticket, long after they came. */
const REMEMBERED_OF_CHANGING = 2000

/**
 * A list of rows with times, in cursor pages, of which a sync hands on what is new or changed since the last one. In
 * order, each page is a place to go on from; else the time moves on only at the end, when all have been seen.
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
      ...since?.(Math.max(0, time - Math.max(SETTLE, changesFor))),
      ...(cursor !== undefined && { 'page[after]': cursor }),
    }),
    advance(page, position) {
      const { rows: all, last, position: next } = walk.advance(page, position)
      if (orderField !== undefined) checkOrder(list.path, all.map(cameAt))
      const known = fingerprintsIn(position.seen)
      // What may come back says nothing of when it did: it is known by what was handed on, not by its time.
      const isDue = (row: RecordData): boolean => changesFor > 0 || changedAt(row) >= position.time - SETTLE
      const rows = all.filter((row) => isDue(row) && known.get(idOf(row)) !== fingerprintOf(row))
      // Out of order, what was seen tells how far the pages before came.
      const before = orderField === undefined ? Object.keys(position.seen ?? {}).map(Number) : []
      const newest = Math.max(position.time, ...before, ...all.map(cameAt))
      const time = orderField !== undefined || last ? newest : position.time
      const placed = rows.map((row) => [row, changesFor > 0 ? cameAt(row) : changedAt(row)] as const)
      const seen = newestOf(
        emittedSince(time - Math.max(SETTLE, changesFor), position, placed),
        changesFor > 0 ? REMEMBERED_OF_CHANGING : REMEMBERED,
      )
      return { rows, last, position: { ...(!last && next), time, seen } }
    },
  }
}

/** A list that does not keep the order that it was asked for would lose rows without anybody's noticing. */
function checkOrder(path: string, times: readonly number[]): void {
  if (times.every((time, index) => time >= (times[index - 1] ?? 0))) return
  throw new ConnectorError(
    `${path}: Zendesk gives newer rows before older ones, though asked otherwise.`,
    'system_error',
  )
}

/** The newest of these rows, `most` of them. */
export function newestOf(seen: EmittedRows, most: number): EmittedRows {
  let left = most
  const newestFirst = Object.entries(seen).sort(([one], [other]) => Number(other) - Number(one))
  return Object.fromEntries(
    newestFirst.flatMap(([second, forms]) => {
      const kept = Object.entries(forms).slice(0, left)
      left -= kept.length
      return kept.length === 0 ? [] : [[second, Object.fromEntries(kept)]]
    }),
  )
}
