// What comes to the target: Singer's messages on standard input.
import { ConnectorError } from '../../model/errors.ts'
import type { Log } from '../../model/message.ts'
import type { WriterInput } from '../../model/writer.ts'

interface SingerLine {
  readonly type?: unknown
  readonly stream?: unknown
  readonly record?: unknown
  readonly value?: unknown
  readonly key_properties?: unknown
}

/** The streams, rows and states in these lines. Throws a ConnectorError for a line that breaks Singer's rules. */
export async function* inputsIn(lines: AsyncIterable<string>, mode: string, log: Log): AsyncGenerator<WriterInput> {
  const known = new Set<string>()
  const warned = new Set<string>()
  let nth = 0
  for await (const line of lines) {
    nth++
    const { type, stream, record, value, key_properties } = messageIn(line, nth)
    switch (type) {
      case 'SCHEMA':
        known.add(String(stream))
        yield { kind: 'stream', asked: { stream: String(stream), mode, primaryKey: namesIn(key_properties) } }
        break
      case 'RECORD':
        if (!known.has(String(stream)))
          throw new ConnectorError(`Line ${nth} is a RECORD of "${String(stream)}" before its SCHEMA.`, 'system_error')
        if (typeof record !== 'object' || record === null)
          throw new ConnectorError(`Line ${nth} is a RECORD without a record.`, 'system_error')
        yield { kind: 'row', stream: String(stream), record: record as Record<string, unknown> }
        break
      case 'STATE':
        yield { kind: 'state', state: value }
        break
      default:
        if (!warned.has(String(type)))
          log('warn', `Messages of type ${String(type)} are ignored: what is no longer in a stream stays in Zendesk.`)
        warned.add(String(type))
    }
  }
}

const namesIn = (names: unknown): readonly string[] => (Array.isArray(names) ? names.map(String) : [])

function messageIn(line: string, nth: number): SingerLine {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Said below: the line may hold data of customers, and is not repeated.
  }
  throw new ConnectorError(`Line ${nth} of the input is no JSON object.`, 'system_error')
}
