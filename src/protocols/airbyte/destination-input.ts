// What comes to the destination: the configured catalog, and messages on standard input.
import { ConnectorError } from '../../model/errors.ts'
import type { Log } from '../../model/message.ts'
import type { AskedStream } from '../../model/writer.ts'
import type { RejectedRow, WriteInput } from '../../model/writing.ts'

interface ConfiguredForWriting {
  readonly stream?: { readonly name?: unknown; readonly source_defined_primary_key?: unknown }
  readonly destination_sync_mode?: unknown
  readonly destination_object_name?: unknown
  readonly primary_key?: unknown
}

/** The streams of a configured catalog. Throws a ConnectorError for one that cannot be understood. */
export function askedIn(catalog: unknown): readonly AskedStream[] {
  const { streams } = (typeof catalog === 'object' && catalog !== null ? catalog : {}) as { streams?: unknown }
  if (!Array.isArray(streams)) throw new ConnectorError('The catalog has no "streams".', 'config_error')
  return (streams as readonly ConfiguredForWriting[]).map((one) => {
    const { stream, destination_sync_mode: mode, destination_object_name: object, primary_key } = one
    const { name, source_defined_primary_key } = stream ?? {}
    if (typeof name !== 'string') throw new ConnectorError('A stream of the catalog has no name.', 'config_error')
    return {
      stream: name,
      mode: String(mode ?? 'append'),
      primaryKey: columnsIn(name, primary_key) ?? columnsIn(name, source_defined_primary_key) ?? [],
      ...(typeof object === 'string' && object !== '' && { object }),
    }
  })
}

/** The columns of a primary key: a list of paths, each of one name. Undefined if there is none. */
function columnsIn(stream: string, paths: unknown): readonly string[] | undefined {
  if (!Array.isArray(paths) || paths.length === 0) return undefined
  return paths.map((path) => {
    const names = [path].flat()
    if (names.length !== 1 || typeof names[0] !== 'string')
      throw new ConnectorError(
        `The primary key of stream "${stream}" is nested: rows are matched by columns only.`,
        'config_error',
      )
    return names[0]
  })
}

/** The rows and states in these lines. Throws a ConnectorError for a line that is no JSON. */
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
      if (typeof stream !== 'string' || typeof data !== 'object' || data === null)
        throw new ConnectorError(`Line ${nth} of the input is a RECORD without stream or data.`, 'system_error')
      if (known.has(stream)) yield { kind: 'row', stream, record: data as Record<string, unknown> }
      else warn(`Records of stream "${stream}" are ignored: it is not in the catalog.`)
    } else if (type === 'STATE' && typeof state === 'object' && state !== null) yield { kind: 'state', state }
    else if (type !== 'TRACE' && type !== 'LOG') warn(`Messages of type ${String(type)} are ignored.`)
  }
}

function messageIn(line: string, nth: number): { type?: unknown; record?: unknown; state?: unknown } {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Said below: the line may hold data of customers, and is not repeated.
  }
  throw new ConnectorError(`Line ${nth} of the input is no JSON object.`, 'system_error')
}

/** The streams and rows of a file of rejected rows. Throws a ConnectorError for another file. */
export function rejectedIn(values: readonly unknown[]): {
  readonly streams: readonly AskedStream[]
  readonly rows: readonly WriteInput[]
} {
  const all = values as readonly Partial<RejectedRow>[]
  const streams = new Map<string, AskedStream>()
  const rows = all.map(({ stream, object, mode, key_columns, record }): WriteInput => {
    if (stream === undefined || object === undefined || mode === undefined || record === undefined)
      throw new ConnectorError('The file holds something else than rejected rows.', 'config_error')
    const primaryKey = key_columns ?? []
    const name = [stream, object, mode, ...primaryKey].join(' ')
    streams.set(name, { stream: name, object, mode, primaryKey, origin: stream })
    return { kind: 'row', stream: name, record }
  })
  return { streams: [...streams.values()], rows }
}
