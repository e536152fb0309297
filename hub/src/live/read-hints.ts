// Records that events named, read again: the events themselves are too thin, and in no order.
import type { LiveSource } from '../source/source.ts'
import { collapsed, type Hint } from './event.ts'
import type { Brought, LiveStream } from './write.ts'

/** What belongs to tickets takes a request for each ticket: so many of them in a minute. The next sync has the others. */
export interface ListBudget {
  /** Resolves to how many of these tickets may be asked for now. */
  take(wanted: number): number
}

export function createListBudget(perMinute: number, now: () => number): ListBudget {
  let left = perMinute
  let at = now()
  return {
    take(wanted) {
      left = Math.min(perMinute, left + ((now() - at) / 60_000) * perMinute)
      at = now()
      const taken = Math.min(wanted, Math.floor(left))
      left -= taken
      return taken
    },
  }
}

/**
 * Reads what these hints name, each record once. What an event calls deleted and Zendesk does not show any more is a
 * deletion, at the event's time. Throws what the source throws.
 */
export async function readHints(
  hints: readonly Hint[],
  streams: readonly LiveStream[],
  source: LiveSource,
  budget: ListBudget,
): Promise<readonly Brought[]> {
  const brought: Brought[] = []
  for (const [kind, records] of collapsed(hints)) {
    const ofKind = streams.filter(({ shownBy }) => shownBy === kind)
    const together = ofKind.filter(({ name }) => !source.isShownOneByOne(name)).map(({ name }) => name)
    const alone = ofKind.filter(({ name }) => source.isShownOneByOne(name)).map(({ name }) => name)
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
    const living = ids.filter((id) => shown.has(id))
    const some = alone.length === 0 ? [] : living.slice(0, budget.take(living.length))
    if (some.length > 0)
      for await (const message of source.show(alone, some)) if (message.kind === 'records') brought.push(message)
  }
  return brought
}

const deletions = (stream: string, hints: readonly Hint[]): Brought => ({
  stream,
  records: hints.map(({ id }) => ({ id })),
  deletedAt: hints.map(({ at }) => new Date(at).toISOString()),
})
