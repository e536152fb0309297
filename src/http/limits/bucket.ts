// One of Zendesk's limits, and how much of it we and others have used. All times are epoch ms.
import type { LimitUse } from '../../model/message.ts'

/** A limit as an answer reports it. */
export interface LimitReading {
  /** Requests in a window. */
  readonly total: number
  /** Requests left in the present window. */
  readonly remaining: number
  /** In how many ms the window ends; left out if the answer does not say. */
  readonly resets?: number
}

/** A limit as we know it: so many requests in a window, which begins with its first request. */
export interface Bucket {
  /**
   * When a request may be sent; at or before `now` means at once. Room is kept for `spare` more of our requests after it,
   * but for no more than half of our part.
   */
  readyAt(now: number, spare?: number): number
  /** Counts a request that is sent now. */
  take(now: number): void
  /** Notes that a request of `sent` was answered, or was lost. `reading`: if the answer reported this limit. */
  answered(now: number, sent: number, reading?: LimitReading): void
  /** Sends nothing before `until`: Zendesk refused a request. */
  pause(now: number, until: number): void
  /** Requests a minute; infinite while it is not known. */
  total(): number
  /** How far it is used up; undefined while its size is not known. */
  use(now: number): Omit<LimitUse, 'name'> | undefined
  /** When the window ends that a request sent now would count in. */
  endsAt(now: number): number
  /** How many requests may be sent before `until`. */
  capacity(now: number, until: number): number
}

/** For how long a limit is believed, in ms, whatever an answer says; then one request tries whether it still holds. */
export const LONGEST_BELIEVED = 15 * 60_000

const WINDOW = 60_000
/** Ends of windows are reported in whole seconds, rounded up, and requests take a while to arrive. */
const SECOND = 1_000
/** The shortest time over which others' pace is measured, in ms. */
const SHORTEST_LOOK = 10_000
/** If others draw on the limit too, we may be ahead of an even pace by so much, in ms. */
const LEAD = 6_000
/** While a limit is not known: how long to wait for the first answer, and how often to look for it, in ms. */
const FIRST = 5_000
const SOON = 250

/** All that is known of a limit. */
interface Limit {
  total: number
  /** Whether its size is known, by its name or from an answer, and no request was refused since. */
  isKnown: boolean
  /** The part of it that we use at most (0 to 1). */
  readonly share: number
  /** When the first of the requests that are on their way was sent. */
  askedAt: number
  /** When the window ends; 0 before its first request. */
  windowEnd: number
  /** The window ends between these, according to answers: counted from their requests, and from their arrival. */
  earliest: number
  latest: number
  /** Our requests in this window, and how many of them have no answer yet. */
  taken: number
  onTheWay: number
  pausedUntil: number
  /** Others' requests in this window, as answers have shown them, and how far into the window the last one was, in ms. */
  theirs: number
  seenAt: number
  /** Others' requests a ms in the previous window. */
  paceBefore: number
}

/**
 * A limit. `known`: its size before the first answer; if it is undefined, one request goes ahead to learn it. `share`: the
 * part of it that we use at most (0 to 1). Others who draw on the limit show in what remains of it: as much as they are
 * likely to need is left to them, up to half of the limit, and our requests are spread over the window. So nobody starves,
 * and each answer shows how the others get on.
 */
export function createBucket(known: number | undefined, share = 1): Bucket {
  const limit = limitOf(known, share)
  return {
    total: () => limit.total,
    use(now) {
      endWindow(limit, now)
      const { total, taken, theirs, windowEnd } = limit
      if (!Number.isFinite(total)) return undefined
      const used = { total, left: Math.max(0, total - taken - theirs), ours: taken, others: theirs }
      return windowEnd === 0 ? used : { ...used, resetsAt: windowEnd }
    },
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

/** Begins a window that ends at `end`; `already` of our requests count in it. */
function beginWindow(limit: Limit, end: number, already: number): void {
  const { seenAt, theirs, paceBefore } = limit
  limit.windowEnd = end
  limit.earliest = 0
  limit.latest = Number.POSITIVE_INFINITY
  limit.taken = already
  // While nothing is seen of others, they are less and less likely to be there.
  limit.paceBefore = seenAt === 0 ? paceBefore / 2 : theirs / (seenAt < SHORTEST_LOOK ? WINDOW : seenAt)
  limit.theirs = 0
  limit.seenAt = 0
}

/** Ends a window that is over. Requests that are still on their way may count in the next one. */
function endWindow(limit: Limit, now: number): void {
  if (limit.windowEnd !== 0 && now >= limit.windowEnd) beginWindow(limit, 0, limit.onTheWay)
}

/** How much time of the window has passed, in ms. */
const passed = ({ windowEnd }: Limit, now: number): number => (windowEnd === 0 ? 0 : now - windowEnd + WINDOW)

/** How many requests others are likely to make in this window: half of the limit at most, unless they have made more. */
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
  // A limit that claims to allow nothing is tried once in each window.
  if (next > ours || taken + theirs >= Math.max(1, total)) return end
  return others === 0 || windowEnd === 0 ? now : end - WINDOW + (WINDOW * next) / ours - LEAD
}

function take(limit: Limit, now: number): void {
  // A window begins when a request arrives at Zendesk, not when it leaves.
  if (limit.windowEnd === 0) limit.windowEnd = now + WINDOW + SECOND
  limit.taken++
  if (limit.onTheWay++ === 0) limit.askedAt = now
}

function noteAnswer(limit: Limit, now: number, sent: number, reported?: LimitReading): void {
  limit.onTheWay--
  const isBeyondBelief = (reported?.resets ?? 0) > LONGEST_BELIEVED
  if (now >= limit.pausedUntil) limit.isKnown = !isBeyondBelief
  if (reported === undefined) return
  const reading = isBeyondBelief ? { ...reported, resets: LONGEST_BELIEVED } : reported
  limit.total = reading.total
  if (!isOfThisWindow(limit, now, sent, reading)) return
  // Usually none of our requests on their way had arrived when Zendesk counted. Even if all of them had, a count above ours
  // shows that somebody else is there.
  const sure = limit.total - reading.remaining - limit.taken
  if (sure > 0 || limit.theirs > 0) limit.theirs = Math.max(limit.theirs, sure + limit.onTheWay)
  limit.seenAt = Math.max(limit.seenAt, passed(limit, now))
}

/** Adjusts the window to what this answer reports. False for a late answer that belongs to an earlier window. */
function isOfThisWindow(limit: Limit, now: number, sent: number, { remaining, resets }: LimitReading): boolean {
  const { onTheWay } = limit
  if (resets === undefined) {
    // An answer without an end is of the present window, unless it reports more left than that one can have.
    if (remaining > limit.total - limit.taken + onTheWay) beginWindow(limit, sent + WINDOW, onTheWay + 1)
    return true
  }
  // Zendesk may work on an export for half a minute, and its headers may be from before or after that.
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
  // Afterwards one request goes ahead, to see whether the limit still refuses.
  limit.isKnown = false
  if (Number.isFinite(limit.total)) limit.theirs = Math.max(limit.theirs, limit.total - limit.taken + 1)
  // `Retry-After` names the end of the window better than the headers do.
  limit.windowEnd = limit.pausedUntil
  limit.earliest = limit.pausedUntil - SECOND
  limit.latest = limit.pausedUntil
  limit.seenAt = Math.max(limit.seenAt, passed(limit, now))
}
