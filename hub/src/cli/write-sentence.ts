import type { WriteRun } from '../console/journal/writes.ts'

/** What became of a run, in a sentence. */
export function sentence(run: WriteRun): string {
  const { connection, write, kind, status, rows, created, updated, upserted, deleted, unchanged, rejected } = run
  const parts: readonly (readonly [number, string])[] = [
    [created, 'created'],
    [updated, 'updated'],
    [upserted, 'created or updated'],
    [deleted, 'deleted'],
    [unchanged, 'unchanged'],
    [rejected, 'rejected'],
  ]
  const what =
    parts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : [])).join(', ') || 'nothing to write'
  const how = { 'dry-run': ' (dry run)', replay: ' (replay)', run: '' }[kind]
  return `${connection} → ${write}${how}: ${status}, ${rows} rows: ${what}\n`
}
