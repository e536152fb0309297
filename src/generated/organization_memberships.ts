// Generated from schemas/organization_memberships.json by tools/generate.ts; not to be edited.

/**
 * That one user belongs to one organization.
 */
export interface OrganizationMembership {
/**
 * Id of the membership.
 */
id: number
/**
 * Id of the user.
 */
user_id?: (null | number)
/**
 * Id of the organization.
 */
organization_id?: (null | number)
/**
 * Name of the organization.
 */
organization_name?: (null | string)
/**
 * True for the default organization of the user; null for the others.
 */
default?: (null | boolean)
/**
 * True where the user may see the tickets of the whole organization.
 */
view_tickets?: (null | boolean)
/**
 * When the membership was created.
 */
created_at?: (null | string)
/**
 * When the membership was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the membership in the API.
 */
url?: (null | string)
}
