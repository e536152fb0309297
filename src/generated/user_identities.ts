// Generated from schemas/user_identities.json by tools/generate.ts; not to be edited.

/**
 * One way in which a user is known: an e-mail address, a telephone number, or an account elsewhere.
 */
export interface UserIdentity {
/**
 * Id of the identity.
 */
id: number
/**
 * Id of the user.
 */
user_id?: (null | number)
/**
 * Kind of identity: `email`, `phone_number`, `google`, `twitter`, `facebook`, `agent_forwarding`, `any_channel`, `foreign` or `sdk`.
 */
type?: (null | string)
/**
 * The address, number or account name.
 */
value?: (null | string)
/**
 * True for the identity of its kind that is used first.
 */
primary?: (null | boolean)
/**
 * True where the user has confirmed it.
 */
verified?: (null | boolean)
/**
 * How it was confirmed: `none`, `low`, `sso`, `embed` or `full`.
 */
verification_method?: (null | string)
/**
 * When it was confirmed; null where it was not.
 */
verified_at?: (null | string)
/**
 * Whether mail is sent to an address, such as `deliverable`, `undeliverable` or `mailing_list`; for addresses only.
 */
deliverable_state?: (null | string)
/**
 * How often mail to an address came back; for addresses only.
 */
undeliverable_count?: (null | number)
/**
 * When the identity was added.
 */
created_at?: (null | string)
/**
 * When the identity was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the identity in the API.
 */
url?: (null | string)
}
