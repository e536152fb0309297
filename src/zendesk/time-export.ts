import type { Page, Query, RecordData, SeenRows, Walk } from '../stream.ts'
import { epochOf } from '../time.ts'
import { EXPORT_PAGE_SIZE, isBefore, isCaughtUp } from './export.ts'
import { rowsOf } from './rows.ts'

export interface TimeExport {
  readonly name: string
  readonly path: string
  readonly key: string
  readonly bucket: string
  /** The field by which the export selects and orders its rows. */
  readonly timeField: string
  readonly query?: Query
  /** For how many seconds rows may still appear behind those already given. */
  readonly settle?: number
}

/**
 * A time-based incremental export. A page ends at `end_time`, the second of its last row, and the next page begins with
 * that second again; so the position remembers which rows of it were handed on. Where rows appear late, it remembers
 * them for `settle` seconds, and each sync begins that much earlier.
 * https://developer.zendesk.com/documentation/ticketing/managing-tickets/using-the-incremental-export-api/#time-based-incremental-exports
 */
export function timeExport({ name, path, key, bucket, timeField, query, settle = 0 }: TimeExport): Walk {
  return {
    name,
    path,
    key,
    bucket,
    order: 'ascending',
    isBefore,
    isCaughtUp,
    query: { per_page: EXPORT_PAGE_SIZE, ...query },
    rewind: ({ time, ...rest }) => ({ time: Math.max(0, time - settle), ...rest }),
    request: ({ time }) => ({ start_time: time }),
    advance(page, position) {
      const timeOf = (row: RecordData): number => epochOf(row[timeField]) ?? position.time
      const all = rowsOf(page, key)
      const rows = all.filter(unseen(position.seen, timeOf))
      const end = epochOf(page['end_time']) ?? all.reduce((latest, row) => Math.max(latest, timeOf(row)), position.time)
      const last = isLast(page, all.length, rows.length)
      // More rows in one second than a page holds, and the page has nothing else: Zendesk's advice is to step over it.
      const stuck = !last && rows.length === 0 && end <= position.time
      const time = stuck ? position.time + 1 : end
      return {
        rows,
        last,
        position: { time, seen: seenSince(time - settle, position.seen, rows, timeOf) },
        ...(stuck && {
          warning: `${path}: Zendesk gives the second ${position.time} again and again; going on with the next one. Rows of that second may be missing.`,
        }),
      }
    },
  }
}

/** `end_of_stream` says it; where it is left out, a page with nothing new is the end. */
const isLast = (page: Page, all: number, fresh: number): boolean =>
  typeof page['end_of_stream'] === 'boolean' ? page['end_of_stream'] : all < EXPORT_PAGE_SIZE || fresh === 0

/** Keeps the rows that the position does not name. */
function unseen(seen: SeenRows | undefined, timeOf: (row: RecordData) => number): (row: RecordData) => boolean {
  const known = new Map(Object.entries(seen ?? {}).map(([time, ids]) => [Number(time), new Set(ids)]))
  return (row) => !known.get(timeOf(row))?.has(row['id'] as number)
}

/** The rows at or after `since`: those already named, and the new ones. */
function seenSince(
  since: number,
  seen: SeenRows | undefined,
  rows: readonly RecordData[],
  timeOf: (row: RecordData) => number,
): SeenRows {
  const kept: Record<string, (number | string)[]> = {}
  for (const [time, ids] of Object.entries(seen ?? {})) if (Number(time) >= since) kept[time] = [...ids]
  for (const row of rows) {
    const time = timeOf(row)
    if (time < since) continue
    kept[time] ??= []
    kept[time].push(row['id'] as number)
  }
  return kept
}
