import { credentialsGiven, credentialsIn, inEnvironment, NAMES } from '../../config/aliases.ts'
import { originOfConfig } from '../../config/config.ts'
import type { Tokens } from '../../config/credentials.ts'
import { isObject, type Options } from '../../config/written.ts'
import { systemClock } from '../../model/clock.ts'
import { ConnectorError } from '../../model/errors.ts'
import type { CredentialSink } from '../../model/runtime.ts'
import { grants, isSpent, tokensFrom } from '../oauth.ts'
import { createTokenStore, replaced } from '../token-store.ts'
import type { AuthOptions } from './auth-options.ts'
import { askForConsent } from './consent.ts'

/** The arguments of a sign-in. */
export interface Login {
  /** The configuration as it was written, and where the credentials are kept. */
  readonly config: Options
  readonly keep: CredentialSink
  readonly subdomain?: string | undefined
  readonly 'client-id'?: string | undefined
  readonly scope: string
  readonly port: number
  readonly 'no-browser': boolean
}

/** The OAuth client that a person consents to. */
interface Client {
  readonly clientId: string
  /** Public clients have none. */
  readonly clientSecret?: string
}

/** Signs a person in by their consent, and keeps the credentials. Throws a ConnectorError that says what went wrong. */
export async function login(asked: Login, options: AuthOptions): Promise<void> {
  const { keep, scope } = asked
  const { environment, say, signal } = options
  const { config, client } = clientIn(asked, options)
  const { clientId: client_id } = client
  const written = isObject(config['credentials'])
    ? { ...config, credentials: { ...config['credentials'], client_id } }
    : { ...config, client_id }
  const said = credentialsIn(config).credentials
  if (keep.in === 'tokens' && said !== undefined && said !== 'oauth2_refresh')
    throw new ConnectorError(
      `The configuration signs in with "${said}" and would not use the tokens in ${keep.file.path}. Change "credentials.credentials" to "oauth2_refresh".`,
      'config_error',
    )
  const store = createTokenStore({ keep, written, environment, originOf: originOfConfig })
  if (keep.in !== 'nothing') await store.ready()
  try {
    const tokens = await tokensOf(client, config, asked, options)
    signal.throwIfAborted()
    if (keep.in === 'tokens') {
      if (tokens.refreshToken === undefined)
        throw new ConnectorError(`Zendesk gave no refresh token, so there is nothing to keep.`, 'config_error')
      await store.keep({ ...tokens, refreshToken: tokens.refreshToken })
      say(`Signed in for ${scope}. The tokens are in ${keep.file.path}.\n`)
    } else if (keep.in === 'config') {
      await store.release()
      await replaced(keep.file, withCredentials(config, blockOf(client, tokens, config)))
      say(`Signed in for ${scope}. The credentials are in ${keep.file.path}.\n`)
    } else {
      await options.write(`${JSON.stringify(blockOf(client, tokens, config), undefined, 2)}\n`)
    }
  } finally {
    await store.release()
  }
}

/** The configuration, with the flags applied, and the client that it names. */
function clientIn(asked: Login, { environment }: AuthOptions): { config: Options; client: Client } {
  const { given } = credentialsGiven(asked.config, {})
  const subdomain = asked.subdomain ?? asked.config['subdomain'] ?? inEnvironment('subdomain', environment)
  const clientId = asked['client-id'] ?? given.client_id ?? inEnvironment('client_id', environment)
  const clientSecret = given.client_secret ?? inEnvironment('client_secret', environment)
  if (subdomain === undefined || clientId === undefined)
    throw new ConnectorError(
      `--${subdomain === undefined ? 'subdomain' : 'client-id'} is missing. Give it as a flag, in the configuration or in the environment.`,
      'config_error',
    )
  const client = { clientId, ...(clientSecret !== undefined && { clientSecret }) }
  return { config: { ...asked.config, subdomain }, client }
}

async function tokensOf(client: Client, config: Options, asked: Login, options: AuthOptions): Promise<Tokens> {
  const { say, openBrowser, signal, tokenEndpoint, typed } = options
  const { scope, port } = asked
  const consent = await askForConsent({
    origin: originOfConfig(config),
    clientId: client.clientId,
    scope,
    port,
    typed,
    say,
    signal,
    show(url) {
      const isOpen = !asked['no-browser'] && openBrowser(url)
      say(
        `${isOpen ? 'Your browser asks for your consent. If it does not, open this address:' : 'Open this address to consent:'}\n${url}\n`,
      )
      if (typed)
        say(
          'If your browser runs on another machine, it ends at an address that it cannot open. Paste that address here.\n',
        )
    },
  })
  const answer = await tokenEndpoint(config)(grants.code({ ...client, ...consent, scope }))
  if (!isSpent(answer)) return tokensFrom(answer, systemClock.now())
  throw new ConnectorError(
    'Zendesk did not accept the code of the consent: it is good for two minutes and one use. Sign in again.',
    'config_error',
  )
}

/** The credentials as a configuration has them. A client secret is left out if the configuration does not hold it already. */
function blockOf({ clientId, clientSecret }: Client, tokens: Tokens, config: Options): Options {
  const { accessToken, refreshToken, expiresAt } = tokens
  return {
    credentials: refreshToken === undefined ? 'oauth2.0' : 'oauth2_refresh',
    client_id: clientId,
    ...(credentialsGiven(config, {}).given.client_secret !== undefined && { client_secret: clientSecret }),
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    access_token: accessToken,
    ...(expiresAt !== undefined && { token_expiry_date: new Date(expiresAt).toISOString() }),
  }
}

/** The configuration with new credentials: under `credentials`, or beside the other options, if the old ones were there. */
function withCredentials(config: Options, block: Options): Options {
  const isOld = (name: string): boolean => (NAMES as readonly string[]).includes(name)
  if (isObject(config['credentials']) || !Object.keys(config).some(isOld)) return { ...config, credentials: block }
  const rest = Object.entries(config).filter(([name]) => !isOld(name))
  const { credentials: _, ...names } = block
  return { ...Object.fromEntries(rest), ...names }
}

/** The port that was typed. Throws a ConnectorError if it is not one. */
export function portFrom(typed: string): number {
  if (!/^\d{1,5}$/.test(typed) || Number(typed) > 65_535)
    throw new ConnectorError(`--port must be a port number from 0 to 65535, not "${typed}".`, 'config_error')
  return Number(typed)
}
