import type { Operator } from './query.ts'

/** A time or a stretch of time as a query names it, in epoch seconds: from the first second to before the second one. */
export type Span = { readonly from: number; readonly to: number }

const UNITS: Readonly<Record<string, number>> = {
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 7 * 86_400,
  month: 30 * 86_400,
  year: 365 * 86_400,
}

/**
 * Reads `2025`, `2025-03`, `2025-03-04`, an ISO time with a zone (UTC without one), or `4hours`, which means the time
 * that long before now. Undefined if the text is no time.
 */
export function spanOf(text: string, now: number): Span | undefined {
  const ago = /^(\d{1,6})\s?(minute|hour|day|week|month|year)s?$/i.exec(text)
  if (ago !== null) {
    const at = now - Number(ago[1]) * (UNITS[(ago[2] ?? '').toLowerCase()] ?? 0)
    return { from: at, to: at }
  }
  const day = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(text)
  if (day !== null) {
    const [year, month, date] = day.slice(1).map((part) => (part === undefined ? undefined : Number(part)))
    const at = (addYears: number, addMonths: number, addDays: number) =>
      Date.UTC((year ?? 0) + addYears, (month ?? 1) - 1 + addMonths, (date ?? 1) + addDays) / 1000
    return { from: at(0, 0, 0), to: month === undefined ? at(1, 0, 0) : date === undefined ? at(0, 1, 0) : at(0, 0, 1) }
  }
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text)) return undefined
  // A plus sign that wasn't escaped in the address arrives as a blank.
  const iso = text.replace(/ (\d{2}:?\d{2})$/, '+$1').replace(' ', 'T')
  const at = Date.parse(/(Z|[+-]\d{2}:?\d{2})$/i.test(iso) ? iso : `${iso}Z`)
  return Number.isNaN(at) ? undefined : { from: Math.floor(at / 1000), to: Math.floor(at / 1000) + 1 }
}

/** Whether a time (epoch seconds, 0 for never) lies as the operator says. */
export function compareTime(at: number, operator: Operator, { from, to }: Span): boolean {
  if (at === 0) return false
  if (operator === '>') return at >= to && at > from
  if (operator === '>=') return at >= from
  if (operator === '<') return at < from
  if (operator === '<=') return at < Math.max(to, from + 1)
  return from === to ? at >= from : at >= from && at < to
}
