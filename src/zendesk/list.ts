import { ConnectorError } from '../errors.ts'
import type { Query, Walk } from '../stream.ts'
import { listCursorFrom } from './list-cursor.ts'
import { rowsOf } from './rows.ts'

/** The most rows of a list page; one more is refused with 400. */
export const LIST_PAGE_SIZE = 100

export interface List {
  readonly name: string
  readonly path: string
  readonly key: string
  readonly query?: Query
}

/** Places in a list are not compared: a list is read whole, by one stream. */
const neverBefore = (): boolean => false

/**
 * A list in cursor pages. The last page has a next link too: only `meta.has_more` tells.
 * https://developer.zendesk.com/api-reference/introduction/pagination/#cursor-pagination
 */
export const cursorList = ({ name, path, key, query }: List): Walk => ({
  name,
  path,
  key,
  order: 'unordered',
  query: { 'page[size]': LIST_PAGE_SIZE, ...query },
  isBefore: neverBefore,
  request: ({ cursor }) => (cursor === undefined ? {} : { 'page[after]': cursor }),
  advance(page, position) {
    const rows = rowsOf(page, key)
    const meta = page['meta'] as { has_more?: boolean; after_cursor?: string | null } | undefined
    const last = meta?.has_more !== true
    const cursor = meta?.after_cursor ?? undefined
    if (!last && (cursor === undefined || cursor === position.cursor))
      throw new ConnectorError(`${path}: Zendesk says that there is more, and gives no way to it.`, 'transient_error')
    return { rows, last, position: cursor === undefined ? { time: position.time } : { time: position.time, cursor } }
  },
})

/** A list that Zendesk keeps in order of `created_at,id`, read from a second on (epoch seconds), or from its start. */
export const createdList = (list: List, from?: number): Walk => {
  const walk = cursorList(list)
  if (from === undefined) return { ...walk, order: 'ascending' }
  const start = listCursorFrom('created_at,id', from)
  return { ...walk, order: 'ascending', request: ({ cursor }) => ({ 'page[after]': cursor ?? start }) }
}

/**
 * A list in numbered pages, or in one: `next_page` is null at the end.
 * https://developer.zendesk.com/api-reference/introduction/pagination/#offset-pagination
 */
export const numberedList = ({ name, path, key, query }: List): Walk => ({
  name,
  path,
  key,
  order: 'unordered',
  query: { per_page: LIST_PAGE_SIZE, ...query },
  isBefore: neverBefore,
  request: ({ cursor }) => (cursor === undefined ? {} : { page: cursor }),
  advance(page, { time, cursor }) {
    const last = typeof page['next_page'] !== 'string' || page['next_page'] === ''
    return { rows: rowsOf(page, key), last, position: { time, cursor: String(Number(cursor ?? 1) + 1) } }
  },
})
