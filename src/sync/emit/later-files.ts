import { ConnectorError } from '../../model/errors.ts'
import type { Message } from '../../model/message.ts'
import { parsed } from '../../model/raw-record.ts'
import type { ConfiguredStream, RecordData } from '../../model/stream.ts'

/** The member of a state that holds the records whose files were out of reach. */
const KEY = 'files_again'

/** A state holds so many of them; with more, the stream ends before the page that has them. */
const MOST = 200

/**
 * Records that were emitted without their files, because the host of the files was out of reach: by stream, then by id. The
 * state of their stream holds them, and the next sync emits them again, before all others.
 */
export type LaterFiles = ReadonlyMap<string, Map<string, RecordData>>

/** The records that the last sync left for these streams. */
export const laterFilesOf = (configured: readonly ConfiguredStream[]): LaterFiles =>
  new Map(
    configured.map(({ stream: { name }, state, includesFiles, syncMode }) => {
      const records = includesFiles && syncMode === 'incremental' ? (state?.[KEY] ?? []) : []
      return [name, new Map(recordsIn(records, name).map((record) => [keyOf(record), record]))]
    }),
  )

/** The stream with its state as it is without these records. */
export function withoutLaterFiles(one: ConfiguredStream): ConfiguredStream {
  if (one.state === undefined) return one
  const { [KEY]: _, ...state } = one.state
  return { ...one, state }
}

/**
 * Remembers a record whose file is to come later, and forgets one whose file came, cannot be had, or was deleted with it.
 * Throws a ConnectorError if there are too many.
 */
export function noteFile(later: LaterFiles, stream: string, record: RecordData, isLater: boolean): void {
  const waiting = later.get(stream)!
  if (!isLater) waiting.delete(keyOf(record))
  // The bytes of its page will be freed.
  else waiting.set(keyOf(record), { ...parsed(record) })
  if (waiting.size > MOST)
    throw new ConnectorError(
      `The files of more than ${MOST} records are out of reach. The next sync goes on from here.`,
      'transient_error',
    )
}

/** The message as it is emitted: a checkpoint with these records in its state. */
export function withLaterFiles(later: LaterFiles, message: Message): Message {
  const waiting = message.kind === 'checkpoint' && later.get(message.stream)
  return waiting && waiting.size > 0
    ? { ...message, state: { ...message.state, [KEY]: [...waiting.values()] } }
    : message
}

const keyOf = (record: RecordData): string => String(record['id'])

function recordsIn(records: unknown, stream: string): readonly RecordData[] {
  const isRecord = (one: unknown): boolean => typeof one === 'object' && one !== null && !Array.isArray(one)
  if (Array.isArray(records) && records.every(isRecord)) return records as readonly RecordData[]
  throw new ConnectorError(
    `The state of stream "${stream}" cannot be understood: "${KEY}" is not a list of records. Reset the stream.`,
    'config_error',
  )
}
