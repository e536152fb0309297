/** The account's clock. Every hold-back, limit and `updated_at` of the sandbox reads it, so that tests can move time. */
export type Clock = {
  /** Now, in whole epoch seconds (UTC). */
  readonly now: () => number
  /** Now, in epoch milliseconds (UTC): limits count with it. */
  readonly nowMs: () => number
  /** Moves the clock forward by a number of seconds. */
  readonly advance: (seconds: number) => void
  /** Seconds that pass here in a second of real time; 0 when the clock stands still. */
  readonly scale: number
}

/**
 * This machine's time in epoch milliseconds (UTC), which nothing of the account may depend on: for the log of requests,
 * the validity of certificates, and changes in a minute of real time.
 */
export function wallClockMs(): number {
  return Date.now()
}

/**
 * A clock that starts at `start` (epoch seconds; default: real time) and runs `scale` times as fast as real time (1);
 * `frozen` makes it stand still, so that only `advance` moves it.
 */
export function createClock({
  start,
  frozen = false,
  scale = 1,
}: {
  start?: number | undefined
  frozen?: boolean
  scale?: number
}): Clock {
  const began = wallClockMs()
  const pace = frozen ? 0 : scale
  let base = start === undefined ? began : start * 1000
  const nowMs = () => Math.floor(base + (wallClockMs() - began) * pace)
  return {
    now: () => Math.floor(nowMs() / 1000),
    nowMs,
    advance: (seconds) => {
      base += seconds * 1000
    },
    scale: pace,
  }
}
