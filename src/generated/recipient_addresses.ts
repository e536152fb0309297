// Generated from schemas/recipient_addresses.json by tools/generate.ts; not to be edited.

/**
 * One address at which the account receives e-mail.
 */
export interface RecipientAddress {
/**
 * Id of the address.
 */
id: number
/**
 * Name that mail from the address carries.
 */
name?: (null | string)
/**
 * The address.
 */
email?: (null | string)
/**
 * Id of the brand that it belongs to.
 */
brand_id?: (null | number)
/**
 * True for the default address of the brand.
 */
default?: (null | boolean)
/**
 * Whether mail is forwarded to Zendesk: `unknown`, `waiting`, `verified` or `failed`.
 */
forwarding_status?: (null | string)
/**
 * Whether the domain lets Zendesk send for it by SPF: `unknown`, `verified` or `failed`.
 */
spf_status?: (null | string)
/**
 * Whether the CNAME records of the domain are right: `unknown`, `verified` or `failed`.
 */
cname_status?: (null | string)
/**
 * Whether the domain is known to be the account's: `unknown`, `verified` or `failed`.
 */
domain_verification_status?: (null | string)
/**
 * Code that a record of the domain must hold to prove it.
 */
domain_verification_code?: (null | string)
/**
 * When the address was created.
 */
created_at?: (null | string)
/**
 * When the address was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the address in the API.
 */
url?: (null | string)
}
