// Rows that name others by their external ids or names get the ids of these.
import type { RecordData } from '../model/reads.ts'
import type { Reference, Rejection } from '../model/writing.ts'
import { asText } from './as-text.ts'
import type { BatchRow } from './batch-row.ts'
import { expectsList, keptList, pathOf, rowsIn, unreadable } from './lists.ts'
import { shownBy } from './match.ts'
import type { WriteTools } from './tools.ts'

/** The rows with the ids of what they refer to, and why others cannot be written. */
export async function resolved(
  rows: readonly BatchRow[],
  tools: WriteTools,
): Promise<{ readonly rows: readonly BatchRow[]; readonly refused: ReadonlyMap<BatchRow, Rejection> }> {
  const references = Object.entries(rows[0]?.target.object.references ?? {})
  const refused = new Map<BatchRow, Rejection>()
  const ids = new Map<string, ReadonlyMap<string, readonly unknown[]>>()
  for (const [column, reference] of references) {
    const values = new Set(rows.map(({ wanted }) => textOf(wanted[column])))
    values.delete('')
    if (values.size > 0) ids.set(column, await idsOf(reference, [...values], tools))
  }
  const whole = rows.flatMap((row) => {
    const wanted: Record<string, unknown> = { ...row.wanted }
    for (const [column, { fills, object }] of references) {
      const value = wanted[column]
      delete wanted[column]
      // An id that is given holds where the name beside it is empty.
      if (value === undefined || (textOf(value) === '' && textOf(wanted[fills]) !== '')) continue
      const found = textOf(value) === '' ? [null] : (ids.get(column)?.get(textOf(value).toLowerCase()) ?? [])
      if (found.length !== 1) {
        const message = `${column}: there ${found.length === 0 ? 'is none' : `are ${found.length}`} of ${object} with "${asText(value)}".`
        refused.set(row, { code: found.length === 0 ? 'not_found' : 'ambiguous_match', message })
        return []
      }
      wanted[fills] = found[0]
    }
    return [{ ...row, wanted, key: keyWith(row, wanted, references) }]
  })
  return { rows: whole, refused }
}

const textOf = (value: unknown): string => asText(value ?? '').trim()

/** The key with ids in place of what named them; the ledger goes on with what was given. */
function keyWith(row: BatchRow, wanted: RecordData, references: readonly (readonly [string, Reference])[]) {
  const fills = new Set(references.map(([, reference]) => reference.fills))
  return row.key.map((value, nth) => {
    const column = row.target.key?.columns[nth] ?? ''
    return fills.has(column) ? textOf(wanted[column]) : value
  })
}

/** The ids of those that have these values, by value in lower case. */
async function idsOf(
  { object: name, by = 'external_id' }: Reference,
  values: readonly string[],
  tools: WriteTools,
): Promise<ReadonlyMap<string, readonly unknown[]>> {
  const object = tools.objectNamed(name)
  if (object === undefined) return new Map()
  const key = object.keys.find(({ columns, find }) => columns.length === 1 && columns[0] === by && find !== 'none')
  const rows: RecordData[] = []
  if (key?.find === 'show_many') rows.push(...(await shownBy(object, key.by ?? 'ids', values, tools)).rows)
  else if (key?.find === 'list')
    for (const value of values) {
      const path = object.at?.list ?? pathOf(object)
      const query = { [by]: value }
      const reply = await tools.call({
        method: 'GET',
        path,
        query,
        product: object.product,
        expects: expectsList(object),
      })
      if (reply.status === 401 || reply.status === 403) throw unreadable(path, reply)
      if (reply.status < 300) rows.push(...rowsIn(reply.body, object))
    }
  else rows.push(...(await keptList(object, tools)))
  const live = rows.filter((row) => object.isDeleted?.(row) !== true)
  const byValue = Map.groupBy(live, (row) => textOf(row[by]).toLowerCase())
  return new Map([...byValue].map(([value, some]) => [value, [...new Set(some.map(({ id }) => id))]]))
}
