import { type Clock, sleep, systemClock } from '../model/clock.ts'
import { ConnectorError, HttpError, messageOf } from '../model/errors.ts'
import type { Log } from '../model/message.ts'
import type { Session } from '../model/runtime.ts'
import type { GetPage, Page, PageRequest, Query } from '../model/stream.ts'
import { setAnsweredAt, setAskedSize } from '../model/stream.ts'
import { pageIn } from './body.ts'
import { httpErrorOf, isTimeout } from './failure.ts'
import type { Headers } from './limits/headers.ts'
import type { RateLimiter } from './limits/rate-limiter.ts'
import { createPageSizes } from './page-size.ts'
import { LONGEST_REFUSED, refusedFor, retryDelay } from './retry.ts'
import { httpDate, retryAfterOf } from './retry-after.ts'
import type { Answer, Send } from './transport.ts'

export interface ClientOptions {
  /** Scheme, host and port of the account; requests go there and nowhere else. */
  readonly origin: string
  /** What comes before every path. Left out: `/api/v2/`. */
  readonly base?: string
  readonly send: Send
  readonly session: Session
  readonly rateLimiter: RateLimiter
  readonly signal: AbortSignal
  readonly log: Log
  /** Called when these streams have to wait for a limit, until `until` (epoch ms). */
  readonly onWait: (streams: readonly string[], until: number) => void
  /** For how many ms a failing request is retried; waits for a limit do not count. */
  readonly retryBudget: number
  /** The longest wait for a limit that is accepted, in ms. Left out: any. */
  readonly limitBudget?: number
  readonly clock?: Clock
}

/**
 * Gets pages of one Zendesk account. An attempt is request, whole body and parse, so that an answer that is truncated or no
 * JSON is retried like any other failure, and never taken for an empty page.
 * Throws an HttpError if a retry will not help or the retry budget is spent, and the signal's reason once it is aborted.
 */
export function createClient(options: ClientOptions): GetPage {
  const { session, signal, log, retryBudget } = options
  const { limitBudget = Number.POSITIVE_INFINITY, clock = systemClock } = options
  const sizes = createPageSizes()

  return async (request) => {
    let failing = 0
    let failures = 0
    let refusals = 0
    let refusedSince = 0
    let renewed = false
    for (;;) {
      signal.throwIfAborted()
      const ways = { ...options, clock, limitBudget, refusals }
      const { outcome, authorization, took, limit } = await attempt(sizes.fitted(request), ways)
      if ('page' in outcome) {
        sizes.succeeded(request)
        return outcome.page
      }
      signal.throwIfAborted()
      const isUnsigned = 'status' in outcome && outcome.status === 401
      if (isUnsigned && !renewed && (await session.renew(authorization))) {
        renewed = true
        continue
      }
      renewed &&= isUnsigned
      if (refusals === 0) refusedSince = clock.now()
      if (limit !== undefined && limit <= limitBudget && clock.now() - refusedSince < LONGEST_REFUSED) {
        refusals++
        continue
      }
      if (limit !== undefined || request.once) throw outcome.error
      refusals = 0
      failures++
      failing += took
      const named = 'status' in outcome ? retryAfterOf(outcome.headers, clock.now()) : undefined
      const isSmaller = !named && isTooHeavy(outcome, failures) && sizes.halve(request)
      const wait = isSmaller ? 0 : retryDelay(outcome, failures - 1, clock.now())
      if (wait === undefined || outcome.error.failureType !== 'transient_error') throw outcome.error
      if (!isSmaller && (failing + wait > retryBudget || wait > limitBudget))
        throw givenUp(outcome.error, { tries: failures, milliseconds: failing, named })
      failing += wait
      const next = isSmaller ? 'Asking for half of the page' : `Trying again in ${(wait / 1000).toFixed(1)} s`
      log('warn', `${messageOf(outcome.error)} ${next} (attempt ${failures + 1}).`)
      await sleep(clock, wait, signal)
    }
  }
}

