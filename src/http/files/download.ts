import { type Dispatcher, request } from 'undici'
import { systemClock } from '../../model/clock.ts'
import { ConnectorError } from '../../model/errors.ts'
import type { Log } from '../../model/message.ts'
import type { Session } from '../../model/runtime.ts'
import { requestLine } from '../request-line.ts'
import { dispatcherFor } from '../transport.ts'

/** How often one file may be sent on to another address. */
const MOST_REDIRECTS = 5

/** Silence before an answer, and in the middle of one, in ms. */
const TIMEOUTS = { headers: 60_000, silence: 60_000 }

export type Body = Dispatcher.ResponseData['body']

/** The answer of whoever has the file at last; its body is still to come. */
export interface Opened {
  readonly status: number
  readonly headers: Dispatcher.ResponseData['headers']
  readonly body: Body
  /** The credentials that the account was sent; undefined where none were. */
  readonly authorization: string | undefined
}

/** Asks for a file from byte `from` on. */
export type Open = (url: URL, from: number) => Promise<Opened>

/**
 * Asks for files by their addresses, and follows where they lead: to the storage that has the bytes. The account alone is
 * shown the credentials, and no more once it has sent us on. Throws a ConnectorError for an address that is not safe, and
 * what the connection throws.
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
      // The address of a file is as good as the file: its host is all that is logged.
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

/** Files come encrypted, unless the account itself is on this machine without encryption, as a sandbox is. */
function checkSafe({ protocol, hostname }: URL, origin: string): void {
  const isLocal = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
  if (protocol === 'https:' || (protocol === 'http:' && isLocal && origin.startsWith('http:'))) return
  throw new ConnectorError(`its address leads to ${protocol}//${hostname}, which is not encrypted`, 'system_error')
}
