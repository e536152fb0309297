import type { Row } from '../../account/model.ts'
import { invalidAttribute, invalidPagination, paginationTooDeep } from '../../http/errors.ts'
import { decodeCursor, encodeCursor } from '../../http/pages/cursor.ts'
import { type Asked, wholeNumber } from '../../http/pages/links.ts'
import { asksForCursor, take } from '../../http/pages/list.ts'
import type { Key, Sequence } from '../../http/pages/sequence.ts'
import { type Reply, reply } from '../../http/reply.ts'

const DEEPEST = 10_000

/** The properties of a list: the name of its envelope, the order, and the size of its pages. */
export type HelpCenterList = {
  readonly many: string
  readonly sortBy: string
  readonly sortOrder: 'asc' | 'desc'
  /** Records on an offset page when `per_page` is absent (30, topics 100). */
  readonly perPage: number
  /** The most records on a page. */
  readonly largest: number
  /** Zendesk's name of the endpoint. */
  readonly route: string
}

/** A page of records, and the function that makes the answer of their rows and side-loads. */
export type HelpCenterPage<T> = {
  readonly items: readonly T[]
  readonly answer: (rows: readonly Row[], sideLoaded: Row) => Row | Reply
}

/** A page as the Help Center gives it (fact 81), by cursor when `page[size]` is there, else by number. */
export function helpCenterPage<T>(asked: Asked, sequence: Sequence<T>, list: HelpCenterList): HelpCenterPage<T> {
  return asksForCursor(asked) ? cursorPage(asked, sequence, list) : offsetPage(asked, sequence, list)
}

function offsetPage<T>(asked: Asked, sequence: Sequence<T>, list: HelpCenterList): HelpCenterPage<T> {
  const { many, perPage, largest, route, sortBy, sortOrder } = list
  const page = wholeNumber(asked.query, 'page', 1)
  if (page === undefined || page < 1) throw invalidAttribute('page', route)
  const wanted = wholeNumber(asked.query, 'per_page', perPage)
  if (wanted === undefined || wanted < 1) throw invalidAttribute('per_page', route)
  // Assumed (fact 334): too large a per_page is cut, as elsewhere, and pages end at the 10,000th record.
  const size = Math.min(wanted, largest)
  const from = (page - 1) * size
  if (from + size > DEEPEST) throw paginationTooDeep()
  const all = [...sequence.walk(undefined, 1)]
  const count = all.length
  const link = (number: number) => helpCenterLink(asked, { page: String(number), per_page: String(size) }, '.json')
  const head = {
    count,
    next_page: from + size < count ? link(page + 1) : null,
    page,
    page_count: Math.ceil(count / size),
    per_page: size,
    previous_page: page > 1 ? link(page - 1) : null,
  }
  return {
    items: all.slice(from, from + size),
    answer: (rows, sideLoaded) => ({ ...head, [many]: rows, ...sideLoaded, sort_by: sortBy, sort_order: sortOrder }),
  }
}

function cursorPage<T>(asked: Asked, sequence: Sequence<T>, { many, largest }: HelpCenterList): HelpCenterPage<T> {
  const { query } = asked
  const size = wholeNumber(query, 'page[size]', Math.min(30, largest))
  if (size === undefined || size < 1) throw invalidPagination('page[size] is not valid')
  if (size > largest) throw invalidPagination(`page[size] cannot be greater than ${largest}`)
  const [after, before] = [query.get('page[after]'), query.get('page[before]')]
  if (after !== null && before !== null) throw invalidPagination('page[after] and page[before] cannot be used together')
  const text = after ?? before ?? ''
  const key = text === '' ? undefined : keyIn(text, sequence.shape)
  if (text !== '' && key === undefined)
    throw invalidPagination(`${before === null ? 'page[after]' : 'page[before]'} is not valid`)

  const direction = before === null ? 1 : -1
  const found = take(sequence.walk(key, direction), size + 1)
  const more = found.length > size
  const taken = found.slice(0, size)
  const items = direction === 1 ? taken : taken.toReversed()
  const [first, last] = [items[0], items.at(-1)].map((item) => (item === undefined ? undefined : sequence.key(item)))
  const beyond = (from: Key | undefined, way: 1 | -1) =>
    from !== undefined && take(sequence.walk(from, way), 1).length > 0
  const [afterCursor, beforeCursor] = [last, first].map((one) => (one === undefined ? null : cursorOf(one, sequence)))
  const link = (changes: Record<string, string>) =>
    helpCenterLink(asked, { 'page[after]': null, 'page[before]': null, 'page[size]': String(size), ...changes })
  const links: Record<string, string> = { first: link({}), last: link({ 'page[before]': '' }) }
  if (beyond(last, 1)) links['next'] = link({ 'page[after]': String(afterCursor) })
  if (beyond(first, -1)) links['prev'] = link({ 'page[before]': String(beforeCursor) })
  const meta = { has_more: more, after_cursor: afterCursor, before_cursor: beforeCursor }
  const header = Object.entries(links).map(([rel, url]) => `<${url}>; rel="${rel}"`)
  return {
    items,
    answer: (rows, sideLoaded) => reply(200, { [many]: rows, ...sideLoaded, meta, links }, { link: header.join(', ') }),
  }
}

// The packed key alone: the Help Center's cursors lack the wrapper of Support's, with the order's name.
function cursorOf<T>(key: Key, { shape }: Sequence<T>): string {
  const wrapped = Buffer.from(encodeCursor('', shape, key), 'base64').toString('utf8')
  return (JSON.parse(wrapped) as { v: string }).v
}

function keyIn(text: string, shape: string): Key | undefined {
  return decodeCursor(Buffer.from(JSON.stringify({ o: '', v: text })).toString('base64'), '', shape)
}

/**
 * The absolute address of the same list with other parameters (null takes one away), in the order of the alphabet.
 * Short paths come back in full: `/community/topics` as `/help_center/community/topics`.
 */
export function helpCenterLink(
  { origin, path, query }: Asked,
  changes: Readonly<Record<string, string | null>>,
  ending = '',
): string {
  const all = new URLSearchParams(query)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) all.delete(name)
    else all.set(name, value)
  }
  all.sort()
  const whole = path.replace(/^\/api\/v2\/community\//, '/api/v2/help_center/community/')
  const text = all.toString().replaceAll('+', '%20')
  return `${origin}${whole}${ending}${text === '' ? '' : `?${text}`}`
}
