import type { Page, RecordData, Walk } from '../../model/stream.ts'
import { LIST_PAGE_SIZE } from './list.ts'
import { rowsOf } from './rows.ts'

/** What all requests to Chat have in common: a limit of their own (fact 277), under a name of ours. */
const CHAT = { order: 'unordered', isBefore: () => false, bucket: 'chat' } as const

/** A list of Chat in one answer, which is the list itself (fact 278). */
export function chatList(name: string): Walk {
  const path = `chat/${name}`
  return {
    ...CHAT,
    name: path,
    path,
    key: name,
    isBare: true,
    query: {},
    request: () => ({}),
    advance: (page, position) => ({ rows: rowsOf(page, name), last: true, position }),
  }
}

/**
 * A list of Chat in pages by id. Whether a page begins with the row of `since_id` or after it is not certain (fact 385): the
 * next page is asked for by the last id of this one, that row is dropped, and a page without another is the end. `isPage`: for
 * an answer that is no list itself, whether it has the right shape.
 */
export function chatListById(
  name: string,
  listsIn: (page: Page) => readonly (readonly RecordData[])[],
  isPage?: (page: Page) => boolean,
): Walk {
  const path = `chat/${name}`
  return {
    ...CHAT,
    name: path,
    path,
    ...(isPage && { isPage }),
    query: { limit: LIST_PAGE_SIZE },
    request: ({ cursor }) => ({ since_id: cursor ?? 0 }),
    advance(page, position) {
      const since = Number(position.cursor ?? 0)
      const lists = listsIn(page)
      // Of lists that share a page, one that fills it may go on before the last id of another, whose rows come again then.
      const full = lists.filter(({ length }) => length >= LIST_PAGE_SIZE).map(lastIdIn)
      const next = full.length > 0 ? Math.min(...full) : lastIdIn(lists.flat())
      const rows = lists.flat().filter((row) => idOf(row) > since && idOf(row) <= next)
      return { rows, last: next <= since, position: { ...position, cursor: String(Math.max(next, since)) } }
    },
  }
}

const idOf = ({ id }: RecordData): number => Number(id)

const lastIdIn = (rows: readonly RecordData[]): number => rows.reduce((last, row) => Math.max(last, idOf(row)), 0)
