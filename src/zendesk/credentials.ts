/** How to sign in: one of the ways that Zendesk takes. */
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

/** What a consent left behind: a refresh token, good for one use, and perhaps an access token with its end (epoch ms). */
export interface RefreshableToken {
  readonly kind: 'refresh_token'
  readonly clientId: string
  /** Public clients have none. */
  readonly clientSecret?: string
  readonly refreshToken: string
  readonly accessToken?: string
  readonly expiresAt?: number
}

/** The header of the ways that need no sign-in. https://developer.zendesk.com/api-reference/introduction/security-and-auth/ */
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

const SECRETS_AND_NAMES = [
  'client_id',
  'client_secret',
  'scope',
  'refresh_token',
  'access_token',
  'token_expiry_date',
  'email',
  'api_token',
  'password',
] as const

/**
 * A configuration with its credentials in one place, `credentials`: Singer's taps write them beside the other options,
 * and leave it to the names which way of signing in is meant.
 */
export function gathered(config: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (typeof config['credentials'] === 'object') return config
  const given = SECRETS_AND_NAMES.filter((name) => config[name] !== undefined)
  const has = (name: (typeof SECRETS_AND_NAMES)[number]): boolean => given.includes(name)
  const kind = has('refresh_token')
    ? 'oauth2_refresh'
    : has('access_token')
      ? 'oauth2.0'
      : has('api_token')
        ? 'api_token'
        : has('password')
          ? 'password'
          : has('client_secret')
            ? 'oauth2_client_credentials'
            : undefined
  if (kind === undefined) return config
  return {
    ...config,
    credentials: { credentials: kind, ...Object.fromEntries(given.map((name) => [name, config[name]])) },
  }
}

/** Credentials that fit the specification, understood. */
export function credentialsFrom(raw: RawCredentials): Credentials {
  const { client_id = '', client_secret, access_token, email = '' } = raw
  switch (raw.credentials as (typeof KINDS)[number]) {
    case 'oauth2_client_credentials':
      return {
        kind: 'client_credentials',
        clientId: client_id,
        clientSecret: client_secret ?? '',
        scope: raw.scope ?? 'read',
      }
    case 'oauth2_refresh': {
      const expiresAt = Date.parse(raw.token_expiry_date ?? '')
      return {
        kind: 'refresh_token',
        clientId: client_id,
        refreshToken: raw.refresh_token ?? '',
        ...(client_secret !== undefined && { clientSecret: client_secret }),
        ...(access_token !== undefined && { accessToken: access_token }),
        ...(!Number.isNaN(expiresAt) && { expiresAt }),
      }
    }
    case 'oauth2.0':
      return { kind: 'access_token', accessToken: access_token ?? '' }
    case 'api_token':
      return { kind: 'api_token', email, apiToken: raw.api_token ?? '' }
    case 'password':
      return { kind: 'password', email, password: raw.password ?? '' }
  }
}

/** The configuration as it was written, with a new pair of tokens in the place of the old one. */
export function withTokens(
  config: Readonly<Record<string, unknown>>,
  tokens: { readonly accessToken: string; readonly refreshToken?: string; readonly expiresAt?: number },
): Readonly<Record<string, unknown>> {
  const renewed = {
    access_token: tokens.accessToken,
    ...(tokens.refreshToken !== undefined && { refresh_token: tokens.refreshToken }),
    ...(tokens.expiresAt !== undefined && { token_expiry_date: new Date(tokens.expiresAt).toISOString() }),
  }
  const { credentials } = config
  return typeof credentials === 'object' && credentials !== null
    ? { ...config, credentials: { ...credentials, ...renewed } }
    : { ...config, ...renewed }
}
