import { ConnectorError } from '../../model/errors.ts'
import { logMessage, type Message, type RecordsMessage } from '../../model/message.ts'
import { rawOf } from '../../model/raw-record.ts'
import type { ConfiguredStream, DeletedRecords, Deletion, RecordData, Stream } from '../../model/stream.ts'
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
  checkKeys(one.stream, kept)
  yield* unknownFields(one, kept)
  const times = mode === 'delete' ? timesOf(kept, deletedAt) : undefined
  yield { kind: 'records', stream, records: kept, ...(times && { deletedAt: times }) }
}

function checkKeys({ name: stream, primaryKey }: Stream, records: readonly RecordData[]): void {
  for (const name of primaryKey)
    for (let nth = 0; nth < records.length; nth++) {
      const key = records[nth]?.[name]
      if (key === undefined || key === null) throw withoutKey(stream, name)
    }
}

/** When each of these records was deleted; undefined in the usual case that none was: the message does not need it. */
function timesOf(
  records: readonly RecordData[],
  deletedAt: (record: RecordData) => string | undefined,
): readonly (string | undefined)[] | undefined {
  let times: (string | undefined)[] | undefined
  for (let nth = 0; nth < records.length; nth++) {
    const time = deletedAt(records[nth] as RecordData)
    if (time === undefined) continue
    times ??= records.map(() => undefined)
    times[nth] = time
  }
  return times
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
  const found = unknownIn(records, known)
  if (found.size === 0) return
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

/** The names of fields in these records that are not known. */
function unknownIn(records: readonly RecordData[], known: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>()
  for (let nth = 0; nth < records.length; nth++) {
    const record = records[nth] as RecordData
    const raw = rawOf(record)
    if (raw === undefined) {
      for (const name in record) if (!known.has(name)) found.add(name)
    } else if (raw.unknown) for (const name of raw.unknown) if (!known.has(name)) found.add(name)
  }
  return found
}

const shortened = (name: string): string => (name.length > 100 ? `${name.slice(0, 100)}…` : name)
