// Judges a job's results row by row: a job that completed may hold rows that failed.
import type { RecordData } from '../model/reads.ts'
import type { Rejection } from '../model/writing.ts'
import { rejectionOfLine } from './refusals.ts'

/** What a job's results say of one row. `unknown`: nothing that is sure, so that only a look at the account tells. */
export type LineResult =
  | { readonly kind: 'done'; readonly id: number | string | undefined }
  | { readonly kind: 'failed'; readonly rejection: Rejection }
  | { readonly kind: 'unknown' }

/** What a row was sent with: all of it that its line may repeat. */
export interface SentRow {
  readonly id?: unknown
  readonly external_id?: unknown
  readonly email?: unknown
}

const UNKNOWN: LineResult = { kind: 'unknown' }

/**
 * The result of each row, in the order in which they were sent. Lines are linked to rows by their `index`, else by an id, an
 * external id or an address that was sent; only if all lines succeeded, and there is one for each row, by their place: where
 * a line that cannot be linked may be the one that failed, its row is unknown. `requestId` is of the request that began the job.
 */
export function resultsOf(sent: readonly SentRow[], results: unknown, requestId?: string): readonly LineResult[] {
  const lines = Array.isArray(results) ? (results as readonly RecordData[]) : []
  const found: (LineResult | undefined)[] = sent.map(() => undefined)
  const loose: { readonly line: RecordData; readonly at: number }[] = []
  lines.forEach((line, at) => {
    const row = rowOf(line, sent)
    if (row === undefined || found[row] !== undefined) loose.push({ line, at })
    else found[row] = judged(line)
  })
  const isInPlace = lines.length === sent.length && lines.every((line) => judged(line).kind === 'done')
  if (isInPlace && loose.length === lines.length) for (const { line, at } of loose) found[at] = judged(line)
  return found.map((one) =>
    one?.kind === 'failed' && requestId !== undefined
      ? { ...one, rejection: { ...one.rejection, requestId } }
      : (one ?? UNKNOWN),
  )
}

function rowOf(line: RecordData, sent: readonly SentRow[]): number | undefined {
  const { index, id } = line
  if (typeof index === 'number' && index >= 0 && index < sent.length) return index
  const matching = (name: keyof SentRow): number =>
    line[name] === undefined || line[name] === null
      ? -1
      : sent.findIndex((row) => row[name] !== undefined && isEqual(row[name], line[name]))
  // An id is only ours if it was sent: the id of what was created is new, and that of what failed may be an index.
  const by = [id !== undefined && sent.some((row) => row.id !== undefined) ? 'id' : [], 'external_id', 'email'].flat()
  return by.map((name) => matching(name as keyof SentRow)).find((at) => at !== -1)
}

const isEqual = (one: unknown, other: unknown): boolean => String(one).toLowerCase() === String(other).toLowerCase()

function judged(line: RecordData): LineResult {
  const { status, success, error, id, account_id } = line
  const isFailure = (error !== undefined && error !== null) || success === false || /^failed$/i.test(String(status))
  if (isFailure) return { kind: 'failed', rejection: rejectionOfLine(line) }
  const isDone =
    success === true ||
    /^(created|updated|deleted)$/i.test(String(status)) ||
    (id !== undefined && account_id !== undefined)
  return isDone ? { kind: 'done', id: id as number | string | undefined } : UNKNOWN
}
