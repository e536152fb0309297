import { ConnectorError } from '../../model/errors.ts'
import type { Message } from '../../model/message.ts'
import { parsed } from '../../model/raw-record.ts'
import type { ConfiguredStream, RecordData, StreamState } from '../../model/stream.ts'

/** The member of a state that holds the records whose files were out of reach. */
const KEY = 'files_again'

/** A state holds so many of them; with more, the stream ends before the page that has them. */
const MOST = 200

/**
 * Records that were emitted without their files, because the host of the files was out of reach. The state of their stream
 * holds them, and the next sync emits them again, before all others.
 */
export interface LaterFiles {
  /** The streams, with their states as they are without these records. */
  readonly streams: readonly ConfiguredStream[]
  /** The records that the last sync left for this stream. */
  of(stream: string): readonly RecordData[]
  /** Remembers a record. Throws a ConnectorError if there are too many. */
  add(stream: string, record: RecordData): void
  /** Forgets a record: its file came, cannot be had, or was deleted with it. */
  remove(stream: string, record: RecordData): void
  /** The message as it is emitted: a checkpoint with these records in its state. */
  withRecords(message: Message): Message
}

export function createLaterFiles(configured: readonly ConfiguredStream[]): LaterFiles {
  const waiting = new Map<string, Map<string, RecordData>>()
  const streams = configured.map((one) => {
    if (one.state === undefined || !(KEY in one.state)) return one
    const { [KEY]: records, ...state } = one.state as StreamState & { readonly [KEY]?: unknown }
    const { name } = one.stream
    if (one.includesFiles && one.syncMode === 'incremental')
      waiting.set(name, new Map(recordsIn(records, name).map((record) => [keyOf(record), record])))
    return { ...one, state }
  })
  const waitingOf = (stream: string): Map<string, RecordData> => {
    const known = waiting.get(stream) ?? new Map<string, RecordData>()
    waiting.set(stream, known)
    return known
  }
  const of = (stream: string): readonly RecordData[] => [...(waiting.get(stream)?.values() ?? [])]
  return {
    streams,
    of,
    add(stream, record) {
      const known = waitingOf(stream)
      // The bytes of its page will be freed.
      known.set(keyOf(record), { ...parsed(record) })
      if (known.size > MOST)
        throw new ConnectorError(
          `The files of more than ${MOST} records are out of reach. The next sync goes on from here.`,
          'transient_error',
        )
    },
    remove: (stream, record) => void waiting.get(stream)?.delete(keyOf(record)),
    withRecords(message) {
      if (message.kind !== 'checkpoint') return message
      const records = of(message.stream)
      return records.length === 0 ? message : { ...message, state: { ...message.state, [KEY]: records } }
    },
  }
}

const keyOf = (record: RecordData): string => String(record['id'])

function recordsIn(records: unknown, stream: string): readonly RecordData[] {
  const isRecord = (one: unknown): boolean => typeof one === 'object' && one !== null && !Array.isArray(one)
  if (Array.isArray(records) && records.every(isRecord)) return records as readonly RecordData[]
  throw new ConnectorError(
    `The state of stream "${stream}" cannot be understood: "${KEY}" is no list of records. Reset the stream.`,
    'config_error',
  )
}
