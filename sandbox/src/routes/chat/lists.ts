import type { Row } from '../../account/model.ts'
import type { Entry, Table } from '../../account/table.ts'
import type { Routes } from '../../http/family.ts'
import { type Asked, wholeNumber } from '../../http/pages/links.ts'
import { reply } from '../../http/reply.ts'
import type { Served } from '../served.ts'

const LARGEST = 100

/** The lists of Chat's settings: the list is the answer, but for bans, which stand in it by their kind. */
export function chatListRoutes({ store }: Served): Routes {
  const rowsOf = (table: Table, entries: Iterable<Entry> = table.all()): readonly Row[] =>
    Array.from(entries, (one) => table.row(one))
  const whole = (name: string): Routes => ({
    [`GET /${name}`]: () => bare(rowsOf(store.table(`chat_${name}`))),
  })
  return {
    ...whole('departments'),
    ...whole('shortcuts'),
    ...whole('triggers'),
    ...whole('goals'),
    'GET /agents': ({ asked }) => {
      const table = store.table('chat_agents')
      return bare(rowsOf(table, since(asked, table)))
    },
    'GET /bans': ({ asked }) => {
      const table = store.table('chat_bans')
      const of = (kind: string) => rowsOf(table, since(asked, table, kind))
      return { ip_address: of('ip_address'), visitor: of('visitor') }
    },
  }
}

// The client takes whatever JSON it is; the type of replies knows objects.
const bare = (rows: readonly Row[]) => reply(200, rows as unknown as Row)

// Assumed (fact 385): a page begins with the row of `since_id`, if there is one, and bans have a page for each kind.
function since({ query }: Asked, table: Table, type?: string): readonly Entry[] {
  const from = wholeNumber(query, 'since_id', 0) ?? 0
  const limit = Math.min(wholeNumber(query, 'limit', LARGEST) ?? LARGEST, LARGEST)
  return [...table.all()]
    .filter((one) => Number(one.id) >= from && (type === undefined || one['type'] === type))
    .sort((one, other) => Number(one.id) - Number(other.id))
    .slice(0, limit)
}
