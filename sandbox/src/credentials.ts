/** Who may call. E-mail addresses belong to users of the account; tokens to one of them. */
export type Credentials = {
  /** The administrator's address, with `apiToken` for Basic authentication. */
  readonly email: string
  /** 40 characters; works with the address of every active user. */
  readonly apiToken: string
  /** Bearer token of the administrator, with the scopes `read write impersonate`. */
  readonly accessToken: string
  readonly agentEmail: string
  /** Bearer token of an agent who is no administrator. */
  readonly agentToken: string
  readonly endUserEmail: string
  /** Bearer token of an end user. */
  readonly endUserToken: string
  /** Bearer token of the administrator with the scope `tickets:read` only. */
  readonly narrowToken: string
  /** Of every user, for Basic authentication with e-mail and password, once that is switched on. */
  readonly password: string
  /** A confidential OAuth client (its identifier, which the OAuth endpoints call `client_id`); tokens live 1800 s. */
  readonly clientId: string
  readonly clientSecret: string
  /** A public OAuth client, for PKCE; it may ask for reading only. */
  readonly publicClientId: string
  /** A confidential OAuth client of old: its tokens don't expire and have no refresh tokens. */
  readonly oldClientId: string
  readonly oldClientSecret: string
  /** A refresh token of the confidential client and the administrator, which works once. */
  readonly refreshToken: string
}

/** The credentials of every sandbox that was not given others. */
export const CREDENTIALS: Credentials = {
  email: 'admin@example.com',
  apiToken: 'sandbox-api-token-0123456789abcdefghijkl',
  accessToken: 'sandbox-access-token',
  agentEmail: 'agent@example.com',
  agentToken: 'sandbox-agent-token',
  endUserEmail: 'customer@example.com',
  endUserToken: 'sandbox-end-user-token',
  narrowToken: 'sandbox-narrow-token',
  password: 'sandbox-password',
  clientId: 'sandbox_client',
  clientSecret: 'sandbox-client-secret',
  publicClientId: 'sandbox_public_client',
  oldClientId: 'sandbox_old_client',
  oldClientSecret: 'sandbox-old-client-secret',
  refreshToken: 'sandbox-refresh-token',
}
