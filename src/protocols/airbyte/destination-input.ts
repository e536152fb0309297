// What comes to the destination: the configured catalog, and messages on standard input.
import { ConnectorError } from '../../model/errors.ts'
import { exactJson } from '../../model/exact-json.ts'
import type { Log } from '../../model/message.ts'
import type { AskedStream } from '../../model/writer.ts'
import type { RejectedRow, WriteInput } from '../../model/writing.ts'

type Members = Readonly<Record<string, unknown>>

/** The streams of a configured catalog. Throws a ConnectorError that names the first entry that cannot be understood. */
export function askedIn(catalog: unknown): readonly AskedStream[] {
  const streams = isObject(catalog) ? catalog['streams'] : undefined
  if (!Array.isArray(streams))
    throw new ConnectorError(
      'The catalog must be a JSON object with the list "streams", as Airbyte configures it.',
      'config_error',
    )
  const asked = streams.map(askedAt)
  const twice = asked.find(({ stream }, at) => asked.findIndex((one) => one.stream === stream) < at)
  if (twice !== undefined)
    throw new ConnectorError(`The catalog names stream "${twice.stream}" more than once.`, 'config_error')
  return asked
}

function askedAt(entry: unknown, index: number): AskedStream {
  const stream = isObject(entry) ? entry['stream'] : undefined
  const name = isObject(stream) ? stream['name'] : undefined
  const which = `entry ${index + 1} of "streams"${typeof name === 'string' ? ` (${name})` : ''}`
  const misfit = (what: string): ConnectorError =>
    new ConnectorError(`The catalog cannot be understood: ${which} ${what}.`, 'config_error')
  if (!isObject(entry)) throw misfit('is not an object with "stream" and "destination_sync_mode"')
  if (!isObject(stream) || typeof name !== 'string' || name === '') throw misfit('has no "stream" with a name')
  const { destination_sync_mode: mode, destination_object_name: object, primary_key } = entry
  if (typeof mode !== 'string' || mode === '')
    throw misfit('has no "destination_sync_mode": append, update, append_dedup or soft_delete')
  if (!isNamed(object)) throw misfit('has a "destination_object_name" that is not a text')
  return {
    stream: name,
    mode,
    primaryKey: columnsIn(name, primary_key) ?? columnsIn(name, stream['source_defined_primary_key']) ?? [],
    ...(typeof object === 'string' && object !== '' && { object }),
  }
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isNamed = (value: unknown): boolean => value === undefined || value === null || typeof value === 'string'

/** The columns of a primary key: a list of paths, each of one name. Undefined if there is none. */
function columnsIn(stream: string, paths: unknown): readonly string[] | undefined {
  if (paths === undefined || paths === null) return undefined
  if (!Array.isArray(paths))
    throw new ConnectorError(`The primary key of stream "${stream}" is not a list of columns.`, 'config_error')
  if (paths.length === 0) return undefined
  return paths.map((path) => {
    const names = [path].flat()
    if (names.length !== 1 || typeof names[0] !== 'string')
      throw new ConnectorError(
        `The primary key of stream "${stream}" is nested, but rows can only be matched by columns.`,
        'config_error',
      )
    return names[0]
  })
}

/**
 * The rows and states in these lines. Throws a ConnectorError for a line that is no message. What nobody configured is left out
 * with a warning, as Airbyte's destinations do: messages of other types, and rows of streams that the catalog does not name.
 */
export async function* inputsIn(
  lines: AsyncIterable<string>,
  known: ReadonlySet<string>,
  log: Log,
): AsyncGenerator<WriteInput> {
  const warned = new Set<string>()
  const warn = (what: string): void => {
    if (!warned.has(what)) log('warn', what)
    warned.add(what)
  }
  let nth = 0
  for await (const line of lines) {
    nth++
    const { type, record, state } = messageIn(line, nth)
    if (type === 'RECORD') {
      const { stream, data } = (record ?? {}) as { stream?: unknown; data?: unknown }
      if (typeof stream !== 'string' || !isObject(data))
        throw new ConnectorError(`Line ${nth} of the input is a RECORD without stream or data.`, 'system_error')
      if (known.has(stream)) yield { kind: 'row', stream, record: data }
      else warn(`Records of stream "${stream}" are ignored: it is not in the catalog.`)
    } else if (type === 'STATE') {
      if (!isObject(state))
        throw new ConnectorError(`Line ${nth} of the input is a STATE without a state.`, 'system_error')
      yield { kind: 'state', state }
    } else if (type !== 'TRACE' && type !== 'LOG') warn(`Messages of type ${String(type)} are ignored.`)
  }
}

function messageIn(line: string, nth: number): { type: string; record?: unknown; state?: unknown } {
  const value = valueIn(line, nth)
  const { type } = value
  if (typeof type !== 'string')
    throw new ConnectorError(`Line ${nth} of the input is not a message: it has no "type".`, 'system_error')
  return { ...value, type }
}

/** The JSON object in a line. The line may hold data of customers, and is not repeated. */
function valueIn(line: string, nth: number): Members {
  try {
    const value = exactJson(line)
    if (isObject(value)) return value
  } catch {
    // Said below.
  }
  throw new ConnectorError(`Line ${nth} of the input is not a JSON object.`, 'system_error')
}

/** The streams and rows of a file of rejected rows. Throws a ConnectorError for another file. */
export function rejectedIn(values: readonly unknown[]): {
  readonly streams: readonly AskedStream[]
  readonly rows: readonly WriteInput[]
} {
  const streams = new Map<string, AskedStream>()
  const rows = values.map((value): WriteInput => {
    const { stream, object, mode, key_columns: primaryKey = [], record } = (value ?? {}) as Partial<RejectedRow>
    const isOne = [stream, object, mode, ...[primaryKey].flat()].every((one) => typeof one === 'string')
    if (!isOne || !Array.isArray(primaryKey) || !isObject(record))
      throw new ConnectorError('The file does not hold rejected rows.', 'config_error')
    const [origin, kind, how] = [stream, object, mode] as [string, string, RejectedRow['mode']]
    const name = [origin, kind, how, ...primaryKey].join(' ')
    streams.set(name, { stream: name, object: kind, mode: how, primaryKey, origin })
    return { kind: 'row', stream: name, record }
  })
  return { streams: [...streams.values()], rows }
}
