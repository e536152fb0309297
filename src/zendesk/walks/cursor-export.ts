import { ConnectorError } from '../../model/errors.ts'
import { dateOf, type Query, type Walk } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import { EXPORT_PAGE_SIZE, isBefore, isCaughtUp, reachedBy, withRecords } from './export-position.ts'
import { rowsOf } from './rows.ts'

export interface CursorExport {
  readonly name: string
  readonly path: string
  readonly key: string
  readonly bucket: string
  /** The field by which the export selects and orders its rows. */
  readonly timeField: string
  readonly query?: Query
  readonly configured?: readonly string[]
  /** See Walk. */
  readonly extras?: readonly string[]
  /** Side-loads that come in lists of their own: by key, the field that holds the id of the row that each belongs to. */
  readonly sideLoaded?: Readonly<Record<string, string>>
}

/**
 * A cursor-based incremental export: ascending by (time, id); the cursor of each page stays valid between syncs.
 * An empty page does not end it: only `end_of_stream` does.
 * https://developer.zendesk.com/documentation/ticketing/managing-tickets/using-the-incremental-export-api/#cursor-based-incremental-exports
 */
export const cursorExport = ({
  name,
  path,
  key,
  bucket,
  timeField,
  query,
  extras,
  configured,
  sideLoaded = {},
}: CursorExport): Walk => ({
  name,
  path,
  key,
  bucket,
  order: 'ascending',
  isBefore,
  isCaughtUp,
  reachedBy,
  reads: { id: true, [timeField]: true },
  extras: [...(extras ?? []), ...Object.keys(sideLoaded)],
  query: { per_page: EXPORT_PAGE_SIZE, ...query },
  sizedBy: 'per_page',
  ...(configured && { configured }),
  request: ({ time, cursor }) => (cursor === undefined ? { start_time: time } : { cursor }),
  advance(page, position) {
    const rows = Object.entries(sideLoaded).reduce(
      (all, [name, of]) => withRecords(all, page, name, of),
      rowsOf(page, key),
    )
    const last = page['end_of_stream'] === true
    // The export of an empty account ends without a cursor: the position that we asked for stays valid.
    const cursor = typeof page['after_cursor'] === 'string' ? page['after_cursor'] : position.cursor
    if (!last && cursor === position.cursor)
      throw new ConnectorError(
        `${path}: Zendesk's next page would be the page just read (cursor ${String(cursor)}).`,
        'transient_error',
      )
    const latest = epochOf(rows.at(-1)?.[timeField]) ?? 0
    // A time ahead of the answer's own is none to go by, and behind a cursor there, nothing would ever be found.
    const now = dateOf(page) ?? Number.POSITIVE_INFINITY
    const isAhead = latest > now
    const time = isAhead ? position.time : Math.max(position.time, latest)
    const isUseless = cursor === undefined || (last && (reachedBy({ time, cursor }) ?? 0) >= now + 1)
    return { rows, position: isUseless ? { time } : { time, cursor }, last, ...(isAhead && { ahead: 1 }) }
  },
})
