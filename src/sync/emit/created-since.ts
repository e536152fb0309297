import type { ConfiguredStream, RecordData } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'

/**
 * Those of these records, or rows, that are asked for: with `pullBy: created` those that were created since the start date,
 * and those that do not tell when they were.
 */
export function createdSince<T extends RecordData>(
  { selection }: ConfiguredStream,
  records: readonly T[],
): readonly T[] {
  if (selection?.pullBy !== 'created') return records
  return records.filter(({ created_at }) => (epochOf(created_at) ?? selection.startDate) >= selection.startDate)
}
