/** The account's clock. Every hold-back, limit and `updated_at` of the sandbox reads it, so that tests can move time. */
export type Clock = {
  /** Now, in whole epoch seconds (UTC). */
  readonly now: () => number
  /** Now, in epoch milliseconds (UTC): limits count with it. */
  readonly nowMs: () => number
  /** Moves the clock forward by so many seconds. */
  readonly advance: (seconds: number) => void
}

/**
 * A clock that starts at `start` (epoch seconds; default: real time) and runs with real time; `frozen` makes it stand
 * still, so that only `advance` moves it.
 */
export function createClock({ start, frozen = false }: { start?: number | undefined; frozen?: boolean }): Clock {
  let offset = start === undefined ? 0 : start * 1000 - Date.now()
  const startMs = Date.now()
  const real = () => (frozen ? startMs : Date.now())
  const nowMs = () => real() + offset
  return {
    now: () => Math.floor(nowMs() / 1000),
    nowMs,
    advance: (seconds) => {
      offset += seconds * 1000
    },
  }
}
