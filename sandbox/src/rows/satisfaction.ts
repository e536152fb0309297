import type { Row } from '../account/model.ts'
import type { Store } from '../account/store.ts'
import { type Rating, ratingId, reasonOf, type SatisfactionReason } from '../account/tickets/satisfaction.ts'
import { isoTime } from '../iso-time.ts'

/** A satisfaction rating; only bad ones have a reason. */
export function ratingRow(store: Store, { ticket, score, created, updated, requester, assignee, group }: Rating): Row {
  const id = ratingId(ticket.id)
  const reason = reasonOf(ticket.rare?.ratingReason)
  return {
    url: `${store.base}/api/v2/satisfaction_ratings/${id}.json`,
    id,
    assignee_id: assignee,
    group_id: group,
    requester_id: requester,
    ticket_id: ticket.id,
    score,
    created_at: isoTime(created),
    updated_at: isoTime(updated),
    comment: ticket.rare?.ratingComment ?? null,
    reason: score === 'bad' ? reason.value : undefined,
    reason_id: score === 'bad' ? reason.id : undefined,
  }
}

/** A reason for a bad rating. Assumed (fact 363): it is as old as the epoch. */
export function reasonRow(store: Store, { id, code, value }: SatisfactionReason): Row {
  const at = isoTime(0)
  return {
    url: `${store.base}/api/v2/satisfaction_reasons/${id}.json`,
    id,
    reason_code: code,
    value,
    raw_value: value,
    created_at: at,
    updated_at: at,
    deleted_at: null,
  }
}
