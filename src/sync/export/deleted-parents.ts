import type { RecordData } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import { pendingOf } from './parent-watcher.ts'
import type { StreamRun } from './run.ts'

/**
 * Remembers in the run's progress that children of these parents were emitted as deleted. Needed if a restoration shows
 * only in the parent's own walk.
 */
export function rememberReported(
  run: StreamRun,
  records: readonly RecordData[],
  deletedAt: (record: RecordData) => string | undefined,
): void {
  const { watcher, one } = run
  const { parent } = one.stream
  if (!watcher || !parent || parent.restoredBy) return
  const reported = records.flatMap((record) => {
    const at = epochOf(deletedAt(record))
    return at === undefined ? [] : [[parent.idOf(record), at] as const]
  })
  if (reported.length === 0) return
  for (const [id, at] of reported) watcher.reported.set(id, at)
  const known = run.progress.parent ?? pendingOf(watcher)
  run.progress = { ...run.progress, parent: { ...known, reported: new Map(watcher.reported) } }
}
