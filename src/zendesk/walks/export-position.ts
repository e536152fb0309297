import { HttpError } from '../../model/errors.ts'
import type { Page, Position, RecordData } from '../../model/stream.ts'
import { rowsOf } from './rows.ts'

/** The most rows in a page of an incremental export. */
export const EXPORT_PAGE_SIZE = 1000

/**
 * Whether `a` lies before `b` in the same export. Zendesk's export cursor is base64 of `<epoch>.0||<id>|` (seen in
 * recorded traffic, not documented). If it can be read, positions are compared to the row, else to the second: then some
 * rows are emitted again at worst.
 */
export function isBefore(a: Position, b: Position): boolean {
  const [x, y] = [placeOf(a), placeOf(b)]
  if (x.time !== y.time) return x.time < y.time
  if (x.id !== undefined && y.id !== undefined) return x.id < y.id
  return a.cursor !== b.cursor || JSON.stringify(a.seen ?? {}) !== JSON.stringify(b.seen ?? {})
}

function placeOf({ time, cursor }: Position): { time: number; id?: number } {
  const decoded = /^(\d+)(?:\.\d+)?\|\|(\d+)\|$/.exec(Buffer.from(cursor ?? '', 'base64').toString('latin1'))
  return decoded ? { time: Number(decoded[1]), id: Number(decoded[2]) } : { time }
}

/** How far a position is, if its cursor names the row: a number that grows with time and id. */
export function reachedBy(position: Position): number | undefined {
  const { time, id } = placeOf(position)
  return id === undefined ? undefined : time + id / (id + 1)
}

/** Whether an export refused a start within the last minute, in one of two spellings: there is nothing newer yet. */
export const isCaughtUp = (error: unknown): boolean =>
  error instanceof HttpError &&
  ((error.status === 400 && error.code === 'StartTimeTooRecent') ||
    (error.status === 422 && /too recent start_time/i.test(error.message)))

/**
 * Each row with the side-loaded records that belong to it, under their key. Unchanged if the page has no such key, or if one
 * of these records does not say whose it is: then they are missing, and are read in another way.
 */
export function withRecords(rows: readonly RecordData[], page: Page, name: string, of: string): readonly RecordData[] {
  if (page[name] === undefined) return rows
  const records = Map.groupBy(rowsOf(page, name), (record): unknown => record[of] ?? null)
  if (records.has(null)) return rows
  // A slice stays one: what is added here is not in its text.
  return rows.map((row) => ({ ...row, [name]: records.get(row['id']) ?? [] }))
}
