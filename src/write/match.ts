// Finds what Zendesk holds of rows: by look-up, never in the search index, which is late.
import { HttpError, messageOf } from '../model/errors.ts'
import type { RecordData } from '../model/reads.ts'
import { progressCheck } from '../model/walk-progress.ts'
import type { MatchKey, Rejection, WriteObject } from '../model/writing.ts'
import { type BatchRow, ledgerKeyOf } from './batch-row.ts'
import {
  expectsList,
  expectsOne,
  filled,
  itemsIn,
  keptList,
  oneIn,
  pathOf,
  rowsIn,
  unreadable,
  wholeList,
} from './lists.ts'
import { exportedSince } from './read-back.ts'
import { rejectionOf } from './refusals.ts'
import type { WriteTools } from './tools.ts'

/** What Zendesk answers to a path with an id that can be none. */
const NO_ID: ReadonlySet<number> = new Set([400, 422])

/** What was found of each row: what Zendesk holds, several of them, or nothing. */
export type Held = readonly RecordData[]

/** How many keys a look-up has, and how many characters in all. */
const AT_ONCE = 100
const LONGEST = 4_000

/** What a look-up found, and the values that Zendesk refused to look for. */
interface LookUp {
  readonly rows: Held
  readonly refused: ReadonlyMap<string, Rejection>
}

export interface Matches {
  /** Rows whose key cannot be looked up are not in it. */
  readonly held: ReadonlyMap<BatchRow, Held>
  readonly refused: ReadonlyMap<BatchRow, Rejection>
}

/**
 * What Zendesk holds of each row. `since`, if they were sent before: when (epoch ms). Then what Zendesk matches by itself is
 * looked up too, as far as that is possible, and so is what no list shows.
 */
export async function heldOf(
  rows: readonly BatchRow[],
  tools: WriteTools,
  since: number | undefined,
): Promise<Matches> {
  const held = new Map<BatchRow, Held>()
  const refused = new Map<BatchRow, Rejection>()
  const { object, key } = rows[0]?.target ?? {}
  if (object === undefined || key === undefined) return { held, refused }
  const keyed = rows.filter((row) => row.key.length > 0)
  const isShown = (row: BatchRow): boolean => key.find === 'show_many' && !row.key[0]?.includes(',')
  await show(keyed.filter(isShown), object, key.by ?? 'ids', tools, { held, refused })
  const others = keyed.filter((row) => !isShown(row))
  await showKnown(others, object, tools, held)
  const unknown = others.filter((row) => !held.has(row))
  const isHidden = (row: BatchRow): boolean => since !== undefined && object.isHidden?.(row.wanted) === true
  const hidden = unknown.filter(isHidden)
  const listed = unknown.filter((row) => !isHidden(row))
  const all = [
    ...(await foundBy(listed, object, key, tools, since !== undefined)),
    ...(hidden.length > 0 ? await exportedSince(hidden, since ?? 0, tools) : []),
  ]
  for (const [row, found] of all) {
    if ('code' in found) refused.set(row, found)
    else held.set(row, found)
  }
  return { held, refused }
}

async function show(
  rows: readonly BatchRow[],
  object: WriteObject,
  by: string,
  tools: WriteTools,
  { held, refused }: { held: Map<BatchRow, Held>; refused: Map<BatchRow, Rejection> },
): Promise<void> {
  const shown = await shownBy(object, by, [...new Set(rows.map((row) => row.key[0] ?? ''))], tools)
  for (const row of rows) {
    const refusal = shown.refused.get(row.key[0] ?? '')
    if (refusal) refused.set(row, refusal)
    else held.set(row, matching(shown.rows, row))
  }
}

/** What was written before is known by its id. */
async function showKnown(
  rows: readonly BatchRow[],
  object: WriteObject,
  tools: WriteTools,
  held: Map<BatchRow, Held>,
): Promise<void> {
  const byIds = object.keys.find(({ columns, find }) => find === 'show_many' && columns[0] === 'id')
  if (byIds === undefined) return
  const ids = new Map<BatchRow, string>()
  for (const row of rows) {
    const id = tools.ledger.known(object.name, row.ledgerKey)?.id
    if (id !== undefined) ids.set(row, id)
  }
  const { rows: known } = await shownBy(object, byIds.by ?? 'ids', [...new Set(ids.values())], tools)
  for (const [row, id] of ids) {
    const same = known.filter((one) => String(one['id']) === id)
    if (matching(same, row).length > 0) held.set(row, same)
  }
}

