import type { Message, RecordsMessage } from '../../model/message.ts'
import type { ConfiguredStream, DeletedRecords, Deletion, RecordData } from '../../model/stream.ts'
import { createdSince } from './created-since.ts'
import { unknownFields } from './unknown-fields.ts'

/** What is to be done with this stream's deleted records: without the column that marks them, none can be told. */
export const deletedRecordsOf = (one: ConfiguredStream, deletedRecords: DeletedRecords): DeletedRecords =>
  deletedRecords === 'delete' && !one.emitsDeletions ? 'mark' : deletedRecords

/** The message for some records of one stream, those that are no more being told, left as they are, or left out. */
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
  // As a rule nothing is deleted, and the page goes on as it came.
  const isPlain = times.every((time) => time === undefined)
  yield { kind: 'records', stream, records: kept, ...(!isPlain && { deletedAt: times }) }
}

/**
 * The message for records of which little more than the deletion is known. Where deleted records are only to be marked,
 * those that hold a mark of their own.
 */
export function* deletionsMessage(
  one: ConfiguredStream,
  deletions: readonly Deletion[],
  deletedRecords: DeletedRecords,
): Generator<RecordsMessage> {
  const mode = deletedRecordsOf(one, deletedRecords)
  const reported =
    mode === 'mark' ? deletions.filter(({ record }) => one.stream.deletedAt?.(record) !== undefined) : deletions
  if (reported.length === 0 || mode === 'exclude') return
  const records = reported.map(({ record }) => record)
  const deletedAt = reported.map((deletion) => deletion.deletedAt)
  yield { kind: 'records', stream: one.stream.name, records, ...(mode === 'delete' && { deletedAt }) }
}
