import type { SyncResult } from '../sync/sync.ts'
import { count, duration } from './progress.ts'
import { textTable } from './table.ts'

/** How a sync went, as a table and a sentence. */
export function summary({ tallies, seconds, status, syncId }: SyncResult): string {
  const rows = [...tallies].map(([stream, tally]) => [
    stream,
    tally.status,
    tally.rows,
    tally.deletions,
    tally.misfits === 0 ? null : tally.misfits,
  ])
  const total = [...tallies.values()].reduce((sum, tally) => sum + tally.rows, 0)
  const table = textTable([['stream', 'status', 'rows', 'deleted', 'misfits'], ...rows])
  return `${table}\nSync ${syncId} is ${status}: ${count(total)} rows in ${duration(seconds)}.\n`
}
