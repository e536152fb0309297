// One of Zendesk's limits, and how much of it we and others have used. All times are epoch ms.

/** What an answer reported of a limit: so many in a window, so many left, and for how many ms the window lasts, if it says. */
export interface LimitReading {
  readonly total: number
  readonly remaining: number
  readonly resets?: number
}

/** A limit as we know it: so many requests in a window that begins with its first request. */
export interface Bucket {
  /**
   * When a request may be sent: now (at or before `now`), or later. `spare` more of our requests are to find room after
   * it, though no more than half of what is ours.
   */
  readyAt(now: number, spare?: number): number
  /** A request is sent. */
  take(now: number): void
  /** The answer to a request of `sent` is here, or will never come; `reading` if it reported this limit. */
  answered(now: number, sent: number, reading?: LimitReading): void
  /** Zendesk refused one of our requests until then. */
  pause(now: number, until: number): void
  /** Requests a minute, as far as known. */
  total(): number
  /** When the window ends that a request of now would fall into. */
  endsAt(now: number): number
  /** How many requests it may let through before `until`. */
  capacity(now: number, until: number): number
}

/** A limit is believed for so many ms, whatever an answer says; then one request asks whether it still holds. */
export const LONGEST_BELIEVED = 15 * 60_000

const WINDOW = 60_000
/** Ends of windows are reported in whole seconds, rounded up; and requests take a while to arrive. */
const SECOND = 1_000
/** Others' pace is judged over no shorter time than this, in ms. */
const SHORTEST_LOOK = 10_000
/** Next to others, we are ahead of our even pace by no more than this, in ms. */
const LEAD = 6_000
/** While nothing is known, the first answer is waited for so long, and looked for so often, in ms. */
const FIRST = 5_000
const SOON = 250

/** What is known of a limit. */
interface Limit {
  total: number
  /** Whether its size is known, by its name or from an answer, and nothing was refused since then. */
  isKnown: boolean
  /** The part of it that we use at the most. */
  readonly share: number
  /** When the first of the requests was sent that are on their way. */
  askedAt: number
  /** When the window ends; 0 before its first request. */
  windowEnd: number
  /** Between these it ends, as answers have reported: counted from when they were asked for, and from when they came. */
  earliest: number
  latest: number
  /** Our requests in this window, and those of them without an answer yet. */
  taken: number
  onTheWay: number
  pausedUntil: number
  /** Others' requests in this window, as far as answers have shown them, and how far into the window that was, in ms. */
  theirs: number
  seenAt: number
  /** Others' requests a ms in the window before. */
  paceBefore: number
}

/**
 * A limit. `known` is its size before the first answer; if it is undefined, one request goes ahead to learn it.
 * `share` is the part of it that we use at the most. Others who draw on it are seen in what remains: what they are likely
 * to want in the window is left to them, up to half of it, and our own requests are spread over it, so that nobody
 * starves and each answer shows how they get on.
 */
export function createBucket(known: number | undefined, share = 1): Bucket {
  const limit = limitOf(known, share)
  return {
    total: () => limit.total,
    endsAt(now) {
      endWindow(limit, now)
      return limit.windowEnd === 0 ? now + WINDOW : limit.windowEnd
    },
    capacity(now, until) {
      endWindow(limit, now)
      const { total, taken, theirs, windowEnd } = limit
      return Math.max(0, total - taken - theirs) + (windowEnd !== 0 && windowEnd < until ? total : 0)
    },
    readyAt(now, spare = 0) {
      endWindow(limit, now)
      return readyAt(limit, now, spare)
    },
    take(now) {
      endWindow(limit, now)
      take(limit, now)
    },
    answered: (now, sent, reading) => noteAnswer(limit, now, sent, reading),
    pause: (now, until) => pause(limit, now, until),
  }
}

const limitOf = (known: number | undefined, share: number): Limit => ({
  total: known ?? Number.POSITIVE_INFINITY,
  isKnown: known !== undefined,
  share,
  askedAt: 0,
  windowEnd: 0,
  earliest: 0,
  latest: Number.POSITIVE_INFINITY,
  taken: 0,
  onTheWay: 0,
  pausedUntil: 0,
  theirs: 0,
  seenAt: 0,
  paceBefore: 0,
})

/** A window that ends at `end` begins; so many of our requests fall into it already. */
function beginWindow(limit: Limit, end: number, already: number): void {
  const { seenAt, theirs, paceBefore } = limit
  limit.windowEnd = end
  limit.earliest = 0
  limit.latest = Number.POSITIVE_INFINITY
  limit.taken = already
  // If nothing was seen, others are less and less likely to be there.
  limit.paceBefore = seenAt === 0 ? paceBefore / 2 : theirs / (seenAt < SHORTEST_LOOK ? WINDOW : seenAt)
  limit.theirs = 0
  limit.seenAt = 0
}