/** The error for a request that is given up: the last failure, how often it was tried, and how long Zendesk asked to wait. */
function givenUp(
  error: ConnectorError,
  { tries, milliseconds, named }: { tries: number; milliseconds: number; named: number | undefined },
): ConnectorError {
  const asked = named ? ` Zendesk asks to wait ${durationOf(named)}, which is too long to wait.` : ''
  const attempts = `${tries} ${tries === 1 ? 'attempt' : 'attempts'} in ${durationOf(milliseconds)}`
  const message = `${messageOf(error)}${asked} Given up after ${attempts}.`
  const { status, code } = error as Partial<HttpError>
  return new HttpError(message, error.failureType, { status, code, cause: error })
}

const durationOf = (milliseconds: number): string =>
  milliseconds < 120_000 ? `${Math.round(milliseconds / 1000)} s` : `${Math.round(milliseconds / 60_000)} min`

type Attempt =
  | { readonly page: Page; readonly headers: Headers }
  | {
      readonly error: HttpError
      readonly status: number
      readonly headers: Headers
    }
  | { readonly error: ConnectorError }

/** One attempt: a permit, a signature, a request. `took`: how long it took once it had its permit, in ms. */
async function attempt(
  wanted: PageRequest,
  options: ClientOptions & { readonly clock: Clock; readonly limitBudget: number; readonly refusals: number },
) {
  const { origin, send, session, rateLimiter, clock, signal, onWait, limitBudget, refusals } = options
  const { streams } = wanted
  const permit = await rateLimiter.permit(wanted, {
    signal,
    patience: limitBudget,
    onWait: (until) => onWait(streams ?? [], until),
  })
  const began = clock.now()
  try {
    const authorization = await session.header()
    const url = urlOf(origin, wanted)
    let outcome: Attempt
    try {
      outcome = outcomeOf(await send({ url, headers: { authorization }, streams }), url, wanted)
    } catch (error) {
      // A failure that may be retried is an outcome like others.
      if (signal.aborted || !(error instanceof ConnectorError)) throw error
      outcome = { error }
    }
    const limit = 'page' in outcome ? undefined : refusedFor(outcome, refusals, clock.now())
    if ('headers' in outcome) permit.answered(outcome.headers, limit)
    return { outcome, authorization, took: clock.now() - began, limit }
  } finally {
    permit.lost()
  }
}

/** The outcome of an answer. Throws a ConnectorError for a body that is not what the request expects. */
function outcomeOf({ status, headers, body }: Answer, url: URL, wanted: PageRequest): Attempt {
  // 203: a proxy on the way changed something, and says so.
  if (status === 200 || status === 203) {
    const page = pageIn(body, url, wanted)
    const at = httpDate(headers['date'])
    if (at !== undefined) setAnsweredAt(page, at / 1000)
    if (wanted.sizedBy !== undefined) setAskedSize(page, Number(wanted.query?.[wanted.sizedBy]))
    return { page, headers }
  }
  return {
    status,
    headers,
    error: httpErrorOf(url, status, body.toString('utf8'), headers),
  }
}

/**
 * Whether a page of this size is too much: Zendesk says that it took too long, or there was no answer in time twice. The
 * 504 of a gateway in between has another text, and is also believed only the second time.
 */
const isTooHeavy = (outcome: Attempt, failures: number): boolean => {
  if (!('status' in outcome)) return 'error' in outcome && failures > 1 && isTimeout(outcome.error)
  return outcome.status === 504 && (failures > 1 || /upstream request timeout/i.test(messageOf(outcome.error)))
}

/** The URL of a request. Throws a ConnectorError for a path that would lead elsewhere: ids and keys in it are Zendesk's. */
export function urlOf(origin: string, { path, query }: Pick<PageRequest, 'path' | 'query'>, base = '/api/v2/'): URL {
  const isPath = path
    .split('/')
    .every((part) => /^[\w.~!$&'()*+,;=:@%-]+$/.test(part) && !/^(\.|%2e){1,2}$/i.test(part))
  if (!isPath)
    throw new ConnectorError(
      `There is no endpoint ${JSON.stringify(path).slice(0, 200)}: an id or a key in it is not valid.`,
      'system_error',
    )
  const url = new URL(`${base}${path}`, origin)
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(query ?? ({} as Query)))
    for (const one of [value].flat()) parameters.append(key, String(one))
  // At once: each parameter that is added to a URL has it written and read anew.
  url.search = parameters.toString()
  return url
}
