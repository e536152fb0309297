import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'

/** How deliveries differ from the tidy ones: what goes wrong on their way, and what is not known of Zendesk. */
export type Disturbances = {
  /** The share (0 to 1) of deliveries that never happen: not even an invocation records them. */
  readonly lost?: number
  /** The share (0 to 1) of deliveries that come twice, under two invocations. */
  readonly duplicated?: number
  /** Each delivery waits for up to this many seconds, so that they arrive in any order. */
  readonly shuffledFor?: number
  /** Invocations a minute to one webhook; those above it end as `throttled`. */
  readonly perMinute?: number
  /** A delivery that failed is not tried again; otherwise some are (fact 193). */
  readonly withoutRetries?: boolean
  /** Many failures pause no deliveries; otherwise they do (fact 194). */
  readonly withoutBreaker?: boolean
  /** Values of placeholders are escaped for JSON; otherwise a quotation mark in one breaks the body. */
  readonly escaped?: boolean
  /** Imported tickets make events and run triggers, too; otherwise they do neither (fact 202). */
  readonly ofImports?: boolean
  /** Kinds of events that this account cannot subscribe to: `ticket`, `user`, `article` … */
  readonly withoutEvents?: readonly string[]
}

/** Decides for each delivery. */
export type Disturbing = {
  /** What is set now. */
  readonly current: () => Disturbances
  set: (disturbances: Disturbances) => void
  /** How often it is sent: never, once or twice. */
  times: () => number
  /** How long it waits, in milliseconds. */
  wait: () => number
  /** Whether this webhook has had its deliveries of this minute. */
  isThrottled: (webhook: string) => boolean
}

/** The disturbances of an account: none until they are set. */
export function createDisturbing(clock: Clock, random: Random): Disturbing {
  let current: Disturbances = {}
  const sent = new Map<string, number[]>()
  return {
    current: () => current,
    set: (disturbances) => {
      current = disturbances
    },
    times: () => {
      if (random.chance(current.lost ?? 0)) return 0
      return random.chance(current.duplicated ?? 0) ? 2 : 1
    },
    wait: () => random.next() * (current.shuffledFor ?? 0) * 1000,
    isThrottled: (webhook) => {
      const { perMinute } = current
      if (perMinute === undefined) return false
      const lately = (sent.get(webhook) ?? []).filter((at) => clock.nowMs() - at < 60_000)
      const throttled = lately.length >= perMinute
      sent.set(webhook, throttled ? lately : [...lately, clock.nowMs()])
      return throttled
    },
  }
}
