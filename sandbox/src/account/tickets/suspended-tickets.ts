import type { Store } from '../store.ts'
import type { Entry, Table } from '../table.ts'

/** A suspended ticket is deleted after this many seconds (14 days). */
export const SUSPENDED_FOR = 14 * 86_400

/** Mails that did not become tickets: they wait 14 days to be recovered. */
export function suspendedTable(store: Store): Table {
  return store.table('suspended_tickets', { path: ({ id }) => `/suspended_tickets/${id}` })
}

/** Suspends a mail; it goes by itself in the end. `created_at` must be among the values. */
export function suspend(store: Store, values: Record<string, unknown>): Entry {
  const table = suspendedTable(store)
  const entry = table.add(values)
  const created = Date.parse(String(values['created_at']))
  store.agenda.at(created + SUSPENDED_FOR * 1000, () => {
    if (table.get(entry.id) !== undefined) table.remove(entry.id)
  })
  return entry
}
