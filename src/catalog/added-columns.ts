import { withFields } from '../model/raw-record.ts'
import { joinReads, type RecordData, readsAt, type Stream } from '../model/stream.ts'

/** Columns that each record gets, in the place of what stands there under their names. */
interface AddedColumns {
  readonly columns: readonly string[]
  /** The fields of a record that `valuesOf` reads. */
  readonly reads: readonly string[]
  readonly valuesOf: (record: RecordData) => RecordData
}

/** The stream with these columns in each of its records, whichever way it is read. */
export function withAddedColumns(stream: Stream, { columns, reads, valuesOf }: AddedColumns): Stream {
  const { fallback, at = [], sets = [] } = stream
  const change = (record: RecordData): RecordData => withFields(record, valuesOf(record))
  const fields = Object.fromEntries(reads.map((name) => [name, true as const]))
  return {
    ...stream,
    records: (rows, parent) => stream.records(rows, parent).map(change),
    ...(fallback && { fallback: { ...fallback, records: (rows) => fallback.records(rows).map(change) } }),
    ...(stream.reads && { reads: joinReads(stream.reads, readsAt(at, fields)) }),
    sets: [...sets, ...columns],
  }
}
