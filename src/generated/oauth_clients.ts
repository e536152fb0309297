// Generated from schemas/oauth_clients.json by tools/generate.ts; not to be edited.

/**
 * One OAuth client: a program that may sign in to the account.
 */
export interface OauthClient {
/**
 * Id of the client.
 */
id: number
/**
 * Name by which the program calls itself when it signs in.
 */
identifier?: (null | string)
/**
 * Name of the client, which people see who let it in.
 */
name?: (null | string)
/**
 * Company behind the client.
 */
company?: (null | string)
/**
 * What the client is for.
 */
description?: (null | string)
/**
 * Whether it keeps a secret: `confidential` or `public`.
 */
kind?: (null | string)
/**
 * True for a client that serves many accounts.
 */
global?: (null | boolean)
/**
 * Id of the user who made it, and as whom it acts where nobody signs in.
 */
user_id?: (null | number)
/**
 * Address of the picture of the client.
 */
logo_url?: (null | string)
/**
 * Addresses that people may be sent back to.
 */
redirect_uri?: (null | (null | string)[])
/**
 * When the client was created.
 */
created_at?: (null | string)
/**
 * When the client was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the client in the API.
 */
url?: (null | string)
}
