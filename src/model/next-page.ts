// What a page says of the page after it. The absence of a sign is never taken for the end (fact 70).

import { ConnectorError } from './errors.ts'
import type { Page } from './page.ts'

/** A page as it was asked for. */
export interface AskedPage {
  /** For messages: the endpoint. */
  readonly path: string
  /** How many rows it holds. */
  readonly rows: number
  /** How many it may hold at the most. */
  readonly size: number
  /** The cursor that it was asked for by; left out: it is the first one. */
  readonly cursor?: string | undefined
}

/** Whether a page is the last one, and the cursor after its last row, where it has one. */
export interface NextPage {
  readonly last: boolean
  readonly cursor: string | undefined
}

/**
 * What a page by cursor says of the next one. Without a `has_more` that says yes or no, the list goes on for as long as
 * there is a cursor or a link, until a page is empty. Throws a ConnectorError where there is more and no way to it, or
 * where nothing tells whether there is.
 */
export function nextByCursor(page: Page, asked: AskedPage): NextPage {
  const { path, rows, cursor: before } = asked
  const meta = objectIn(page['meta'])
  const links = objectIn(page['links'])
  const cursor = textIn(meta?.['after_cursor']) ?? cursorIn(links?.['next'])
  const hasMore = saidIn(meta?.['has_more'])
  if (hasMore === false) return { last: true, cursor }
  if (hasMore === true) {
    if (cursor === undefined || cursor === before) throw noWayOn(path)
    return { last: false, cursor }
  }
  if (meta === undefined && links === undefined) return { last: isWhole(page, asked), cursor: undefined }
  if (rows === 0) return { last: true, cursor }
  if (cursor === before && cursor !== undefined) throw noWayOn(path)
  if (cursor !== undefined) return { last: false, cursor }
  if (saysNone(meta, 'after_cursor') || saysNone(links, 'next')) return { last: true, cursor }
  throw unknownEnd(path, rows)
}

/** A list without cursors is one that comes whole: true, or an error for one in pages by number, or for a full page. */
function isWhole(page: Page, { path, rows, size, cursor }: AskedPage): boolean {
  if (textIn(page['next_page']) !== undefined)
    throw new ConnectorError(
      `${path}: Zendesk gave a page by number ("next_page") where a page by cursor ("meta") was expected.`,
      'transient_error',
    )
  if (page['next_page'] === null || rows === 0) return true
  const { count } = page
  // Whoever asks for a hundred rows and is given more was given all.
  const isAll = typeof count === 'number' ? rows >= count : rows !== size
  if (isAll && cursor === undefined) return true
  throw unknownEnd(path, rows)
}

/**
 * What a page by number says of the next one: a link to it, or null. Where it says nothing, the count decides; a page
 * without one is a list that comes whole (fact 79), but for a full page. Throws a ConnectorError where nothing tells.
 */
export function nextByNumber(
  page: Page,
  { path, rows, size, number }: AskedPage & { readonly number: number },
): boolean {
  const { next_page: next, count } = page
  if (textIn(next) !== undefined) return true
  if (
    saidIn(objectIn(page['meta'])?.['has_more']) === true ||
    cursorIn(objectIn(page['links'])?.['next']) !== undefined
  )
    throw new ConnectorError(
      `${path}: Zendesk gave a page by cursor ("meta") where a page by number ("next_page") was expected.`,
      'transient_error',
    )
  if (next === null || next === '' || rows === 0) return false
  // Past the first page only an empty one is the end: how many rows were before it is not certain.
  if (number > 1) return true
  if (typeof count === 'number') return rows < count
  if (rows === size) throw unknownEnd(path, rows)
  return false
}

/** An answer that is the only one must not point to another. Throws a ConnectorError where it does. */
export function checkOnlyAnswer(page: Page, path: string): void {
  const hasMore = objectIn(page['meta'])?.['has_more']
  if (textIn(page['next_page']) === undefined && (hasMore === undefined || hasMore === false)) return
  throw new ConnectorError(
    `${path}: Zendesk gave one page of several where a single answer was expected.`,
    'transient_error',
  )
}

/** For a list that says that there is more. */
export const noWayOn = (path: string): ConnectorError =>
  new ConnectorError(`${path}: Zendesk says that there is more, but not where.`, 'transient_error')

const unknownEnd = (path: string, rows: number): ConnectorError =>
  new ConnectorError(
    `${path}: Zendesk gave a page of ${rows} rows, but does not say whether there is more.`,
    'transient_error',
  )

/** A word is as good as what it says; what says neither is not there. */
const saidIn = (value: unknown): boolean | undefined =>
  value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined

const objectIn = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined

const textIn = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const saysNone = (object: Readonly<Record<string, unknown>> | undefined, member: string): boolean =>
  object?.[member] === null

/** The cursor that a link asks for. */
const cursorIn = (link: unknown): string | undefined => {
  const address = textIn(link)
  if (address === undefined) return undefined
  const query = address.slice(address.indexOf('?') + 1)
  return new URLSearchParams(query).get('page[after]') ?? undefined
}
