import { hasToken, statusOf } from '../auth/account-status.ts'
import { revokeToken } from '../auth/current-token.ts'
import type { AskForTokens } from '../auth/oauth.ts'
import { createSession } from '../auth/session.ts'
import { createTokenEndpoint } from '../auth/token-endpoint.ts'
import { createTokenStore } from '../auth/token-store.ts'
import { type Found, findStreams } from '../catalog/account-streams.ts'
import { isObject, type Options, unknownOptions } from '../config/aliases.ts'
import { configFrom, type Marketplace, marketplaceOf, originOfConfig } from '../config/config.ts'
import { withTokens } from '../config/credentials.ts'
import { createClient } from '../http/client.ts'
import { systemClock } from '../http/clock.ts'
import { createFetchFile } from '../http/files/fetch-file.ts'
import { createGovernor } from '../http/limits/rate-limiter.ts'
import { createStrike } from '../http/redaction.ts'
import { createTransport } from '../http/transport.ts'
import { ConnectorError } from '../model/errors.ts'
import type { Connector, Log } from '../model/message.ts'
import type { Surroundings } from '../model/runtime.ts'
import { isoOf } from '../model/time.ts'
import { readAll } from '../sync/read.ts'
import { signedInUser, unreadable } from '../zendesk/availability.ts'
import { readerTold } from '../zendesk/export-access.ts'
import { discreet } from './redacted-connector.ts'

/** How long somebody who waits for an answer is kept waiting by a failure or a limit, in ms. */
const IMPATIENT = 5_000

/** How long a refresh that is under way may take to its end once everything else stops, in ms. */
const LAST_REFRESH = 8_000

/** Where Airbyte wants files, unless it says otherwise. */
const STAGING_FOLDER = '/staging/files'

