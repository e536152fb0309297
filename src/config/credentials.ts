import { isObject, type Options } from './written.ts'
/** How to sign in: one of the ways that Zendesk accepts. */
export type Credentials =
  | ClientCredentials
  | RefreshableToken
  | { readonly kind: 'access_token'; readonly accessToken: string }
  | { readonly kind: 'api_token'; readonly email: string; readonly apiToken: string }
  | { readonly kind: 'password'; readonly email: string; readonly password: string }

/** A customer's own OAuth client, which signs in for itself; it acts as the user that it belongs to. */
export interface ClientCredentials {
  readonly kind: 'client_credentials'
  readonly clientId: string
  readonly clientSecret: string
  /** Blank-separated. */
  readonly scope: string
}

/** The answer of the token endpoint. Ends are epoch ms; left out if the token does not expire. */
export interface Tokens {
  readonly accessToken: string
  readonly expiresAt?: number
  readonly refreshToken?: string
  readonly refreshExpiresAt?: number
  readonly scope?: string
}

/** The result of a consent. */
export interface RefreshableToken {
  readonly kind: 'refresh_token'
  readonly clientId: string
  /** Public clients have none. */
  readonly clientSecret?: string
  readonly tokens: TokenPair
}

/** A refresh token, which can be used once, and an access token, '' if there is none yet. */
export interface TokenPair extends Tokens {
  readonly refreshToken: string
}

/** The header for ways that need no token request. https://developer.zendesk.com/api-reference/introduction/security-and-auth/ */
export function basicOf(user: string, secret: string): string {
  return `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`
}

/** Credentials as people write them, under the names that Airbyte's forms use. */
export interface RawCredentials {
  readonly credentials: string
  readonly client_id?: string
  readonly client_secret?: string
  readonly scope?: string
  readonly refresh_token?: string
  readonly access_token?: string
  /** ISO 8601. */
  readonly token_expiry_date?: string
  readonly email?: string
  readonly api_token?: string
  readonly password?: string
}

/** The spellings of `credentials.credentials`, in the order of the specification. */
export const KINDS = ['oauth2_client_credentials', 'oauth2_refresh', 'oauth2.0', 'api_token', 'password'] as const
export type Kind = (typeof KINDS)[number]

/** Reads credentials that are valid by the specification. */
export function credentialsFrom(raw: RawCredentials): Credentials {
  const { client_id = '', client_secret, access_token, email = '' } = raw
  switch (raw.credentials as Kind) {
    case 'oauth2_client_credentials':
      return {
        kind: 'client_credentials',
        clientId: client_id,
        clientSecret: client_secret ?? '',
        scope: raw.scope ?? 'read',
      }
    case 'oauth2_refresh':
      return {
        kind: 'refresh_token',
        clientId: client_id,
        ...(client_secret !== undefined && { clientSecret: client_secret }),
        tokens: tokensIn(raw) ?? { refreshToken: '', accessToken: '' },
      }
    case 'oauth2.0':
      return { kind: 'access_token', accessToken: access_token ?? '' }
    case 'api_token':
      // Zendesk's own examples write the user as {email}/token.
      return { kind: 'api_token', email: email.replace(/\/token$/, ''), apiToken: raw.api_token ?? '' }
    case 'password':
      return { kind: 'password', email, password: raw.password ?? '' }
  }
}

/** The user's configuration with a new pair of tokens in place of the old one. */
export function withTokens(config: Options, { accessToken, refreshToken, expiresAt }: Tokens): Options {
  const renewed = {
    access_token: accessToken,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    // The old token's end does not hold for the new one.
    token_expiry_date: expiresAt === undefined ? undefined : new Date(expiresAt).toISOString(),
  }
  const { credentials } = config
  return isObject(credentials) ? { ...config, credentials: { ...credentials, ...renewed } } : { ...config, ...renewed }
}

/** The tokens in a user's credentials; undefined if there is no refresh token. */
export function tokensIn(raw: Partial<RawCredentials>): TokenPair | undefined {
  const { refresh_token, access_token, token_expiry_date } = raw
  if (typeof refresh_token !== 'string') return undefined
  const expiresAt = Date.parse(token_expiry_date ?? '')
  return {
    refreshToken: refresh_token,
    accessToken: access_token ?? '',
    ...(!Number.isNaN(expiresAt) && { expiresAt }),
  }
}
