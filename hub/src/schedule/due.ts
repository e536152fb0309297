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

/** The first planned time after another one: of an expression it costs a fraction of a millisecond, so it is remembered. */
function plannedAfter(schedule: string, time: number): number {
  const every = pauseIn(schedule)
  if (every !== undefined) return time + every
  return remembered(planned, `${schedule}\n${time}`, () => {
    return cronOf(schedule).nextRun(new Date(time))?.getTime() ?? Number.POSITIVE_INFINITY
  })
}

/** Milliseconds of `every 6h` or `every 15m`. */
function pauseIn(schedule: string): number | undefined {
  const [, number, unit] = /^every (\d+)([hm])$/.exec(schedule) ?? []
  return number === undefined ? undefined : Number(number) * (unit === 'h' ? HOUR : MINUTE)
}

/**
 * From when on data is late that was complete at `completeAt`, both in milliseconds since 1970 (UTC): once the second sync that
 * was planned since then should have begun. So a weekend without syncs makes nothing late.
 */
export function lateAt(schedule: string, completeAt: number): number {
  if (schedule === BY_HAND) return Number.POSITIVE_INFINITY
  return plannedAfter(schedule, plannedAfter(schedule, completeAt))
}

/** How many runs of an expression tell its shortest pause. */
const SAMPLE = 8

/** The shortest pause between two syncs, in milliseconds: always the same for a schedule. Infinite for one by hand. */
export function shortestPause(schedule: string): number {
  if (schedule === BY_HAND) return Number.POSITIVE_INFINITY
  const every = pauseIn(schedule)
  if (every !== undefined) return every
  return remembered(pauses, schedule, () => {
    const runs = cronOf(schedule).nextRuns(SAMPLE, new Date(0))
    return Math.min(...runs.slice(1).map((run, nth) => run.getTime() - runs[nth]!.getTime()))
  })
}

/** Throws a HubError for a schedule that is none. */
export function checkSchedule(schedule: string): void {
  if (schedule !== BY_HAND && pauseIn(schedule) === undefined) cronOf(schedule)
}

/** Throws a HubError for an expression that is none. */
function cronOf(schedule: string): Cron {
  return remembered(crons, schedule, () => {
    try {
      // In UTC: told as an offset it takes no calendar of time zones, and a sixth of the time.
      return new Cron(schedule.replace(/^cron /, ''), { utcOffset: 0, paused: true })
    } catch (error) {
      throw new HubError(`The schedule "${schedule}" is not valid: ${messageOf(error)}`)
    }
  })
}

/** What was worked out before, so that a list of thousands of accounts works out only what is new. */
const [crons, planned, pauses] = [new Map<string, Cron>(), new Map<string, number>(), new Map<string, number>()]
const MOST_REMEMBERED = 50_000

function remembered<Value>(values: Map<string, Value>, key: string, make: () => Value): Value {
  const known = values.get(key)
  if (known !== undefined) return known
  const made = make()
  if (values.size >= MOST_REMEMBERED) values.clear()
  values.set(key, made)
  return made
}

/**
 * The milliseconds by which this connection starts later, so that many of them do not start at once: a part of a minute, and at
 * most a tenth of its shortest pause, as each sync is planned from the last one's beginning.
 */
export function jitterOf(name: string, schedule: string): number {
  const share = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % MINUTE, 7) / MINUTE
  return Math.round(share * Math.min(MINUTE, shortestPause(schedule) / 10))
}
