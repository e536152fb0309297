/** The time, and waits. */
export interface Clock {
  /** Epoch ms. It never goes back: durations and ends of waits are computed from it. */
  now(): number
  /** Calls `act` once after so many ms, unless the function that it returns is called before. */
  after(milliseconds: number, act: () => void): () => void
}

/** The longest wait that a timer takes, in ms. */
const LONGEST = 2 ** 31 - 1

/**
 * This machine's time at the start of the program plus what has passed since: the machine's clock may be set back in the
 * middle of a wait. No other place asks for the time.
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
