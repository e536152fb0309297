// What events brought while the hub runs: the last of them, and how long they took.
import type { Hint } from '../../live/event.ts'
import type { Followed } from '../../live/follow.ts'
import type { Counts } from '../../live/receiver.ts'

/** An event that was followed: the records that it named are in the tables. */
export interface FollowedEvent extends Hint {
  /** Milliseconds from the change to the table. */
  readonly latency: number
}

export interface LiveActivity {
  /** Newest first. */
  readonly last: readonly FollowedEvent[]
  readonly events: number
  readonly records: number
  /** Milliseconds from the change to the table, of the latest events; undefined: none was followed. */
  readonly median: number | undefined
  readonly worst99: number | undefined
  /** Deliveries as they were answered; undefined: nothing listens. */
  readonly deliveries: Readonly<Counts> | undefined
}

export interface LiveEvents {
  /** From now on the deliveries of a connection are these. */
  listens(connection: string, counts: Readonly<Counts>): void
  add(connection: string, followed: Followed): void
  of(connection: string): LiveActivity
}

/** How many events are shown. */
const SHOWN = 50
/** Enough for a percentile. */
const MEASURED = 2000

interface Remembered {
  last: readonly FollowedEvent[]
  latencies: readonly number[]
  events: number
  records: number
  deliveries: Readonly<Counts> | undefined
}

/** Keeps what events bring. `changed` is called whenever something came. */
export function createLiveEvents(changed: () => void): LiveEvents {
  const all = new Map<string, Remembered>()
  const keptOf = (connection: string): Remembered => {
    const kept = all.get(connection) ?? { last: [], latencies: [], events: 0, records: 0, deliveries: undefined }
    all.set(connection, kept)
    return kept
  }
  return {
    listens(connection, counts) {
      keptOf(connection).deliveries = counts
    },
    add(connection, { hints, latencies, events, records }) {
      const kept = keptOf(connection)
      const newest = hints.map((hint, nth) => ({ ...hint, latency: latencies[nth] ?? 0 })).toReversed()
      kept.last = [...newest, ...kept.last].slice(0, SHOWN)
      kept.latencies = [...kept.latencies, ...latencies].slice(-MEASURED)
      kept.events += events
      kept.records += records
      changed()
    },
    of(connection) {
      const { latencies, ...kept } = keptOf(connection)
      const sorted = latencies.toSorted((one, other) => one - other)
      const at = (share: number): number | undefined => sorted[Math.floor((sorted.length - 1) * share)]
      return { ...kept, median: at(0.5), worst99: at(0.99) }
    },
  }
}
