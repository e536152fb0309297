import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { linesOf } from '../../test/support/read-lines.ts'

// Airbyte's form, and Singer's: the name of the stream stands at the head of the line.
const RECORD = /^\{"type": ?"RECORD", ?(?:"record": ?\{)?"stream": ?"([^"]+)"/
const STATE = /^\{"type": ?"STATE"/

/** What a client wrote into a file. */
export interface Written {
  /** The number of records, by stream. */
  readonly records: Readonly<Record<string, number>>
  /** Its last states, as their lines were, by stream; of a tap there is one for all. */
  readonly states: ReadonlyMap<string, Readonly<Record<string, unknown>>>
  readonly bytes: number
}

/** How many different records a file in Airbyte's form has, by stream: pages of exports repeat some. */
export async function distinctIn(path: string): Promise<Readonly<Record<string, number>>> {
  const ids = new Map<string, Set<unknown>>()
  for await (const line of linesOf(createReadStream(path))) {
    const stream = RECORD.exec(line)?.[1]
    if (stream === undefined) continue
    const { record } = JSON.parse(line) as { record: { data: { id: unknown } } }
    const known = ids.get(stream) ?? new Set()
    ids.set(stream, known.add(record.data.id))
  }
  return Object.fromEntries([...ids].map(([stream, { size }]) => [stream, size]))
}

/** Counts what a client wrote, in either protocol. */
export async function readSink(path: string): Promise<Written> {
  const records: Record<string, number> = {}
  const states = new Map<string, Record<string, unknown>>()
  for await (const line of linesOf(createReadStream(path))) {
    const stream = RECORD.exec(line)?.[1]
    if (stream !== undefined) records[stream] = (records[stream] ?? 0) + 1
    else if (STATE.test(line)) {
      const { state, value } = JSON.parse(line) as { state?: AirbyteState; value?: Record<string, unknown> }
      if (state) states.set(state.stream.stream_descriptor.name, state)
      else if (value) states.set('', value)
    }
  }
  return { records, states, bytes: (await stat(path)).size }
}

type AirbyteState = Record<string, unknown> & { stream: { stream_descriptor: { name: string } } }
