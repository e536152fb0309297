import { type Clock, systemClock } from '../../src/model/clock.ts'
import type { Runtime } from '../../src/model/runtime.ts'

/** A clock that begins now and runs so many times as fast: waits take a part of their time. */
export function hastyClock(haste: number): Clock {
  const began = systemClock.now()
  return {
    now: () => began + (systemClock.now() - began) * haste,
    after: (milliseconds, act) => systemClock.after(milliseconds / haste, act),
  }
}

/**
 * For sandboxes that fall silent: time-outs of less than a second, as Zendesk's own would take minutes each, and a clock
 * that runs so many times as fast.
 */
export const hasty = (haste: number): Partial<Runtime> => ({
  timeouts: { headers: 700, silence: 700, slowest: { bytes: 4_000, in: 700 } },
  clock: hastyClock(haste),
})
