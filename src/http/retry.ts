import { systemClock } from '../model/clock.ts'

/** What one attempt came to. `retryAfter` is the header of that name as it came. */
export type Outcome =
  | { readonly status: number; readonly retryAfter?: string | undefined }
  | { readonly error: unknown }

/** Zendesk's transient answers; 409 is a collision in its database. 520 to 524 come from the network before it. */
const isTransient = (status: number): boolean => status === 408 || status === 409 || status === 425 || status >= 500

/** What clients wait where Zendesk names no time. */
const UNNAMED_LIMIT_SECONDS = 10
const LONGEST_BACKOFF = 30_000

/**
 * How long to wait before the next attempt, in ms; undefined: this answer will not change. `Retry-After` is obeyed in
 * full, to the second or the date it names.
 * https://developer.zendesk.com/api-reference/introduction/rate-limits/#handling-errors-caused-by-rate-limiting
 */
export function retryDelay(
  outcome: Outcome,
  failures: number,
  now = systemClock.now(),
  jitter = Math.random(),
): number | undefined {
  const backoff = Math.min(2 ** failures * 500, LONGEST_BACKOFF) * (0.5 + jitter / 2)
  if (!('status' in outcome)) return backoff
  const named = retryAfterOf(outcome.retryAfter, now)
  if (outcome.status === 429) return named ?? UNNAMED_LIMIT_SECONDS * 1000
  return isTransient(outcome.status) ? (named ?? backoff) : undefined
}

function retryAfterOf(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header.trim() === '') return undefined
  const seconds = Number(header)
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}
