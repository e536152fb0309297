import { HttpError } from '../../model/errors.ts'
import type { Message } from '../../model/message.ts'
import type { Id, RecordData, Stream } from '../../model/stream.ts'
import { isoOf } from '../../model/time.ts'
import { createdSince } from '../emit/created-since.ts'
import { deletedRecordsOf, deletionsMessage } from '../emit/records.ts'
import { readWalk } from '../pages.ts'
import { shownRecord } from '../show-record.ts'
import { cursorFieldOf } from '../state/progress.ts'
import type { StreamRun, Sync } from './run.ts'

/** How many records that did not answer are asked for at once. */
const AT_ONCE = 8

/**
 * Tells deletions of a stream whose walk tells none, by a list of all that there are: what was there when the last sync
 * ended, and is neither in the list now nor to be had by itself, was deleted. When is not told; the time of this sync is.
 * Where the list cannot be read that is told, and the next sync makes it good.
 */
export async function* takeInventory(member: StreamRun, sync: Sync): AsyncGenerator<Message> {
  const { one, progress } = member
  const { stream, syncMode } = one
  if (!stream.inventory || syncMode !== 'incremental' || deletedRecordsOf(one, sync.deletedRecords) !== 'delete') return
  try {
    const here = await idsIn(member, sync)
    const missing = (progress.ids ?? []).filter((id) => !here.has(id))
    const gone: number[] = []
    for (let at = 0; at < missing.length; at += AT_ONCE) {
      const some = missing.slice(at, at + AT_ONCE)
      const records = await Promise.all(some.map((id) => recordShown(id, stream, sync)))
      for (const [nth, id] of some.entries())
        if (records[nth] === undefined) gone.push(id)
        else here.add(id)
    }
    const deletedAt = isoOf(Math.floor(sync.clock.now() / 1000))
    const record = (id: number): RecordData => ({ id, [cursorFieldOf(stream)]: deletedAt })
    yield* deletionsMessage(
      one,
      gone.map((id) => ({ record: record(id), deletedAt })),
      sync.deletedRecords,
    )
    member.progress = { ...member.progress, ids: [...here] }
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    const message = `${stream.name}: which of its records were deleted could not be read now; the next sync tells them. ${error.message}`
    yield { kind: 'log', level: 'warn', message }
  }
}

/** The ids of all records that there are, of those that this stream hands on. */
async function idsIn({ one }: StreamRun, sync: Sync): Promise<Set<number>> {
  const { name, inventory, walk } = one.stream
  const ids = new Set<number>()
  if (!inventory) return ids
  const reads = { id: true, created_at: true, ...walk.reads } as const
  const options = { ...sync, streams: [name], cut: { reads, notes: new Set<string>() } }
  const start = one.selection?.startDate ?? 0
  for await (const { rows } of readWalk(inventory, { time: 0 }, options))
    for (const row of createdSince(one, rows)) if ((walk.timeOf?.(row) ?? start) >= start) ids.add(row['id'] as number)
  return ids
}

/** One record as it is shown; undefined where there is none, or none for this user any more. */
export async function recordShown(id: Id, { name, show }: Stream, { get }: Sync): Promise<RecordData | undefined> {
  try {
    return show && (await shownRecord(get, { ...show(String(id)), streams: [name] }))
  } catch (error) {
    if (error instanceof HttpError && error.status === 403) return undefined
    throw error
  }
}
