import type { Row } from '../../account/model.ts'
import type { Store } from '../../account/store.ts'
import type { Entry } from '../../account/table.ts'

/** A contact that was deleted: its last row, and when (epoch milliseconds, UTC). */
export type Tombstone = { readonly data: Row; readonly at: number }

/** Deleted contacts and their last values. */
export type Tombstones = {
  readonly remove: (contact: Entry) => void
  readonly all: () => ReadonlyMap<number, Tombstone>
}

/** No contact deleted yet. One that was deleted in another way than by the API has left its id only. */
export function createTombstones(store: Store): Tombstones {
  const known = new Map<number, Tombstone>()
  const contacts = store.table('contacts')
  return {
    remove: (contact) => {
      known.set(Number(contact.id), { data: contacts.row(contact), at: store.clock.nowMs() })
      contacts.remove(contact.id)
    },
    all: () => {
      for (const id of contacts.deletedIds)
        if (!known.has(Number(id))) known.set(Number(id), { data: { id }, at: store.clock.nowMs() })
      return known
    },
  }
}