/** Ends the window that is over. What is still on its way may arrive in the new one. */
function endWindow(limit: Limit, now: number): void {
  if (limit.windowEnd !== 0 && now >= limit.windowEnd) beginWindow(limit, 0, limit.onTheWay)
}

/** How much of the window has passed, in ms. */
const passed = ({ windowEnd }: Limit, now: number): number => (windowEnd === 0 ? 0 : now - windowEnd + WINDOW)

/** How many requests others will have made by the end of the window, or their half of it. */
function wantedByOthers({ paceBefore, theirs, seenAt, total }: Limit): number {
  const pace = Math.max(paceBefore, theirs / Math.max(SHORTEST_LOOK, seenAt))
  return Math.max(theirs, Math.min(total / 2, theirs + pace * (WINDOW - seenAt)))
}

function readyAt(limit: Limit, now: number, spare: number): number {
  const { total, share, taken, theirs, windowEnd, pausedUntil } = limit
  if (pausedUntil > now) return pausedUntil
  if (!limit.isKnown && limit.onTheWay > 0 && now < limit.askedAt + FIRST) return now + SOON
  if (!Number.isFinite(total)) return now
  const end = windowEnd === 0 ? now + WINDOW : windowEnd
  const others = wantedByOthers(limit)
  const ours = Math.max(1, Math.min(total * share, total - others))
  const next = taken + 1 + Math.min(spare, ours / 2)
  // A limit that is said to let nothing through is asked again once in each window.
  if (next > ours || taken + theirs >= Math.max(1, total)) return end
  return others === 0 || windowEnd === 0 ? now : end - WINDOW + (WINDOW * next) / ours - LEAD
}

function take(limit: Limit, now: number): void {
  // It begins when the request arrives, not when it leaves.
  if (limit.windowEnd === 0) limit.windowEnd = now + WINDOW + SECOND
  limit.taken++
  if (limit.onTheWay++ === 0) limit.askedAt = now
}

function noteAnswer(limit: Limit, now: number, sent: number, told?: LimitReading): void {
  limit.onTheWay--
  const isBeyondBelief = (told?.resets ?? 0) > LONGEST_BELIEVED
  if (now >= limit.pausedUntil) limit.isKnown = !isBeyondBelief
  if (told === undefined) return
  const reading = isBeyondBelief ? { ...told, resets: LONGEST_BELIEVED } : told
  limit.total = reading.total
  if (!isOfThisWindow(limit, now, sent, reading)) return
  // Of those on their way, as a rule none had arrived before it was counted. If all of them may have, and the count still
  // wants more than ours, somebody else is there.
  const sure = limit.total - reading.remaining - limit.taken
  if (sure > 0 || limit.theirs > 0) limit.theirs = Math.max(limit.theirs, sure + limit.onTheWay)
  limit.seenAt = Math.max(limit.seenAt, passed(limit, now))
}

/** Places this answer's window in ours. False for a late answer that speaks of a window gone by. */
function isOfThisWindow(limit: Limit, now: number, sent: number, { remaining, resets }: LimitReading): boolean {
  const { onTheWay } = limit
  if (resets === undefined) {
    // Without an end it is the window that we think it is, unless more is left than that one could have.
    if (remaining > limit.total - limit.taken + onTheWay) beginWindow(limit, sent + WINDOW, onTheWay + 1)
    return true
  }
  // An export may be worked on for half a minute, and its headers may be older than it, or not.
  const [from, to] = [sent + resets - SECOND, now + resets]
  if (to < limit.earliest) return false
  if (from > Math.min(limit.latest, limit.windowEnd + SECOND)) beginWindow(limit, sent + resets + SECOND, onTheWay + 1)
  limit.earliest = Math.max(limit.earliest, from)
  limit.latest = Math.min(limit.latest, to)
  limit.windowEnd = Math.min(limit.latest, Math.max(limit.earliest, limit.windowEnd))
  return true
}

function pause(limit: Limit, now: number, until: number): void {
  limit.pausedUntil = Math.max(limit.pausedUntil, until)
  // Afterwards one request goes ahead, and shows whether it is over.
  limit.isKnown = false
  if (Number.isFinite(limit.total)) limit.theirs = Math.max(limit.theirs, limit.total - limit.taken + 1)
  // `Retry-After` names the end of the window better than the headers do.
  limit.windowEnd = limit.pausedUntil
  limit.earliest = limit.pausedUntil - SECOND
  limit.latest = limit.pausedUntil
  limit.seenAt = Math.max(limit.seenAt, passed(limit, now))
}
