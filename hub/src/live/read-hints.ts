// Records that events named, read again: the events themselves are too thin, and in no order.
import type { LiveSource } from '../source/source.ts'
import { collapsed, type Hint } from './event.ts'
import type { Brought, LiveStream } from './write.ts'

/** What the hints of one window came to. */
export interface Read {
  readonly brought: readonly Brought[]
  /** By kind: ids of records whose children are lists of their own, to be read later. */
  readonly touched: ReadonlyMap<string, readonly number[]>
}

/**
 * Reads what these hints name, each record once, a hundred in a request. What an event calls deleted and Zendesk does not show
 * any more is a deletion, at the event's time. Throws what the source throws.
 */
export async function readHints(
  hints: readonly Hint[],
  streams: readonly LiveStream[],
  source: LiveSource,
): Promise<Read> {
  const brought: Brought[] = []
  const touched = new Map<string, readonly number[]>()
  for (const [kind, records] of collapsed(hints)) {
    const together = namesOf(streams, kind, (name) => !source.isShownOneByOne(name))
    const ids = [...records.keys()]
    const shown = new Set<unknown>()
    if (together.length > 0)
      for await (const message of source.show(together, ids)) {
        if (message.kind !== 'records') continue
        brought.push(message)
        if (message.stream === kind) for (const { id } of message.records) shown.add(id)
      }
    const missing = [...records.values()].filter(({ id, isDeletion }) => isDeletion && !shown.has(id))
    if (missing.length > 0 && together.includes(kind)) brought.push(deletions(kind, missing))
    // Without the stream of the tickets themselves nobody knows which of them there are.
    touched.set(kind, together.includes(kind) ? ids.filter((id) => shown.has(id)) : ids)
  }
  return { brought, touched }
}

/** Reads the newest children of these records, with a request for each and each kind of list. */
export async function readChildren(
  kind: string,
  ids: readonly number[],
  streams: readonly LiveStream[],
  source: LiveSource,
): Promise<readonly Brought[]> {
  const brought: Brought[] = []
  const alone = namesOf(streams, kind, source.isShownOneByOne)
  if (alone.length === 0) return []
  for await (const message of source.show(alone, ids)) if (message.kind === 'records') brought.push(message)
  return brought
}

const namesOf = (streams: readonly LiveStream[], kind: string, is: (name: string) => boolean): readonly string[] =>
  streams.filter(({ shownBy, name }) => shownBy === kind && is(name)).map(({ name }) => name)

const deletions = (stream: string, hints: readonly Hint[]): Brought => ({
  stream,
  records: hints.map(({ id }) => ({ id })),
  deletedAt: hints.map(({ at }) => new Date(at).toISOString()),
})
