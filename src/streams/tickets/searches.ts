import type { Ticket } from '../../generated/tickets.ts'
import type { Has, Search, Stream } from '../../model/stream.ts'
import { type Searched, searchExport } from '../../zendesk/walks/search-export.ts'
import { defineStream } from '../define.ts'

/** A search. With `fits` it is known which rows it finds: a row that it no longer finds is emitted as deleted. */
interface ReadySearch extends Search {
  readonly fits?: (row: Has<Ticket, 'status'>) => boolean
}

const isOpen = ({ status }: Has<Ticket, 'status'>): boolean => status !== 'solved' && status !== 'closed'

/** Searches that every configuration has. */
export const READY_SEARCHES: readonly ReadySearch[] = [
  { name: 'open_tickets', query: 'status<solved', fits: isOpen },
  { name: 'closed_tickets', query: 'status>=solved', fits: (ticket) => !isOpen(ticket) },
]

/** By kind of search: the stream whose columns its results have. */
const COLUMNS_OF: Readonly<Record<Searched, string>> = {
  ticket: 'tickets',
  user: 'users',
  organization: 'organizations',
  group: 'groups',
}

/** The kind in a query. The export of results refuses it there: it goes into a parameter of its own. */
const KIND = /(?:^|\s)type:(ticket|user|organization|group)s?(?=\s|$)/

/** The stream of a search's results, and the name of the stream whose columns they have. */
export function searchStream({ name, query, fits }: ReadySearch): Stream & { readonly columnsOf: string } {
  const kind = (KIND.exec(query)?.[1] ?? 'ticket') as Searched
  const text = query.replace(KIND, '').trim()
  const stream = defineStream<Ticket>()({
    name,
    cursorField: 'updated_at',
    cursorFormat: 'iso',
    adminOnly: false,
    walk: searchExport(`search_${name}`, { kind, text, seesAll: fits !== undefined }),
    reads: fits ? { status: true, updated_at: true } : {},
    // Results do not report deleted rows. Rows that a search of the configuration no longer finds are missing too.
    deletedAt: (row) => (fits && !fits(row) ? row.updated_at : undefined),
  })
  return { ...stream, columnsOf: COLUMNS_OF[kind] }
}
