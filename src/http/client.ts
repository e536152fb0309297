import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici'
import { ConnectorError, HttpError, messageOf } from '../errors.ts'
import type { Log } from '../message.ts'
import type { GetPage, Page, PageRequest, Query } from '../stream.ts'
import { httpErrorOf, isTlsError, tlsErrorOf } from './failure.ts'
import { createLimits } from './limits.ts'
import { retryDelay } from './retry.ts'

export interface ClientOptions {
  /** Scheme, host and port of the account; requests go there and nowhere else. */
  readonly origin: string
  /** The value of the `Authorization` header. */
  readonly authorization: string
  readonly signal: AbortSignal
  readonly log: Log
  /** Told when these streams have to wait for a limit, until `until` (ms since the epoch). */
  readonly onWait: (streams: readonly string[], until: number) => void
  /** For how many ms a request that fails is tried again; waiting for a limit does not count. */
  readonly retryBudget?: number
  /** The longest wait for a limit, in ms, that is sat out; any, unless told. */
  readonly limitBudget?: number
}

const RETRY_BUDGET = 10 * 60_000
/** Zendesk gives up by itself after a minute; a heavy export page is silent nearly as long. */
const HEADERS_TIMEOUT = 120_000
/** Silence in the middle of a body. */
const BODY_TIMEOUT = 60_000

const unzip = promisify(gunzip)

/**
 * A door to one Zendesk account. One attempt is request, whole body and parse, so that an answer that is cut short or
 * is no JSON is tried again like any other failure, and never taken for an empty page.
 * Throws an HttpError once an answer will not change or the retry budget is spent; the signal's reason when it is given.
 */
export function createClient(options: ClientOptions): GetPage {
  const limits = createLimits()
  const dispatcher = dispatcherFor(options.origin)
  const { signal, log, onWait, retryBudget = RETRY_BUDGET, limitBudget = Number.POSITIVE_INFINITY } = options

  return async (wanted) => {
    const url = urlOf(options.origin, wanted)
    let failingSince: number | undefined
    for (let failures = 0; ; ) {
      signal.throwIfAborted()
      await limits.allowed(wanted.bucket, signal, (until) => onWait(wanted.streams ?? [], until))
      const outcome = await attempt(url, wanted, options, dispatcher)
      if ('headers' in outcome) limits.learn(outcome.headers)
      if ('page' in outcome) return outcome.page
      signal.throwIfAborted()
      const wait = retryDelay(outcome, failures)
      if (wait === undefined) throw outcome.error
      if ('status' in outcome && outcome.status === 429) {
        if (wait > limitBudget) throw outcome.error
        limits.pause(wanted.bucket, wait)
        continue
      }
      failures++
      failingSince ??= Date.now()
      if (isTlsError(outcome.error) || Date.now() + wait - failingSince > retryBudget) throw outcome.error
      log(
        'warn',
        `${messageOf(outcome.error)} Trying again in ${(wait / 1000).toFixed(1)} s (attempt ${failures + 1}).`,
      )
      await delay(wait, undefined, { signal })
    }
  }
}

type Attempt =
  | { readonly page: Page; readonly headers: Dispatcher.ResponseData['headers'] }
  | {
      readonly error: HttpError
      readonly status: number
      readonly retryAfter: string | undefined
      readonly headers: Dispatcher.ResponseData['headers']
    }
  | { readonly error: ConnectorError }

async function attempt(
  url: URL,
  wanted: PageRequest,
  options: ClientOptions,
  dispatcher: Dispatcher,
): Promise<Attempt> {
  try {
    const response = await request(url, {
      dispatcher,
      signal: options.signal,
      headersTimeout: HEADERS_TIMEOUT,
      bodyTimeout: BODY_TIMEOUT,
      headers: {
        authorization: options.authorization,
        accept: 'application/json',
        'accept-encoding': 'gzip',
        'user-agent': 'zendesk-connector',
      },
    })
    const { statusCode: status, headers } = response
    const raw = Buffer.from(await response.body.arrayBuffer())
    const body = headers['content-encoding'] === 'gzip' ? await unzip(raw) : raw
    if (status === 200) return { page: pageOf(body, url, wanted), headers }
    const retryAfter = headers['retry-after']
    return {
      status,
      headers,
      retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
      error: httpErrorOf(url, status, body.toString('utf8'), headers),
    }
  } catch (error) {
    if (options.signal.aborted) throw options.signal.reason
    return { error: error instanceof ConnectorError ? error : networkErrorOf(url, error) }
  }
}

/** The body as a page; a body that is no JSON object, or lacks the list that was asked for, is a broken answer. */
function pageOf(body: Buffer, url: URL, { expects }: PageRequest): Page {
  const page = parse(body)
  const isPage = typeof page === 'object' && page !== null && !Array.isArray(page)
  if (isPage && (expects === undefined || Array.isArray((page as Page)[expects]))) return page as Page
  const found = isPage
    ? `the keys ${Object.keys(page).join(', ') || '(none)'}`
    : `${body.length} bytes that are no JSON object`
  const missing = expects === undefined ? 'a JSON object' : `a JSON object with the list "${expects}"`
  throw new HttpError(
    `GET ${url.pathname}: Zendesk answered 200, but with ${found} where ${missing} was expected.`,
    'transient_error',
    { status: 200 },
  )
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    // Cut short, or HTML: the caller says what was expected.
    return undefined
  }
}

const networkErrorOf = (url: URL, error: unknown): ConnectorError =>
  isTlsError(error)
    ? tlsErrorOf(url, error)
    : new HttpError(`GET ${url.pathname}: no whole answer from ${url.host} (${reasonOf(error)}).`, 'transient_error', {
        cause: error,
      })

function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' && code !== '' ? code : messageOf(error)
}

function urlOf(origin: string, { path, query }: PageRequest): URL {
  const url = new URL(`/api/v2/${path}`, origin)
  for (const [key, value] of Object.entries(query ?? ({} as Query))) url.searchParams.append(key, String(value))
  // The credentials go to the configured host and to no other, whatever a path may hold.
  if (url.origin !== new URL(origin).origin)
    throw new ConnectorError(
      `Refused to send the credentials to ${url.origin}: the account is at ${origin}.`,
      'system_error',
    )
  return url
}

/** The usual proxy variables are obeyed, but not for this machine itself. */
function dispatcherFor(origin: string): Dispatcher {
  const { hostname } = new URL(origin)
  const isLocal = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
  return isLocal ? new Agent() : new EnvHttpProxyAgent()
}
