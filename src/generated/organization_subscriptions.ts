// Generated from schemas/organization_subscriptions.json by tools/generate.ts; not to be edited.

/**
 * One user who follows the tickets of an organization.
 */
export interface OrganizationSubscription {
/**
 * Id of the subscription.
 */
id: number
/**
 * Id of the organization.
 */
organization_id?: (null | number)
/**
 * Id of the user.
 */
user_id?: (null | number)
/**
 * When the user subscribed.
 */
created_at?: (null | string)
}
