// Generated from schemas/chat_bans.json by tools/generate.ts; not to be edited.

/**
 * One ban of Zendesk Chat: an address or a visitor who cannot chat.
 */
export interface ChatBan {
/**
 * Id of the ban.
 */
id: number
/**
 * What is banned: `ip_address` or `visitor`.
 */
type?: (null | string)
/**
 * Address that is banned.
 */
ip_address?: (null | string)
/**
 * Id of the visitor who is banned.
 */
visitor_id?: (null | string)
/**
 * Name of the visitor who is banned.
 */
visitor_name?: (null | string)
/**
 * Why.
 */
reason?: (null | string)
/**
 * When it was banned.
 */
created_at?: (null | string)
}
