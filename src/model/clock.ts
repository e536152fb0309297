/** Time, and waiting for it. */
export interface Clock {
  /** Epoch ms. It never goes back: durations and ends of waits are counted by it. */
  now(): number
  /** Acts once after so many ms, unless the function that it gives is called before that. */
  after(milliseconds: number, act: () => void): () => void
}

/** Timers take no longer waits than this, in ms. */
const LONGEST = 2 ** 31 - 1

/**
 * The time of this machine as it was when the program began, and what has passed since: the machine's clock may be set back
 * in the middle of a wait. No other place asks for the time.
 */
export const systemClock: Clock = {
  now: () => Math.floor(performance.timeOrigin + performance.now()),
  after(milliseconds, act) {
    const timer = setTimeout(act, Math.min(Math.max(1, milliseconds), LONGEST))
    return () => clearTimeout(timer)
  },
}

/** Waits so many ms. Rejects with the signal's reason. */
export function sleep({ after }: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      cancel()
      reject(signal.reason)
    }
    const cancel = after(milliseconds, () => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    })
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
}
