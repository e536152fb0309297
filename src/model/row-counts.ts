// What became of rows, counted.
import type { RowCounts, RowOutcome } from './writing.ts'

export const NO_ROWS: RowCounts = {
  written: 0,
  unchanged: 0,
  rejected: 0,
  actions: { create: 0, update: 0, upsert: 0, delete: 0 },
}

/** The counts with one row more. */
export function counted(counts: RowCounts, outcome: RowOutcome): RowCounts {
  const more = { ...counts, [outcome.kind]: counts[outcome.kind] + 1 }
  if (outcome.kind !== 'written') return more
  const { action } = outcome
  return { ...more, actions: { ...counts.actions, [action]: counts.actions[action] + 1 } }
}

/** What was written, in words: `3 created, 1 updated`; of a dry run, `to be created`. */
export function actionsIn({ actions }: RowCounts): string {
  const { create, update, upsert, delete: deleted } = actions
  const parts: readonly (readonly [number, string])[] = [
    [create, 'created'],
    [update, 'updated'],
    [upsert, 'created or updated'],
    [deleted, 'deleted'],
  ]
  return parts.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : [])).join(', ')
}
