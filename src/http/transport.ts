import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici'
import { ConnectorError, HttpError, messageOf } from '../errors.ts'
import { isTlsError, tlsErrorOf } from './failure.ts'
import type { Headers } from './governor.ts'

/** One whole answer; its body is unzipped. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Buffer
}

/** One attempt at one request to the account. Throws a ConnectorError where no whole answer came. */
export type Send = (asked: {
  readonly url: URL
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: object
}) => Promise<Answer>

/** Zendesk gives up by itself after a minute; a heavy export page is silent nearly as long. */
const HEADERS_TIMEOUT = 120_000
/** Silence in the middle of a body. */
const BODY_TIMEOUT = 60_000

/** A body that comes at less than this has stalled, though it is never silent for long. */
const SLOWEST = { bytes: 10_000, in: 60_000 }

const unzip = promisify(gunzip)

/** The way to one origin (scheme, host and port), and to no other. The signal's reason is thrown when it is given. */
export function createTransport(origin: string, signal: AbortSignal): Send {
  const dispatcher = dispatcherFor(origin)
  return async ({ url, method = 'GET', headers = {}, body }) => {
    // The credentials go to the configured host and to no other, whatever a path may hold.
    if (url.origin !== new URL(origin).origin)
      throw new ConnectorError(
        `Refused to send the credentials to ${url.origin}: the account is at ${origin}.`,
        'system_error',
      )
    try {
      const response = await request(url, {
        dispatcher,
        signal,
        method,
        headersTimeout: HEADERS_TIMEOUT,
        bodyTimeout: BODY_TIMEOUT,
        headers: {
          accept: 'application/json',
          'accept-encoding': 'gzip',
          'user-agent': 'zendesk-connector',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const raw = await wholeBody(response.body)
      const zipped = response.headers['content-encoding'] === 'gzip' && raw.length > 0
      return { status: response.statusCode, headers: response.headers, body: zipped ? await unzip(raw) : raw }
    } catch (error) {
      if (signal.aborted) throw signal.reason
      throw isTlsError(error) ? tlsErrorOf(url, error) : networkErrorOf(method, url, error)
    }
  }
}

async function wholeBody(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  let since = Date.now()
  let bytes = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    bytes += chunk.length
    if (Date.now() - since < SLOWEST.in) continue
    if (bytes < SLOWEST.bytes) throw new Error(`only ${bytes} bytes in ${SLOWEST.in / 1000} s`)
    since = Date.now()
    bytes = 0
  }
  return Buffer.concat(chunks)
}

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

/** The usual proxy variables are obeyed, but not for this machine itself. */
function dispatcherFor(origin: string): Dispatcher {
  const { hostname } = new URL(origin)
  const isLocal = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
  return isLocal ? new Agent() : new EnvHttpProxyAgent()
}
