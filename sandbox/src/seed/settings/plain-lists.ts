import { inKeyOrder } from '../../account/key-order.ts'
import { PLAIN_LISTS, type PlainList } from '../../account/plain-lists.ts'
import type { Store } from '../../account/store.ts'

/** Declares the tables of plain lists and writes their rows. */
export function generatePlainLists(store: Store, lists: readonly PlainList[] = PLAIN_LISTS): void {
  for (const { table, path, columns, rows } of lists) {
    const records = store.table(table, {
      ids: typeof rows[0]?.['id'] === 'string' ? 'uuid' : 'number',
      ...(columns.includes('url') && { path: ({ id }) => `${path}/${id}` }),
      row: inKeyOrder(...columns),
    })
    for (const row of rows) records.add(row)
  }
}
