// How long an answer asks to wait: the headers Retry-After and Date.
import type { Headers } from './limits/headers.ts'

/** The three forms of a date in HTTP (RFC 9110, 5.6.7). `Date.parse` would understand others too. */
const HTTP_DATES = [
  /[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT/,
  /[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT/,
  /[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}/,
]
const ANY_DATE = new RegExp(HTTP_DATES.map(({ source }) => source).join('|'), 'g')
const ONE_DATE = new RegExp(`^(?:${ANY_DATE.source})$`)

/** An HTTP date in epoch ms; undefined for any other text. */
export function httpDate(header: string | readonly string[] | undefined): number | undefined {
  const text = String(header ?? '').trim()
  if (!ONE_DATE.test(text)) return undefined
  const at = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`)
  return Number.isNaN(at) ? undefined : at
}

/**
 * The time that an answer asks to wait, in ms; undefined if none can be read, 0 for one in the past. If proxies have made
 * several of it, the longest counts. A date is taken relative to the answer's own `Date`, as clocks may differ.
 */
export function retryAfterOf(headers: Headers, now: number): number | undefined {
  const header = [headers['retry-after'] ?? []].flat().join(', ')
  const at = httpDate(headers['date']) ?? now
  const dates = (header.match(ANY_DATE) ?? []).flatMap((date) => httpDate(date) ?? []).map((date) => date - at)
  const seconds = header
    .replaceAll(ANY_DATE, '')
    .split(',')
    .filter((part) => /^\s*\d+(\.\d+)?\s*$/.test(part))
    .map((part) => Number(part) * 1000)
  const waits = [...dates, ...seconds]
  return waits.length === 0 ? undefined : Math.max(0, ...waits)
}
