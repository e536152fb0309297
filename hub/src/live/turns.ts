// When records of each kind are read again: soon while little happens, with few requests while much does.
import type { Hint } from './event.ts'
import type { Pending } from './inbox.ts'

/** How many records Zendesk shows in one request (docs/zendesk-facts.md, 84). */
const A_REQUEST = 100
/** How many events are worth a request, even if few records changed often. */
const WORTH_A_REQUEST = 100

export interface Turns {
  /** When events of this kind that wait are to be followed, in milliseconds since 1970. They are collected for `window` at the least. */
  dueAt(pending: Pending, window: number): number
  /** Notes that records of this kind are read now. */
  note(kind: string): void
}

/**
 * An event in a quiet time waits for the window alone. Under load a kind is read `readsPerMinute` times a minute, or for each
 * hundred events: so a thousand events a minute cost ten requests, and more events do not wait for longer.
 */
export function createTurns(readsPerMinute: number, now: () => number): Turns {
  const read = new Map<string, number>()
  /** What lies ahead was noted before the clock was set back: it is long ago. */
  const ago = (time: number): number => (time > now() ? 0 : time)
  return {
    dueAt({ kind, hints, since }, window) {
      const turn = hints >= WORTH_A_REQUEST ? 0 : ago(read.get(kind) ?? 0) + 60_000 / readsPerMinute
      return Math.max(ago(since) + window, turn)
    },
    note: (kind) => void read.set(kind, now()),
  }
}

/**
 * Of these hints, oldest first, as many of each kind as fill requests; all of a kind that fills none. The others have the next turn:
 * no request is sent for a few records while many come.
 */
export function inFullRequests<One extends Hint>(hints: readonly One[]): readonly One[] {
  return [...Map.groupBy(hints, ({ kind }) => kind).values()].flatMap((ofKind) => {
    const records = new Set<number>()
    let full = ofKind.length
    for (const [nth, { id }] of ofKind.entries()) {
      if (records.size > 0 && records.size % A_REQUEST === 0 && !records.has(id)) full = nth
      records.add(id)
    }
    return ofKind.slice(0, full)
  })
}
