import type { LookupFunction } from 'node:net'
import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici'
import type { Method } from '../model/call.ts'
import { systemClock } from '../model/clock.ts'
import { ConnectorError, HttpError, messageOf } from '../model/errors.ts'
import type { Log } from '../model/message.ts'
import type { Timeouts } from '../model/runtime.ts'
import { isThisMachine } from '../model/this-machine.ts'
import { fastEnough } from './body-chunks.ts'
import { isTlsError, tlsErrorOf } from './failure.ts'
import { endingInTime } from './in-time.ts'
import type { Headers } from './limits/headers.ts'
import { createRedaction, type Redaction } from './redaction.ts'
import { type LoggedOutcome, requestLine } from './request-line.ts'
import { beginningOf, LARGEST_ANSWER, LARGEST_BODY, wholeBody } from './whole-body.ts'

/** One complete answer; its body is unzipped. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Buffer
}

/** Sends one request to the account, once. Throws a ConnectorError if no complete answer comes. */
export type Send = (asked: {
  readonly url: URL
  readonly method?: Method
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: object
  /** Sent as a form, in place of a body. */
  readonly form?: Readonly<Record<string, string>>
  /** The streams that need the answer, for the log. */
  readonly streams?: readonly string[] | undefined
}) => Promise<Answer>

/** Zendesk itself gives up after a minute, and a heavy export page is silent for nearly as long. */
export const TIMEOUTS: Timeouts = { headers: 120_000, silence: 60_000, slowest: { bytes: 250_000, in: 60_000 } }

export interface TransportOptions {
  /** Headers that every request has, besides its own. */
  readonly always?: Readonly<Record<string, string>>
  readonly timeouts?: Timeouts | undefined
  /** Learns the secrets that are sent. */
  readonly redaction?: Redaction
  /** Takes a line for each request, at level `debug`. Left out: none is made. */
  readonly log?: Log
}

/**
 * Sends requests to one origin (scheme, host and port), and to no other: redirects are not followed. `Send` throws the
 * signal's reason once it is aborted.
 */
export function createTransport(
  origin: string,
  signal: AbortSignal,
  { always = {}, timeouts = TIMEOUTS, redaction = createRedaction(), log }: TransportOptions = {},
): Send {
  const dispatcher = dispatcherFor(origin)
  const own = new URL(origin).origin
  return async ({ url, method = 'GET', headers = {}, body, form, streams }) => {
    // The credentials go to the configured host only, whatever a path may hold.
    if (url.origin !== own)
      throw new ConnectorError(
        `Refused to send the credentials to ${url.origin}: the account is at ${origin}.`,
        'system_error',
      )
    redaction.sent(headers['authorization'], body ?? form)
    const began = systemClock.now()
    const logged = (outcome: LoggedOutcome): void =>
      log?.('debug', requestLine({ method, path: url.pathname, streams, ms: systemClock.now() - began, ...outcome }))
    try {
      const text = body !== undefined ? JSON.stringify(body) : form && new URLSearchParams(form).toString()
      const asked = {
        dispatcher,
        method,
        headersTimeout: timeouts.headers,
        bodyTimeout: timeouts.silence,
        headers: {
          accept: 'application/json',
          'accept-encoding': 'gzip',
          'user-agent': 'zendesk-connector',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
          ...always,
          ...headers,
        },
        ...(text !== undefined && { body: text }),
      }
      // What is sent may take its time too.
      const { slowest } = timeouts
      const patience = timeouts.headers + ((text?.length ?? 0) / slowest.bytes) * slowest.in
      const response = await request(url, { ...asked, signal, onInfo: endingInTime(patience) })
      const status = response.statusCode
      const isGiven = status === 200 || status === 203 || (method !== 'GET' && status >= 200 && status < 300)
      const isZipped = response.headers['content-encoding'] === 'gzip'
      const chunks = fastEnough(response.body, timeouts.slowest)
      const largest = method === 'GET' ? LARGEST_BODY : LARGEST_ANSWER
      const { raw, body: came } = await (isGiven ? wholeBody(chunks, isZipped, largest) : beginningOf(chunks, isZipped))
      logged({ status, bytes: raw, headers: response.headers })
      // Servers and proxies that fail may repeat what they were sent.
      const shown = isGiven ? came : Buffer.from(redaction.clean(came.toString('utf8')))
      return { status, headers: response.headers, body: shown }
    } catch (error) {
      logged({ failure: reasonOf(error) })
      if (signal.aborted) throw signal.reason
      if ((error as { code?: unknown }).code === 'UND_ERR_INVALID_ARG') throw unsendable(error)
      if (error instanceof ConnectorError)
        throw new ConnectorError(`${method} ${url.pathname}: ${error.message}`, error.failureType)
      throw isTlsError(error) ? tlsErrorOf(url, error) : networkErrorOf(method, url, error)
    }
  }
}

const unsendable = (error: unknown): ConnectorError =>
  new ConnectorError(
    'The access token, or the name of the marketplace, has a character that cannot be sent in a request. Copy it again, as a whole.',
    'config_error',
    { cause: error },
  )

const networkErrorOf = (method: string, url: URL, error: unknown): HttpError =>
  new HttpError(
    `${method} ${url.pathname}: no whole answer from ${url.host} (${reasonOf(error)}).`,
    'transient_error',
    {
      cause: error,
    },
  )

function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' && code !== '' ? code : messageOf(error)
}

/**
 * Connections to an origin, through the proxy that the usual environment variables name, except to this machine itself.
 * `lookup` resolves names in the place of Node's own.
 */
export function dispatcherFor(origin: string, lookup?: LookupFunction): Dispatcher {
  const { hostname } = new URL(origin)
  const options = lookup && { connect: { lookup } }
  if (isThisMachine(hostname)) return new Agent(options)
  try {
    return new EnvHttpProxyAgent(options)
  } catch (error) {
    // Its address may hold a password.
    throw new ConnectorError(
      'The address of the proxy in HTTPS_PROXY or HTTP_PROXY cannot be read: it should look like http://proxy.example:3128.',
      'config_error',
      { cause: error },
    )
  }
}
