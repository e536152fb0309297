import { systemClock } from '../../model/clock.ts'
import { failureTypeOf, messageOf } from '../../model/errors.ts'
import type { FileReference, LogLevel, Message, RecordsMessage, StreamStatus } from '../../model/message.ts'
import type { Fit } from '../shared/null-misfits.ts'
import { createRecordWriter, type Lines, type NulCharacters } from '../shared/record-lines.ts'

/** The column by which Airbyte's destinations know a deleted record. */
export const DELETED_AT = '_ab_cdc_deleted_at'

/** The lines of a message, each with its line break; '' if the dialect has no such message. */
export type Encode = (message: Message) => Lines

const STATUS: Record<StreamStatus, string> = {
  started: 'STARTED',
  running: 'RUNNING',
  complete: 'COMPLETE',
  incomplete: 'INCOMPLETE',
}
const LEVEL: Record<LogLevel, string> = { debug: 'DEBUG', info: 'INFO', warn: 'WARN', error: 'ERROR' }

/**
 * Writes messages in the Airbyte dialect: records without the members that `omits` names by stream, and, for streams in
 * `fits`, without values that do not fit their column. Counts the records of each stream since its last STATE.
 * https://docs.airbyte.com/platform/understanding-airbyte/airbyte-protocol
 */
export function createEncoder(
  omits: ReadonlyMap<string, ReadonlySet<string>>,
  fits: ReadonlyMap<string, Fit> = new Map(),
  nulCharacters?: NulCharacters,
): Encode {
  const counts = new Map<string, number>()
  const write = createRecordWriter(nulCharacters)
  const count = (stream: string, by: number): void => void counts.set(stream, (counts.get(stream) ?? 0) + by)

  const recordLines = (given: RecordsMessage): Lines => {
    const { stream, records } = given
    const { message, misfits } = fits.get(stream)?.(given) ?? { message: given, misfits: undefined }
    count(stream, records.length)
    const head = `{"type":"RECORD","record":{"stream":${JSON.stringify(stream)},"emitted_at":${systemClock.now()},"data":`
    const { files } = message
    const beside =
      (files || misfits?.some(({ length }) => length > 0)) &&
      records.map((_, nth) => `${fileMember(files?.[nth])}${metaMember(misfits?.[nth] ?? [])}`)
    const frame = { head, tail: '}}', deletedAt: DELETED_AT, omits: omits.get(stream) ?? NOTHING }
    return write(message, { ...frame, ...(beside && { beside }) })
  }

  return (message) => {
    switch (message.kind) {
      case 'records':
        return recordLines(message)
      case 'checkpoint': {
        const { stream, state } = message
        const reported = counts.get(stream) ?? 0
        counts.set(stream, 0)
        const body = JSON.stringify({ stream_descriptor: { name: stream }, stream_state: state })
        // Strict readers expect a double: the count is written with a decimal point.
        return `{"type":"STATE","state":{"type":"STREAM","stream":${body},"sourceStats":{"recordCount":${reported}.0}}}\n`
      }
      case 'status':
        return statusLine(message.stream, STATUS[message.status])
      case 'waiting':
        return statusLine(message.stream, 'RUNNING', [
          { type: 'RATE_LIMITED', rate_limited: { quota_reset: Math.round(message.until) } },
        ])
      case 'estimate':
        return trace('ESTIMATE', { estimate: { name: message.stream, type: 'STREAM', row_estimate: message.rows } })
      case 'error':
        return errorLine(message.error, message.stream)
      case 'log':
        return line({ type: 'LOG', log: { level: LEVEL[message.level], message: message.message } })
    }
  }
}

/** https://docs.airbyte.com/platform/understanding-airbyte/airbyte-protocol */
const fileMember = (file: FileReference | undefined): string =>
  file === undefined
    ? ''
    : `,"file_reference":${JSON.stringify({
        staging_file_url: file.path,
        source_file_relative_path: file.relativePath,
        file_size_bytes: file.size,
      })}`

/** https://docs.airbyte.com/platform/understanding-airbyte/airbyte-protocol#airbyterecordmessagemeta */
function metaMember(misfits: readonly string[]): string {
  if (misfits.length === 0) return ''
  const fields = [...new Set(misfits)]
  const changes = fields.map((field) => ({ field, change: 'NULLED', reason: 'SOURCE_SERIALIZATION_ERROR' }))
  return `,"meta":${JSON.stringify({ changes })}`
}

const NOTHING: ReadonlySet<string> = new Set()

const line = (message: object): string => `${JSON.stringify(message)}\n`

const trace = (type: string, body: object): string =>
  line({ type: 'TRACE', trace: { type, emitted_at: systemClock.now(), ...body } })

const statusLine = (name: string, status: string, reasons?: readonly object[]): string =>
  trace('STREAM_STATUS', { stream_status: { stream_descriptor: { name }, status, ...(reasons && { reasons }) } })

function errorLine(error: unknown, stream: string | undefined): string {
  const failure_type = failureTypeOf(error)
  const { cause, stack } = error instanceof Error ? error : {}
  return trace('ERROR', {
    error: {
      message: messageOf(error),
      failure_type,
      ...(cause instanceof Error && { internal_message: messageOf(cause) }),
      // What we did not mean to raise is a fault of ours, and wants its place in the code.
      ...(failure_type !== 'config_error' && stack !== undefined && { stack_trace: stack }),
      ...(stream !== undefined && { stream_descriptor: { name: stream } }),
    },
  })
}

/** The whole configuration with renewed credentials, for the platform to keep. */
export const controlLine = (config: object): string =>
  line({
    type: 'CONTROL',
    control: { type: 'CONNECTOR_CONFIG', emitted_at: systemClock.now(), connectorConfig: { config } },
  })

export const specLine = (spec: object): string => line({ type: 'SPEC', spec })

export const catalogLine = (catalog: object): string => line({ type: 'CATALOG', catalog })

export const connectionStatusLine = (status: 'SUCCEEDED' | 'FAILED', message?: string): string =>
  line({ type: 'CONNECTION_STATUS', connectionStatus: { status, ...(message !== undefined && { message }) } })
