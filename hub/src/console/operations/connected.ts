interface Credentials {
  readonly credentials?: string
  readonly refresh_token?: string
}

/** How a source signs in, as far as it says so. */
export const credentialsOf = (source: unknown): Credentials =>
  typeof source === 'object' && source !== null ? ((source as { credentials?: Credentials }).credentials ?? {}) : {}

/** Whether its tokens are renewed, and kept in a file. */
export const needsTokens = (source: unknown): boolean => credentialsOf(source).credentials === 'oauth2_refresh'

/** Whether it can sign in: a consent may not have been given yet. */
export const isConnected = (source: unknown): boolean =>
  !needsTokens(source) || credentialsOf(source).refresh_token !== undefined
