// When records of each kind are read again: soon while little happens, with few requests while much does.
import type { Pending } from './inbox.ts'

/** A request reads as many records: once so many events wait, another moment of waiting saves none. */
const FULL = 100

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
  return {
    dueAt({ kind, events, since }, window) {
      const turn = events >= FULL ? 0 : (read.get(kind) ?? 0) + 60_000 / readsPerMinute
      return Math.max(since + window, turn)
    },
    note: (kind) => void read.set(kind, now()),
  }
}
