import type { Clock } from '../clock.ts'

/**
 * Future events on the account's clock: jobs that take time, events that are written late, an index that lags.
 * Nothing happens by itself: `run` does what has become due, and is called before each request and each look from outside.
 */
export type Agenda = {
  /** Does something at a time in epoch milliseconds (UTC). */
  readonly at: (time: number, act: () => void) => void
  /** Does all that is due, in the order of its times. */
  readonly run: () => void
}

/** An empty agenda; it calls `touched` after everything that it does. */
export function createAgenda(clock: Clock, touched: () => void): Agenda {
  let entries: { time: number; act: () => void }[] = []
  return {
    at: (time, act) => {
      const after = entries.findIndex((entry) => entry.time > time)
      entries.splice(after === -1 ? entries.length : after, 0, { time, act })
    },
    run: () => {
      while (entries[0] !== undefined && entries[0].time <= clock.nowMs()) {
        const [first, ...rest] = entries
        entries = rest
        first?.act()
        touched()
      }
    },
  }
}
