// Addresses of users: an update only adds one, so that it is made the main one afterwards.
import type { RecordData } from '../model/reads.ts'
import { atATime } from './at-a-time.ts'
import type { BatchRow } from './batch-row.ts'
import { isSame } from './compare.ts'
import { filled, wholeList } from './lists.ts'
import type { RowChange } from './plan.ts'
import { rejectionOf } from './refusals.ts'
import type { SentChange } from './sent-change.ts'
import type { WriteTools } from './tools.ts'

const AT_A_TIME = 5

/** Whether a change has a value that an update does not make the main one. */
export const hasPrimary = ({ row, action, body }: RowChange): boolean =>
  action === 'update' && Boolean(body[row.target.object.primary?.column ?? ''])

/** What became of each change, once its value is the main one. */
export async function makePrimary(
  changes: readonly RowChange[],
  tools: WriteTools,
): Promise<ReadonlyMap<BatchRow, SentChange>> {
  const sent = new Map<BatchRow, SentChange>()
  await atATime(AT_A_TIME, changes, async (change) => void sent.set(change.row, await makeOne(change, tools)))
  return sent
}

async function makeOne({ row, id, body }: RowChange, tools: WriteTools): Promise<SentChange> {
  const { object, stream } = row.target
  const { column, many, list, at } = object.primary!
  const values: RecordData = { ...row.wanted, id }
  const all = await wholeList(filled(list, values), {}, { name: many, one: '' }, tools)
  const found = all.find((one) => one['type'] === column && isSame(one['value'], body[column]))
  // Zendesk has not got it yet, or somebody took it away: it is looked at once more.
  if (found === undefined) return { kind: 'again' }
  if (found['primary'] !== true) {
    const path = filled(at, { ...values, of: found['id'] })
    const reply = await tools.call({ method: 'PUT', path, body: {}, isRepeatable: true, streams: [stream] })
    if (reply.status >= 300) return { kind: 'rejected', rejection: rejectionOf(reply) }
  }
  return { kind: 'written', ...(id !== undefined && { id }) }
}
