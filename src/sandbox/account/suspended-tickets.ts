import type { Store } from './store.ts'
import type { Entry, Table } from './table.ts'

/** A suspended ticket is gone after so many seconds (14 days). */
export const SUSPENDED_FOR = 14 * 86_400

/** Assumed: what has waited so long is removed once an hour, in ms. A large account would change every minute else. */
const REMOVED_EVERY = 3_600_000

/** Mails that did not become tickets: they wait 14 days to be recovered. */
export function suspendedTable(store: Store): Table {
  return store.table('suspended_tickets', { path: ({ id }) => `/suspended_tickets/${id}` })
}

/** Suspends a mail; it goes by itself in the end. `created_at` must be among the values. */
export function suspend(store: Store, values: Record<string, unknown>): Entry {
  const table = suspendedTable(store)
  const entry = table.add(values)
  const created = Date.parse(String(values['created_at']))
  const removed = Math.ceil((created + SUSPENDED_FOR * 1000) / REMOVED_EVERY) * REMOVED_EVERY
  store.agenda.at(removed, () => {
    if (table.get(entry.id) !== undefined) table.remove(entry.id)
  })
  return entry
}
