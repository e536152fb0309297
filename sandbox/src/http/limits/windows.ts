import type { Clock } from '../../clock.ts'

/** Counts in windows of time that begin with their first request, each under a key of its own. */
export type Windows = {
  /** Takes one; returns how many were taken in the window, this one included. */
  readonly take: (key: string, seconds: number) => number
  /** Taken in the window that began last; 0 when it is over. */
  readonly used: (key: string) => number
  /** Whole seconds of real time until the window ends, at least 1: clients wait in real time, however fast the clock. */
  readonly resets: (key: string, seconds: number) => number
}

type Window = { began: number; used: number; ms: number }

// Limits per ticket and user would otherwise leave a window for each for ever.
const MOST_WINDOWS = 10_000

/** Windows on the account's clock. */
export function createWindows(clock: Clock): Windows {
  const windows = new Map<string, Window>()
  const over = ({ began, ms }: Window) => clock.nowMs() - began >= ms
  const pace = clock.scale === 0 ? 1 : clock.scale
  const forget = () => {
    for (const [key, window] of windows) if (over(window)) windows.delete(key)
  }
  return {
    take: (key, seconds) => {
      const known = windows.get(key)
      if (known !== undefined && !over(known)) return ++known.used
      if (windows.size >= MOST_WINDOWS) forget()
      windows.set(key, { began: clock.nowMs(), used: 1, ms: seconds * 1000 })
      return 1
    },
    used: (key) => {
      const window = windows.get(key)
      return window === undefined || over(window) ? 0 : window.used
    },
    resets: (key, seconds) => {
      const window = windows.get(key)
      if (window === undefined || over(window)) return seconds
      return Math.max(1, Math.ceil((window.began + window.ms - clock.nowMs()) / 1000 / pace))
    },
  }
}
