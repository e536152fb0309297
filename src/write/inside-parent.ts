// Items of a list inside of another object, which Zendesk takes only whole: it is read, changed and written at once.
import { isAnswerLost } from '../model/errors.ts'
import type { RecordData } from '../model/reads.ts'
import type { BatchRow } from './batch-row.ts'
import { filled, itemsIn } from './lists.ts'
import type { RowChange } from './plan.ts'
import { rejectionOf } from './refusals.ts'
import type { SentChange } from './sent-change.ts'
import type { WriteTools } from './tools.ts'

/** What became of each change. Those of one parent are written together: one that is left out would be deleted. */
export async function sendInside(
  changes: readonly RowChange[],
  tools: WriteTools,
): Promise<ReadonlyMap<BatchRow, SentChange>> {
  const sent = new Map<BatchRow, SentChange>()
  const at = changes[0]!.row.target.object.inside!.at
  const groups = Map.groupBy(changes, ({ row }) => filled(at, row.wanted))
  for (const [path, group] of groups) {
    const outcome = await sendGroup(path, group, tools)
    for (const { row, id } of group)
      sent.set(row, outcome.kind === 'written' && id !== undefined ? { ...outcome, id } : outcome)
  }
  return sent
}

async function sendGroup(path: string, group: readonly RowChange[], { call }: WriteTools): Promise<SentChange> {
  const { object, stream } = group[0]!.row.target
  const { one, list } = object.inside!
  const before = await call({ method: 'GET', path, streams: [stream], expects: { one } })
  if (before.status >= 300) return { kind: 'rejected', rejection: rejectionOf(before) }
  let items = itemsIn(before.body, path, object.inside!)
  for (const change of group) items = withChange(items, change)
  try {
    const body = { [one]: { [list]: items } }
    const reply = await call({ method: 'PUT', path, body, isRepeatable: true, streams: [stream] })
    return reply.status < 300 ? { kind: 'written' } : { kind: 'rejected', rejection: rejectionOf(reply) }
  } catch (error) {
    if (!isAnswerLost(error)) throw error
    return { kind: 'again' }
  }
}

function withChange(items: readonly RecordData[], { action, id, body, row }: RowChange): readonly RecordData[] {
  if (action === 'delete') return items.filter((item) => String(item['id']) !== String(id))
  if (action === 'update') return items.map((item) => (String(item['id']) === String(id) ? { ...item, ...body } : item))
  const inPath = new Set(
    row.target.key?.columns.filter((column) => row.target.object.inside?.at.includes(`{${column}}`)),
  )
  return [...items, Object.fromEntries(Object.entries(body).filter(([name]) => !inPath.has(name)))]
}
