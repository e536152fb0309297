import { ConnectorError } from '../../model/errors.ts'
import { fingerprintOf } from '../../model/fingerprint.ts'
import type { Position, RecordData, Walk } from '../../model/stream.ts'
import { answeredAt } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import { emittedSince, fingerprintsIn, idOf } from './emitted-rows.ts'
import { isBefore, withRecords } from './export-position.ts'
import { cursorList, type List } from './list.ts'
import { listCursorFrom, orderOfCursor } from './list-cursor.ts'
import { areRows } from './rows.ts'

/**
 * For so many seconds after a change a list may still come without it, or without another change of the same time.
 * Assumed (fact 323), as a peer does: what was probed was there at once (fact 113).
 */
export const LOOKBACK = 300

const ORDER = 'updated_at,id'

export interface ChangedList extends List {
  /** What `sort` asks for: the time of the last change, under any of its names. */
  readonly sort?: string
  /** The field of a row that holds that time. */
  readonly timeField: string
  /** Side-loads that stand beside the rows: by their key, the field that names the row that each belongs to. */
  readonly beside?: Readonly<Record<string, string>>
}

/**
 * A list in order of the last change, oldest first, from a second on. Rows that change while it is read come again further
 * on. A position is no later than the horizon: younger rows are handed on, and remembered, for a next sync looks at them
 * again. Its cursor leads on within one sweep; a next one goes on from it only where nothing young was left behind.
 */
export function changedList(declared: ChangedList): Walk {
  const walk = walkOf(declared)
  const request: Walk['request'] = ({ cursor }) => (cursor === undefined ? {} : { 'page[after]': cursor })
  // A cursor that we made is nothing that Zendesk promises to take.
  return { ...walk, fromStart: { ...walk, rewind: ({ cursor: _, ...place }) => place, request } }
}

function walkOf({ sort = 'updated_at', timeField, beside = {}, ...list }: ChangedList): Walk {
  const walk = cursorList({ ...list, query: { sort, ...list.query } })
  const timeOf = (row: RecordData): number => epochOf(row[timeField]) ?? 0
  return {
    ...walk,
    order: 'ascending',
    isBefore,
    timeOf,
    isPage: (page) => Object.keys(beside).every((name) => page[name] === undefined || areRows(page[name])),
    rewind: ({ time, cursor, seen }) =>
      seen || cursor === undefined || orderOfCursor(cursor) !== ORDER
        ? { time, ...(seen && { seen }) }
        : { time, cursor },
    request: ({ time, cursor }) => ({ 'page[after]': cursor ?? listCursorFrom(ORDER, time) }),
    advance(page, position) {
      const { rows: all, last, position: next } = walk.advance(page, position)
      const cursor = next.cursor ?? position.cursor
      checkOrder(walk.path, next.cursor, all.map(timeOf))
      const known = fingerprintsIn(position.seen)
      const fresh = all.filter((row) => known.get(idOf(row)) !== fingerprintOf(row))
      const newest = Math.max(position.time, ...all.slice(-1).map(timeOf))
      const time = Math.max(position.time, Math.min(newest, answeredAt(page) - LOOKBACK))
      const seen = emittedSince(
        time,
        position,
        all.map((row) => [row, timeOf(row)] as const),
      )
      const isExact = newest === time && !Object.keys(position.seen ?? {}).some((place) => Number(place) > time)
      const rows = Object.entries(beside).reduce(
        (some: readonly RecordData[], [name, of]) => withRecords(some, page, name, of),
        fresh,
      )
      return { rows, last, position: placeAt(time, cursor, isExact ? undefined : seen) }
    },
  }
}

const placeAt = (time: number, cursor: string | undefined, seen: Position['seen']): Position => ({
  time,
  ...(cursor !== undefined && { cursor }),
  ...(seen && { seen }),
})

/** Zendesk drops orders that it does not know in silence; the cursor tells which one it keeps. */
function checkOrder(path: string, cursor: string | undefined, times: readonly number[]): void {
  const order = cursor === undefined ? ORDER : orderOfCursor(cursor)
  if (order === ORDER && times.every((time, nth) => time >= (times[nth - 1] ?? 0))) return
  throw new ConnectorError(
    `${path}: Zendesk gives its rows in the order ${order ?? 'of a cursor that cannot be read'}, though asked for ${ORDER}.`,
    'system_error',
  )
}
