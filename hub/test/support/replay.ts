// A source that is read once and loaded several times: the same messages for whoever asks for the same.
import type { Source, SourceMessage, SourceRequest } from '../../src/source/source.ts'

export interface Replayed extends Source {
  /** Forgets what was read: the account has changed. */
  forget(): void
  /** How often the account was read. */
  readonly reads: () => number
}

/** Two that ask for the same have read the same states: if loading kept a wrong one, its request differs, and it is read for itself. */
export function replayed(source: Source): Replayed {
  const kept = new Map<string, readonly SourceMessage[]>()
  let reads = 0
  return {
    streams: () => source.streams(),
    async *read(requests) {
      const name = JSON.stringify(requests.map(inOrder).toSorted())
      const messages = kept.get(name) ?? (await all(source.read(requests)))
      if (!kept.has(name)) reads++
      kept.set(name, messages)
      yield* messages
    },
    forget: () => kept.clear(),
    reads: () => reads,
  }
}

async function all<Message>(messages: AsyncIterable<Message>): Promise<readonly Message[]> {
  const list: Message[] = []
  for await (const message of messages) list.push(message)
  return list
}

/** A request as text; PostgreSQL has an order of its own for the members of a state. */
const inOrder = ({ stream, isWhole, state }: SourceRequest): string => JSON.stringify([stream, isWhole, sorted(state)])

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, sorted(one)]),
  )
}
