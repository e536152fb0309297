import type { Clock } from '../clock.ts'

const WINDOW_MS = 5 * 60_000
const PAUSE_MS = 5000
const ENOUGH = 100
const SHARE = 0.7
const MOST = 1000

/** Pauses deliveries to an endpoint that fails too often (fact 194). */
export type Breaker = {
  readonly isOpen: () => boolean
  readonly count: (failed: boolean) => void
}

/** A breaker on the account's clock: 70 % or 1,000 errors in five minutes, of at least 100 requests, pause for 5 s. */
export function createBreaker(clock: Clock): Breaker {
  let seen: { at: number; failed: boolean }[] = []
  let until = Number.NEGATIVE_INFINITY
  return {
    isOpen: () => clock.nowMs() < until,
    count: (failed) => {
      const now = clock.nowMs()
      seen = [...seen.filter(({ at }) => now - at < WINDOW_MS), { at: now, failed }]
      const errors = seen.filter((one) => one.failed).length
      if (seen.length < ENOUGH || (errors < SHARE * seen.length && errors <= MOST)) return
      until = now + PAUSE_MS
      seen = []
    },
  }
}
