// How long an answer asks to wait: the headers Retry-After and Date.
import type { Headers } from './limits/headers.ts'

/** The three forms of a date in HTTP; anything else that a parser of dates may understand is none. RFC 9110, 5.6.7 */
const HTTP_DATES = [
  /[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT/,
  /[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT/,
  /[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}/,
]
const ANY_DATE = new RegExp(HTTP_DATES.map(({ source }) => source).join('|'), 'g')
const ONE_DATE = new RegExp(`^(?:${ANY_DATE.source})$`)

/** A date of HTTP in epoch ms; undefined for what is none. */
export function httpDate(header: string | readonly string[] | undefined): number | undefined {
  const text = String(header ?? '').trim()
  if (!ONE_DATE.test(text)) return undefined
  const at = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`)
  return Number.isNaN(at) ? undefined : at
}

/**
 * The time in ms that an answer asks to wait; undefined if it names none that can be understood, 0 for one that is over. Of
 * several, as proxies make them, it is the longest. A date counts from the answer's own `Date`: the clocks may differ.
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
