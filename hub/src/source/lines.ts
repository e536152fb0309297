// What a connector writes, line by line: Airbyte's messages or Singer's. Theirs are the streams and the states.
import type { Readable } from 'node:stream'
import { exactJson } from 'zendesk-connector/exact-json'
import { HubError } from '../errors.ts'
import type { Row } from '../table/batch.ts'
import { cutRecord } from './cut-record.ts'
import type { SourceMessage, SourceStream } from './source.ts'
import { wholeLines } from './whole-lines.ts'

/** What a line says: messages, or a stream that is about to come; and whether it is to be repeated once all before it is safe. */
export interface Line {
  readonly messages: readonly SourceMessage[]
  readonly stream?: SourceStream
  readonly echo?: string
}

/** Members that mark a record as deleted. */
const MARKS = ['_ab_cdc_deleted_at', '_sdc_deleted_at']

/** Records that go on together: each message is handed on by itself, which costs as much as a small record. */
const TOGETHER = 200

/** Reads lines until they end. Throws a HubError for one that is no message; what came before it is handed on. */
export async function* readLines(input: Readable): AsyncGenerator<Line> {
  let records: RecordLine[] = []
  let failure: unknown
  const linesOf = createReader()
  try {
    for await (const bytes of wholeLines(input))
      for (const line of linesOf(bytes)) {
        if ('deletedAt' in line) records.push(line)
        if ('deletedAt' in line && records.length < TOGETHER) continue
        if (records.length > 0) yield { messages: together(records) }
        records = []
        if (!('deletedAt' in line)) yield line
      }
  } catch (error) {
    failure = error
  }
  if (records.length > 0) yield { messages: together(records) }
  if (failure !== undefined) throw failure
}

interface RecordLine {
  readonly stream: string
  readonly record: Row
  readonly deletedAt: string | undefined
}

/** Messages of these records, in their order: one for those of a stream that follow each other. */
function together(lines: readonly RecordLine[]): readonly SourceMessage[] {
  const messages: SourceMessage[] = []
  for (let from = 0, to = 0; from < lines.length; from = to) {
    const { stream } = lines[from]!
    while (lines[to]?.stream === stream) to++
    const some = lines.slice(from, to)
    const deletedAt = some.some((one) => one.deletedAt !== undefined)
    messages.push({
      kind: 'records',
      stream,
      records: some.map(({ record }) => record),
      ...(deletedAt && { deletedAt: some.map((one) => one.deletedAt) }),
    })
  }
  return messages
}

/** Reads whole lines, some at a time: what one says may hold for those behind it. */
function createReader(): (bytes: Buffer) => Generator<Line | RecordLine> {
  const streams = new Set<string>()
  let number = 0
  return function* read(bytes) {
    for (let from = 0, to = 0; from < bytes.length; from = to + 1) {
      // U+2028 is no end of a line here.
      to = bytes.indexOf(LINE_END, from)
      if (to < 0) to = bytes.length
      number++
      const cut = cutRecord(bytes, from)
      if (cut) yield recordOf(cut.stream, cut.record)
      else yield* linesIn(bytes.toString('utf8', from, to), number, streams)
    }
  }
}

const LINE_END = 0x0a

/** What a line says; nothing if it says nothing that matters here. */
function* linesIn(text: string, number: number, streams: Set<string>): Generator<Line | RecordLine> {
  if (text.trim() === '') return
  const line = parse(text, number)
  const type = line['type']
  if (typeof type !== 'string') throw new HubError(`Line ${number} is not a message: it has no "type".`)
  // Passed over, its rows would be lost: the state behind it says that they were loaded.
  if (type === 'BATCH')
    throw new HubError(
      `Line ${number} is a BATCH, whose rows are in files, and these are not read here. Switch batches off in the tap.`,
    )
  const fault = faultOf(line)
  if (fault !== undefined) throw new HubError(`Line ${number} is not a valid ${type}: ${fault}.`)
  if (type === 'SCHEMA') {
    streams.add(String(line['stream']))
    yield { messages: [], stream: singerStream(line) }
  } else if (type === 'STATE' && 'value' in line) {
    // One state for all streams.
    const state = line['value'] as Row
    yield { messages: [...streams].map((stream) => ({ kind: 'checkpoint', stream, state })), echo: text }
  } else if (type === 'RECORD') yield recordIn(line)
  else if (type === 'STATE') yield { messages: checkpointIn(line), echo: text }
  else if (type === 'TRACE') yield { messages: traceIn(line) }
  else if (type === 'LOG') yield { messages: [logIn(line)] }
}

