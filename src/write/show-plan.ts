// What a dry run says of rows that would be written.
import type { RecordData } from '../model/reads.ts'
import type { PlannedChange } from '../model/writing.ts'
import type { RowChange } from './plan.ts'

/** Says what would be done with rows, and ends them as if it were. */
export async function showPlan(changes: readonly RowChange[], plan: (change: PlannedChange) => void): Promise<void> {
  for (const { row, action, body, tags, held } of changes) {
    const { metadata: _, safe_update: __, updated_stamp: ___, ...values } = body
    const change = { stream: row.target.stream, action, key: row.key, values: { ...values, ...tags } }
    plan(action === 'update' && held ? { ...change, held: heldOf(change.values, held) } : change)
    await row.finish({ kind: 'written', action }, 1)
  }
}

/** What is held of the columns that would change, and of the tags of which some would come and go. */
function heldOf(values: RecordData, held: RecordData): RecordData {
  const names = 'add' in values ? [...Object.keys(values), 'tags'] : Object.keys(values)
  return Object.fromEntries(
    names.filter((name) => name in held).map((name) => [name, sameFields(held[name], values[name])]),
  )
}

/** Of custom fields, those that would change: `{key: value}`, or a list of `{id, value}`. */
function sameFields(held: unknown, values: unknown): unknown {
  if (Array.isArray(held) && Array.isArray(values)) {
    const ids = new Set((values as readonly unknown[]).flatMap((one) => (isObject(one) ? [String(one['id'])] : [])))
    return ids.size === 0 ? held : held.filter((one) => isObject(one) && ids.has(String(one['id'])))
  }
  if (!isObject(held) || !isObject(values)) return held
  return Object.fromEntries(Object.entries(held).filter(([key]) => key in values))
}

const isObject = (value: unknown): value is RecordData =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
