// Requests of any method: what the writer sends. Limits, sign-in and redaction are those of every request.
import type { Call, CallRequest, Reply } from '../model/call.ts'
import { type Clock, sleep, systemClock } from '../model/clock.ts'
import { ANSWER_LOST, ConnectorError, HttpError, messageOf } from '../model/errors.ts'
import { isList, isObject, parse } from './body.ts'
import { type ClientOptions, urlOf } from './client.ts'
import { httpErrorOf, isTlsError } from './failure.ts'
import type { Headers } from './limits/headers.ts'
import { LONGEST_REFUSED, refusedFor, retryDelay } from './retry.ts'
import type { Answer } from './transport.ts'

/** Limits that hold for single seconds: how many ms lie between two requests. https://developer.zendesk.com/api-reference/ticketing/users/users/#create-or-update-user */
const PACES: Readonly<Record<string, number>> = { 'create-update-user': 1_000 }

/** How requests are sent elsewhere than to Support and the Help Center. */
export interface CallOptions extends ClientOptions {
  /** The shortest time between two requests, in ms. Left out: answers alone say what the limits are. */
  readonly pace?: number
  /** 409 is an answer, and no collision in a database that passes. */
  readonly isConflictFinal?: boolean
}

/** Errors that come before anything was sent. */
const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** What became of an attempt. `isUnsent`: it cannot have had an effect. */
type Attempt =
  | { readonly answer: Answer; readonly body: Reply['body'] }
  | { readonly error: ConnectorError; readonly isUnsent: boolean }

/** Sends requests of any method to one account. */
export function createCall(options: CallOptions): Call {
  const { origin, base, session, signal, log, retryBudget, limitBudget = Number.POSITIVE_INFINITY } = options
  const clock = options.clock ?? systemClock
  const paced = createPaces(clock, signal, options.pace)

  return async (request) => {
    const url = urlOf(origin, request, base)
    const mayRepeat = request.method === 'GET' || request.isRepeatable === true || request.idempotencyKey !== undefined
    let [failing, failures, refusals, renewed] = [0, 0, 0, false]
    const began = clock.now()
    for (;;) {
      signal.throwIfAborted()
      await paced(request.bucket)
      const { attempt, authorization, took, limit } = await attemptOf(url, request, {
        ...options,
        clock,
        limitBudget,
        refusals,
      })
      signal.throwIfAborted()
      if (limit !== undefined && limit <= limitBudget && clock.now() - began < LONGEST_REFUSED) {
        refusals++
        continue
      }
      if ('answer' in attempt && !isWorthRepeating(attempt.answer, options.isConflictFinal)) {
        const { status } = attempt.answer
        if (status !== 401) return replyOf(attempt.answer, attempt.body)
        if (renewed || !(await session.renew(authorization))) throw errorOf(url, request, attempt.answer)
        renewed = true
        continue
      }
      refusals = 0
      const error = 'answer' in attempt ? errorOf(url, request, attempt.answer) : attempt.error
      if (!mayRepeat && mayHaveHadEffect(attempt)) throw lost(error)
      failing += took
      const wait = retryDelay('answer' in attempt ? attempt.answer : { error }, failures++, clock.now())
      const isFinal = wait === undefined || failing + wait > retryBudget || wait > limitBudget
      if (isFinal || error.failureType !== 'transient_error') throw mayHaveHadEffect(attempt) ? lost(error) : error
      failing += wait
      log('warn', `${messageOf(error)} Trying again in ${(wait / 1000).toFixed(1)} s (attempt ${failures + 1}).`)
      await sleep(clock, wait, signal)
    }
  }
}

/** Whether another attempt may have another answer. 409 is a collision in Zendesk's database, unless it is the guard's (fact 64). */
const isWorthRepeating = ({ status, body }: Answer, isConflictFinal = false): boolean =>
  status >= 500 ||
  [408, 425, 429].includes(status) ||
  (status === 409 && !isConflictFinal && !/UpdateConflict/.test(String(body)))

/** Whether what failed may have had its effect all the same. A refusal has none, nor has a collision. */
const mayHaveHadEffect = (attempt: Attempt): boolean =>
  'answer' in attempt ? attempt.answer.status >= 500 || attempt.answer.status === 408 : !attempt.isUnsent

