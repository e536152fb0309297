import { ConnectorError } from '../../model/errors.ts'
import { logMessage, type Message, type RecordsMessage } from '../../model/message.ts'
import { rawOf } from '../../model/raw-record.ts'
import type { ConfiguredStream, DeletedRecords, Deletion, RecordData } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'

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
  for (const name of one.stream.primaryKey)
    for (const record of kept) if (record[name] === undefined || record[name] === null) throw withoutKey(stream, name)
  yield* unknownFields(one, kept)
  const times = mode === 'delete' ? kept.map(deletedAt) : []
  // The usual case: nothing is deleted, and the message does not need the times.
  const isPlain = times.every((time) => time === undefined)
  yield { kind: 'records', stream, records: kept, ...(!isPlain && { deletedAt: times }) }
}

/** A row without its key would be another one with each sync, and no later version would replace it. */
const withoutKey = (stream: string, name: string): ConnectorError =>
  new ConnectorError(
    `Zendesk answered with a record of stream "${stream}" that has no "${name}". Nothing of its page was emitted; the next sync reads it again.`,
    'transient_error',
  )

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

/** By stream of a sync: the fields that were reported, and those with a column; how many more are named. */
const reported = new WeakMap<ConfiguredStream, { readonly known: Set<string>; left: number }>()

/** So many are named for each stream; of the others the number is reported, once. */
const MOST = 20

/**
 * Reports each field without a column once; it is emitted all the same. For records that are slices, such fields were noted
 * when they were cut out of their page.
 */
export function* unknownFields(one: ConfiguredStream, records: readonly RecordData[]): Generator<Message> {
  const { columns, stream } = one
  if (columns === undefined) return
  const about = reported.get(one) ?? { known: new Set(columns), left: MOST }
  reported.set(one, about)
  const { known } = about
  // None is left once more came: no more of them are remembered, as there may be any number.
  if (about.left < 0) return
  const found = new Set<string>()
  const look = (name: string): void => {
    if (!known.has(name)) found.add(name)
  }
  for (const record of records) {
    const raw = rawOf(record)
    if (raw === undefined) for (const name in record) look(name)
    else if (raw.unknown) for (const name of raw.unknown) look(name)
  }
  const report = (text: string): Message => logMessage('info', `Stream "${stream.name}" has ${text}`)
  const some = [...found].slice(0, about.left)
  for (const name of some) {
    known.add(name)
    yield report(`the field "${shortened(name)}", for which its schema has no column: it is emitted unchanged.`)
  }
  about.left -= some.length
  if (found.size === some.length) return
  about.left = -1
  yield report(
    `${found.size - some.length} more such fields. They, and others that come, are emitted unchanged, and not named.`,
  )
}

const shortened = (name: string): string => (name.length > 100 ? `${name.slice(0, 100)}…` : name)
