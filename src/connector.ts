import { configFrom, type Marketplace } from './config.ts'
import { ConnectorError } from './errors.ts'
import { createClient } from './http/client.ts'
import { createGovernor } from './http/governor.ts'
import { createTokenEndpoint } from './http/token-endpoint.ts'
import { createTransport } from './http/transport.ts'
import type { Connector, Log, SignedIn, Surroundings } from './message.ts'
import type { GetPage } from './stream.ts'
import { streams } from './streams/index.ts'
import { readAll } from './sync/read.ts'
import { isoOf } from './time.ts'
import { signedInUser, unreadable } from './zendesk/account.ts'
import { type Credentials, withTokens } from './zendesk/credentials.ts'
import type { AskForTokens } from './zendesk/oauth.ts'
import { createSession } from './zendesk/session.ts'

/** How long somebody who waits for an answer is kept waiting by a failure or a limit, in ms. */
const IMPATIENT = 5_000

/** The one place that wires configuration, client, streams and engine. Throws a ConnectorError for a bad configuration. */
export function createConnector(given: unknown, { signal, tell, patient, keepConfig }: Surroundings): Connector {
  const { origin, credentials, startDate, deletedRecords, marketplace, rateLimitPercent, maxRetryMinutes } =
    configFrom(given)
  const log: Log = (level, message) => tell({ kind: 'log', level, message })
  const toldUntil = new Map<string, number>()
  const send = createTransport(origin, signal)
  const retryBudget = patient ? maxRetryMinutes * 60_000 : IMPATIENT
  const session = createSession(credentials, {
    ask: createTokenEndpoint({ origin, send, signal, log, retryBudget }),
    keep: (tokens) => keepConfig(withTokens(given as Readonly<Record<string, unknown>>, tokens)),
    log,
  })
  const governor = createGovernor(rateLimitPercent / 100)
  const get = createClient({
    origin,
    send,
    session,
    governor,
    signal,
    log,
    retryBudget,
    ...(!patient && { limitBudget: IMPATIENT }),
    ...(marketplace && { headers: marketplaceHeaders(marketplace) }),
    onWait(streams, until) {
      // Requests that wait together are one wait to whoever reads of it.
      const waiting = streams.filter((stream) => until > (toldUntil.get(stream) ?? 0) + 1000)
      for (const stream of waiting) toldUntil.set(stream, until)
      if (waiting.length === 0 && streams.length > 0) return
      const seconds = Math.ceil((until - Date.now()) / 1000)
      log('info', `Zendesk's limit is used up; ${waiting.join(', ') || 'this command'} goes on in ${seconds} s.`)
      for (const stream of waiting) tell({ kind: 'waiting', stream, until })
    },
  })
  return {
    streams,
    deletedRecords,
    async signedIn() {
      const { name, role } = await signedInUser(get, origin, credentials.kind)
      const token = hasToken(credentials) ? await currentToken(get) : undefined
      const requestsPerMinute = governor.accountLimit()
      return {
        origin,
        name,
        role,
        ...(token && { token }),
        ...(requestsPerMinute !== undefined && { requestsPerMinute }),
        unreadable: await unreadable(get, streams, { name, role }),
      }
    },
    async signOut() {
      if (!hasToken(credentials))
        throw new ConnectorError(
          'Only OAuth tokens can be revoked here; API tokens are in Admin Center.',
          'config_error',
        )
      const { id } = await currentToken(get)
      const url = new URL(`/api/v2/oauth/tokens/${id}.json`, origin)
      const { status } = await send({ url, method: 'DELETE', headers: { authorization: await session.header() } })
      if (status !== 204)
        throw new ConnectorError(`Zendesk did not revoke the token (HTTP ${status}).`, 'transient_error')
      return `Signed out: the token of ${origin} is revoked. Sign in again before the next sync.\n`
    },
    read: (configured) => readAll(configured, { get, startDate, deletedRecords, signal, log }),
    async examine() {
      if (startDate > Date.now() / 1000)
        throw new ConnectorError(
          `"start_date" is ${isoOf(startDate)}, which is in the future: nothing would be read. Choose a date before today.`,
          'config_error',
        )
      const user = await signedInUser(get, origin, credentials.kind)
      const missing = await unreadable(get, streams, user)
      if (user.role === 'end-user' || missing.size === streams.length)
        throw new ConnectorError(
          `${user.name} may read none of the streams (role: ${user.role}). Sign in as an administrator.`,
          'config_error',
        )
      return missing
    },
  }
}

/** https://developer.zendesk.com/documentation/marketplace/building-a-marketplace-app/setting-up-a-global-oauth-client/ */
const marketplaceHeaders = ({ name, organization_id, app_id }: Marketplace): Readonly<Record<string, string>> => ({
  'x-zendesk-marketplace-name': name,
  'x-zendesk-marketplace-organization-id': organization_id,
  'x-zendesk-marketplace-app-id': app_id,
})

/** Asks the token endpoint of an account, for a person who waits. */
export function createSignIn(origin: string, signal: AbortSignal): AskForTokens {
  const send = createTransport(origin, signal)
  return createTokenEndpoint({ origin, send, signal, log: () => undefined, retryBudget: IMPATIENT })
}

const hasToken = ({ kind }: Credentials): boolean => kind !== 'api_token' && kind !== 'password'

/** https://developer.zendesk.com/api-reference/ticketing/oauth/oauth_tokens/#show-current-token */
async function currentToken(get: GetPage): Promise<NonNullable<SignedIn['token']>> {
  const { token } = (await get({ path: 'oauth/tokens/current.json' })) as {
    token?: { id: number; scopes?: readonly string[]; expires_at?: string | null }
  }
  if (token === undefined) throw new ConnectorError('Zendesk told nothing of the token.', 'system_error')
  const { id, scopes = [], expires_at } = token
  return { id, scopes, ...(expires_at && { expiresAt: expires_at }) }
}
