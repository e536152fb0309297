import type { Message } from '../../model/message.ts'
import type { RecordData, Walk } from '../../model/stream.ts'
import { recordsMessage } from '../emit/records.ts'
import { readWalk } from '../pages.ts'
import { RESTORABLE } from '../restorable.ts'
import { isNotFound } from '../show-record.ts'
import { stateToUse } from '../state/progress.ts'
import { pendingOf, rememberDeleted } from './parent-watcher.ts'
import type { StreamRun, Sync } from './run.ts'

/**
 * Remembers parents that were deleted when their children were asked for: these children were left out. If they are
 * restored before a next sync sees them deleted, their own walk shows them live.
 */
export function rememberMissing(
  run: StreamRun,
  given: readonly RecordData[],
  completed: readonly RecordData[],
  { clock }: Sync,
): void {
  const { watcher, hydrator, one } = run
  const { parent } = one.stream
  if (!watcher || !parent) return
  const kept = given === completed ? undefined : new Set(completed.map(parent.idOf))
  const lost = kept ? given.map(parent.idOf).filter((id) => !kept.has(id)) : []
  const missing = [...lost, ...(hydrator?.missingParents ?? [])].filter((id) => !watcher.reported.has(id))
  if (missing.length === 0) return
  const now = Math.floor(clock.now() / 1000)
  for (const id of missing) rememberDeleted(watcher, id, now)
  const known = run.progress.parent ?? pendingOf(watcher)
  run.progress = { ...run.progress, parent: { ...known, reported: new Map(watcher.reported) } }
}

/** Notes the parents of children that were deleted and that their own walk gives again. */
export function noteGivenAgain({ one, watcher, begin }: StreamRun, records: readonly RecordData[]): void {
  const { parent, walk, deletedAt } = one.stream
  if (!watcher || !parent?.ofRestored || watcher.begin.reported.size === 0) return
  for (const record of records) {
    const id = parent.idOf(record)
    const before = watcher.begin.reported.get(id)
    if (before === undefined || deletedAt(record) !== undefined) continue
    // A younger one may be new: it does not tell of the others.
    if ((walk.timeOf?.(record) ?? begin.time) < (before ?? begin.time)) watcher.again.add(id)
  }
}

/**
 * Emits the children of parents that their own walk shows as restored, unless the children's walk gave them again; forgets
 * those that can no longer be restored.
 */
export async function* emitRestored(run: StreamRun, sync: Sync): AsyncGenerator<Message> {
  const { one, watcher } = run
  const { parent } = one.stream
  if (!watcher || !parent?.ofRestored) return
  for (const [id, deletedAt] of [...watcher.reported]) {
    if (deletedAt !== null && deletedAt > sync.clock.now() / 1000 - RESTORABLE) continue
    if (deletedAt === null && !watcher.again.has(id) && stateToUse(one) !== undefined)
      yield* childrenOf(run, parent.ofRestored(id), sync)
    watcher.reported.delete(id)
  }
  run.progress = { ...run.progress, parent: pendingOf(watcher) }
}

/** A parent that was deleted again has no list: the next sync sees that. */
async function* childrenOf({ one }: StreamRun, walk: Walk, sync: Sync): AsyncGenerator<Message> {
  try {
    for await (const { rows } of readWalk(walk, { time: 0 }, { ...sync, streams: [one.stream.name] }))
      yield* recordsMessage(one, one.stream.records(rows), sync.deletedRecords)
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
}
