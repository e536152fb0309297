import type { RecordData, Stream } from '../model/stream.ts'

/** The stream with each of its records changed so, whichever way it is read. */
export const withEach = (stream: Stream, change: (record: RecordData) => RecordData): Stream => {
  const { fallback } = stream
  return {
    ...stream,
    records: (rows, parent) => stream.records(rows, parent).map(change),
    ...(fallback && { fallback: { ...fallback, records: (rows) => fallback.records(rows).map(change) } }),
  }
}
