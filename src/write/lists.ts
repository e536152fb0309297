// What Zendesk shows of objects: lists with all of their pages, and the rows in bodies of its products.
import type { CallRequest, Reply } from '../model/call.ts'
import { ConnectorError, HttpError } from '../model/errors.ts'
import { nextByCursor } from '../model/next-page.ts'
import type { Query } from '../model/page.ts'
import type { RecordData } from '../model/reads.ts'
import { progressCheck } from '../model/walk-progress.ts'
import type { WriteObject } from '../model/writing.ts'
import { textOf } from './refusals.ts'
import type { WriteTools } from './tools.ts'

const PAGE = 100

/** Where an object is, if nothing says otherwise. */
export const pathOf = ({ path, name }: WriteObject): string => path ?? name

/** A path with values in place of its columns. */
export const filled = (template: string, row: RecordData): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, column: string) => encodeURIComponent(String(row[column] ?? '')))

/** The columns in a path. */
export const columnsIn = (template: string | undefined): readonly string[] =>
  [...(template ?? '').matchAll(/\{(\w+)\}/g)].map(([, column]) => column as string)

type Shape = Pick<WriteObject, 'name' | 'many' | 'one' | 'product'>

/** What an answer with a list must have: a list that is missing is not an empty one. */
export const expectsList = ({ name, many = name, product }: Shape): NonNullable<CallRequest['expects']> => ({
  list: product === 'sell' ? 'items' : many,
})

/** What an answer with one row must have. */
export const expectsOne = ({ one, product }: Shape): NonNullable<CallRequest['expects']> => ({
  one: product === 'sell' ? 'data' : one,
})

/** The rows of a list in a body of success. Throws a ConnectorError for rows that are none. */
export function rowsIn(body: RecordData, { name, many = name, product }: Shape): readonly RecordData[] {
  const rows = (body[product === 'sell' ? 'items' : many] ?? []) as readonly RecordData[]
  if (product !== 'sell') return rows
  return rows.map(({ data }) => {
    if (typeof data === 'object' && data !== null) return data as RecordData
    throw new ConnectorError(`Zendesk Sell gave ${many} without "data", so nothing can be compared.`, 'transient_error')
  })
}

/** The one row in a body. */
export const oneIn = (body: RecordData, { one, product }: Shape): RecordData | undefined =>
  body[product === 'sell' ? 'data' : one] as RecordData | undefined

/**
 * All rows of a list; none if its parent is not there. Throws an HttpError if it may not be read, and a ConnectorError where
 * it does not say how it goes on, or never ends: what is not in it would be created a second time.
 */
export async function wholeList(path: string, query: Query, shape: Shape, tools: WriteTools): Promise<RecordData[]> {
  const rows: RecordData[] = []
  const isSell = shape.product === 'sell'
  const check = progressCheck(path)
  let page: Query | undefined = isSell ? { page: 1, per_page: PAGE } : { 'page[size]': PAGE, ...asksForEnd(path) }
  for (let number = 1; page !== undefined; number++) {
    const reply: Reply = await tools.call({
      method: 'GET',
      path,
      query: { ...query, ...page },
      product: shape.product,
      expects: expectsList(shape),
    })
    if (reply.status === 404 && number === 1) return rows
    if (reply.status >= 300) throw unreadable(path, reply)
    const some = rowsIn(reply.body, shape)
    rows.push(...some)
    const next: Query | undefined = isSell ? nextOfSell(page, some.length) : nextOf(reply.body, page, some.length, path)
    const cursor = next?.['page[after]']
    if (next !== undefined)
      check(cursor === undefined ? { rows: some, time: number } : { rows: some, time: 0, cursor: String(cursor) })
    page = next
  }
  return rows
}

/** Lists of Support say whether there is more if they are asked to (fact 224). */
const asksForEnd = (path: string): Query =>
  path.startsWith('help_center/') ? {} : { include_boundary_indicators: true }

const nextOfSell = (page: Query, count: number): Query | undefined =>
  count < PAGE ? undefined : { ...page, page: Number(page['page']) + 1 }

/** The parameters of the next page: by number if the list has no cursors, else by cursor. */
function nextOf(body: RecordData, page: Query, rows: number, path: string): Query | undefined {
  const { meta, links, next_page } = body
  if (meta === undefined && links === undefined && typeof next_page === 'string' && URL.canParse(next_page))
    return Object.fromEntries(new URL(next_page).searchParams)
  const before = page['page[after]']
  const asked = { path, rows, size: PAGE, ...(before !== undefined && { cursor: String(before) }) }
  const { last, cursor } = nextByCursor(body, asked)
  return last || cursor === undefined ? undefined : { ...page, 'page[after]': cursor }
}

/** The items of a list inside of another object, as they are. Throws a ConnectorError where they are missing: written without them, they would be deleted. */
export function itemsIn(
  body: RecordData,
  path: string,
  { one, list }: { readonly one: string; readonly list: string },
): readonly RecordData[] {
  const items = (body[one] as RecordData | undefined)?.[list]
  if (isList(items)) return items as readonly RecordData[]
  throw new ConnectorError(
    `GET ${path}: Zendesk gave "${one}" without the list "${list}", so nothing can be changed in it.`,
    'transient_error',
  )
}

const isList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null)

/** The error for a list that may not be read: no row that depends on it can be written. */
export const unreadable = (path: string, { status, body }: Reply): HttpError =>
  new HttpError(
    `"${path}" cannot be read, so nothing can be compared with it: HTTP ${status} ${textOf(body)}`,
    'config_error',
    { status, code: undefined },
  )

/** A list that was read longer ago than this, in ms, is read anew: others write too. */
const LONGEST_KEPT = 10 * 60_000

/** The whole list of an object, which is read once for all rows of the next minutes. */
export function keptList(object: WriteObject, tools: WriteTools): Promise<RecordData[]> {
  const known = tools.lists.get(object.name)
  if (known && known.since + LONGEST_KEPT > tools.clock.now()) return known.rows
  const rows = wholeList(object.at?.list ?? pathOf(object), {}, object, tools)
  tools.lists.set(object.name, { rows, since: tools.clock.now() })
  return rows
}

/** Keeps up a list that was read, with what became of one of its rows. */
export async function keepUp(
  object: WriteObject,
  { lists }: WriteTools,
  id: unknown,
  row: RecordData | undefined,
): Promise<void> {
  const list = await lists.get(object.name)?.rows
  if (list === undefined) return
  const at = list.findIndex((one) => String(one['id']) === String(id))
  if (row === undefined) list.splice(at, at === -1 ? 0 : 1)
  else list.splice(at === -1 ? list.length : at, 1, { ...list[at], ...row, id })
}
