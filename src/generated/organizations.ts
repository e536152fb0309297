// Generated from schemas/organizations.json by tools/generate.ts; not to be edited.

/**
 * One organization: a company or another set of users who belong together.
 */
export interface Organization {
/**
 * Id of the organization.
 */
id: number
/**
 * Name, unique in the account; Zendesk rewrites it as `<id>_deleted_<name>` on deletion.
 */
name?: (null | string)
/**
 * Mail domains whose users are put into the organization by themselves.
 */
domain_names?: (null | (null | string)[])
/**
 * Id of a matching record in another system; unique.
 */
external_id?: (null | string)
/**
 * Id of the group that new tickets of the organization go to.
 */
group_id?: (null | number)
/**
 * True where members see the tickets of each other.
 */
shared_tickets?: (null | boolean)
/**
 * True where members may comment on the tickets of each other.
 */
shared_comments?: (null | boolean)
/**
 * Tags of the organization.
 */
tags?: (null | (null | string)[])
/**
 * Values of the custom organization fields, keyed by the key of the field.
 */
organization_fields?: (null | {
[k: string]: unknown
})
/**
 * Details about the organization, such as an address.
 */
details?: (null | string)
/**
 * Notes that agents keep about the organization.
 */
notes?: (null | string)
/**
 * When the organization was created.
 */
created_at?: (null | string)
/**
 * When the organization was last changed.
 */
updated_at?: (null | string)
/**
 * When the organization was deleted; null while it exists.
 */
deleted_at?: (null | string)
/**
 * Address of the organization in the API.
 */
url?: (null | string)
}
