import type { AskForTokens } from '../auth/oauth.ts'
import { createSession } from '../auth/session.ts'
import { createTokenEndpoint } from '../auth/token-endpoint.ts'
import { createTokenStore } from '../auth/token-store.ts'
import { unknownOptions } from '../config/aliases.ts'
import { type Config, configFrom, type Marketplace, marketplaceOf, originOfConfig } from '../config/config.ts'
import { withTokens } from '../config/credentials.ts'
import { isObject, type Options } from '../config/written.ts'
import { createCall } from '../http/call.ts'
import { createClient } from '../http/client.ts'
import { createRateLimiter, type RateLimiter } from '../http/limits/rate-limiter.ts'
import { createRedaction, type Redaction } from '../http/redaction.ts'
import { createTransport, type Send } from '../http/transport.ts'
import type { Call } from '../model/call.ts'
import { type Clock, systemClock } from '../model/clock.ts'
import type { Log, Message } from '../model/message.ts'
import type { Runtime, Session } from '../model/runtime.ts'
import type { GetPage } from '../model/stream.ts'

/** If somebody waits for the result: how long failures are retried and limits waited for, in ms. */
const IMPATIENT = 5_000

/** How long a token refresh may go on after everything else has stopped, in ms. */
const LAST_REFRESH = 8_000

/** The connection to an account: with sign-in, limits and retries. */
export interface AccountConnection {
  readonly config: Config
  readonly get: GetPage
  readonly call: Call
  readonly send: Send
  readonly session: Session
  readonly rateLimiter: RateLimiter
  /** Takes secrets out of texts; `log` does so by itself. */
  readonly redaction: Redaction
  readonly log: Log
  readonly clock: Clock
  /** For how many ms a failing request is retried. */
  readonly retryBudget: number
}

/** Connects to the account that a configuration names. Rejects with a ConnectorError for a bad configuration. */
export async function connectAccount(
  given: unknown,
  {
    signal,
    report,
    isQuiet = false,
    patient,
    maxWait,
    credentialSink,
    environment,
    clock = systemClock,
    timeouts,
    watchPages = (get) => get,
  }: Runtime,
): Promise<AccountConnection> {
  const written = isObject(given) ? given : {}
  const store = createTokenStore({ keep: credentialSink, written, environment, originOf: originOfConfig })
  const pair = await store.latest()
  const config = configFrom(pair === undefined ? given : withTokens(written, pair), environment, clock.now())
  const { origin, credentials, marketplace, rateLimitPercent, exportsPercent, maxRetryMinutes } = config
  const redaction = createRedaction()
  const log: Log = (level, message) => report({ kind: 'log', level, message: redaction.clean(message) })
  const unknown = unknownOptions(written)
  if (unknown.length > 0)
    log('warn', `The configuration has unknown options, which are ignored: ${unknown.join(', ')}.`)
  const ways = { always: marketplaceHeaders(marketplace), timeouts, redaction, ...(!isQuiet && { log }) }
  const send = createTransport(origin, signal, ways)
  const retryBudget = patient ? maxRetryMinutes * 60_000 : IMPATIENT
  // If a refresh is cut off, the refresh token may be used up, and its successor is lost.
  const sendToTheEnd = createTransport(origin, refreshSignal(signal), ways)
  const session = createSession(credentials, {
    ask: createTokenEndpoint({ origin, send: sendToTheEnd, signal, log, retryBudget }),
    store,
    log,
    signal,
  })
  const rateLimiter = createRateLimiter({ account: rateLimitPercent / 100, exports: exportsPercent / 100 }, clock)
  const longestWait = patient ? maxWait : IMPATIENT
  const onWait = waitReporter(clock, log, report)
  const client = {
    origin,
    send,
    session,
    rateLimiter,
    clock,
    signal,
    log,
    retryBudget,
    ...(longestWait !== undefined && { limitBudget: longestWait }),
    onWait,
  }
  const [get, call] = [watchPages(createClient(client)), createCall(client)]
  return { config, get, call, send, session, rateLimiter, redaction, log, clock, retryBudget }
}

/** Reports the waits of streams: once for requests that wait together, and again if a wait is long. */
function waitReporter(clock: Clock, log: Log, report: (message: Message) => void) {
  const reportedWaits = new Map<string, { readonly until: number; readonly at: number }>()
  return (streams: readonly string[], until: number): void => {
    const at = clock.now()
    const waiting = streams.filter((stream) => {
      const reported = reportedWaits.get(stream)
      return reported === undefined || until > reported.until + 1000 || at > reported.at + 60_000
    })
    for (const stream of waiting) reportedWaits.set(stream, { until, at })
    if (waiting.length === 0 && streams.length > 0) return
    const seconds = Math.ceil((until - at) / 1000)
    log('info', `Zendesk's limit is used up; ${waiting.join(', ') || 'this command'} will continue in ${seconds} s.`)
    for (const stream of waiting) report({ kind: 'waiting', stream, until })
  }
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

/** A signal that is aborted a while after this one, so that a refresh under way can be finished. */
export function refreshSignal(signal: AbortSignal): AbortSignal {
  const end = new AbortController()
  const abort = (): void => void setTimeout(() => end.abort(signal.reason), LAST_REFRESH).unref()
  signal.addEventListener('abort', abort, { once: true })
  return end.signal
}

/** The token endpoint of the account that a configuration names, for a person who waits. */
export function createSignIn(given: Options, signal: AbortSignal): AskForTokens {
  const origin = originOfConfig(given)
  const send = createTransport(origin, signal, { always: marketplaceHeaders(marketplaceOf(given)) })
  return createTokenEndpoint({ origin, send, signal, log: () => undefined, retryBudget: IMPATIENT })
}
