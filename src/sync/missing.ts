// Zendesk does not say of most lists what was deleted: it is only missing. So it is when an answer is empty by mistake, or
// when the user of the connection may see less than before.

import { ConnectorError } from '../model/errors.ts'
import { slicesOf } from '../model/slices.ts'
import type { Id, Reconcile, RecordData } from '../model/stream.ts'
import type { Shown } from './show.ts'

/** So few deletions are believed, whatever their share, unless the list is empty that had several records. */
const FEW = 10

/** How many are asked for before it is seen whether they are too many. */
const AT_ONCE = 100

/** The records of a stream that are missing. */
export interface Missing {
  readonly missing: number
  /** How many were known. */
  readonly known: number
  /** Whether the list that they are missing in has no row at all. */
  readonly isEmpty: boolean
}

/** Whether so many are missing that it is doubtful whether they were deleted. */
export const areTooMany = ({ missing, known, isEmpty }: Missing, { mostDeleted }: Reconcile): boolean =>
  missing > known * mostDeleted && (missing > FEW || (isEmpty && known > 1))

/**
 * Throws a ConnectorError that says what to do where so many are missing; for what was asked for again already. `all`: how
 * many are missing, where not each of them was asked for by itself yet.
 */
export function checkDeletions(
  counts: Missing,
  streams: readonly string[],
  reconcile: Reconcile,
  all = counts.missing,
): void {
  if (!areTooMany(counts, reconcile)) return
  const { known } = counts
  const percent = Math.min(100, Math.ceil((100 * all) / known))
  throw new ConnectorError(
    `${all} of ${known} records (${percent} %) of ${streams.join(', ')} are missing, also on a second request, and Zendesk does not ` +
      'report them as deleted, so none was deleted here. Check whether the user of this connection may still see them: its ' +
      `role, its groups, the plan. If they really were deleted, set "max_deletions_percent" to ${percent} or more for one sync.`,
    'config_error',
  )
}

/** What was deleted would be taken from: the records of a stream, of which only a share may be missing. */
export interface Stake {
  readonly streams: readonly string[]
  /** How many were known, and which of them are missing. */
  readonly known: number
  readonly missing: ReadonlySet<Id>
  readonly isEmpty: boolean
}

/** Records that are missing from a list, each asked for by itself. */
export interface Confirmed {
  readonly deleted: readonly Id[]
  /** Those that are there all the same, or show that they were deleted. */
  readonly rows: ReadonlyMap<Id, RecordData>
  /** Those that this user may not see: nothing says that they were deleted. */
  readonly hidden: readonly Id[]
}

/**
 * Asks for each missing record by itself: one that moved while its list was read may only have been overlooked. Throws a
 * ConnectorError if more of a stream are missing than may be believed.
 */
export async function confirmMissing(
  asked: readonly Id[],
  show: (ids: readonly Id[]) => Promise<Shown>,
  stakes: readonly Stake[],
  reconcile: Reconcile,
  isDeleted: (record: RecordData) => boolean = () => false,
): Promise<Confirmed> {
  const deleted: Id[] = []
  const hidden: Id[] = []
  const rows = new Map<Id, RecordData>()
  const missing = stakes.map(() => 0)
  for (const some of slicesOf(asked, AT_ONCE)) {
    const shown = await show(some)
    for (const id of some) {
      const row = shown.rows.get(id)
      if (row) rows.set(id, row)
      if (shown.hidden.has(id)) hidden.push(id)
      else if (row && !isDeleted(row)) continue
      else deleted.push(id)
      for (const [nth, stake] of stakes.entries()) if (stake.missing.has(id)) missing[nth]!++
    }
    for (const [nth, { streams, known, missing: all, isEmpty }] of stakes.entries())
      checkDeletions({ missing: missing[nth]!, known, isEmpty }, streams, reconcile, all.size)
  }
  return { deleted, rows, hidden }
}

/** For records that are there, but are not shown to this user any more. */
export const hiddenMessage = (hidden: number, stream: string): string =>
  `${stream}: ${hidden} records are in no list any more, and Zendesk refuses to show them to this user (403). They are kept, because they may still exist.`
