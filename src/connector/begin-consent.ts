import { createHash, randomBytes } from 'node:crypto'
import { codeFrom, consentUrl, grants, isSpent, tokensFrom } from '../auth/oauth.ts'
import { originOfConfig } from '../config/config.ts'
import type { Options } from '../config/written.ts'
import { systemClock } from '../model/clock.ts'
import { ConnectorError } from '../model/errors.ts'
import { createSignIn } from './account-connection.ts'

/** The OAuth client that a person consents to, and where their browser is sent afterwards. */
export interface ConsentRequest {
  readonly clientId: string
  /** Public clients have none. */
  readonly clientSecret?: string
  /** It is registered with the OAuth client. */
  readonly redirectUri: string
  /** Blank-separated: `read` to read everything. */
  readonly scope: string
  readonly signal?: AbortSignal
}

/** A consent that was asked for. */
export interface PendingConsent {
  /** Where the person consents. */
  readonly url: string
  /** Comes back with the answer: an answer with another one belongs to another consent. */
  readonly state: string
  /**
   * Takes what the browser brought back, once, and resolves to the `credentials` of a configuration. Rejects with a
   * ConnectorError if the consent was refused, or if the code is not taken.
   */
  finish(answer: URLSearchParams): Promise<Readonly<Record<string, string>>>
}

/**
 * Asks for a person's consent by the code flow with PKCE, for a program that receives the browser itself. Throws a
 * ConnectorError for a configuration that names no account.
 */
export function beginConsent(config: Options, request: ConsentRequest): PendingConsent {
  const { clientId, clientSecret, redirectUri, scope, signal = new AbortController().signal } = request
  const verifier = randomBytes(48).toString('base64url')
  const state = randomBytes(24).toString('base64url')
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const url = consentUrl(originOfConfig(config), { clientId, redirectUri, scope, state, challenge })
  const client = { clientId, ...(clientSecret !== undefined && { clientSecret }) }
  return {
    url: url.href,
    state,
    async finish(answer) {
      if (answer.get('state') !== state)
        throw new ConnectorError('This answers another request for consent.', 'config_error')
      const ask = createSignIn(config, signal)
      const reply = await ask(grants.code({ ...client, code: codeFrom(answer), redirectUri, verifier, scope }))
      if (isSpent(reply))
        throw new ConnectorError(
          'Zendesk did not accept the code: it is good for two minutes and one use. Connect again.',
          'config_error',
        )
      const { accessToken, refreshToken, expiresAt } = tokensFrom(reply, systemClock.now())
      return {
        credentials: refreshToken === undefined ? 'oauth2.0' : 'oauth2_refresh',
        client_id: clientId,
        ...(clientSecret !== undefined && { client_secret: clientSecret }),
        ...(refreshToken !== undefined && { refresh_token: refreshToken }),
        access_token: accessToken,
        ...(expiresAt !== undefined && { token_expiry_date: new Date(expiresAt).toISOString() }),
      }
    },
  }
}
