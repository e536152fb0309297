import { type Clock, systemClock } from '../../src/model/clock.ts'

/** A clock that begins now and runs so many times as fast: waits take a part of their time. */
export function hastyClock(haste: number): Clock {
  const began = systemClock.now()
  return {
    now: () => began + (systemClock.now() - began) * haste,
    after: (milliseconds, act) => systemClock.after(milliseconds / haste, act),
  }
}
