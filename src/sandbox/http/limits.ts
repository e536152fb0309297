import type { Clock } from '../clock.ts'
import { Refusal } from './errors.ts'

/** Requests a minute, or as good as unlimited. */
export const UNLIMITED = 100_000
const WINDOW_MS = 60_000

/** One limit: so many requests in each minute, which begins with its first request. */
export type Bucket = {
  readonly total: number
  /** Takes one; tells whether there was one left. Refused requests count too, as Zendesk counts them. */
  readonly take: () => boolean
  readonly remaining: () => number
  /** Whole seconds until the minute ends, at least 1. */
  readonly resets: () => number
}

/** A bucket on the account's clock. */
export function createBucket(clock: Clock, total: number): Bucket {
  let began = Number.NEGATIVE_INFINITY
  let used = 0
  return {
    total,
    take: () => {
      if (clock.nowMs() - began >= WINDOW_MS) {
        began = clock.nowMs()
        used = 0
      }
      used++
      return used <= total
    },
    remaining: () => Math.max(0, total - used),
    resets: () => Math.max(1, Math.ceil((began + WINDOW_MS - clock.nowMs()) / 1000)),
  }
}

/** A special limit of some endpoints: its name in the header (none: Zendesk doesn't announce it) and its bucket. */
type Special = { readonly name?: string; readonly bucket: Bucket; readonly what: string }

/** The account's limits. */
export type Limits = {
  /** Counts a request; gives the headers of the reply, or throws the 429. */
  readonly charge: (path: string) => Record<string, string>
}

/** Limits from requests a minute for the exports and the account; undefined means none. */
export function createLimits(clock: Clock, exportLimit: number | undefined, accountLimit: number | undefined): Limits {
  const account = createBucket(clock, accountLimit ?? UNLIMITED)
  const special = (limit: number | undefined) => createBucket(clock, limit ?? UNLIMITED)
  const exports = special(exportLimit)
  const users = special(exportLimit === undefined ? undefined : exportLimit * 2)
  const deleted = special(exportLimit)
  const tickets = special(undefined)
  const what = 'incremental export API'

  const specialOf = (path: string): Special | undefined => {
    if (path === '/api/v2/incremental/users/cursor') return { name: 'incremental-exports-cursor', bucket: users, what }
    // Seen without a header of its own, though it is limited like the others.
    if (path === '/api/v2/incremental/ticket_metric_events') return { bucket: exports, what }
    if (path.startsWith('/api/v2/incremental/')) return { name: 'incremental-exports', bucket: exports, what }
    if (path === '/api/v2/deleted_tickets') return { name: 'deleted-tickets-index', bucket: deleted, what: 'API' }
    if (path === '/api/v2/tickets') return { name: 'tickets-index', bucket: tickets, what: 'API' }
    return undefined
  }

  return {
    charge: (path) => {
      const inAccount = account.take()
      const one = specialOf(path)
      const inSpecial = one?.bucket.take() ?? true
      const headers: Record<string, string> = {
        'x-rate-limit': String(account.total),
        'x-rate-limit-remaining': String(account.remaining()),
        'ratelimit-limit': String(account.total),
        'ratelimit-remaining': String(account.remaining()),
        'ratelimit-reset': String(account.resets()),
      }
      if (one?.name !== undefined) {
        const { total, remaining, resets } = one.bucket
        headers[`zendesk-ratelimit-${one.name}`] = `total=${total}; remaining=${remaining()}; resets=${resets()}`
      }
      if (!inAccount) throw tooMany('API', account, headers)
      if (one !== undefined && !inSpecial) throw tooMany(one.what, one.bucket, headers)
      return headers
    },
  }
}

function tooMany(what: string, bucket: Bucket, headers: Record<string, string>): Refusal {
  const description = `Number of allowed ${what} requests per minute exceeded`
  const body = { error: 'APIRateLimitExceeded', description }
  return new Refusal(429, body, { ...headers, 'retry-after': String(bucket.resets()) })
}
