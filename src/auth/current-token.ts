import { ConnectorError } from '../model/errors.ts'
import type { SignedIn } from '../model/message.ts'
import type { Session } from '../model/runtime.ts'
import type { GetPage } from '../model/stream.ts'

/** The scopes and the expiry of the token in use. https://developer.zendesk.com/api-reference/ticketing/oauth/oauth_tokens/#show-current-token */
export async function currentToken(get: GetPage): Promise<NonNullable<SignedIn['token']>> {
  const { token } = (await get({ path: 'oauth/tokens/current.json' })) as {
    token?: { scopes?: readonly string[]; expires_at?: string | null; refresh_token_expires_at?: string | null }
  }
  if (token === undefined) throw new ConnectorError("Zendesk's answer does not describe the token.", 'system_error')
  const { scopes = [], expires_at, refresh_token_expires_at } = token
  return {
    scopes,
    ...(expires_at && { expiresAt: expires_at }),
    ...(refresh_token_expires_at && { refreshExpiresAt: refresh_token_expires_at }),
  }
}

type Revoke = (asked: {
  readonly url: URL
  readonly method: 'DELETE'
  readonly headers: { readonly authorization: string }
}) => Promise<{ readonly status: number }>

/**
 * Revokes the token of the session, and its refresh token. Throws a ConnectorError if Zendesk does not.
 * https://developer.zendesk.com/documentation/api-basics/authentication/revoking-oauth-token/
 */
export async function revokeToken(send: Revoke, origin: string, session: Session): Promise<void> {
  const revoked = async (): Promise<{ status: number; authorization: string }> => {
    const authorization = await session.header()
    const url = new URL('/api/v2/oauth/tokens/current.json', origin)
    return { ...(await send({ url, method: 'DELETE', headers: { authorization } })), authorization }
  }
  let { status, authorization } = await revoked()
  // An access token that has expired still has a refresh token to revoke.
  if (status === 401 && (await session.renew(authorization))) ({ status } = await revoked())
  if (status === 204) return
  if (status === 401) throw new ConnectorError('The token is already revoked, or it has expired.', 'config_error')
  const where = 'Admin Center, Apps and integrations, APIs, OAuth clients'
  throw new ConnectorError(
    status === 403
      ? `Zendesk does not let the token revoke itself (HTTP 403). To revoke it, delete its OAuth client: ${where}.`
      : `Zendesk did not revoke the token (HTTP ${status}).`,
    status === 403 ? 'config_error' : 'transient_error',
  )
}
