// Finds what Zendesk holds of rows: by look-up, never in the search index, which is late.
import type { RecordData } from '../model/reads.ts'
import type { Rejection } from '../model/writing.ts'
import { type BatchRow, ledgerKeyOf } from './batch-row.ts'
import type { WriteTools } from './tools.ts'

/** What was found of each row: what Zendesk holds, several of them, or nothing. */
export type Held = readonly RecordData[]

/** How many keys a look-up has, and how many characters in all. */
const AT_ONCE = 100
const LONGEST = 4_000

/** What Zendesk holds of each row, by its key. Rows whose key cannot be looked up are not in the result. */
export async function heldOf(rows: readonly BatchRow[], tools: WriteTools): Promise<ReadonlyMap<BatchRow, Held>> {
  const held = new Map<BatchRow, Held>()
  const [first] = rows
  const { object, key } = first?.target ?? {}
  if (object === undefined || key === undefined) return held
  const keyed = rows.filter((row) => row.key.length > 0)
  const isShown = (row: BatchRow): boolean => key.find === 'show_many' && !row.key[0]?.includes(',')
  const shown = keyed.filter(isShown)
  const found = await shownBy(object.name, key.by ?? '', [...new Set(shown.map((row) => row.key[0] ?? ''))], tools)
  for (const row of shown) held.set(row, matching(found, row))

  // What was written before is known by its id.
  const others = keyed.filter((row) => !isShown(row))
  const ids = new Map(others.map((row) => [row, tools.ledger.known(object.name, row.ledgerKey)?.id]))
  const byId = others.filter((row) => ids.get(row) !== undefined)
  if (object.bulk.includes('update')) {
    const known = await shownBy(object.name, 'ids', [...new Set(byId.map((row) => ids.get(row) ?? ''))], tools)
    for (const row of byId) {
      const same = known.filter((one) => String(one['id']) === ids.get(row))
      if (matching(same, row).length > 0) held.set(row, same)
    }
  }
  if (key.find === 'list')
    for (const row of others.filter((one) => !held.has(one))) {
      const query = { [key.by ?? '']: row.key[0] ?? '' }
      const { body } = await tools.call({ method: 'GET', path: object.name, query, bucket: `${object.name}-index` })
      held.set(row, matching(rowsIn(body, object.name), row))
    }
  return held
}

/** The rows that have the key: look-ups do not look at case, and lists may know no better. */
const matching = (found: Held, { target, key }: BatchRow): Held =>
  found.filter(
    (one) =>
      ledgerKeyOf(
        [],
        (target.key?.columns ?? []).map((name) => String(one[name] ?? '')),
      ) === ledgerKeyOf([], key),
  )

async function shownBy(name: string, by: string, values: readonly string[], { call }: WriteTools): Promise<Held> {
  const found: RecordData[] = []
  for (const some of portions(values)) {
    const { body } = await call({ method: 'GET', path: `${name}/show_many`, query: { [by]: some.join(',') } })
    found.push(...rowsIn(body, name))
  }
  return found
}

const rowsIn = (body: RecordData, name: string): Held => (Array.isArray(body[name]) ? (body[name] as Held) : [])

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

/** The rows with the ids of what they refer to by external ids, and why others cannot be written. */
export async function resolved(
  rows: readonly BatchRow[],
  tools: WriteTools,
): Promise<{ readonly rows: readonly BatchRow[]; readonly refused: ReadonlyMap<BatchRow, Rejection> }> {
  const references = Object.entries(rows[0]?.target.object.references ?? {})
  const refused = new Map<BatchRow, Rejection>()
  const ids = new Map<string, unknown>()
  for (const object of new Set(references.map(([, reference]) => reference.object))) {
    const columns = references.filter(([, reference]) => reference.object === object).map(([column]) => column)
    const values = new Set(rows.flatMap(({ wanted }) => columns.map((column) => String(wanted[column] ?? ''))))
    values.delete('')
    for (const one of await shownBy(object, 'external_ids', [...values], tools))
      ids.set(`${object}:${String(one['external_id']).toLowerCase()}`, one['id'])
  }
  const whole = rows.flatMap((row) => {
    const wanted: Record<string, unknown> = { ...row.wanted }
    for (const [column, { fills, object }] of references) {
      const value = wanted[column]
      delete wanted[column]
      if (value === undefined) continue
      const id = value === null || value === '' ? null : ids.get(`${object}:${String(value).toLowerCase()}`)
      if (id === undefined) {
        refused.set(row, {
          code: 'not_found',
          message: `${column}: there is none of ${object} with "${String(value)}".`,
        })
        return []
      }
      wanted[fills] = id
    }
    return [{ ...row, wanted }]
  })
  return { rows: whole, refused }
}
