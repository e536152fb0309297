import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici'
import { systemClock } from '../model/clock.ts'
import { ConnectorError, HttpError, messageOf } from '../model/errors.ts'
import type { Log } from '../model/message.ts'
import type { Timeouts } from '../model/runtime.ts'
import { isTlsError, tlsErrorOf } from './failure.ts'
import type { Headers } from './limits/headers.ts'
import { createRedaction, type Redaction } from './redaction.ts'
import { type LoggedOutcome, requestLine } from './request-line.ts'

/** One complete answer; its body is unzipped. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Buffer
}

/** Sends one request to the account, once. Throws a ConnectorError if no complete answer comes. */
export type Send = (asked: {
  readonly url: URL
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: object
  /** The streams that need the answer, for the log. */
  readonly streams?: readonly string[] | undefined
}) => Promise<Answer>

/** Zendesk itself gives up after a minute, and a heavy export page is silent for nearly as long. */
const TIMEOUTS: Timeouts = { headers: 120_000, silence: 60_000, slowest: { bytes: 250_000, in: 60_000 } }

/** The most memory that is reserved because a body claims to need it, in bytes. */
const MOST_AT_ONCE = 64 * 1024 * 1024

/** How much is read of an answer that is no page, in bytes. */
const LONGEST_FAILURE = 65_536

const gunzipped = promisify(gunzip)

/**
 * Unzips a complete body. Its last four bytes are its unzipped length: it is written to one buffer of that length, instead
 * of many that would have to be joined.
 */
function unzip(body: Buffer): Promise<Buffer> {
  const reported = body.length >= 4 ? body.readUInt32LE(body.length - 4) : 0
  return gunzipped(body, { chunkSize: Math.max(1024, Math.min(reported + 1, MOST_AT_ONCE)) })
}

export interface TransportOptions {
  /** Headers that every request has, besides its own. */
  readonly always?: Readonly<Record<string, string>>
  readonly timeouts?: Timeouts | undefined
  /** Learns the secrets that are sent. */
  readonly redaction?: Redaction
  /** Takes a line for each request, at level `debug`. */
  readonly log?: Log
}

/**
 * Sends requests to one origin (scheme, host and port), and to no other: redirects are not followed. `Send` throws the
 * signal's reason once it is aborted.
 */
export function createTransport(
  origin: string,
  signal: AbortSignal,
  { always = {}, timeouts = TIMEOUTS, redaction = createRedaction(), log = () => undefined }: TransportOptions = {},
): Send {
  const dispatcher = dispatcherFor(origin)
  return async ({ url, method = 'GET', headers = {}, body, streams }) => {
    // The credentials go to the configured host only, whatever a path may hold.
    if (url.origin !== new URL(origin).origin)
      throw new ConnectorError(
        `Refused to send the credentials to ${url.origin}: the account is at ${origin}.`,
        'system_error',
      )
    redaction.sent(headers['authorization'], body)
    const began = systemClock.now()
    const logged = (outcome: LoggedOutcome): void =>
      log('debug', requestLine({ method, path: url.pathname, streams, ms: systemClock.now() - began, ...outcome }))
    try {
      const response = await request(url, {
        dispatcher,
        signal,
        method,
        headersTimeout: timeouts.headers,
        bodyTimeout: timeouts.silence,
        headers: {
          accept: 'application/json',
          'accept-encoding': 'gzip',
          'user-agent': 'zendesk-connector',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...always,
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const raw = await wholeBody(response.body, timeouts.slowest)
      const zipped = response.headers['content-encoding'] === 'gzip' && raw.length > 0
      const whole = zipped ? await unzip(raw) : raw
      const status = response.statusCode
      logged({ status, bytes: raw.length, headers: response.headers })
      const isGiven = status === 200 || status === 203 || (status === 201 && method === 'POST')
      // Servers and proxies that fail may repeat what they were sent.
      const shown = isGiven ? whole : Buffer.from(redaction.clean(whole.toString('utf8', 0, LONGEST_FAILURE)))
      return { status, headers: response.headers, body: shown }
    } catch (error) {
      logged({ failure: reasonOf(error) })
      if (signal.aborted) throw signal.reason
      if ((error as { code?: unknown }).code === 'UND_ERR_INVALID_ARG') throw unsendable(error)
      throw isTlsError(error) ? tlsErrorOf(url, error) : networkErrorOf(method, url, error)
    }
  }
}

async function wholeBody(body: AsyncIterable<Buffer>, slowest: Timeouts['slowest']): Promise<Buffer> {
  const chunks: Buffer[] = []
  let since = systemClock.now()
  let bytes = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    bytes += chunk.length
    if (systemClock.now() - since < slowest.in) continue
    if (bytes < slowest.bytes) throw new Error(`only ${bytes} bytes in ${slowest.in / 1000} s`)
    since = systemClock.now()
    bytes = 0
  }
  return Buffer.concat(chunks)
}

const unsendable = (error: unknown): ConnectorError =>
  new ConnectorError(
    'The access token, or the name of the marketplace, holds a character that no request can carry. Was it copied whole?',
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

/** Connections to an origin, through the proxy that the usual environment variables name, except to this machine itself. */
export function dispatcherFor(origin: string): Dispatcher {
  const { hostname } = new URL(origin)
  const isLocal = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
  return isLocal ? new Agent() : new EnvHttpProxyAgent()
}
