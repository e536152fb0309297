import { systemClock } from '../../model/clock.ts'
import { messageOf } from '../../model/errors.ts'
import type { LogLevel, Message, RecordsMessage } from '../../model/message.ts'
import type { StreamState } from '../../model/stream.ts'
import type { Fit } from '../shared/null-misfits.ts'
import { createRecordWriter, type Lines, type NulCharacters, type WriteRecords } from '../shared/record-lines.ts'
import { createBookmarks } from './bookmarks.ts'
import { DELETED_AT } from './schema.ts'
import type { Selected } from './selection.ts'
import { bookmarkOf, type Version } from './version.ts'

/** A sync's messages in the Singer dialect: lines for the target, and for whoever watches. */
export interface Encoder {
  /** The lines for the target, each with its line break; '' if there are none. */
  encode(message: Message): Lines
  /** The lines that the target still lacks, once all has been encoded. */
  end(): string
}

export interface EncoderOptions {
  readonly selected: readonly Selected[]
  /** All bookmarks that were handed in, also of streams that are not read now. */
  readonly bookmarks: ReadonlyMap<string, StreamState>
  /** Writes to the person who watches. */
  readonly say: (level: LogLevel, message: string) => void
  /** By stream: what takes out what does not fit its column. */
  readonly fits?: ReadonlyMap<string, Fit>
  readonly nulCharacters?: NulCharacters | undefined
}

/** One stream while it is read. */
interface SyncedStream {
  readonly selected: Selected
  version: Version | undefined
  state: StreamState | undefined
  /** Records since its start, and when that was (epoch ms); undefined: it has not started, or has ended. */
  records: number
  started?: number | undefined
  /** Where values did not fit their column, as far as that was reported. */
  readonly misfits: Set<string>
}

/** A sync while it is encoded. */
interface Encoding {
  readonly streams: ReadonlyMap<string, SyncedStream>
  readonly bookmarks: ReturnType<typeof createBookmarks>
  readonly write: WriteRecords
  readonly fits: ReadonlyMap<string, Fit>
  readonly say: EncoderOptions['say']
  /** Whether the last STATE holds every bookmark. */
  isStated: boolean
  /** How much has been written since then, in characters or bytes. */
  since: number
}

/**
 * Messages in the Singer dialect. A STATE covers all streams, and may be much longer than a page: one is written after a
 * checkpoint as soon as at least as much has been written since the last one, and when a stream ends.
 * https://hub.meltano.com/singer/spec/
 */
export function createEncoder({ selected, bookmarks, say, fits = new Map(), nulCharacters }: EncoderOptions): Encoder {
  const streams = selected.map((one): [string, SyncedStream] => [
    one.configured.stream.name,
    { selected: one, version: one.version, state: undefined, records: 0, misfits: new Set() },
  ])
  const encoding: Encoding = {
    streams: new Map(streams),
    bookmarks: createBookmarks(bookmarks),
    write: createRecordWriter(nulCharacters),
    fits,
    say,
    isStated: true,
    since: Number.POSITIVE_INFINITY,
  }
  return {
    end: () => stateLine(encoding),
    encode(message) {
      if (message.kind === 'log') say(message.level, message.message)
      else if (message.kind === 'error') {
        const of = message.stream === undefined ? '' : `Stream "${message.stream}": `
        say('error', `${of}${messageOf(message.error)}`)
      } else {
        const reading = encoding.streams.get(message.stream)
        if (reading) return linesOf(message, reading, encoding)
      }
      return ''
    },
  }
}

function linesOf(message: Message & { stream: string }, reading: SyncedStream, encoding: Encoding): Lines {
  switch (message.kind) {
    case 'records':
      return recordLines(message, reading, encoding)
    case 'checkpoint':
      reading.state = message.state
      noteState(message.stream, reading, encoding)
      return message.announces || encoding.since >= encoding.bookmarks.length() ? stateLine(encoding) : ''
    case 'status':
      if (message.status === 'started') return start(message.stream, reading)
      return message.status === 'running' ? '' : end(message.stream, reading, message.status === 'complete', encoding)
    case 'estimate':
      encoding.say('info', `Stream "${message.stream}" has about ${message.rows} records.`)
      return ''
    default:
      return ''
  }
}

function noteState(stream: string, { state, version }: SyncedStream, encoding: Encoding): void {
  if (state === undefined) return
  encoding.bookmarks.set(stream, bookmarkOf(state, version))
  encoding.isStated = false
}

function stateLine(encoding: Encoding): string {
  if (encoding.isStated) return ''
  encoding.isStated = true
  encoding.since = 0
  const syncing = [...encoding.streams].find(([, { started }]) => started !== undefined)
  return encoding.bookmarks.line(syncing?.[0])
}

function recordLines(message: RecordsMessage, reading: SyncedStream, encoding: Encoding): Lines {
  const { stream, records } = message
  reading.records += records.length
  const fitting = fittingOf(message, reading, encoding)
  const version = reading.version === undefined ? '' : `,"version":${reading.version.version}`
  const lines = encoding.write(fitting, {
    head: `{"type":"RECORD","stream":${JSON.stringify(stream)},"record":`,
    tail: `,"time_extracted":"${new Date(systemClock.now()).toISOString()}"${version}}`,
    deletedAt: DELETED_AT,
    omits: reading.selected.configured.omits,
  })
  encoding.since += lines.length
  return lines
}

/** The message without what does not fit its columns. Each place is reported once. */
function fittingOf(message: RecordsMessage, { misfits }: SyncedStream, { fits, say }: Encoding): RecordsMessage {
  const fit = fits.get(message.stream)?.(message)
  if (!fit) return message
  const places = new Set(fit.misfits.flat().filter((place) => !misfits.has(place)))
  for (const place of places) misfits.add(place)
  if (places.size > 0)
    say(
      'warn',
      `Stream "${message.stream}": values that do not fit their column are emitted as null: ${[...places].join(', ')}.`,
    )
  return fit.message
}

function start(stream: string, reading: SyncedStream): string {
  const { schema, configured } = reading.selected
  const { primaryKey, cursorField } = configured.stream
  reading.started = systemClock.now()
  const lines = line({
    type: 'SCHEMA',
    stream,
    schema,
    key_properties: primaryKey,
    ...(cursorField !== undefined && { bookmark_properties: [cursorField] }),
  })
  return reading.version?.first ? lines + activation(stream, reading.version) : lines
}

function end(stream: string, reading: SyncedStream, isWhole: boolean, encoding: Encoding): string {
  const tags = { stream, endpoint: reading.selected.configured.stream.feeds[0].walk.path }
  const status = isWhole ? 'succeeded' : 'failed'
  const value = (systemClock.now() - (reading.started ?? systemClock.now())) / 1000
  const metric = (of: object): void => encoding.say('info', `METRIC: ${JSON.stringify(of)}`)
  metric({ type: 'counter', metric: 'record_count', value: reading.records, tags })
  metric({ type: 'timer', metric: 'sync_duration', value, tags: { ...tags, status } })
  reading.started = undefined
  const { version } = reading
  if (!isWhole || !version?.loading) return stateLine(encoding)
  reading.version = { ...version, loading: false }
  noteState(stream, reading, encoding)
  return activation(stream, version) + stateLine(encoding)
}

const line = (message: object): string => `${JSON.stringify(message)}\n`

const activation = (stream: string, { version }: Version): string => line({ type: 'ACTIVATE_VERSION', stream, version })
