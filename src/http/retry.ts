import { systemClock } from '../model/clock.ts'
import { LONGEST_BELIEVED } from './limits/bucket.ts'
import type { Headers } from './limits/headers.ts'
import { retryAfterOf } from './retry-after.ts'

/** The outcome of one attempt. */
export type Outcome = { readonly status: number; readonly headers?: Headers } | { readonly error: unknown }

/** How long to wait for a limit if Zendesk names no time. */
const UNNAMED_LIMIT_SECONDS = 10
const SHORTEST_BACKOFF = 1_000
const LONGEST_BACKOFF = 30_000

/**
 * Whether a retry may help after an answer with this status, which is no page. 409 is a collision in Zendesk's database; 520
 * to 524 come from the network in front of it. 413 is transient only if the answer says for how long (RFC 9110).
 */
export const isTransient = (status: number, namesTime = false): boolean =>
  [408, 409, 425, 429].includes(status) || status >= 500 || status < 300 || (status === 413 && namesTime)

/**
 * How long to wait before the next attempt, in ms; undefined if a retry will not help. `Retry-After` is kept in full, with
 * any status; one that cannot be read or is in the past never makes the wait shorter than our own.
 * https://developer.zendesk.com/api-reference/introduction/rate-limits/#handling-errors-caused-by-rate-limiting
 */
export function retryDelay(
  outcome: Outcome,
  failures: number,
  now = systemClock.now(),
  jitter = Math.random(),
): number | undefined {
  const least = Math.min(2 ** failures * SHORTEST_BACKOFF, LONGEST_BACKOFF)
  const backoff = Math.min(least * (1 + jitter / 2), LONGEST_BACKOFF)
  if (!('status' in outcome)) return backoff
  const named = retryAfterOf(outcome.headers ?? {}, now)
  if (!isTransient(outcome.status, named !== undefined)) return undefined
  if (named !== undefined) return Math.max(least, named)
  return outcome.status === 429 ? Math.max(least, UNNAMED_LIMIT_SECONDS * 1000) : backoff
}

/** What limits refuse for as long as this, in ms, without an end, is given up. */
export const LONGEST_REFUSED = 24 * 3_600_000

/** For how many ms a limit refuses more, after so many refusals in a row, if that is the answer. */
export const refusedFor = (outcome: Outcome, refusals: number, now: number): number | undefined =>
  'status' in outcome && outcome.status === 429
    ? Math.min(retryDelay(outcome, refusals, now) ?? 0, LONGEST_BELIEVED)
    : undefined
