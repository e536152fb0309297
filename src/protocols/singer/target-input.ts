// What comes to the target: Singer's messages on standard input.
import { ConnectorError } from '../../model/errors.ts'
import { exactJson } from '../../model/exact-json.ts'
import type { Log } from '../../model/message.ts'
import type { WriterInput } from '../../model/writer.ts'

type Members = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The streams, rows and states in these lines. Throws a ConnectorError for a line that breaks Singer's rules. */
export async function* inputsIn(lines: AsyncIterable<string>, mode: string, log: Log): AsyncGenerator<WriterInput> {
  const known = new Set<string>()
  const warned = new Set<string>()
  let nth = 0
  for await (const line of lines) {
    nth++
    const message = messageIn(line, nth)
    const { type, record, value } = message
    switch (type) {
      case 'SCHEMA': {
        const stream = streamIn(message, nth)
        known.add(stream)
        yield { kind: 'stream', asked: { stream, mode, primaryKey: namesIn(message['key_properties']) } }
        break
      }
      case 'RECORD': {
        const stream = streamIn(message, nth)
        if (!known.has(stream))
          throw new ConnectorError(`Line ${nth} is a RECORD of "${stream}" before its SCHEMA.`, 'system_error')
        if (!isObject(record)) throw new ConnectorError(`Line ${nth} is a RECORD without a record.`, 'system_error')
        yield { kind: 'row', stream, record }
        break
      }
      case 'STATE':
        if (value === undefined) throw new ConnectorError(`Line ${nth} is a STATE without a value.`, 'system_error')
        yield { kind: 'state', state: value }
        break
      case 'BATCH':
        // Its rows are in files. Ignored, they would be lost: the state behind it says that they were written.
        throw new ConnectorError(
          `Line ${nth} is a BATCH, whose rows are in files, and these are not read here. Switch batches off in the tap ("batch_config").`,
          'config_error',
        )
      default:
        if (!warned.has(type)) log('warn', ignored(type))
        warned.add(type)
    }
  }
}

const ignored = (type: string): string =>
  type === 'ACTIVATE_VERSION'
    ? 'Messages of type ACTIVATE_VERSION are ignored: what is no longer in a stream stays in Zendesk.'
    : `Messages of the unknown type ${type.slice(0, 100)} are ignored.`

function streamIn({ type, stream }: Members, nth: number): string {
  if (typeof stream === 'string' && stream !== '') return stream
  throw new ConnectorError(`Line ${nth} is a ${String(type)} without a stream.`, 'system_error')
}

const namesIn = (names: unknown): readonly string[] => (Array.isArray(names) ? names.map(String) : [])

function messageIn(line: string, nth: number): Members & { readonly type: string } {
  let value: unknown
  try {
    value = exactJson(line)
  } catch {
    // Said below: the line may hold data of customers, and is not repeated.
  }
  if (!isObject(value)) throw new ConnectorError(`Line ${nth} of the input is not a JSON object.`, 'system_error')
  const { type } = value
  if (typeof type !== 'string')
    throw new ConnectorError(`Line ${nth} of the input is not a message: it has no "type".`, 'system_error')
  return { ...value, type }
}