/** The error for an answer that was lost: only a look at the account tells whether the request had its effect. */
const lost = (error: ConnectorError): HttpError =>
  new HttpError(error.message, 'transient_error', {
    status: (error as Partial<HttpError>).status,
    code: ANSWER_LOST,
    cause: error,
  })

const errorOf = (url: URL, { method }: CallRequest, { status, body, headers }: Answer): HttpError =>
  httpErrorOf(url, status, body.toString('utf8'), headers, method)

/** One attempt: a permit, a signature, a request. `took`: how long it took once it had its permit, in ms. */
async function attemptOf(
  url: URL,
  request: CallRequest,
  options: ClientOptions & { readonly clock: Clock; readonly limitBudget: number; readonly refusals: number },
) {
  const { send, session, rateLimiter, clock, signal, onWait, limitBudget, refusals } = options
  const { method, body, idempotencyKey, streams } = request
  const permit = await rateLimiter.permit(request, {
    signal,
    patience: limitBudget,
    onWait: (until) => onWait(streams ?? [], until),
  })
  const began = clock.now()
  try {
    const authorization = await session.header()
    const headers = { authorization, ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }) }
    let attempt: Attempt
    try {
      const answer = await send({ url, method, headers, ...(body && { body }), streams })
      attempt = attemptWith(answer, url, request)
    } catch (error) {
      // A failure that may be retried is an outcome like others.
      if (signal.aborted || !(error instanceof ConnectorError)) throw error
      attempt = { error, isUnsent: isUnsent(error) }
    }
    const limit = 'answer' in attempt ? refusedFor(attempt.answer, refusals, clock.now()) : undefined
    if ('answer' in attempt) permit.answered(attempt.answer.headers, limit)
    return { attempt, authorization, took: clock.now() - began, limit }
  } finally {
    permit.lost()
  }
}

function isUnsent({ failureType, cause }: ConnectorError): boolean {
  const code = (cause as { code?: unknown } | undefined)?.code
  return failureType !== 'transient_error' || isTlsError(cause) || (typeof code === 'string' && UNSENT.has(code))
}

function replyOf({ status, headers }: Answer, body: Reply['body']): Reply {
  const requestId = textOf(headers, 'x-request-id')
  const ignored = textOf(headers, 'x-zendesk-api-warn')
  return {
    status,
    body,
    ...(requestId !== undefined && { requestId }),
    ...(ignored !== undefined && { ignored }),
  }
}

const textOf = (headers: Headers, name: string): string | undefined => [headers[name] ?? []].flat()[0]

/** What an answer is worth: one of success without what the request expects may come from a proxy, or be half of one. */
function attemptWith(answer: Answer, url: URL, { method, expects }: CallRequest): Attempt {
  const value = parse(answer.body)
  // What a person wants to see of an error page is in the status.
  const body = isObject(value) ? (value as Reply['body']) : {}
  if (expects === undefined || answer.status >= 300) return { answer, body }
  const isRight = 'list' in expects ? isList(body[expects.list]) : isObject(body[expects.one])
  if (isRight) return { answer, body }
  const what = 'list' in expects ? `the list "${expects.list}"` : `"${expects.one}"`
  const error = new HttpError(
    `${method} ${url.pathname}: Zendesk answered ${answer.status}, but without ${what}, which was expected.`,
    'transient_error',
    { status: answer.status },
  )
  return { error, isUnsent: false }
}

/** Keeps requests of limits that hold for single seconds apart. */
function createPaces(
  clock: Clock,
  signal: AbortSignal,
  ofAll: number | undefined,
): (bucket: string | undefined) => Promise<void> {
  const freeAt = new Map<string, number>()
  return async (bucket = '') => {
    const pace = ofAll ?? PACES[bucket]
    if (pace === undefined) return
    const now = clock.now()
    const at = Math.max(now, freeAt.get(bucket) ?? 0)
    freeAt.set(bucket, at + pace)
    if (at > now) await sleep(clock, at - now, signal)
  }
}
