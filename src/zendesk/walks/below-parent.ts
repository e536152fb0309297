import { withFields } from '../../model/raw-record.ts'
import type { RecordData, Walk } from '../../model/stream.ts'

/**
 * A list that was asked for by its parent: what is known of the parent stands in each row, also where the row leaves it out
 * or says null (another client saw audits with `ticket_id: null`).
 */
export const belowParent = (walk: Walk, known: RecordData): Walk => ({
  ...walk,
  advance(page, position) {
    const step = walk.advance(page, position)
    return { ...step, rows: step.rows.map((row) => withKnown(row, known)) }
  },
})

/** The row with those of these fields that it does not have itself. */
export function withKnown(row: RecordData, known: RecordData): RecordData {
  const missing = Object.entries(known).filter(([name]) => row[name] === undefined || row[name] === null)
  return missing.length === 0 ? row : withFields(row, Object.fromEntries(missing))
}
