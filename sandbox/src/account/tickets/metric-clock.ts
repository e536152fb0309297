import type { SlaTarget } from '../model.ts'
import type { BusinessHours } from '../service-levels/business-hours.ts'

/** Seconds by the calendar and in business hours. */
export type Elapsed = { readonly calendar: number; readonly business: number }

export const NOTHING: Elapsed = { calendar: 0, business: 0 }

/** What one metric of a ticket has measured: runs since an epoch second, or stands. */
export type MetricClock = {
  readonly metric: string
  instance: number
  /** Epoch second since which it runs; undefined while it stands. */
  since: number | undefined
  spent: Elapsed
  /** What an SLA policy asks, and whether that was missed. */
  target: SlaTarget | undefined
  isBreached: boolean
}

export const createClock = (metric: string): MetricClock => ({
  metric,
  instance: 1,
  since: undefined,
  spent: NOTHING,
  target: undefined,
  isBreached: false,
})

/** What it has measured until an epoch second. */
export function elapsedOf({ since, spent }: MetricClock, at: number, hours: BusinessHours): Elapsed {
  if (since === undefined) return spent
  return { calendar: spent.calendar + at - since, business: spent.business + hours.between(since, at) }
}

/** Stops it: what it measured stays. */
export function stop(clock: MetricClock, at: number, hours: BusinessHours): void {
  clock.spent = elapsedOf(clock, at, hours)
  clock.since = undefined
}

/** When its target will be missed if it runs on: an epoch second, not before `at`; undefined if it stands or has no target. */
export function breachTime(clock: MetricClock, at: number, hours: BusinessHours): number | undefined {
  const { target, since, isBreached } = clock
  if (target === undefined || since === undefined || isBreached) return undefined
  const { calendar, business } = elapsedOf(clock, at, hours)
  const left = target.seconds - (target.isInBusinessHours ? business : calendar)
  if (left <= 0) return at
  return target.isInBusinessHours ? hours.after(at, left) : at + left
}

/** In whole minutes, as metric events and metric sets have them. */
export const minutesOf = ({ calendar, business }: Elapsed): Elapsed => ({
  calendar: Math.floor(calendar / 60),
  business: Math.floor(business / 60),
})
