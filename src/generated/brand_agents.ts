// Generated from schemas/brand_agents.json by tools/generate.ts; not to be edited.

/**
 * One agent of one brand.
 */
export interface BrandAgent {
/**
 * Id of the membership.
 */
id: string
/**
 * Id of the brand.
 */
brand_id?: (null | number)
/**
 * Id of the agent.
 */
user_id?: (null | number)
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
