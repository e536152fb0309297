// Generated from schemas/sessions.json by tools/generate.ts; not to be edited.

/**
 * One session: a browser or an app in which somebody is signed in.
 */
export interface Session {
/**
 * Id of the session.
 */
id: number
/**
 * Id of the user who is signed in.
 */
user_id?: (null | number)
/**
 * When the user signed in.
 */
authenticated_at?: (null | string)
/**
 * When the user was last seen in the session.
 */
last_seen_at?: (null | string)
/**
 * Address of the session in the API.
 */
url?: (null | string)
}
