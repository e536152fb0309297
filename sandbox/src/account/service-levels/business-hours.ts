import { fromLocal, offsetAt, type TimeZone, timeZone } from './time-zone.ts'

const DAY = 86_400
/** Holidays and weeks are counted in local days since 1 January 1970, which was a Thursday. */
const FIRST_WEEKDAY = 4

/** A schedule: when it is open, in minutes since Sunday 0:00 of its time zone, and the days (YYYY-MM-DD) when it is not. */
export type Schedule = {
  readonly timeZone: string
  readonly intervals: readonly { readonly from: number; readonly to: number }[]
  readonly holidays: readonly { readonly first: string; readonly last: string }[]
}

/** When a schedule is open. It never changes: a schedule that is changed gets other
 * hours. Assumed (fact 424): what was measured by then stays. */
export type BusinessHours = {
  /** Open seconds between two epoch seconds; 0 if the second is not after the first. */
  readonly between: (from: number, to: number) => number
  /**
   * The open second before which so many others have passed: time that is over with the day is missed when the next one
   * begins. Undefined if that takes more than ten years.
   */
  readonly after: (from: number, seconds: number) => number | undefined
}

/** Assumed (fact 420): without a schedule, business hours are calendar hours. */
export const ALWAYS: BusinessHours = {
  between: (from, to) => Math.max(0, to - from),
  after: (from, seconds) => from + seconds,
}

/** The hours of a schedule. Days that were asked for are kept. */
export function businessHours({ timeZone: name, intervals, holidays }: Schedule): BusinessHours {
  const zone = timeZone(name)
  const byWeekday = weekOf(intervals)
  const closed = daysOf(holidays)
  const kept = new Map<number, readonly Opening[]>()
  const spansOf = (day: number): readonly Opening[] => {
    const found = kept.get(day)
    if (found !== undefined) return found
    const weekday = (((day + FIRST_WEEKDAY) % 7) + 7) % 7
    const spans = closed.has(day) ? [] : byWeekday[weekday]!.map((span) => inUtc(zone, day, span))
    kept.set(day, spans)
    return spans
  }
  const dayOf = (time: number): number => Math.floor((time + offsetAt(zone, time)) / DAY)
  const total = openSecondsBefore(spansOf)
  const until = (time: number): number => {
    const day = dayOf(time)
    return total(day) + spansOf(day).reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, time) - from), 0)
  }
  return {
    between: (from, to) => (to <= from ? 0 : until(to) - until(from)),
    after(from, seconds) {
      const goal = until(from) + seconds
      const first = dayOf(from)
      for (let day = first; day < first + 3653; day++) {
        if (total(day + 1) <= goal) continue
        let left = goal - total(day)
        for (const span of spansOf(day)) {
          if (span.to - span.from > left) return Math.max(from, span.from + left)
          left -= span.to - span.from
        }
      }
      return undefined
    },
  }
}

type Opening = { readonly from: number; readonly to: number }

/**
 * Open seconds between the day that is asked for first and another one; less than none if that is before it. Days are added up
 * once, and only as far as somebody asks.
 */
function openSecondsBefore(spansOf: (day: number) => readonly Opening[]): (day: number) => number {
  const openOn = (day: number): number => spansOf(day).reduce((sum, { from, to }) => sum + to - from, 0)
  const later: number[] = [0]
  const earlier: number[] = [0]
  let first: number | undefined
  return (day) => {
    first ??= day
    for (let next = later.length; next <= day - first; next++) later.push(later[next - 1]! + openOn(first + next - 1))
    for (let next = earlier.length; next <= first - day; next++) earlier.push(earlier[next - 1]! - openOn(first - next))
    return day < first ? earlier[first - day]! : later[day - first]!
  }
}

/** The seconds of each weekday; an interval over midnight is two. */
function weekOf(intervals: Schedule['intervals']): readonly (readonly Opening[])[] {
  const week: Opening[][] = Array.from({ length: 7 }, () => [])
  for (const { from, to } of intervals)
    for (let weekday = Math.floor(from / 1440); weekday < 7 && weekday * 1440 < to; weekday++)
      week[weekday]!.push({
        from: Math.max(from - weekday * 1440, 0) * 60,
        to: Math.min(to - weekday * 1440, 1440) * 60,
      })
  return week
}

const inUtc = (zone: TimeZone, day: number, { from, to }: Opening): Opening => ({
  from: fromLocal(zone, day * DAY + from),
  to: fromLocal(zone, day * DAY + to),
})

function daysOf(holidays: Schedule['holidays']): ReadonlySet<number> {
  const days = new Set<number>()
  for (const { first, last } of holidays) {
    const end = Date.parse(last) / 1000 / DAY
    for (let day = Date.parse(first) / 1000 / DAY; day <= end; day++) days.add(day)
  }
  return days
}
