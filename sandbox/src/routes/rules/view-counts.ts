import type { Row } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'

/** Counts of views, which are not there at once: the first question starts the counting. */
export type ViewCounts = (view: Entry, count: () => number) => Row

type Counted = { readonly value: number; readonly at: number }

// Assumed (fact 373): how long Zendesk counts, and how long a count is fresh.
const COUNTS_MS = 300
const FRESH_MS = 60_000

/** The counts of a store's views. */
export function createViewCounts(store: Store): ViewCounts {
  const counted = new Map<number | string, Counted>()
  const counting = new Set<number | string>()
  const { clock, agenda } = store
  return ({ id, active }, count) => {
    const known = counted.get(id)
    const fresh = known !== undefined && clock.nowMs() - known.at < FRESH_MS
    if (!fresh && !counting.has(id)) {
      counting.add(id)
      agenda.at(clock.nowMs() + COUNTS_MS, () => {
        counting.delete(id)
        counted.set(id, { value: count(), at: clock.nowMs() })
      })
    }
    const value = known?.value ?? null
    const url = `${store.base}/api/v2/views/${id}/count.json`
    return { url, view_id: id, value, pretty: value === null ? '...' : prettily(value), fresh, active }
  }
}

/** A count as people read it. */
function prettily(value: number): string {
  return value < 1000 ? String(value) : `~${value.toLocaleString('en-US')}`
}
