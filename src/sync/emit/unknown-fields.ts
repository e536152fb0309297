import type { Message } from '../../model/message.ts'
import { rawOf } from '../../model/raw-record.ts'
import type { ConfiguredStream, RecordData } from '../../model/stream.ts'

/** By stream of a sync: the fields that were reported, and those with a column. */
const reported = new WeakMap<ConfiguredStream, Set<string>>()

/**
 * Reports each field without a column once; it is emitted all the same. For records that are slices, such fields were noted
 * when they were cut out of their page.
 */
export function* unknownFields(one: ConfiguredStream, records: readonly RecordData[]): Generator<Message> {
  const { columns, stream } = one
  if (columns === undefined) return
  const known = reported.get(one) ?? new Set(columns)
  reported.set(one, known)
  const found: string[] = []
  const look = (name: string): void => {
    if (known.has(name)) return
    known.add(name)
    found.push(name)
  }
  for (const record of records) {
    const raw = rawOf(record)
    if (raw === undefined) for (const name in record) look(name)
    else if (raw.unknown) for (const name of raw.unknown) look(name)
  }
  for (const name of found) {
    const message = `Stream "${stream.name}" has the field "${name}", for which its schema has no column: it is emitted unchanged.`
    yield { kind: 'log', level: 'info', message }
  }
}
