import type { Page, Position, Query, RecordData, SeenRows, Walk } from '../stream.ts'
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
  /**
   * Whether a row is the last form of a record that was deleted. It may come with the times of the form before it, and
   * stands in the export by another time than those.
   */
  readonly isDeleted?: (row: RecordData) => boolean
}

/**
 * A time-based incremental export. A page ends at `end_time`, the second of its last row, and the next page begins with
 * that second again; so the position remembers which rows of it were handed on. Where rows appear late, it remembers
 * them for `settle` seconds, and each sync begins that much earlier.
 * https://developer.zendesk.com/documentation/ticketing/managing-tickets/using-the-incremental-export-api/#time-based-incremental-exports
 */
export function timeExport(declared: TimeExport): Walk {
  const { name, path, key, bucket, timeField, query, settle = 0, isDeleted = () => false } = declared
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
      const marked = rowsOf(page, key).map((row) => mark(row, epochOf(row[timeField]), isDeleted(row)))
      const known = knownIn(position.seen)
      const fresh = marked.filter(({ time, mark }) => !known(time ?? position.time, mark))
      const end = epochOf(page['end_time']) ?? Math.max(position.time, ...marked.map(({ time }) => time ?? 0))
      const last = isLast(page, marked.length, fresh.length)
      // More rows in one second than a page holds, and the page has nothing else: Zendesk's advice is to step over it.
      const stuck = !last && fresh.length === 0 && end <= position.time
      const time = stuck ? position.time + 1 : end
      return {
        rows: fresh.map(({ row }) => row),
        last,
        position: { time, seen: seenAfter(time - settle, position, marked) },
        ...(stuck && {
          warning: `${path}: Zendesk gives the second ${position.time} again and again; going on with the next one. Rows of that second may be missing.`,
        }),
      }
    },
  }
}

interface Marked {
  readonly row: RecordData
  /** Epoch seconds; undefined where the row has none. */
  readonly time: number | undefined
  /** What tells the row from others, and from the form before its deletion. */
  readonly mark: number
  readonly isDeleted: boolean
}

const mark = (row: RecordData, time: number | undefined, isDeleted: boolean): Marked => {
  const id = row['id'] as number
  return { row, time, isDeleted, mark: isDeleted ? -id : id }
}

/** `end_of_stream` says it; where it is left out, a page with nothing new is the end. */
const isLast = (page: Page, all: number, fresh: number): boolean =>
  typeof page['end_of_stream'] === 'boolean' ? page['end_of_stream'] : all < EXPORT_PAGE_SIZE || fresh === 0

function knownIn(seen: SeenRows | undefined): (time: number, mark: number) => boolean {
  const known = new Map(Object.entries(seen ?? {}).map(([time, marks]) => [Number(time), new Set(marks)]))
  return (time, mark) => known.get(time)?.has(mark) === true
}

/**
 * The rows that the next page may hold again: those at or after `since`, and of this page those that stand in it by
 * another time than their own: deleted ones, and any that are older than a row before them.
 */
function seenAfter(since: number, asked: Position, marked: readonly Marked[]): SeenRows {
  const kept = new Map<number, Set<number>>()
  for (const [time, marks] of Object.entries(asked.seen ?? {}))
    if (Number(time) >= since) kept.set(Number(time), new Set(marks))
  let latest = asked.time
  for (const { time = latest, mark, isDeleted } of marked) {
    const isInPlace = time >= latest && !isDeleted
    latest = Math.max(latest, time)
    if (isInPlace && time < since) continue
    const marks = kept.get(time) ?? new Set()
    kept.set(time, marks.add(mark))
  }
  return Object.fromEntries([...kept].map(([time, marks]) => [time, [...marks]]))
}
