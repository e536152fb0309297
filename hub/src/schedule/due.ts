// When a sync is due.
import { Cron } from 'croner'
import { HubError, messageOf } from '../errors.ts'

const HOUR = 3_600_000
const MINUTE = 60_000

/** The schedule of what syncs only when somebody asks for it. */
export const BY_HAND = 'manual'

/** Minutes until another attempt, after one failure, two, three; then the schedule has its turn again. */
const PAUSES = [1, 5, 15]

/** How a connection fared until now; times in milliseconds since 1970 (UTC). */
export interface Past {
  /** When its last sync began; undefined: there was none. */
  readonly begunAt: number | undefined
  /** How many failed since the last one that was complete, and when the last one ended. */
  readonly failures: number
  readonly endedAt: number
}

/**
 * When the next sync is due, in milliseconds since 1970 (UTC): in the past if it was missed, and then it runs once. Counted
 * from the beginning of the last one, so that neither a restart nor daylight time moves it.
 */
export function dueAt(schedule: string, { begunAt, failures, endedAt }: Past): number {
  if (schedule === BY_HAND) return Number.POSITIVE_INFINITY
  if (begunAt === undefined) return 0
  const planned = plannedAfter(schedule, begunAt)
  const pause = PAUSES[failures - 1]
  return pause === undefined ? planned : Math.min(planned, endedAt + pause * MINUTE)
}

function plannedAfter(schedule: string, begunAt: number): number {
  const every = pauseIn(schedule)
  if (every !== undefined) return begunAt + every
  return cronOf(schedule).nextRun(new Date(begunAt))?.getTime() ?? Number.POSITIVE_INFINITY
}

/** Milliseconds of `every 6h` or `every 15m`. */
function pauseIn(schedule: string): number | undefined {
  const [, number, unit] = /^every (\d+)([hm])$/.exec(schedule) ?? []
  return number === undefined ? undefined : Number(number) * (unit === 'h' ? HOUR : MINUTE)
}

/** For how long data may be older than promised: twice the time between two syncs. */
export function allowedAge(schedule: string): number {
  if (schedule === BY_HAND) return Number.POSITIVE_INFINITY
  const every = pauseIn(schedule)
  if (every !== undefined) return 2 * every
  const [first, second] = cronOf(schedule).nextRuns(2)
  return first && second ? 2 * (second.getTime() - first.getTime()) : Number.POSITIVE_INFINITY
}

/** Throws a HubError for an expression that is none. */
function cronOf(schedule: string): Cron {
  try {
    return new Cron(schedule.replace(/^cron /, ''), { timezone: 'UTC', paused: true })
  } catch (error) {
    throw new HubError(`The schedule "${schedule}" is none: ${messageOf(error)}`)
  }
}

/** A part of a minute by which this connection starts later, so that many of them do not start at once. */
export const jitterOf = (name: string): number =>
  [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % MINUTE, 7)
