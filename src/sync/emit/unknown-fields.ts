import type { Message } from '../../model/message.ts'
import { rawOf } from '../../model/raw-record.ts'
import type { ConfiguredStream, RecordData } from '../../model/stream.ts'

/** By stream of a sync: the fields that were reported, and those with a column. */
const reported = new WeakMap<ConfiguredStream, Set<string>>()

/** So many are named for each stream; of the others the number is reported, once. */
const MOST = 20

/** By stream of a sync: how many were named. */
const named = new WeakMap<ConfiguredStream, number>()

/**
 * Reports each field without a column once; it is emitted all the same. For records that are slices, such fields were noted
 * when they were cut out of their page.
 */
export function* unknownFields(one: ConfiguredStream, records: readonly RecordData[]): Generator<Message> {
  const { columns, stream } = one
  if (columns === undefined) return
  const known = reported.get(one) ?? new Set(columns)
  reported.set(one, known)
  const already = named.get(one) ?? 0
  if (already > MOST) return
  const found = new Set<string>()
  const look = (name: string): void => {
    if (!known.has(name)) found.add(name)
  }
  for (const record of records) {
    const raw = rawOf(record)
    if (raw === undefined) for (const name in record) look(name)
    else if (raw.unknown) for (const name of raw.unknown) look(name)
  }
  const report = (text: string): Message => ({
    kind: 'log',
    level: 'info',
    message: `Stream "${stream.name}" has ${text}`,
  })
  const some = [...found].slice(0, MOST - already)
  for (const name of some) {
    known.add(name)
    yield report(`the field "${shortened(name)}", for which its schema has no column: it is emitted unchanged.`)
  }
  named.set(one, already + some.length)
  if (found.size === some.length) return
  // No more are remembered: there may be any number of them.
  named.set(one, MOST + 1)
  yield report(
    `${found.size - some.length} more such fields. They, and others that come, are emitted unchanged, and not named.`,
  )
}

const shortened = (name: string): string => (name.length > 100 ? `${name.slice(0, 100)}…` : name)
