/** How to sign in: one of the ways that Zendesk takes. */
export type Credentials =
  | { readonly credentials: 'oauth2.0'; readonly access_token: string }
  | { readonly credentials: 'api_token'; readonly email: string; readonly api_token: string }

/**
 * The `Authorization` header.
 * https://developer.zendesk.com/api-reference/introduction/security-and-auth/
 */
export function authorizationFor(credentials: Credentials): string {
  if (credentials.credentials === 'oauth2.0') return `Bearer ${credentials.access_token}`
  return `Basic ${Buffer.from(`${credentials.email}/token:${credentials.api_token}`).toString('base64')}`
}
