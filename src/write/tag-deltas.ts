// Adds and removes tags without reading them: those that others set in the meantime stay.
import type { CallRequest } from '../model/call.ts'
import type { BatchRow } from './batch-row.ts'
import type { RowChange } from './plan.ts'
import { rejectionOf } from './refusals.ts'
import { resultsOf } from './results.ts'
import type { SentChange } from './sent-change.ts'
import type { WriteTools } from './tools.ts'

/** Fewer tickets with the same tags to add and remove are sent one by one. */
const WORTH_A_JOB = 20

/** What became of the tags of each change that has some. */
export async function sendTags(
  changes: readonly RowChange[],
  tools: WriteTools,
): Promise<ReadonlyMap<BatchRow, SentChange>> {
  const sent = new Map<BatchRow, SentChange>()
  const groups = Map.groupBy(changes, ({ tags }) => JSON.stringify([tags?.add.toSorted(), tags?.remove.toSorted()]))
  for (const group of groups.values())
    if (group.length < WORTH_A_JOB) for (const change of group) sent.set(change.row, await sendOne(change, tools))
    else await sendGroup(group, tools, sent)
  return sent
}

async function sendGroup(
  group: readonly RowChange[],
  tools: WriteTools,
  sent: Map<BatchRow, SentChange>,
): Promise<void> {
  const { add = [], remove = [] } = group[0]!.tags ?? {}
  const { object, stream } = group[0]!.row.target
  const request: CallRequest = {
    method: 'PUT',
    path: `${object.name}/update_many`,
    query: { ids: group.map(({ id }) => id).join(',') },
    body: { [object.one]: { additional_tags: add, remove_tags: remove } },
    isRepeatable: true,
    streams: [stream],
  }
  const end = await tools.jobs.run(request, () => undefined)
  if (end.kind === 'refused') {
    for (const change of group) sent.set(change.row, await sendOne(change, tools))
    return
  }
  const results =
    end.kind === 'ended'
      ? resultsOf(
          group.map(({ id }) => ({ id })),
          end.results,
          end.requestId,
        )
      : []
  group.forEach((change, at) => {
    const result = results[at] ?? { kind: 'unknown' }
    if (result.kind === 'done')
      sent.set(change.row, { kind: 'written', ...(result.id !== undefined && { id: result.id }) })
    else if (result.kind === 'failed' && result.rejection.code !== 'conflict')
      sent.set(change.row, { kind: 'rejected', rejection: result.rejection })
    else sent.set(change.row, { kind: 'again', ...(result.kind === 'failed' && { rejection: result.rejection }) })
  })
}

async function sendOne({ row, id, tags }: RowChange, { call }: WriteTools): Promise<SentChange> {
  const { object, stream } = row.target
  const path = `${object.name}/${id}/tags`
  for (const [method, some] of [
    ['PUT', tags?.add ?? []],
    ['DELETE', tags?.remove ?? []],
  ] as const) {
    if (some.length === 0) continue
    const reply = await call({ method, path, body: { tags: some }, isRepeatable: true, streams: [stream] })
    if (reply.status === 409) return { kind: 'again', rejection: rejectionOf(reply) }
    if (reply.status >= 300) return { kind: 'rejected', rejection: rejectionOf(reply) }
  }
  return { kind: 'written', ...(id !== undefined && { id }) }
}
