import { PLAIN_LISTS, type PlainList } from '../../account/plain-lists.ts'
import type { Family } from '../../http/family.ts'
import { type Order, resourceRoutes } from '../resource.ts'
import type { Served } from '../served.ts'

const BY_TEXT_ID: Readonly<Record<string, Order>> = {
  id: { name: 'id', shape: 's', key: ({ id }) => [String(id)] },
}

/** Lists that do no more than to give their rows: agents may read them, and nothing is written by the API. */
export function plainListRoutes(served: Served, lists: readonly PlainList[] = PLAIN_LISTS): readonly Family[] {
  return lists.map(({ table, path, key, paging, feature, rows }) => ({
    who: 'agent',
    ...(feature && { feature }),
    routes: resourceRoutes(served, {
      path,
      one: key,
      many: key,
      table,
      operations: ['list'],
      paging,
      ...(typeof rows[0]?.['id'] === 'string' && { orders: BY_TEXT_ID }),
    }),
  }))
}
