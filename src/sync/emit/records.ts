import type { Message, RecordsMessage } from '../../model/message.ts'
import type { ConfiguredStream, DeletedRecords, Deletion, RecordData } from '../../model/stream.ts'
import { createdSince } from './created-since.ts'
import { unknownFields } from './unknown-fields.ts'

/** How this stream's deleted records are emitted: `delete` takes the column that marks them. */
export const deletedRecordsOf = (one: ConfiguredStream, deletedRecords: DeletedRecords): DeletedRecords =>
  deletedRecords === 'delete' && !one.emitsDeletions ? 'mark' : deletedRecords

/** The message for some records of one stream. Deleted ones are emitted as deletions, as they are, or not at all. */
export function* recordsMessage(
  one: ConfiguredStream,
  records: readonly RecordData[],
  deletedRecords: DeletedRecords,
  deletedAt: (record: RecordData) => string | undefined = one.stream.deletedAt,
): Generator<Message> {
  const stream = one.stream.name
  const mode = deletedRecordsOf(one, deletedRecords)
  const wanted = createdSince(one, records)
  const kept = mode === 'exclude' ? wanted.filter((record) => deletedAt(record) === undefined) : wanted
  if (kept.length === 0) return
  yield* unknownFields(one, kept)
  const times = mode === 'delete' ? kept.map(deletedAt) : []
  // The usual case: nothing is deleted, and the message does not need the times.
  const isPlain = times.every((time) => time === undefined)
  yield { kind: 'records', stream, records: kept, ...(!isPlain && { deletedAt: times }) }
}

/**
 * The message for tombstones. If deletions are only marked, those without a mark of their own are left out: their rows would
 * look live.
 */
export function* deletionsMessage(
  one: ConfiguredStream,
  deletions: readonly Deletion[],
  deletedRecords: DeletedRecords,
): Generator<RecordsMessage> {
  const mode = deletedRecordsOf(one, deletedRecords)
  const emitted =
    mode === 'mark' ? deletions.filter(({ record }) => one.stream.deletedAt?.(record) !== undefined) : deletions
  if (emitted.length === 0 || mode === 'exclude') return
  const records = emitted.map(({ record }) => record)
  const deletedAt = emitted.map((deletion) => deletion.deletedAt)
  yield { kind: 'records', stream: one.stream.name, records, ...(mode === 'delete' && { deletedAt }) }
}
