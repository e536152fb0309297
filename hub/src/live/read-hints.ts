// Records that events named, read again: the events themselves are too thin, and in no order.
import type { LiveSource } from '../source/source.ts'
import type { Row } from '../table/batch.ts'
import { collapsed, type Hint } from './event.ts'
import type { Brought, LiveStream } from './write.ts'

/** What the hints of one window came to. */
export interface Read {
  readonly brought: readonly Brought[]
  /** Records that take a request or more for themselves, or whose children do: to be read later. */
  readonly owed: readonly Hint[]
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
  const owed: Hint[] = []
  for (const [kind, records] of collapsed(hints)) {
    const together = namesOf(streams, kind, (name) => !source.isShownOneByOne(name))
    const alone = namesOf(streams, kind, source.isShownOneByOne)
    const all = [...records.values()]
    const read = await shown(kind, all, chosen(streams, together), source)
    brought.push(...read.brought)
    // Without the stream of the records themselves nobody knows which of them there are.
    if (alone.length > 0) owed.push(...(together.includes(kind) ? all.filter(({ id }) => read.ids.has(id)) : all))
  }
  return { brought, owed }
}

/** Reads records of one kind that were owed, or their newest children: with a request for each, and for each kind of list. */
export async function readOwed(
  hints: readonly Hint[],
  streams: readonly LiveStream[],
  source: LiveSource,
): Promise<readonly Brought[]> {
  const kind = hints[0]?.kind ?? ''
  const names = namesOf(streams, kind, source.isShownOneByOne)
  return (await shown(kind, hints, chosen(streams, names), source)).brought
}

/** What Zendesk shows of these streams for these records, the deletions among them, and the ids that are there. */
async function shown(
  kind: string,
  hints: readonly Hint[],
  streams: readonly LiveStream[],
  source: LiveSource,
): Promise<{ readonly brought: readonly Brought[]; readonly ids: ReadonlySet<unknown> }> {
  const brought: Brought[] = []
  const ids = new Set<unknown>()
  const names = streams.map(({ name }) => name)
  const columns = new Map(streams.map((stream) => [stream.name, stream.columns]))
  if (names.length === 0) return { brought, ids }
  for await (const message of source.show(
    names,
    hints.map(({ id }) => id),
  )) {
    if (message.kind !== 'records') continue
    brought.push({ ...message, records: withColumns(message.records, columns.get(message.stream)) })
    if (message.stream === kind) for (const { id } of message.records) ids.add(id)
  }
  const missing = hints.filter(({ id, isDeletion }) => isDeletion && !ids.has(id))
  if (missing.length > 0 && names.includes(kind)) brought.push(deletions(kind, missing))
  return { brought, ids }
}

const namesOf = (streams: readonly LiveStream[], kind: string, is: (name: string) => boolean): readonly string[] =>
  streams.filter(({ shownBy, name }) => shownBy === kind && is(name)).map(({ name }) => name)

const chosen = (streams: readonly LiveStream[], names: readonly string[]): readonly LiveStream[] =>
  streams.filter(({ name }) => names.includes(name))

/** Records of these columns alone: a sync reads no others of this stream. */
const withColumns = (records: readonly Row[], columns: ReadonlySet<string> | undefined): readonly Row[] =>
  columns === undefined
    ? records
    : records.map((record) => Object.fromEntries(Object.entries(record).filter(([name]) => columns.has(name))))

const deletions = (stream: string, hints: readonly Hint[]): Brought => ({
  stream,
  records: hints.map(({ id }) => ({ id })),
  deletedAt: hints.map(({ at }) => new Date(at).toISOString()),
})