function parse(text: string, number: number): Row {
  let value: unknown
  try {
    value = exactJson(text)
  } catch {
    throw new HubError(`Line ${number} is not JSON: ${text.slice(0, 80)}`)
  }
  if (!isObject(value)) throw new HubError(`Line ${number} is not a message: ${text.slice(0, 80)}`)
  return value
}

const isObject = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)
const isName = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** What a message lacks; undefined: nothing. One of a kind that is not read here lacks nothing. */
function faultOf(line: Row): string | undefined {
  const { type, stream, schema, key_properties: key = [], record, trace, log, state } = line
  if (type === 'SCHEMA') {
    if (!isName(stream)) return 'it names no stream'
    if (!isObject(schema) || !isObject(schema['properties'] ?? {})) return 'its schema is not an object'
    return Array.isArray(key) && key.every(isName) ? undefined : 'its key_properties are not a list of names'
  }
  if (type === 'RECORD') {
    if (!isObject(record)) return 'its record is not an object'
    if (isName(stream)) return undefined
    if (!isName(record['stream'])) return 'it names no stream'
    return isObject(record['data']) ? undefined : 'its data is not an object'
  }
  if (type === 'TRACE') return isObject(trace) ? undefined : 'it has no object "trace"'
  if (type === 'LOG') return isObject(log) ? undefined : 'it has no object "log"'
  if (type === 'STATE') return 'value' in line || isObject(state) ? undefined : 'it has neither "value" nor "state"'
  return undefined
}

function singerStream({ stream, schema, key_properties: key }: Row): SourceStream {
  const properties = withoutMarks((schema as { properties?: Row } | undefined)?.properties ?? {})
  return { name: String(stream), primaryKey: (key as string[] | undefined) ?? [], isIncremental: true, properties }
}

/** The streams of a configured catalog, as Airbyte has it. Throws a HubError where it is none. */
export function streamsOfCatalog(catalog: unknown): readonly SourceStream[] {
  const streams = (catalog as { streams?: readonly Row[] } | null)?.streams
  if (!Array.isArray(streams)) throw new HubError('This is not a configured catalog: it has no list "streams".')
  return streams.map((configured, at) => {
    const stream = isObject(configured) ? (configured['stream'] ?? configured) : undefined
    if (!isObject(stream) || !isName(stream['name']))
      throw new HubError(`The catalog cannot be understood: entry ${at + 1} of "streams" names no stream.`)
    const key = (configured['primary_key'] ?? stream['source_defined_primary_key'] ?? []) as readonly string[][]
    const properties = (stream['json_schema'] as { properties?: Row } | undefined)?.properties ?? {}
    return {
      name: stream['name'],
      primaryKey: key.map(([field]) => String(field)),
      isIncremental: configured['sync_mode'] !== 'full_refresh',
      properties: withoutMarks(properties),
    }
  })
}

const withoutMarks = (properties: Row): Row =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => !MARKS.includes(name)))

function recordIn(line: Row): RecordLine {
  const record = (line['record'] ?? {}) as Row
  return isName(line['stream'])
    ? recordOf(line['stream'], record)
    : recordOf(String(record['stream']), record['data'] as Row)
}

function recordOf(stream: string, data: Row): RecordLine {
  if (!MARKS.some((mark) => mark in data)) return { stream, record: data, deletedAt: undefined }
  const deletedAt = MARKS.map((mark) => data[mark]).find((time) => time != null)
  return { stream, record: withoutMarks(data), deletedAt: deletedAt == null ? undefined : String(deletedAt) }
}

function checkpointIn({ state }: Row): readonly SourceMessage[] {
  const { stream_descriptor: descriptor, stream_state: kept } = ((state as Row | undefined)?.['stream'] ?? {}) as Row
  if (descriptor === undefined) return []
  return [{ kind: 'checkpoint', stream: String((descriptor as Row)['name']), state: (kept ?? {}) as Row }]
}

function traceIn({ trace }: Row): readonly SourceMessage[] {
  const { stream_status: status, error } = trace as { stream_status?: Row; error?: Row }
  if (error !== undefined) {
    const { stream_descriptor: descriptor, message } = error
    const stream = (descriptor as Row | undefined)?.['name']
    return [
      { kind: 'error', error: new HubError(String(message)), ...(stream !== undefined && { stream: String(stream) }) },
    ]
  }
  if (status === undefined) return []
  const stream = (status['stream_descriptor'] as Row | undefined)?.['name']
  if (!isName(stream)) return []
  return [{ kind: 'status', stream, status: String(status['status']).toLowerCase() }]
}

const LEVELS = ['debug', 'info', 'warn', 'error'] as const

function logIn({ log }: Row): SourceMessage {
  const { level, message } = log as Row
  return {
    kind: 'log',
    level: LEVELS.find((one) => one === String(level).toLowerCase()) ?? 'info',
    message: String(message),
  }
}
