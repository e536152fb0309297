// Generated from schemas/badge_assignments.json by tools/generate.ts; not to be edited.

/**
 * One badge in the profile of one user.
 */
export interface BadgeAssignment {
/**
 * Id of the assignment, a ULID.
 */
id: string
/**
 * Id of the badge.
 */
badge_id?: (null | string)
/**
 * Id of the user who was given it, as text.
 */
user_id?: (null | string)
/**
 * When the user was given the badge.
 */
created_at?: (null | string)
}
