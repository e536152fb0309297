import { withFields } from '../model/raw-record.ts'
import { type Feed, joinReads, type RecordData, readsAt, type Stream } from '../model/stream.ts'

/** Columns that are added to each record. They replace members of the same names. */
interface AddedColumns {
  readonly columns: readonly string[]
  /** The fields of a record that `valuesOf` reads. */
  readonly reads: readonly string[]
  readonly valuesOf: (record: RecordData) => RecordData
}

/** The stream with these columns in each record, whichever feed it is read by. */
export function withAddedColumns(stream: Stream, { columns, reads, valuesOf }: AddedColumns): Stream {
  const { at = [], sets = [] } = stream
  const change = (record: RecordData): RecordData => withFields(record, valuesOf(record))
  const fields = Object.fromEntries(reads.map((name) => [name, true as const]))
  return {
    ...stream,
    feeds: withEachFeed(stream, (feed) => ({
      ...feed,
      records: (rows, parent) => feed.records(rows, parent).map(change),
    })),
    ...(stream.reads && { reads: joinReads(stream.reads, readsAt(at, fields)) }),
    sets: [...sets, ...columns],
  }
}

/** The stream's feeds, each changed. */
export function withEachFeed({ feeds: [best, fallback] }: Stream, change: (feed: Feed) => Feed): Stream['feeds'] {
  return fallback ? [change(best), change(fallback)] : [change(best)]
}
