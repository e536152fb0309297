import type { Tokens } from '../config/credentials.ts'
import { ConnectorError, HttpError } from '../model/errors.ts'

/** Sends a body to the token endpoint; resolves to the status and the JSON of the answer. */
export type AskForTokens = (body: object) => Promise<TokenAnswer>

/** The life of access tokens to ask for, in seconds: the longest that Zendesk grants. */
const ACCESS_SECONDS = 172_800
/** The life of refresh tokens to ask for, in seconds: the longest that Zendesk grants. */
const REFRESH_SECONDS = 7_776_000

/**
 * The bodies of the token endpoint's three grants. They ask for `expires_in` explicitly: without it Zendesk may give a token
 * that never expires, and then no refresh token.
 * https://developer.zendesk.com/api-reference/ticketing/oauth/grant_type_tokens/
 */
export const grants = {
  clientCredentials: (client: { clientId: string; clientSecret: string; scope: string }): object => ({
    grant_type: 'client_credentials',
    client_id: client.clientId,
    client_secret: client.clientSecret,
    scope: client.scope,
    expires_in: ACCESS_SECONDS,
  }),
  refresh: (client: { clientId: string; clientSecret?: string; refreshToken: string }): object => ({
    grant_type: 'refresh_token',
    client_id: client.clientId,
    ...(client.clientSecret !== undefined && { client_secret: client.clientSecret }),
    refresh_token: client.refreshToken,
    expires_in: ACCESS_SECONDS,
    refresh_token_expires_in: REFRESH_SECONDS,
  }),
  code: (consent: {
    clientId: string
    clientSecret?: string
    code: string
    redirectUri: string
    verifier: string
    scope: string
  }): object => ({
    grant_type: 'authorization_code',
    client_id: consent.clientId,
    ...(consent.clientSecret !== undefined && { client_secret: consent.clientSecret }),
    code: consent.code,
    redirect_uri: consent.redirectUri,
    code_verifier: consent.verifier,
    scope: consent.scope,
    expires_in: ACCESS_SECONDS,
    refresh_token_expires_in: REFRESH_SECONDS,
  }),
}

/** An answer of the token endpoint. */
export interface TokenAnswer {
  readonly status: number
  readonly body: unknown
}

/** Whether this answer says that the code or the refresh token is not valid (any more). */
export const isSpent = ({ status, body }: TokenAnswer): boolean =>
  status >= 400 && (body as { error?: unknown } | null | undefined)?.error === 'invalid_grant'

/** The tokens in an answer of the token endpoint. Throws a ConnectorError that says why there are none, and what to do. */
export function tokensFrom({ status, body }: TokenAnswer, now: number, advices: Advices = ADVICE): Tokens {
  const said = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const { access_token, refresh_token, expires_in, refresh_token_expires_in, scope } = said
  const isGiven = status === 200 || status === 201
  if (isGiven && typeof access_token === 'string' && access_token !== '')
    return {
      accessToken: access_token,
      ...(typeof refresh_token === 'string' && { refreshToken: refresh_token }),
      ...(isDuration(expires_in) && { expiresAt: now + expires_in * 1000 }),
      ...(isDuration(refresh_token_expires_in) && { refreshExpiresAt: now + refresh_token_expires_in * 1000 }),
      ...(typeof scope === 'string' && { scope }),
    }
  const code = typeof said['error'] === 'string' && !isGiven ? said['error'] : undefined
  const description = said['error_description']
  // The body of a success may hold tokens: it is not quoted.
  const described = typeof description === 'string' && !isGiven ? ` Zendesk said: ${description}` : ''
  const advice = code === undefined ? undefined : advices[code]
  if (advice !== undefined)
    throw new ConnectorError(`Zendesk gave no access token: ${advice}${described}`, 'config_error')
  const isTransient = status === 429 || status >= 500 || isGiven
  throw new HttpError(
    `Zendesk gave no access token: its token endpoint answered ${status}${code === undefined ? '' : ` (${code})`}.${described}`,
    isTransient ? 'transient_error' : 'config_error',
    { status, code },
  )
}

/** The longest time that a token is believed to last, in seconds. */
const LONGEST_LIFE = 10 * 366 * 86_400

/** Whether it is a time that a token may last. One without such a time is used until Zendesk refuses it. */
const isDuration = (seconds: unknown): seconds is number =>
  typeof seconds === 'number' && seconds >= 1 && seconds <= LONGEST_LIFE

/** What to do, by the code of a refusal. */
export type Advices = Readonly<Record<string, string>>

const ADVICE: Advices = {
  invalid_client: 'the client ID or the client secret is wrong, or the OAuth client was deleted.',
  invalid_scope:
    'the OAuth client may not ask for this scope. Allow "read" in Admin Center, Apps and integrations, OAuth clients.',
  unauthorized_client:
    'this OAuth client may not sign in for itself. Client credentials need a confidential client of your own account.',
  invalid_grant:
    'the refresh token was used before, has expired or was revoked. Each is good for one use: this run gets a new one for the ' +
    'next run. Make sure that the new one is kept, and that nothing else uses it. Now sign in again: in Airbyte, authenticate ' +
    'the source; elsewhere, run `source-zendesk auth login`.',
}

/** The address at which a person gives consent. https://developer.zendesk.com/documentation/api-basics/authentication/using-oauth/ */
export function consentUrl(
  origin: string,
  asked: { clientId: string; redirectUri: string; scope: string; state: string; challenge: string },
): URL {
  const url = new URL('/oauth/authorizations/new', origin)
  const { clientId, redirectUri, scope, state, challenge } = asked
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope,
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  }).toString()
  return url
}

/** The code in the redirect after a consent. Throws a ConnectorError that says why there is none. */
export function codeFrom(query: URLSearchParams): string {
  const refused = query.get('error')
  if (refused !== null)
    throw new ConnectorError(
      refused === 'access_denied'
        ? 'The consent was refused in Zendesk.'
        : `Zendesk refused the consent: ${query.get('error_description') ?? refused}.`,
      'config_error',
    )
  const code = query.get('code')
  if (code === null || code === '')
    throw new ConnectorError('Zendesk sent no code back. Sign in again.', 'config_error')
  return code
}