/** The one place that wires configuration, client, streams and engine. Rejects with a ConnectorError for a bad configuration. */
export async function createConnector(
  given: unknown,
  { signal, tell, patient, keep, environment, stage, clock = systemClock, timeouts }: Surroundings,
): Promise<Connector> {
  const written = isObject(given) ? given : {}
  const store = createTokenStore({ keep, written, environment, originOf: originOfConfig })
  const pair = await store.latest()
  const config = configFrom(pair === undefined ? given : withTokens(written, pair), environment, clock.now())
  const { origin, credentials, selection, deletedRecords, marketplace, rateLimitPercent, maxRetryMinutes } = config
  const strike = createStrike()
  const log: Log = (level, message) => tell({ kind: 'log', level, message: strike.out(message) })
  const unknown = unknownOptions(written)
  if (unknown.length > 0)
    log('warn', `The configuration has options that are not known here, and are ignored: ${unknown.join(', ')}.`)
  const toldToWait = new Map<string, { readonly until: number; readonly at: number }>()
  const ways = { always: marketplaceHeaders(marketplace), timeouts, strike }
  const send = createTransport(origin, signal, ways)
  const retryBudget = patient ? maxRetryMinutes * 60_000 : IMPATIENT
  // A refresh that is cut off may have used up the refresh token, and nobody would know the next one.
  const sendToTheEnd = createTransport(origin, later(signal, LAST_REFRESH), ways)
  const session = createSession(credentials, {
    ask: createTokenEndpoint({ origin, send: sendToTheEnd, signal, log, retryBudget }),
    store,
    log,
  })
  const governor = createGovernor(rateLimitPercent / 100, clock)
  const get = createClient({
    origin,
    send,
    session,
    governor,
    clock,
    signal,
    log,
    retryBudget,
    ...(!patient && { limitBudget: IMPATIENT }),
    onWait(streams, until) {
      // Requests that wait together are one wait to whoever reads of it; a long one is told again.
      const at = clock.now()
      const waiting = streams.filter((stream) => {
        const told = toldToWait.get(stream)
        return told === undefined || until > told.until + 1000 || at > told.at + 60_000
      })
      for (const stream of waiting) toldToWait.set(stream, { until, at })
      if (waiting.length === 0 && streams.length > 0) return
      const seconds = Math.ceil((until - at) / 1000)
      log('info', `Zendesk's limit is used up; ${waiting.join(', ') || 'this command'} goes on in ${seconds} s.`)
      for (const stream of waiting) tell({ kind: 'waiting', stream, until })
    },
  })
  const folder = config.filesFolder ?? environment['AIRBYTE_STAGING_DIRECTORY'] ?? STAGING_FOLDER
  const fetchFile = createFetchFile({
    origin,
    session,
    stage: (relativePath) => stage(folder, relativePath),
    signal,
    clock,
    log,
    retryBudget,
  })
  let all: Promise<Found> | undefined
  const found = (): Promise<Found> => {
    all ??= findStreams({ get, log }, config)
    return all
  }
  const connector: Connector = {
    streams: async (named) => (await (named ? findStreams({ get, log }, config, named) : found())).streams,
    deletedRecords,
    strictTypes: config.strictTypes,
    ...(config.filesFolder !== undefined && { filesFolder: config.filesFolder }),
    async signedIn() {
      const told = await statusOf(get, origin, credentials.kind, async () => (await found()).streams)
      const requestsPerMinute = governor.accountLimit()
      return { ...told, ...(requestsPerMinute !== undefined && { requestsPerMinute }) }
    },
    async signOut() {
      if (!hasToken(credentials.kind))
        throw new ConnectorError(
          'Only OAuth tokens can be revoked here; API tokens are in Admin Center.',
          'config_error',
        )
      await revokeToken(send, origin, session)
      return credentials.kind === 'client_credentials'
        ? 'The OAuth client signs in for itself: the token of this command is revoked, and the next command gets another. To end that, delete the client in Admin Center.\n'
        : `Signed out: the token of ${origin} is revoked, and its refresh token with it. Sign in again before the next sync.\n`
    },
    read: (configured) =>
      readAll(configured, {
        get,
        fetchFile,
        selection,
        deletedRecords,
        reader: config.reader,
        reconcile: config.reconcile,
        walksAtOnce: config.streamsConcurrency,
        signal,
        log,
        clock,
      }),
    readerTold: () => readerTold(get, config.reader),
    async examine() {
      if (selection.startDate > clock.now() / 1000)
        throw new ConnectorError(
          `"start_date" is ${isoOf(selection.startDate)}, which is in the future: nothing would be read. Choose a date before today.`,
          'config_error',
        )
      const user = await signedInUser(get, origin, credentials.kind)
      const { streams, missing: notFound } = await found()
      const missing = await unreadable(get, streams, user)
      if (user.role === 'end-user' || missing.size === streams.length)
        throw new ConnectorError(
          `${user.name} may read none of the streams (role: ${user.role}). Sign in as an administrator.`,
          'config_error',
        )
      return new Map([...missing, ...notFound])
    },
  }
  return discreet(connector, strike)
}

/** https://developer.zendesk.com/documentation/apps/getting-started/request-header-requirements-for-marketplace-apps/ */
const marketplaceHeaders = (marketplace: Marketplace | undefined): Readonly<Record<string, string>> =>
  marketplace === undefined
    ? {}
    : {
        'x-zendesk-marketplace-name': marketplace.name,
        'x-zendesk-marketplace-organization-id': marketplace.organization_id,
        'x-zendesk-marketplace-app-id': marketplace.app_id,
      }

/** A signal that is given some time after this one, in ms: what has begun may come to its end. */
function later(signal: AbortSignal, after: number): AbortSignal {
  const end = new AbortController()
  signal.addEventListener('abort', () => setTimeout(() => end.abort(signal.reason), after).unref(), { once: true })
  return end.signal
}

/** Asks the token endpoint of the account that a configuration names, for a person who waits. */
export function createSignIn(given: Options, signal: AbortSignal): AskForTokens {
  const origin = originOfConfig(given)
  const send = createTransport(origin, signal, { always: marketplaceHeaders(marketplaceOf(given)) })
  return createTokenEndpoint({ origin, send, signal, log: () => undefined, retryBudget: IMPATIENT })
}
