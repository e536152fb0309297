// Zendesk does not say of most lists what was deleted: it is only missing. So it is when an answer is empty by mistake, or
// when the user of the connection may see less than before.

import { ConnectorError } from '../model/errors.ts'
import type { Reconcile } from '../model/stream.ts'

/** So few deletions are believed, whatever their share, unless the list is empty that had several records. */
const FEW = 10

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
    `${all} of ${known} records (${percent} %) of ${streams.join(', ')} are missing, also when asked for again, and Zendesk does not ` +
      'report them as deleted, so none was deleted. See whether the user of this connection may still see them: its role, ' +
      `its groups, the plan. If they really were deleted, set "max_deletions_percent" to ${percent} or more for one sync.`,
    'config_error',
  )
}

/** For records that are there, but are not shown to this user any more. */
export const hiddenMessage = (hidden: number, stream: string): string =>
  `${stream}: ${hidden} records are in no list any more, and Zendesk refuses to show them to this user (403). They are kept, as they may be there.`
