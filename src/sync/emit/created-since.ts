import type { ConfiguredStream, RecordData } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'

/**
 * The records, or rows, that the selection asks for: with `pullBy: created` those created since the start date, and those
 * without a time of creation.
 */
export function createdSince<T extends RecordData>(
  { selection }: ConfiguredStream,
  records: readonly T[],
): readonly T[] {
  if (selection?.pullBy !== 'created') return records
  return records.filter(({ created_at }) => (epochOf(created_at) ?? selection.startDate) >= selection.startDate)
}
