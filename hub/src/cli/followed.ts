// What events brought, in a sentence for people.
import type { Followed } from '../live/follow.ts'
import type { Counts } from '../live/receiver.ts'
import { count } from './progress.ts'

/** Enough for a percentile, however many come. */
const MOST = 10_000

/** Adds up what events brought since the last sentence. */
export function createTotals() {
  let events = 0
  let records = 0
  let latencies: number[] = []
  return {
    add(some: Followed): void {
      events += some.events
      records += some.records
      latencies = [...latencies, ...some.latencies].slice(-MOST)
    },
    /** Empty if no event came. */
    sentence(counts: Counts): string {
      if (events === 0) return ''
      const sorted = latencies.toSorted((one, other) => one - other)
      const at = (share: number): string => ((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) / 1000).toFixed(1)
      const text = ` Before it, ${count(events)} events brought ${count(records)} records, half of them within ${at(0.5)} s, 99 % within ${at(0.99)} s.`
      const { accepted: _, duplicate: __, ...refused } = counts
      const reasons = Object.entries(refused).filter(([, times]) => times > 0)
      ;[events, records, latencies] = [0, 0, []]
      return reasons.length === 0
        ? text
        : `${text} Refused so far: ${reasons.map(([reason, times]) => `${count(times)} ${reason}`).join(', ')}.`
    },
  }
}
