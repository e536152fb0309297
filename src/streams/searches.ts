import type { Search, Stream } from '../stream.ts'
import { type Searched, searchExport } from '../zendesk/search-export.ts'

/** Searches that there are without anybody's defining them. */
export const READY_SEARCHES: readonly Search[] = [
  { name: 'open_tickets', query: 'status<solved' },
  { name: 'closed_tickets', query: 'status>=solved' },
]

/** Streams whose columns the results of a search have. */
const COLUMNS_OF: Readonly<Record<Searched, string>> = {
  ticket: 'tickets',
  user: 'users',
  organization: 'organizations',
  group: 'groups',
}

/** A kind in the query itself is refused by the export of results, which is told it beside the query. */
const KIND = /(?:^|\s)type:(ticket|user|organization|group)s?(?=\s|$)/

/** The stream of a search's results, and the name of the stream whose columns they have. */
export function searchStream({ name, query }: Search): Stream & { readonly columnsOf: string } {
  const kind = (KIND.exec(query)?.[1] ?? 'ticket') as Searched
  const text = query.replace(KIND, '').trim()
  return {
    name,
    columnsOf: COLUMNS_OF[kind],
    primaryKey: ['id'],
    cursorField: 'updated_at',
    cursorFormat: 'iso',
    adminOnly: false,
    walk: searchExport(`search_${name}`, kind, text),
    reads: {},
    strips: ['result_type'],
    records: (rows) => rows,
    // What was deleted, and what the search fits no more, is only missing in its results.
    deletedAt: () => undefined,
  }
}
