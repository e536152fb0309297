import type { Row } from '../../account/model.ts'
import { invalidAttribute, invalidPagination, paginationTooDeep } from '../errors.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { type Asked, linkTo, wholeNumber } from './links.ts'
import type { Sequence } from './sequence.ts'

const LARGEST = 100
const DEEPEST = 10_000

/** A page of a list: its items, which stand under the list's name and have side-loads, and the rest of the envelope. */
export type Page<T> = { readonly items: readonly T[]; readonly envelope: Row }

/** Whether a request asks for cursor pagination. */
export function asksForCursor({ query }: Asked): boolean {
  return query.has('page[size]') || query.has('page[after]') || query.has('page[before]')
}

/**
 * A page by cursor. `largest` is the most that `page[size]` may be: more is refused, not cut. `route` is Zendesk's name of
 * the list, which is said of a size that is no number (fact 294).
 */
export function cursorPage<T>(asked: Asked, sequence: Sequence<T>, largest = LARGEST, route?: string): Page<T> {
  const { query } = asked
  const size = wholeNumber(query, 'page[size]', LARGEST)
  if (size === undefined && route !== undefined) throw invalidAttribute('page.size', route)
  if (size === undefined || size < 1) throw invalidPagination('page[size] is not valid')
  if (size > largest) throw invalidPagination(`page[size] cannot be greater than ${largest}`)
  const [after, before] = [query.get('page[after]'), query.get('page[before]')]
  if (after !== null && before !== null) throw invalidPagination('page[after] and page[before] cannot be used together')
  const name = before === null ? 'page[after]' : 'page[before]'
  const text = after ?? before
  const key = text === null ? undefined : decodeCursor(text, sequence.order, sequence.shape)
  if (text !== null && key === undefined) throw invalidPagination(`${name} is not valid`)

  const direction = before === null ? 1 : -1
  const found = take(sequence.walk(key, direction), size + 1)
  const more = found.length > size
  const items = direction === 1 ? found.slice(0, size) : found.slice(0, size).toReversed()
  const [first, last] = [items[0], items.at(-1)]
  const cursor = (item: T | undefined) =>
    item === undefined ? null : encodeCursor(sequence.order, sequence.shape, sequence.key(item))
  const [afterCursor, beforeCursor] = [cursor(last), cursor(first)]
  const link = (which: 'after' | 'before', value: string | null) =>
    value === null ? null : linkTo(asked, { 'page[after]': null, 'page[before]': null, [`page[${which}]`]: value })
  return {
    items,
    envelope: {
      meta: { has_more: more, after_cursor: afterCursor, before_cursor: beforeCursor },
      links: { prev: link('before', beforeCursor), next: link('after', afterCursor) },
    },
  }
}

/** A page by number, as far as the 10,000th record; `count` is of the whole list. `route` is Zendesk's name of it. */
export function offsetPage<T>(asked: Asked, sequence: Sequence<T>, route: string): Page<T> {
  const { query } = asked
  const page = wholeNumber(query, 'page', 1)
  if (page === undefined || page < 1) throw invalidAttribute('page', route)
  const perPage = wholeNumber(query, 'per_page', LARGEST)
  if (perPage === undefined || perPage < 1) throw invalidAttribute('per_page', route)
  // Assumed (fact 334): too large a per_page is cut, as old endpoints do, while page[size] is refused.
  const size = Math.min(perPage, LARGEST)
  const from = (page - 1) * size
  if (from + size > DEEPEST) throw paginationTooDeep()
  const items: T[] = []
  let count = 0
  for (const item of sequence.walk(undefined, 1)) {
    if (count >= from && count < from + size) items.push(item)
    count++
  }
  const link = (number: number) => linkTo(asked, { page: String(number), per_page: query.get('per_page') })
  return {
    items,
    envelope: {
      next_page: from + size < count ? link(page + 1) : null,
      previous_page: page > 1 ? link(page - 1) : null,
      count,
    },
  }
}

/** The first `count` items of an iterable that may be endless. */
export function take<T>(items: Iterable<T>, count: number): T[] {
  const taken: T[] = []
  if (count <= 0) return taken
  for (const item of items) {
    taken.push(item)
    if (taken.length === count) break
  }
  return taken
}
