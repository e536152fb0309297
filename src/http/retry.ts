import { systemClock } from '../model/clock.ts'
import type { Headers } from './limits/headers.ts'
import { retryAfterOf } from './retry-after.ts'

/** What one attempt came to. */
export type Outcome = { readonly status: number; readonly headers?: Headers } | { readonly error: unknown }

/** What clients wait where Zendesk names no time. */
const UNNAMED_LIMIT_SECONDS = 10
const SHORTEST_BACKOFF = 1_000
const LONGEST_BACKOFF = 30_000

/**
 * Whether an answer with this status, which is no page, may be another one later. 409 is a collision in Zendesk's database; 520 to 524 come
 * from the network before it. What is too large (413) is so for a while only if the answer says for how long (RFC 9110).
 */
export const isTransient = (status: number, namesTime = false): boolean =>
  [408, 409, 425, 429].includes(status) || status >= 500 || status < 300 || (status === 413 && namesTime)

/**
 * How long to wait before the next attempt, in ms; undefined: this answer will not change. `Retry-After` is obeyed in full,
 * whatever status carries it; a time that is none, or is over, never makes the wait shorter than we would choose it.
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
