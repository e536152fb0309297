// What becomes of rows: rejected ones are kept, all are counted, and a run that rejects too many stops.
import { ConnectorError } from '../model/errors.ts'
import type { RecordData } from '../model/reads.ts'
import { counted, NO_ROWS } from '../model/row-counts.ts'
import type { RejectCode, RejectedRow, RowCounts, RowOutcome, Target } from '../model/writing.ts'

/** The part that was rejected says nothing of fewer rows. */
const FEWEST = 100

export interface RowEnds {
  /** Notes that a row came. Throws as `end` does. */
  begin(stream: string): void
  /** Notes what became of a row. Throws a ConnectorError if too many were rejected for this reason. */
  end(of: RowToEnd, outcome: RowOutcome, attempts: number): Promise<void>
  readonly totals: ReadonlyMap<string, RowCounts>
}

/** A row as it came, and where it goes. */
export interface RowToEnd {
  readonly record: RecordData
  readonly target: Target
  readonly key: readonly string[]
}

/** `reject` keeps a row; `mostRejected`: the part that may be rejected for one reason (0 to 1). */
export function createRowEnds(reject: (row: RejectedRow) => Promise<void>, mostRejected: number): RowEnds {
  const totals = new Map<string, RowCounts>()
  const reasons = new Map<string, Map<RejectCode, number>>()
  // Of all rows that came: those that are rejected have their end before others are written.
  const came = new Map<string, number>()
  const stopIfTooMany = (stream: string, code: RejectCode, count: number): void => {
    const all = came.get(stream) ?? 0
    if (all < FEWEST || count / all <= mostRejected) return
    throw new ConnectorError(
      `${count} of ${all} rows of stream "${stream}" were rejected as ${code}, more than "max_rejected_percent" allows. The rejected rows are kept: see what they have in common.`,
      'config_error',
    )
  }
  return {
    totals,
    begin(stream) {
      const all = (came.get(stream) ?? 0) + 1
      came.set(stream, all)
      if (all === FEWEST) for (const [code, count] of reasons.get(stream) ?? []) stopIfTooMany(stream, code, count)
    },
    async end({ record, target, key }, outcome, attempts) {
      const { stream, origin = stream, object, mode } = target
      if (outcome.kind === 'rejected')
        await reject({
          ...outcome.rejection,
          stream: origin,
          object: object.name,
          mode,
          key,
          key_columns: target.key?.columns ?? [],
          attempts,
          record,
        })
      totals.set(stream, counted(totals.get(stream) ?? NO_ROWS, outcome))
      if (outcome.kind !== 'rejected') return
      const { code } = outcome.rejection
      const ofStream = reasons.get(stream) ?? new Map<RejectCode, number>()
      const count = (ofStream.get(code) ?? 0) + 1
      reasons.set(stream, ofStream.set(code, count))
      stopIfTooMany(stream, code, count)
    },
  }
}
