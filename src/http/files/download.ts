import { type Dispatcher, request } from 'undici'
import { type Clock, systemClock } from '../../model/clock.ts'
import { ConnectorError } from '../../model/errors.ts'
import type { Log } from '../../model/message.ts'
import type { Session, Timeouts } from '../../model/runtime.ts'
import { isThisMachine } from '../../model/this-machine.ts'
import { fastEnough } from '../body-chunks.ts'
import { endingInTime } from '../in-time.ts'
import type { Headers } from '../limits/headers.ts'
import { createRateLimiter, type RateLimiter } from '../limits/rate-limiter.ts'
import { requestLine } from '../request-line.ts'
import { refusedFor } from '../retry.ts'
import { dispatcherFor } from '../transport.ts'
import { fileHostsFor } from './private-hosts.ts'
import type { Reach } from './reach.ts'

/** How many redirects of one file are followed. */
const MOST_REDIRECTS = 5

/** Connections to so many hosts are remembered; a sync has two or three. */
const MOST_HOSTS = 32

/** What a request for a file came to: the last answer after all redirects, its body not read yet, or why there is none. */
export type Opened = { readonly host: string } & (
  | {
      readonly status: number
      readonly headers: Headers
      readonly chunks: AsyncIterable<Uint8Array>
      /** Reads what is left of the body, and throws it away. */
      readonly dump: () => Promise<void>
      /** The credentials that were sent to the account; undefined if none were. */
      readonly authorization: string | undefined
    }
  | { readonly error: unknown }
  | { readonly outOfReach: true }
)

/** Requests a file from byte `from` on, after so many refusals by a limit in a row. */
export type Open = (url: URL, from: number, refusals: number) => Promise<Opened>

export interface OpenOptions {
  /** Scheme, host and port of the account. */
  readonly origin: string
  readonly session: Session
  /** That of the account; other hosts have one each. */
  readonly rateLimiter: RateLimiter
  readonly reach: Reach
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly log: Log
  readonly timeouts: Timeouts
}

/** A host that files come from. */
interface FileHost {
  readonly dispatcher: Dispatcher
  readonly rateLimiter: RateLimiter
  /** Until when it was last reported to wait for a limit; epoch ms. */
  reported: number
}

/**
 * Requests files by their URLs, and follows redirects to the storage that has the bytes. Credentials are sent to the account
 * only, and never after a redirect to another host. `Open` throws a ConnectorError for a URL that is not safe, and what the
 * session throws.
 */
export function createOpen(options: OpenOptions): Open {
  const { origin, session, reach } = options
  const inside = fileHostsFor(origin)
  const hosts = new Map<string, FileHost>()
  const hostOf = (one: string): FileHost => {
    const rateLimiter = one === origin ? options.rateLimiter : createRateLimiter({ account: 1 }, options.clock)
    const host = hosts.get(one) ?? { dispatcher: dispatcherFor(one, inside.lookup), rateLimiter, reported: 0 }
    hosts.set(one, host)
    const [oldest] = hosts.keys()
    if (hosts.size > MOST_HOSTS && oldest !== undefined) {
      void hosts.get(oldest)?.dispatcher.close()
      hosts.delete(oldest)
    }
    return host
  }
  return async (url, from, refusals) => {
    let at = url
    let isOurs = url.origin === origin
    let authorization: string | undefined
    for (let redirects = 0; ; redirects++) {
      const { host } = at
      checkSafe(at, origin)
      await inside.check(at)
      if (!reach.mayAsk(host)) return { host, outOfReach: true }
      if (isOurs) authorization = await session.header()
      const headers = {
        ...(isOurs && authorization !== undefined && { authorization }),
        ...(from > 0 && { range: `bytes=${from}-` }),
      }
      const answer = await ask(at, hostOf(at.origin), { headers, refusals }, options)
      if ('error' in answer) return { host, ...answer }
      const { statusCode: status, body } = answer
      const location = status >= 300 && status < 400 ? answer.headers['location'] : undefined
      if (typeof location !== 'string')
        return {
          host,
          status,
          headers: answer.headers,
          chunks: fastEnough(body, options.timeouts.slowest),
          dump: () => body.dump(),
          authorization,
        }
      await body.dump()
      if (redirects === MOST_REDIRECTS || !URL.canParse(location, at))
        throw new ConnectorError('its address leads nowhere', 'system_error')
      at = new URL(location, at)
      isOurs &&= at.origin === origin
    }
  }
}

/** One request within the host's limits: its answer, or what the connection threw. Throws what is no failure of the host. */
async function ask(
  url: URL,
  host: FileHost,
  { headers, refusals }: { readonly headers: Readonly<Record<string, string>>; readonly refusals: number },
  { signal, clock, log, timeouts }: OpenOptions,
): Promise<Dispatcher.ResponseData | { readonly error: unknown }> {
  const onWait = (until: number): void => {
    if (until <= host.reported + 1000) return
    host.reported = until
    log('info', `The limit of ${url.host} is used up; files go on in ${Math.ceil((until - clock.now()) / 1000)} s.`)
  }
  const permit = await host.rateLimiter.permit(
    { path: 'files' },
    { signal, patience: Number.POSITIVE_INFINITY, onWait },
  )
  const began = systemClock.now()
  try {
    const asked = {
      dispatcher: host.dispatcher,
      headersTimeout: timeouts.headers,
      bodyTimeout: timeouts.silence,
      headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'zendesk-connector', ...headers },
    }
    const answer = await request(url, { ...asked, signal, onInfo: endingInTime(timeouts.headers) })
    const { statusCode: status } = answer
    permit.answered(answer.headers, refusedFor({ status, headers: answer.headers }, refusals, clock.now()))
    // Whoever has the URL of a file can get the file: only its host is logged.
    const path = `a file of ${url.host}`
    const bytes = Number(answer.headers['content-length'] ?? 0)
    const ms = systemClock.now() - began
    log('debug', requestLine({ method: 'GET', path, ms, status, bytes, headers: answer.headers }))
    return answer
  } catch (error) {
    if (signal.aborted) throw signal.reason
    // An address that is not safe.
    if (error instanceof ConnectorError) throw error
    return { error }
  } finally {
    permit.lost()
  }
}

/** Throws a ConnectorError unless the connection is encrypted, or the account is on this machine without TLS, like a sandbox. */
function checkSafe({ protocol, hostname }: URL, origin: string): void {
  if (protocol === 'https:' || (protocol === 'http:' && isThisMachine(hostname) && origin.startsWith('http:'))) return
  throw new ConnectorError(`its address leads to ${protocol}//${hostname}, which is not encrypted`, 'system_error')
}
