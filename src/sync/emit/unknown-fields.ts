import type { Message } from '../../model/message.ts'
import { rawOf } from '../../model/raw-record.ts'
import type { ConfiguredStream, RecordData } from '../../model/stream.ts'

/** By stream of a sync: the fields that were told. */
const reported = new WeakMap<ConfiguredStream, Set<string>>()

/**
 * Tells once of each field of these records for which there is no column; it is handed on all the same. Of records that are
 * still text, the fields that are no columns were noted when they were cut out of their page.
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
    const message = `Stream "${stream.name}" has the field "${name}", for which its schema has no column: it is handed on as it came.`
    yield { kind: 'log', level: 'info', message }
  }
}
