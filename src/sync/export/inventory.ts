import { HttpError } from '../../model/errors.ts'
import type { Message } from '../../model/message.ts'
import type { Id, RecordData, Stream } from '../../model/stream.ts'
import { isoOf } from '../../model/time.ts'
import { areTooMany, checkDeletions, hiddenMessage } from '../deletion-guard.ts'
import { createdSince } from '../emit/created-since.ts'
import { deletedRecordsOf, deletionsMessage } from '../emit/records.ts'
import { readWalk } from '../pages.ts'
import { type Shown, shownOrHidden } from '../show-record.ts'
import { cursorFieldOf } from '../state/progress.ts'
import { checkpoint, type StreamRun, type Sync } from './run.ts'

/** How many missing records are looked up at once. */
const AT_ONCE = 8

/**
 * Emits the deletions of a stream whose walk reports none. A record that existed when the last sync ended was deleted if
 * the list of all records lacks it and it cannot be looked up. Its time of deletion is not known: the time of this sync
 * stands for it. If the list cannot be read, a warning says so, and the next sync emits the deletions. Throws a
 * ConnectorError if more records are missing than may be believed.
 */
export async function* takeInventory(run: StreamRun, sync: Sync): AsyncGenerator<Message> {
  const { one, progress } = run
  const { stream } = one
  if (!hasInventory(run, sync)) return
  try {
    const known = progress.ids ?? []
    const existing = await idsIn(run, sync)
    const isMissing = (id: number): boolean => !existing.has(id)
    const isEmpty = existing.size === 0
    if (areTooMany({ missing: known.filter(isMissing).length, known: known.length, isEmpty }, sync.reconcile))
      for (const id of await idsIn(run, sync)) existing.add(id)
    const missing = known.filter(isMissing)
    const deleted: number[] = []
    let hidden = 0
    for (let at = 0; at < missing.length; at += AT_ONCE) {
      const some = missing.slice(at, at + AT_ONCE)
      const records = await Promise.all(some.map((id) => recordShown(id, stream, sync)))
      for (const [nth, id] of some.entries()) {
        const { record, isHidden } = records[nth] ?? {}
        if (isHidden) hidden++
        if (record !== undefined || isHidden) existing.add(id)
        else deleted.push(id)
      }
      const counts = { missing: deleted.length + hidden, known: known.length, isEmpty: existing.size === hidden }
      checkDeletions(counts, [stream.name], sync.reconcile, missing.length)
    }
    if (hidden > 0) yield { kind: 'log', level: 'warn', message: hiddenMessage(hidden, stream.name) }
    const deletedAt = isoOf(Math.floor(sync.clock.now() / 1000))
    const record = (id: number): RecordData => ({ id, [cursorFieldOf(stream)]: deletedAt })
    yield* deletionsMessage(
      one,
      deleted.map((id) => ({ record: record(id), deletedAt })),
      sync.deletedRecords,
    )
    run.progress = { ...run.progress, ids: [...existing] }
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    const message = `${stream.name}: its deleted records could not be determined now; the next sync emits them. ${error.message}`
    yield { kind: 'log', level: 'warn', message }
  }
}

/** Whether this sync emits deletions that only the list of all records shows. */
const hasInventory = ({ one }: StreamRun, { deletedRecords }: Sync): boolean =>
  one.stream.inventory !== undefined &&
  one.syncMode === 'incremental' &&
  deletedRecordsOf(one, deletedRecords) === 'delete'

/**
 * Announces the new rows of a page: if the sync is cut off after they were emitted, and one of them is deleted before the
 * next sync, only the state tells that it was there.
 */
export function* announceNew(run: StreamRun, rows: readonly RecordData[], sync: Sync): Generator<Message> {
  if (!hasInventory(run, sync)) return
  const known = new Set(run.progress.ids)
  const fresh = createdSince(run.one, rows).flatMap(({ id }) => (known.has(id as number) ? [] : [id as number]))
  if (fresh.length === 0) return
  run.progress = { ...run.progress, ids: [...known, ...fresh] }
  yield { ...checkpoint(run, false), announces: true }
}

/** The ids of all existing records that this stream may emit. */
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

/** One record, looked up by its id. */
export const recordShown = async (id: Id, { name, show }: Stream, { get }: Sync): Promise<Shown | undefined> =>
  show && shownOrHidden(get, { ...show(String(id)), streams: [name] })
