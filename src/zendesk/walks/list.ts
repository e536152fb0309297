import { ConnectorError } from '../../model/errors.ts'
import { checkOnlyAnswer, nextByCursor, nextByNumber } from '../../model/next-page.ts'
import type { Page, Query, Reads, RecordData, Walk } from '../../model/stream.ts'
import { listCursorFrom } from './list-cursor.ts'
import { isRow, rowsOf } from './rows.ts'

/** Lists by number end at the 10,000th record (fact 61), and so at the 100th page: one with so many pages has no end. */
const MOST_NUMBERED = 1000

/** The most rows in a list page; a request for more is refused with 400. */
export const LIST_PAGE_SIZE = 100

export interface List {
  /** Streams with lists of the same name share the requests. Left out: the path. */
  readonly name?: string
  readonly path: string
  /** Left out: the last part of the path. */
  readonly key?: string
  readonly query?: Query
  /** The fields of a row that the walk itself reads; left out: all, and rows are parsed whole. */
  readonly reads?: Reads
}

/** What all lists have in common. Their positions are not compared: they are read whole. */
const listOf = ({ name, path, key, reads }: List) => ({
  name: name ?? path,
  path,
  key: key ?? path.slice(path.lastIndexOf('/') + 1),
  order: 'unordered' as const,
  isBefore: () => false,
  ...(reads && { reads }),
})

/**
 * The lists of Support's reference take this parameter, which asks for `meta.has_more` (fact 224); those of the help
 * center and of webhooks have the member without being asked.
 */
const asksForEnd = (path: string): Query =>
  /^(help_center|community|guide|gather|webhooks|search)(\/|$)/.test(path) ? {} : { include_boundary_indicators: true }

/**
 * A list in cursor pages. The last page has a next link too: only `meta.has_more` tells (`nextByCursor`).
 * https://developer.zendesk.com/api-reference/introduction/pagination/#cursor-pagination
 */
export function cursorList(list: List): Walk {
  const walk = listOf(list)
  const { path, key } = walk
  return {
    ...walk,
    query: { 'page[size]': LIST_PAGE_SIZE, ...asksForEnd(path), ...list.query },
    sizedBy: 'page[size]',
    request: ({ cursor }) => (cursor === undefined ? {} : { 'page[after]': cursor }),
    advance(page, position) {
      const rows = rowsOf(page, key)
      const asked = { path, rows: rows.length, size: LIST_PAGE_SIZE, cursor: position.cursor }
      const { last, cursor } = nextByCursor(page, asked)
      return { rows, last, position: cursor === undefined ? { time: position.time } : { time: position.time, cursor } }
    },
  }
}

/** A list that Zendesk orders by `created_at,id`, read from a second on (epoch seconds), or from its start. */
export const createdList = (list: List, from?: number): Walk => {
  const walk = cursorList(list)
  if (from === undefined) return { ...walk, order: 'ascending' }
  const start = listCursorFrom('created_at,id', from)
  return { ...walk, order: 'ascending', request: ({ cursor }) => ({ 'page[after]': cursor ?? start }) }
}

/**
 * A list in numbered pages, or in a single one: `next_page` is null at the end (`nextByNumber`).
 * https://developer.zendesk.com/api-reference/introduction/pagination/#offset-pagination
 */
export function numberedList(list: List): Walk {
  const walk = listOf(list)
  return {
    ...walk,
    query: { per_page: LIST_PAGE_SIZE, ...list.query },
    request: ({ cursor }) => (cursor === undefined ? {} : { page: cursor }),
    advance(page, { time, cursor }) {
      const rows = rowsOf(page, walk.key)
      const number = Number(cursor ?? 1)
      const last = !nextByNumber(page, { path: walk.path, rows: rows.length, size: LIST_PAGE_SIZE, number })
      if (!last && number >= MOST_NUMBERED)
        throw new ConnectorError(`${walk.path}: Zendesk's list still goes on after ${number} pages.`, 'transient_error')
      return { rows, last, position: { time, cursor: String(number + 1) } }
    },
  }
}

/** A list in one answer. `rowsIn` finds the rows in it; undefined in an answer of another shape, which is asked for again. */
export function oneAnswer(path: string, rowsIn: (page: Page) => readonly RecordData[] | undefined): Walk {
  const { key: _, ...walk } = listOf({ path })
  const advance: Walk['advance'] = (page, position) => {
    checkOnlyAnswer(page, path)
    return { rows: rowsIn(page) ?? [], last: true, position }
  }
  return { ...walk, query: {}, request: () => ({}), advance, isPage: (page) => rowsIn(page) !== undefined }
}

/** One row in one answer: the object under `key`. */
export const oneRow = (path: string, key: string): Walk =>
  oneAnswer(path, ({ [key]: row }) => (isRow(row) ? [row] : undefined))
