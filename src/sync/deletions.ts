import type { ConfiguredStream, DeletedRecords, Deletion, Message, RecordData } from '../stream.ts'

/** What is to be done with this stream's deleted records: without the column that marks them, none can be told. */
export const deletedRecordsOf = (one: ConfiguredStream, deletedRecords: DeletedRecords): DeletedRecords =>
  deletedRecords === 'delete' && !one.tellsDeletions ? 'mark' : deletedRecords

/** The messages for some records of one stream: those that live, and those that are no more. */
export function* recordMessages(
  one: ConfiguredStream,
  records: readonly RecordData[],
  deletedRecords: DeletedRecords,
  deletedAt: (record: RecordData) => string | undefined = one.stream.deletedAt,
): Generator<Message> {
  const stream = one.stream.name
  const mode = deletedRecordsOf(one, deletedRecords)
  const deleted = mode === 'mark' ? [] : records.filter((record) => deletedAt(record) !== undefined)
  // As a rule nothing is deleted, and the page goes on as it came.
  const live = deleted.length === 0 ? records : records.filter((record) => deletedAt(record) === undefined)
  if (live.length > 0) yield { kind: 'records', stream, records: live }
  if (mode === 'delete')
    yield* deletionMessages(
      one,
      deleted.map((record) => ({ record, deletedAt: deletedAt(record) as string })),
    )
}

export function* deletionMessages(one: ConfiguredStream, deletions: readonly Deletion[]): Generator<Message> {
  if (deletions.length > 0) yield { kind: 'deletions', stream: one.stream.name, deletions }
}
