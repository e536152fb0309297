// What Zendesk shows of objects: lists with all of their pages, and the rows in bodies of its products.
import type { Reply } from '../model/call.ts'
import { HttpError } from '../model/errors.ts'
import type { Query } from '../model/page.ts'
import type { RecordData } from '../model/reads.ts'
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

/** The rows of a list in a body. */
export function rowsIn(body: RecordData, { name, many = name, product }: Shape): readonly RecordData[] {
  const rows = body[product === 'sell' ? 'items' : many]
  if (!Array.isArray(rows)) return []
  return product === 'sell' ? rows.map(({ data }: RecordData) => data as RecordData) : rows
}

/** The one row in a body. */
export const oneIn = (body: RecordData, { one, product }: Shape): RecordData | undefined =>
  body[product === 'sell' ? 'data' : one] as RecordData | undefined

/** All rows of a list; none if its parent is not there. Throws an HttpError if it may not be read. */
export async function wholeList(path: string, query: Query, shape: Shape, tools: WriteTools): Promise<RecordData[]> {
  const rows: RecordData[] = []
  const isSell = shape.product === 'sell'
  let page: Query | undefined = isSell ? { page: 1, per_page: PAGE } : { 'page[size]': PAGE }
  while (page !== undefined) {
    const reply: Reply = await tools.call({
      method: 'GET',
      path,
      query: { ...query, ...page },
      product: shape.product,
    })
    if (reply.status === 404) return rows
    if (reply.status >= 300) throw unreadable(path, reply)
    const some = rowsIn(reply.body, shape)
    rows.push(...some)
    page = isSell ? nextOfSell(page, some.length) : nextOf(reply.body)
  }
  return rows
}

const nextOfSell = (page: Query, count: number): Query | undefined =>
  count < PAGE ? undefined : { ...page, page: Number(page['page']) + 1 }

function nextOf({ meta, next_page }: RecordData): Query | undefined {
  const { has_more, after_cursor } = (meta ?? {}) as RecordData
  if (has_more === true) return { 'page[size]': PAGE, 'page[after]': String(after_cursor) }
  return typeof next_page === 'string' ? Object.fromEntries(new URL(next_page).searchParams) : undefined
}

/** The error for a list that may not be read: no row that depends on it can be written. */
export const unreadable = (path: string, { status, body }: Reply): HttpError =>
  new HttpError(
    `"${path}" cannot be read, so that nothing can be compared with it: HTTP ${status} ${textOf(body)}`,
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