/** What is found of rows one by one, or in lists. */
async function foundBy(
  rows: readonly BatchRow[],
  object: WriteObject,
  key: MatchKey,
  tools: WriteTools,
  isAgain: boolean,
): Promise<ReadonlyMap<BatchRow, Held | Rejection>> {
  const found = new Map<BatchRow, Held | Rejection>()
  if (rows.length === 0) return found
  if (key.find === 'whole') {
    const list = await keptList(object, tools)
    for (const row of rows) found.set(row, matching(list, row))
  } else if (key.find === 'below' || (key.find === 'none' && key.at !== undefined && isAgain)) {
    const lists = new Map<string, Promise<RecordData[] | Rejection>>()
    for (const row of rows) {
      const path = filled(key.at ?? '', row.wanted)
      const list = lists.get(path) ?? below(path, object, tools)
      lists.set(path, list)
      const all = await list
      if ('code' in all) {
        found.set(row, all)
        continue
      }
      // What stands in the path need not stand in the rows.
      const parent = Object.fromEntries(key.columns.map((column, nth) => [column, row.key[nth]]))
      found.set(
        row,
        matching(
          all.map((one) => ({ ...parent, ...one })),
          row,
        ),
      )
    }
  } else if (key.find === 'one') for (const row of rows) found.set(row, await byId(row, tools))
  else if (key.find === 'list') for (const row of rows) found.set(row, await listedBy(row, object, key, tools))
  return found
}

/** A parent whose id is none concerns its own rows only. */
async function below(path: string, object: WriteObject, tools: WriteTools): Promise<RecordData[] | Rejection> {
  const { inside } = object
  if (inside === undefined)
    return wholeList(path, {}, object, tools).catch((error: unknown) => {
      if (error instanceof HttpError && NO_ID.has(error.status ?? 0))
        return { code: 'invalid_value', message: messageOf(error) } as const
      throw error
    })
  const reply = await tools.call({ method: 'GET', path, expects: { one: inside.one } })
  if (reply.status === 404) return []
  if (NO_ID.has(reply.status)) return rejectionOf(reply)
  if (reply.status >= 300) throw unreadable(path, reply)
  return [...itemsIn(reply.body, path, inside)]
}

async function byId(row: BatchRow, { call }: WriteTools): Promise<Held | Rejection> {
  const { object } = row.target
  const path = filled(object.at?.one ?? `${pathOf(object)}/{id}`, row.wanted)
  const reply = await call({ method: 'GET', path, product: object.product, expects: expectsOne(object) })
  if (reply.status === 404) return []
  if (reply.status >= 300) return rejectionOf(reply)
  const one = oneIn(reply.body, object)
  return one === undefined ? [] : [one]
}

async function listedBy(
  row: BatchRow,
  object: WriteObject,
  key: MatchKey,
  { call }: WriteTools,
): Promise<Held | Rejection> {
  const names = key.by?.split(' ') ?? key.columns
  const query = Object.fromEntries(names.map((name) => [name, row.key[key.columns.indexOf(name)] ?? '']))
  const path = object.at?.list ?? pathOf(object)
  const isSell = object.product === 'sell'
  const found: RecordData[] = []
  const check = progressCheck(path)
  for (let page = 1; ; page++) {
    const reply = await call({
      method: 'GET',
      path,
      query: { ...query, ...(isSell && { page, per_page: AT_ONCE }) },
      ...(isSell ? { product: object.product } : { bucket: `${path}-index` }),
      expects: expectsList(object),
    })
    if (reply.status === 404) return found
    if (reply.status === 401 || reply.status === 403) throw unreadable(path, reply)
    if (reply.status >= 300) return rejectionOf(reply)
    const rows = rowsIn(reply.body, object)
    found.push(...matching(rows, row))
    if (!isSell || rows.length < AT_ONCE) return found
    check({ rows, time: page })
  }
}

/** The rows that have the key: look-ups do not look at case, and lists may know no better. */
const matching = (found: Held, { target, key }: BatchRow): Held =>
  found.filter((one) => {
    const values = (target.key?.columns ?? []).map((name) => String(one[name] ?? ''))
    return ledgerKeyOf([], values) === ledgerKeyOf([], key)
  })

/** What Zendesk shows for these values. If it refuses all of them, they are asked for in halves. */
export async function shownBy(
  object: WriteObject,
  by: string,
  values: readonly string[],
  tools: WriteTools,
): Promise<LookUp> {
  const rows: RecordData[] = []
  const refused = new Map<string, Rejection>()
  const path = object.at?.show ?? `${pathOf(object)}/show_many`
  const shape = object.product === 'sell' ? { per_page: AT_ONCE } : {}
  const ask = async (some: readonly string[]): Promise<void> => {
    const reply = await tools.call({
      method: 'GET',
      path,
      query: { [by]: some.join(','), ...shape },
      product: object.product,
      expects: expectsList(object),
    })
    if (reply.status < 300) return void rows.push(...rowsIn(reply.body, object))
    if (reply.status === 404) return
    if (reply.status === 401 || reply.status === 403) throw unreadable(path, reply)
    if (some.length === 1) return void refused.set(some[0] as string, rejectionOf(reply))
    const half = Math.ceil(some.length / 2)
    await ask(some.slice(0, half))
    await ask(some.slice(half))
  }
  for (const some of portions(values)) await ask(some)
  return { rows, refused }
}

function portions(values: readonly string[]): readonly (readonly string[])[] {
  const all: string[][] = []
  let length = LONGEST
  for (const value of values) {
    length += encodeURIComponent(value).length + 3
    if (length > LONGEST || (all.at(-1)?.length ?? 0) === AT_ONCE) {
      all.push([])
      length = encodeURIComponent(value).length
    }
    all.at(-1)?.push(value)
  }
  return all
}
