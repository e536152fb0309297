import { wallClockMs } from '../clock.ts'

// What a machine that slept has missed is made up for bit by bit.
const MOST_AT_ONCE = 10_000
// Timers are no finer than this; with more changes, several are made at once.
const FINEST_MS = 20

/** The part of an account that is needed here. */
type Changeable = { readonly changeAtRandom: (count: number, seed: number) => unknown }

/** Changes an account at random, this often in a minute of real time, until the function that it returns is called. */
export function startActivity(account: Changeable, changesAMinute: number, seed: number): () => void {
  if (changesAMinute <= 0) return () => {}
  const began = wallClockMs()
  let made = 0
  const timer = setInterval(
    () => {
      const due = Math.floor(((wallClockMs() - began) / 60_000) * changesAMinute)
      if (due <= made) return
      const count = Math.min(due - made, MOST_AT_ONCE)
      account.changeAtRandom(count, seed * 1_000_003 + made)
      made += count
    },
    Math.max(FINEST_MS, 60_000 / changesAMinute / 2),
  )
  // The server decides how long the process runs.
  timer.unref()
  return () => clearInterval(timer)
}
