// Generated from schemas/sharing_agreements.json by tools/generate.ts; not to be edited.

/**
 * One agreement to share tickets with another account.
 */
export interface SharingAgreement {
/**
 * Id of the agreement.
 */
id: number
/**
 * Name of the agreement.
 */
name?: (null | string)
/**
 * Direction in which tickets go: `inbound` or `outbound`.
 */
type?: (null | string)
/**
 * Standing of the agreement: `accepted`, `declined`, `pending` or `inactive`.
 */
status?: (null | string)
/**
 * Other program that tickets are shared with, such as `jira`; null for another Zendesk account.
 */
partner_name?: (null | string)
/**
 * Subdomain of the other account; null if it is not one of Zendesk.
 */
remote_subdomain?: (null | string)
/**
 * When the agreement was created.
 */
created_at?: (null | string)
/**
 * When the agreement was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the agreement in the API.
 */
url?: (null | string)
}
