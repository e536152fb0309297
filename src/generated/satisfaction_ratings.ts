// Generated from schemas/satisfaction_ratings.json by tools/generate.ts; not to be edited.

/**
 * One survey of a ticket: that it was offered, or how the requester rated.
 */
export interface SatisfactionRating {
/**
 * Id of the rating.
 */
id: number
/**
 * Id of the ticket that was rated.
 */
ticket_id?: (null | number)
/**
 * `offered`, `unoffered`, `good` or `bad`.
 */
score?: (null | string)
/**
 * What the requester wrote with the rating.
 */
comment?: (null | string)
/**
 * Why the rating was bad, as the requester chose it.
 */
reason?: (null | string)
/**
 * Id of that reason.
 */
reason_id?: (null | number)
/**
 * Number of that reason among those that Zendesk offers; rarely returned.
 */
reason_code?: (null | number)
/**
 * Id of the requester who rated.
 */
requester_id?: (null | number)
/**
 * Id of the agent who had the ticket when it was rated.
 */
assignee_id?: (null | number)
/**
 * Id of the group that had the ticket when it was rated.
 */
group_id?: (null | number)
/**
 * When the survey was offered.
 */
created_at?: (null | string)
/**
 * When the rating was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the rating in the API.
 */
url?: (null | string)
}
