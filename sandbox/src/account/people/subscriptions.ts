import { inKeyOrder } from '../key-order.ts'
import type { Store } from '../store.ts'
import type { Table } from '../table.ts'

/** The table of those who follow the tickets of an organization. A subscription never changes. */
export function organizationSubscriptions(store: Store): Table {
  return store.table('organization_subscriptions', {
    row: inKeyOrder('id', 'organization_id', 'user_id', 'created_at'),
  })
}
