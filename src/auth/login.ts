import { originOfConfig } from '../config.ts'
import { ConnectorError } from '../errors.ts'
import { type AskForTokens, grants, type Tokens, tokensFrom } from '../zendesk/oauth.ts'
import { askForConsent } from './consent.ts'

/** What a sign-in needs to know, gathered from flags, the configuration and the environment. */
export interface Login {
  readonly config: Readonly<Record<string, unknown>>
  readonly clientId: string
  /** Public clients have none. */
  readonly clientSecret?: string
  readonly scope: string
  readonly port: number
}

export interface LoginOptions {
  /** Shows the address at which a person consents. */
  readonly show: (url: URL) => void
  readonly tokenEndpoint: (origin: string) => AskForTokens
  readonly signal: AbortSignal
}

/**
 * Signs a person in by their consent, and gives the credentials block of a configuration. Throws a ConnectorError that
 * says what went wrong.
 */
export async function login(
  { config, clientId, clientSecret, scope, port }: Login,
  options: LoginOptions,
): Promise<object> {
  const origin = originOfConfig(config)
  const consent = await askForConsent({ ...options, origin, clientId, scope, port })
  const client = { clientId, ...(clientSecret !== undefined && { clientSecret }) }
  const answer = await options.tokenEndpoint(origin)(grants.code({ ...client, ...consent, scope }))
  return blockOf(client, tokensFrom(answer, Date.now()))
}

function blockOf(client: { clientId: string; clientSecret?: string }, tokens: Tokens): object {
  const { accessToken, refreshToken, expiresAt } = tokens
  return {
    credentials: refreshToken === undefined ? 'oauth2.0' : 'oauth2_refresh',
    client_id: client.clientId,
    ...(client.clientSecret !== undefined && { client_secret: client.clientSecret }),
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    access_token: accessToken,
    ...(expiresAt !== undefined && { token_expiry_date: new Date(expiresAt).toISOString() }),
  }
}

/** The port that was typed. Throws a ConnectorError for what is none. */
export function portFrom(typed: string): number {
  if (!/^\d{1,5}$/.test(typed) || Number(typed) > 65_535)
    throw new ConnectorError(`--port is ${typed}, but must be the number of a port.`, 'config_error')
  return Number(typed)
}
