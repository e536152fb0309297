import { type Dispatcher, request } from 'undici'
import { systemClock } from '../../model/clock.ts'
import { ConnectorError } from '../../model/errors.ts'
import type { Log } from '../../model/message.ts'
import type { Session } from '../../model/runtime.ts'
import { requestLine } from '../request-line.ts'
import { dispatcherFor } from '../transport.ts'

/** How many redirects of one file are followed. */
const MOST_REDIRECTS = 5

/** The longest silence before an answer, and in the middle of one, in ms. */
const TIMEOUTS = { headers: 60_000, silence: 60_000 }

export type Body = Dispatcher.ResponseData['body']

/** The last answer after all redirects; its body has not been read yet. */
export interface Opened {
  readonly status: number
  readonly headers: Dispatcher.ResponseData['headers']
  readonly body: Body
  /** The credentials that were sent to the account; undefined if none were. */
  readonly authorization: string | undefined
}

/** Requests a file from byte `from` on. */
export type Open = (url: URL, from: number) => Promise<Opened>

/**
 * Requests files by their URLs, and follows redirects to the storage that has the bytes. Credentials are sent to the account
 * only, and never after a redirect to another host. `Open` throws a ConnectorError for a URL that is not encrypted, and what
 * the connection throws.
 */
export function createOpen(origin: string, session: Session, signal: AbortSignal, log: Log): Open {
  const dispatchers = new Map<string, Dispatcher>()
  const dispatcherOf = (one: string): Dispatcher => {
    const known = dispatchers.get(one) ?? dispatcherFor(one)
    dispatchers.set(one, known)
    return known
  }
  return async (url, from) => {
    let at = url
    let isOurs = url.origin === origin
    let authorization: string | undefined
    for (let redirects = 0; ; redirects++) {
      checkSafe(at, origin)
      if (isOurs) authorization = await session.header()
      const began = systemClock.now()
      const response = await request(at, {
        dispatcher: dispatcherOf(at.origin),
        signal,
        headersTimeout: TIMEOUTS.headers,
        bodyTimeout: TIMEOUTS.silence,
        headers: {
          accept: '*/*',
          'accept-encoding': 'identity',
          'user-agent': 'zendesk-connector',
          ...(isOurs && authorization !== undefined && { authorization }),
          ...(from > 0 && { range: `bytes=${from}-` }),
        },
      })
      const { statusCode: status, headers, body } = response
      const bytes = Number(headers['content-length'] ?? 0)
      // Whoever has the URL of a file can get the file: only its host is logged.
      log(
        'debug',
        requestLine({
          method: 'GET',
          path: `a file of ${at.host}`,
          ms: systemClock.now() - began,
          status,
          bytes,
          headers,
        }),
      )
      const location = status >= 300 && status < 400 ? headers['location'] : undefined
      if (typeof location !== 'string') return { status, headers, body, authorization }
      await body.dump()
      if (redirects === MOST_REDIRECTS || !URL.canParse(location, at))
        throw new ConnectorError('its address leads nowhere', 'system_error')
      at = new URL(location, at)
      isOurs &&= at.origin === origin
    }
  }
}

/** Throws a ConnectorError unless the connection is encrypted, or the account is on this machine without TLS, like a sandbox. */
function checkSafe({ protocol, hostname }: URL, origin: string): void {
  const isLocal = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
  if (protocol === 'https:' || (protocol === 'http:' && isLocal && origin.startsWith('http:'))) return
  throw new ConnectorError(`its address leads to ${protocol}//${hostname}, which is not encrypted`, 'system_error')
}
