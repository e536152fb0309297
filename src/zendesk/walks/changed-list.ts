import { ConnectorError } from '../../model/errors.ts'
import type { Position, RecordData, Walk } from '../../model/stream.ts'
import { answeredAt } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import { emittedSince, fingerprintsIn, idOf, isEmittedAs } from './emitted-rows.ts'
import { isBefore, withRecords } from './export-position.ts'
import { placesIn } from './incremental-list.ts'
import { cursorList, type List } from './list.ts'
import { listCursorFrom, orderOfCursor } from './list-cursor.ts'
import { areRows } from './rows.ts'

/**
 * How long a list may lack a change, or another change of the same time, in seconds. Assumed (fact 323), as a peer does:
 * the changes that were probed appeared at once (fact 113).
 */
export const LOOKBACK = 300

const ORDER = 'updated_at,id'

export interface ChangedList extends List {
  /** The value of `sort`: this list's name for the time of the last change. */
  readonly sort?: string
  /** The field of a row that holds that time. */
  readonly timeField: string
  /** Side-loads that come in lists of their own: by key, the field that holds the id of the row that each belongs to. */
  readonly sideLoaded?: Readonly<Record<string, string>>
}

/**
 * A list in order of the last change, oldest first, from a second on. Rows that change while it is read appear again
 * further on. A position's time stays `LOOKBACK` behind the clock: younger rows are emitted and remembered, and the next
 * sync reads them again. Within a sync the cursor leads on; the next sync uses it only if no young rows were remembered.
 */
export function changedList(declared: ChangedList): Walk {
  const walk = walkOf(declared)
  const request: Walk['request'] = ({ cursor }) => (cursor === undefined ? {} : { 'page[after]': cursor })
  // Zendesk does not promise to accept a cursor that we built.
  return { ...walk, fromStart: { ...walk, rewind: ({ cursor: _, ...place }) => place, request } }
}

function walkOf({ sort = 'updated_at', timeField, sideLoaded = {}, ...list }: ChangedList): Walk {
  const walk = cursorList({ ...list, query: { sort, ...list.query } })
  const timeOf = (row: RecordData): number => epochOf(row[timeField]) ?? 0
  return {
    ...walk,
    order: 'ascending',
    isBefore,
    timeOf,
    isPage: (page) => Object.keys(sideLoaded).every((name) => page[name] === undefined || areRows(page[name])),
    rewind: ({ time, cursor, seen }) =>
      seen || cursor === undefined || orderOfCursor(cursor) !== ORDER
        ? { time, ...(seen && { seen }) }
        : { time, cursor },
    request: ({ time, cursor }) => ({ 'page[after]': cursor ?? listCursorFrom(ORDER, time) }),
    advance(page, position) {
      const { rows: all, last, position: next } = walk.advance(page, position)
      const cursor = next.cursor ?? position.cursor
      const now = answeredAt(page)
      const times = placesIn(all, timeField, now)
      checkOrder(walk.path, next.cursor, times)
      const known = fingerprintsIn(position.seen)
      const fresh = all.filter((row) => !isEmittedAs(row, known.get(idOf(row))))
      const newest = Math.max(position.time, ...times.slice(-1))
      const time = Math.max(position.time, Math.min(newest, now - LOOKBACK))
      const seen = emittedSince(
        time,
        position,
        all.map((row) => [row, timeOf(row)] as const),
      )
      // Behind a row with a time ahead, nothing would ever be found.
      const isExact =
        newest === time &&
        ![...all.map(timeOf), ...Object.keys(position.seen ?? {}).map(Number)].some((place) => place > time)
      const rows = Object.entries(sideLoaded).reduce(
        (some: readonly RecordData[], [name, of]) => withRecords(some, page, name, of),
        fresh,
      )
      const ahead = fresh.filter((row) => timeOf(row) > now).length
      return { rows, last, position: placeAt(time, cursor, isExact ? undefined : seen), ...(ahead > 0 && { ahead }) }
    },
  }
}

const placeAt = (time: number, cursor: string | undefined, seen: Position['seen']): Position => ({
  time,
  ...(cursor !== undefined && { cursor }),
  ...(seen && { seen }),
})

/** Zendesk ignores an order that it does not know without a word; its cursor names the order that it uses. */
function checkOrder(path: string, cursor: string | undefined, times: readonly number[]): void {
  const order = cursor === undefined ? ORDER : orderOfCursor(cursor)
  if (order === ORDER && times.every((time, nth) => time >= (times[nth - 1] ?? 0))) return
  throw new ConnectorError(
    `${path}: Zendesk gives its rows in the order ${order ?? 'of a cursor that cannot be read'}, although ${ORDER} was requested.`,
    'system_error',
  )
}
