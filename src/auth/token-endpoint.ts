import { isTlsError } from '../http/failure.ts'
import { retryDelay } from '../http/retry.ts'
import type { Answer, Send } from '../http/transport.ts'
import { sleep, systemClock } from '../model/clock.ts'
import { ConnectorError, HttpError, messageOf } from '../model/errors.ts'
import type { Log } from '../model/message.ts'

export interface TokenEndpointOptions {
  readonly origin: string
  /** Left out: that of an account. */
  readonly path?: string
  readonly send: Send
  readonly signal: AbortSignal
  readonly log: Log
  /** For how many ms a failing request is retried. */
  readonly retryBudget: number
}

/**
 * Sends requests to the account's token endpoint, and retries them if no complete answer comes. Resolves to any answer that
 * a retry will not change, refusals too. Throws an HttpError if the retry budget is spent, and the signal's reason.
 * https://developer.zendesk.com/api-reference/ticketing/oauth/grant_type_tokens/
 */
export function createTokenEndpoint({
  origin,
  path = '/oauth/tokens',
  send,
  signal,
  log,
  retryBudget,
}: TokenEndpointOptions) {
  const url = new URL(path, origin)
  return async (body: object): Promise<{ status: number; body: unknown }> => {
    const until = systemClock.now() + retryBudget
    for (let failures = 0; ; failures++) {
      const outcome = await answered(send, url, body)
      const isGiven = 'status' in outcome && outcome.status < 300
      const wait = isGiven ? undefined : retryDelay(outcome, failures)
      if ('status' in outcome && wait === undefined) return { status: outcome.status, body: outcome.body }
      const error = 'status' in outcome ? refusal(url, outcome.status) : outcome.error
      if (signal.aborted || !(error instanceof ConnectorError) || isTlsError(error)) throw error
      if (systemClock.now() + (wait ?? 0) > until) throw error
      log('warn', `${messageOf(error)} Trying again in ${((wait ?? 0) / 1000).toFixed(1)} s (attempt ${failures + 2}).`)
      await sleep(systemClock, wait ?? 0, signal)
    }
  }
}

type Answered =
  | { readonly status: number; readonly headers: Answer['headers']; readonly body: unknown }
  | { readonly error: unknown }

async function answered(send: Send, url: URL, body: object): Promise<Answered> {
  try {
    const answer = await send({ url, method: 'POST', body })
    const json = jsonIn(answer.body)
    // A success that was cut short is no answer.
    if (answer.status < 300 && json === undefined) return { error: refusal(url, answer.status) }
    return { status: answer.status, headers: answer.headers, body: json }
  } catch (error) {
    return { error }
  }
}

function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    // An HTML page, or cut short: the status says what to do.
    return undefined
  }
}

const refusal = (url: URL, status: number): HttpError =>
  new HttpError(`POST ${url.pathname}: HTTP ${status} without the JSON that was expected.`, 'transient_error', {
    status,
  })
