import type { RecordData } from '../../model/stream.ts'
import { epochOf } from '../../model/time.ts'
import { pendingOf } from './parent-watcher.ts'
import type { StreamRun } from './run.ts'

/** For so many seconds after its deletion a parent may be restored; a day more than Zendesk says. */
export const RESTORABLE = 31 * 86_400

/**
 * Notes in the member's progress whose children were told to be deleted with their parent, where only the parent's own
 * walk will tell that it was restored.
 */
export function rememberReported(
  member: StreamRun,
  records: readonly RecordData[],
  deletedAt: (record: RecordData) => string | undefined,
): void {
  const { watcher, one } = member
  const { parent } = one.stream
  if (!watcher || !parent || parent.restoredBy) return
  const reported = records.flatMap((record) => {
    const at = epochOf(deletedAt(record))
    return at === undefined ? [] : [[parent.idOf(record), at] as const]
  })
  if (reported.length === 0) return
  for (const [id, at] of reported) watcher.reported.set(id, at)
  const known = member.progress.parent ?? pendingOf(watcher)
  member.progress = { ...member.progress, parent: { ...known, reported: new Map(watcher.reported) } }
}
