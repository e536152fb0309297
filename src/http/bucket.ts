/** What an answer told of a limit: so many in a window, so many left, and for how many ms the window lasts, if it says. */
export interface Told {
  readonly total: number
  readonly remaining: number
  readonly resets?: number
}

/** One of Zendesk's limits as we know it: so many requests in a window that begins with its first request. */
export interface Bucket {
  /** When a request may be sent: now (at or before `now`), or later (epoch ms). */
  readyAt(now: number): number
  /** A request is sent. */
  take(now: number): void
  /** Its answer is here, or will never come; `told` where it spoke of this limit. */
  answered(now: number, told?: Told): void
  /** Zendesk refused a request until then (epoch ms). */
  pause(until: number): void
  /** Requests a minute, as far as known. */
  total(): number
}

const WINDOW = 60_000
/** Two announcements of the same end lie this close to each other, in ms: they are rounded to seconds. */
const SAME_END = 2_500
/** Others' use is judged over no shorter time than this, in ms. */
const SHORTEST_LOOK = 5_000

/**
 * A limit. `known` is its size before the first answer (undefined: no limit until one is told); `share` is the part of it
 * that is ours to use. Others who draw on it are seen in what remains: what they are likely to want until the window ends
 * is left to them, up to half of the limit, so that nobody starves.
 */
export function createBucket(known: number | undefined, share = 1): Bucket {
  let total = known ?? Number.POSITIVE_INFINITY
  /** What Zendesk will still grant in this window, once all that is on its way has arrived. */
  let left = total
  let windowEnd = 0
  let onTheWay = 0
  let taken = 0
  let pausedUntil = 0
  /** Others' requests a ms: in this window, and in the one before. */
  let others = 0
  let othersBefore = 0

  const turn = (now: number): void => {
    if (windowEnd === 0 || now < windowEnd) return
    windowEnd = 0
    left = total - onTheWay
    taken = onTheWay
    othersBefore = others
    others = 0
  }
  /** How many are kept back now, from a window that ends in so many ms. */
  const keptBack = (milliseconds: number): number =>
    Math.min(total / 2, total * (1 - share) + Math.max(others, othersBefore) * milliseconds)

  return {
    total: () => total,
    readyAt(now) {
      turn(now)
      if (pausedUntil > now) return pausedUntil
      if (!Number.isFinite(total)) return now
      const ends = windowEnd === 0 ? now + WINDOW : windowEnd
      const free = left - keptBack(ends - now)
      if (free >= 1) return now
      if (windowEnd === 0) return now + 1000
      // What is kept back for others shrinks with the time that they have left.
      const rate = Math.max(others, othersBefore)
      const spare = left - total * (1 - share) - 1
      return spare < 0 || rate === 0 ? windowEnd : Math.min(windowEnd, Math.max(now + 50, windowEnd - spare / rate))
    },
    take(now) {
      turn(now)
      if (windowEnd === 0) windowEnd = now + WINDOW
      left--
      taken++
      onTheWay++
    },
    answered(now, told) {
      onTheWay--
      if (told === undefined) return
      total = told.total
      // Without an end it is the window that we think it is, unless more is left than that one could have.
      const ends =
        told.resets !== undefined ? now + told.resets : told.remaining > left + onTheWay ? now + WINDOW : windowEnd
      if (windowEnd === 0 || Math.abs(ends - windowEnd) > SAME_END) {
        // Another window than we thought: taken in it are at least this request and those on their way.
        if (windowEnd !== 0 && ends > windowEnd) taken = onTheWay + 1
        windowEnd = ends
      } else windowEnd = Math.min(windowEnd, ends)
      left = told.remaining - onTheWay
      const theirs = Math.max(0, total - told.remaining - (taken - onTheWay))
      others = theirs / Math.max(SHORTEST_LOOK, WINDOW - (windowEnd - now))
    },
    pause(until) {
      // `Retry-After` names the end of the window better than the headers do.
      pausedUntil = Math.max(pausedUntil, until)
      left = Math.min(left, 0)
      windowEnd = pausedUntil
    },
  }
}
