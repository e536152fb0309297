/** What an answer told of a limit: so many in a window, so many left, and for how many ms the window lasts, if it says. */
export interface Told {
  readonly total: number
  readonly remaining: number
  readonly resets?: number
}

/** One of Zendesk's limits as we know it: so many requests in a window that begins with its first request. */
export interface Bucket {
  /**
   * When a request may be sent: now (at or before `now`), or later (epoch ms). `spare` more of our requests are to find
   * room after it, though no more than half of what is ours.
   */
  readyAt(now: number, spare?: number): number
  /** A request is sent. */
  take(now: number): void
  /** The answer to a request of `sent` (epoch ms) is here, or will never come; `told` where it spoke of this limit. */
  answered(now: number, sent: number, told?: Told): void
  /** Zendesk refused one of our requests until then (epoch ms). */
  pause(now: number, until: number): void
  /** Requests a minute, as far as known. */
  total(): number
  /** When the window ends that a request of now would fall into (epoch ms). */
  endsAt(now: number): number
  /** How many requests it may let through before `until` (epoch ms). */
  capacity(now: number, until: number): number
}

const WINDOW = 60_000
/** Ends of windows are told in whole seconds, rounded up; and requests take a while to arrive. */
const SECOND = 1_000
/** Others' pace is judged over no shorter time than this, in ms. */
const SHORTEST_LOOK = 10_000
/** Beside others, we are ahead of our even pace by no more than this, in ms. */
const AHEAD = 6_000
/** While nothing is known, the first answer is waited for so long, and looked for so often, in ms. */
const FIRST = 5_000
const SOON = 250

/**
 * A limit. `known` is its size before the first answer; where it is undefined, one request goes ahead to learn it.
 * `share` is the part of it that we use at the most. Others who draw on it are seen in what remains: what they are likely
 * to want in the window is left to them, up to half of it, and our own requests are spread over it, so that nobody
 * starves and each answer shows how they get on.
 */
export function createBucket(known: number | undefined, share = 1): Bucket {
  let total = known ?? Number.POSITIVE_INFINITY
  let isHeard = known !== undefined
  let askedAt = 0
  let windowEnd = 0
  /** Between these it ends, as answers have told: counted from when they were asked for, and from when they came. */
  let earliest = 0
  let latest = Number.POSITIVE_INFINITY
  let taken = 0
  let onTheWay = 0
  let pausedUntil = 0
  /** Others' requests in this window, as far as answers have shown them, and how far into the window that was. */
  let theirs = 0
  let seenAt = 0
  /** Others' requests a ms in the window before. */
  let paceBefore = 0

  const begin = (end: number, already: number): void => {
    windowEnd = end
    earliest = 0
    latest = Number.POSITIVE_INFINITY
    taken = already
    // Where nothing was seen, others are less and less likely to be there.
    paceBefore = seenAt === 0 ? paceBefore / 2 : theirs / (seenAt < SHORTEST_LOOK ? WINDOW : seenAt)
    theirs = 0
    seenAt = 0
  }
  const turn = (now: number): void => {
    // What is still on its way may arrive in the new window.
    if (windowEnd !== 0 && now >= windowEnd) begin(0, onTheWay)
  }
  const passed = (now: number): number => (windowEnd === 0 ? 0 : now - windowEnd + WINDOW)
  /** How many requests others will have made by the end of the window, or their half of it. */
  const wanted = (): number => {
    const pace = Math.max(paceBefore, theirs / Math.max(SHORTEST_LOOK, seenAt))
    return Math.max(theirs, Math.min(total / 2, theirs + pace * (WINDOW - seenAt)))
  }
  /** Places this answer's window in ours. Gives false for a late answer that speaks of a window gone by. */
  const isOfThisWindow = (now: number, sent: number, { remaining, resets }: Told): boolean => {
    if (resets === undefined) {
      // Without an end it is the window that we think it is, unless more is left than that one could have.
      if (remaining > total - taken + onTheWay) begin(sent + WINDOW, onTheWay + 1)
      return true
    }
    // An export may be worked on for half a minute, and its headers may be older than it, or not.
    const [from, to] = [sent + resets - SECOND, now + resets]
    if (to < earliest) return false
    if (from > Math.min(latest, windowEnd + SECOND)) begin(sent + resets + SECOND, onTheWay + 1)
    earliest = Math.max(earliest, from)
    latest = Math.min(latest, to)
    windowEnd = Math.min(latest, Math.max(earliest, windowEnd))
    return true
  }

  return {
    total: () => total,
    endsAt(now) {
      turn(now)
      return windowEnd === 0 ? now + WINDOW : windowEnd
    },
    capacity(now, until) {
      turn(now)
      return Math.max(0, total - taken - theirs) + (windowEnd !== 0 && windowEnd < until ? total : 0)
    },
    readyAt(now, spare = 0) {
      turn(now)
      if (pausedUntil > now) return pausedUntil
      if (!isHeard && onTheWay > 0 && now < askedAt + FIRST) return now + SOON
      if (!Number.isFinite(total)) return now
      const end = windowEnd === 0 ? now + WINDOW : windowEnd
      const others = wanted()
      const ours = Math.max(1, Math.min(total * share, total - others))
      const next = taken + 1 + Math.min(spare, ours / 2)
      if (next > ours || taken + theirs >= total) return end
      return others === 0 || windowEnd === 0 ? now : end - WINDOW + (WINDOW * next) / ours - AHEAD
    },
    take(now) {
      turn(now)
      // It begins when the request arrives, not when it leaves.
      if (windowEnd === 0) windowEnd = now + WINDOW + SECOND
      taken++
      if (onTheWay++ === 0) askedAt = now
    },
    answered(now, sent, told) {
      onTheWay--
      isHeard = true
      if (told === undefined) return
      total = told.total
      if (!isOfThisWindow(now, sent, told)) return
      // Of those on their way, as a rule none had arrived before it was counted. Where all of them may have, and the
      // count still wants more than ours, somebody else is there.
      const sure = total - told.remaining - taken
      if (sure > 0 || theirs > 0) theirs = Math.max(theirs, sure + onTheWay)
      seenAt = Math.max(seenAt, passed(now))
    },
    pause(now, until) {
      pausedUntil = Math.max(pausedUntil, until)
      if (Number.isFinite(total)) theirs = Math.max(theirs, total - taken + 1)
      // `Retry-After` names the end of the window better than the headers do.
      windowEnd = pausedUntil
      earliest = pausedUntil - SECOND
      latest = pausedUntil
      seenAt = Math.max(seenAt, passed(now))
    },
  }
}
