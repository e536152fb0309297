// The limits that an answer's headers report.
import type { LimitReading } from './bucket.ts'

/** Header fields of an answer, in lower case. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>

const BUCKET_HEADER = /^zendesk-rate-?limit-(.+)$/

/**
 * The account's limit as an answer reports it. Answers of the Help Center do not say when the window ends.
 * https://developer.zendesk.com/api-reference/introduction/rate-limits/#monitoring-your-request-activity
 */
export function accountIn(headers: Headers): LimitReading | undefined {
  const total = Number(headers['x-rate-limit'] ?? headers['ratelimit-limit'] ?? Number.NaN)
  const remaining = Number(headers['x-rate-limit-remaining'] ?? headers['ratelimit-remaining'] ?? Number.NaN)
  const resets = Number(headers['ratelimit-reset'] ?? headers['rate-limit-reset'] ?? Number.NaN)
  if (!(total >= 0 && remaining >= 0 && Number.isFinite(total + remaining))) return undefined
  return { total, remaining, ...(resets >= 0 && { resets: resets * 1000 }) }
}

/**
 * How many jobs may be under way at a time. It has no window: only that it is used up counts.
 * https://developer.zendesk.com/api-reference/ticketing/ticket-management/job_statuses/
 */
const AT_A_TIME = 'inflight-jobs'

/** The limits of single endpoints that an answer reports, by name: `total=10; remaining=9; resets=57`. */
export function bucketsIn(headers: Headers): ReadonlyMap<string, LimitReading> {
  const readings = new Map<string, LimitReading>()
  for (const [header, value] of Object.entries(headers)) {
    const name = BUCKET_HEADER.exec(header)?.[1]
    const values = name && /total=(\d+).*?remaining=(\d+).*?resets=(\d+)/.exec(String(value))
    if (!name || !values) continue
    const [total = 0, remaining = 0, resets = 0] = values.slice(1).map(Number)
    if (name === AT_A_TIME && remaining > 0) continue
    if (Number.isFinite(total + remaining)) readings.set(name, { total, remaining, resets: resets * 1000 })
  }
  return readings
}
