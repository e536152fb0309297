// A clock that does not wait: while nobody is asking anything, it skips to the next timer, and the sandbox's clock with
// it. Requests take the time that they take, so that what is measured in its time is what a real account would see; or no time
// at all, so that nothing depends on how busy this machine is.

import diagnostics from 'node:diagnostics_channel'
import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '../../src/model/clock.ts'

export interface SkippingClock extends Clock {
  /** Waits so many ms of its time. */
  sleep(milliseconds: number): Promise<void>
  stop(): void
}

/** Nothing is on its way for so many ms of real time, in which this process was awake: everybody waits. */
const QUIET = 60
/** The same for a clock that stands still while anybody works. */
const QUIET_STILL = 30
/** A turn that takes longer than this, in ms: the process, or the machine, is at work. */
const AWAKE = 20
/** Nobody waits for a timer that is further away than this, in ms: it watches over those who work. */
const LONGEST_SKIP = 6 * 60_000

/**
 * `advance` moves the other clock, that of the sandbox in this process, on by so many seconds. `isStill`: only waits take time,
 * work takes none; the other clock must be frozen then.
 */
export function createSkippingClock(
  advance: (seconds: number) => void,
  { isStill = false }: { readonly isStill?: boolean } = {},
): SkippingClock {
  const quiet = isStill ? QUIET_STILL : QUIET
  const began = Date.now()
  const timers = new Set<{ readonly at: number; readonly act: () => void }>()
  let skipped = 0
  let quietSince = Date.now()
  let isStopped = false
  const onTheWay = new Set<unknown>()
  const begun = (message: unknown): void => {
    onTheWay.add((message as { request: unknown }).request)
  }
  const ended = (message: unknown): void => {
    onTheWay.delete((message as { request: unknown }).request)
    quietSince = Date.now()
  }
  const listeners = [
    ['undici:request:create', begun],
    ['undici:request:trailers', ended],
    ['undici:request:error', ended],
  ] as const
  for (const [name, listener] of listeners) diagnostics.subscribe(name, listener)

  const now = (): number => (isStill ? began : Date.now()) + skipped
  const fire = (): void => {
    for (const timer of [...timers].sort((one, other) => one.at - other.at))
      if (timer.at <= now() && timers.delete(timer)) {
        quietSince = Date.now()
        timer.act()
      }
  }
  const run = async (): Promise<void> => {
    for (let turn = Date.now(); !isStopped; turn = Date.now()) {
      await delay(2)
      if (Date.now() - turn > AWAKE) quietSince = Date.now()
      const next = Math.min(...[...timers].map(({ at }) => at))
      const ms = next - now()
      if (onTheWay.size === 0 && Date.now() - quietSince >= quiet && ms > 0 && ms <= LONGEST_SKIP) {
        skipped += ms
        advance(ms / 1000)
      }
      fire()
    }
  }
  void run()

  const after: Clock['after'] = (milliseconds, act) => {
    const timer = { at: now() + Math.max(1, milliseconds), act }
    timers.add(timer)
    return () => void timers.delete(timer)
  }
  return {
    now,
    after,
    sleep: (milliseconds) => new Promise((resolve) => void after(milliseconds, resolve)),
    stop() {
      isStopped = true
      for (const [name, listener] of listeners) diagnostics.unsubscribe(name, listener)
    },
  }
}
