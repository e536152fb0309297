import { setTimeout as delay } from 'node:timers/promises'
import { ConnectorError, HttpError, messageOf } from '../errors.ts'
import type { Log } from '../message.ts'
import type { GetPage, Page, PageRequest, Query } from '../stream.ts'
import { httpErrorOf, isTlsError } from './failure.ts'
import type { Governor, Headers } from './governor.ts'
import { retryDelay } from './retry.ts'
import type { Send } from './transport.ts'

/** What signs requests. */
export interface Session {
  /** The value of the `Authorization` header; signs in first where that is needed. */
  header(): Promise<string>
  /** Zendesk did not take this header: whether there is another one to try. */
  renew(refused: string): Promise<boolean>
}

export interface ClientOptions {
  /** Scheme, host and port of the account; requests go there and nowhere else. */
  readonly origin: string
  readonly send: Send
  readonly session: Session
  readonly governor: Governor
  /** Headers of every request beside those of its own. */
  readonly headers?: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  readonly log: Log
  /** Told when these streams have to wait for a limit, until `until` (ms since the epoch). */
  readonly onWait: (streams: readonly string[], until: number) => void
  /** For how many ms a request that fails is tried again; waiting for a limit does not count. */
  readonly retryBudget: number
  /** The longest wait for a limit, in ms, that is sat out; any, unless told. */
  readonly limitBudget?: number
}

/**
 * A door to one Zendesk account. One attempt is request, whole body and parse, so that an answer that is cut short or
 * is no JSON is tried again like any other failure, and never taken for an empty page.
 * Throws an HttpError once an answer will not change or the retry budget is spent; the signal's reason when it is given.
 */
export function createClient(options: ClientOptions): GetPage {
  const { governor, session, signal, log, onWait, retryBudget, limitBudget = Number.POSITIVE_INFINITY } = options

  /** One attempt: its turn within the limits, its signature, its answer. */
  const attempted = async (url: URL, wanted: PageRequest) => {
    const turn = await governor.turn(wanted, {
      signal,
      patience: limitBudget,
      onWait: (until) => onWait(wanted.streams ?? [], until),
    })
    try {
      const authorization = await session.header()
      const outcome = await attempt(url, wanted, authorization, options)
      if ('headers' in outcome) turn.answered(outcome.headers, refusedFor(outcome))
      return { outcome, authorization }
    } finally {
      turn.lost()
    }
  }

  return async (request) => {
    let wanted = request
    let failingSince: number | undefined
    let renewed = false
    for (let failures = 0; ; ) {
      signal.throwIfAborted()
      const { outcome, authorization } = await attempted(urlOf(options.origin, wanted), wanted)
      if ('page' in outcome) return outcome.page
      signal.throwIfAborted()
      const isUnsigned = 'status' in outcome && outcome.status === 401
      if (isUnsigned && !renewed && (await session.renew(authorization))) {
        renewed = true
        continue
      }
      renewed &&= isUnsigned
      const lighter = isTooHeavy(outcome) ? halved(wanted) : undefined
      if (lighter) {
        log('info', `${messageOf(outcome.error)} The page was too heavy; half of it is asked for.`)
        wanted = lighter
        continue
      }
      const limit = refusedFor(outcome)
      if (limit !== undefined && limit <= limitBudget) continue
      const wait = limit === undefined ? retryDelay(outcome, failures) : undefined
      if (wait === undefined) throw outcome.error
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
  | { readonly page: Page; readonly headers: Headers }
  | {
      readonly error: HttpError
      readonly status: number
      readonly retryAfter: string | undefined
      readonly headers: Headers
    }
  | { readonly error: ConnectorError }

/** For how many ms a limit refuses more, where that is the answer. */
const refusedFor = (outcome: Attempt): number | undefined =>
  'status' in outcome && outcome.status === 429 ? retryDelay(outcome, 0) : undefined

async function attempt(
  url: URL,
  wanted: PageRequest,
  authorization: string,
  { send, headers: more, signal }: ClientOptions,
): Promise<Attempt> {
  try {
    const { status, headers, body } = await send({ url, headers: { ...more, authorization } })
    if (status === 200) return { page: pageOf(body, url, wanted), headers }
    const retryAfter = headers['retry-after']
    return {
      status,
      headers,
      retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
      error: httpErrorOf(url, status, body.toString('utf8'), headers),
    }
  } catch (error) {
    if (signal.aborted || !(error instanceof ConnectorError)) throw error
    return { error }
  }
}

/** Zendesk's word for a page that takes it longer than it allows itself: the same page will not come. */
const isTooHeavy = (outcome: Attempt): boolean =>
  'status' in outcome && outcome.status === 504 && /upstream request timeout/i.test(outcome.error.message)

const SIZES = ['per_page', 'page[size]', 'limit']

/** The same request for half as many rows; undefined where it names no size, or cannot be smaller. */
function halved(wanted: PageRequest): PageRequest | undefined {
  const name = SIZES.find((size) => Number(wanted.query?.[size]) > 1)
  if (name === undefined) return undefined
  return { ...wanted, query: { ...wanted.query, [name]: Math.floor(Number(wanted.query?.[name]) / 2) } }
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

function urlOf(origin: string, { path, query }: PageRequest): URL {
  const url = new URL(`/api/v2/${path}`, origin)
  for (const [key, value] of Object.entries(query ?? ({} as Query))) url.searchParams.append(key, String(value))
  return url
}
