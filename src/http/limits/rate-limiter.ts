// Keeps all requests of the process within Zendesk's limits: who goes next, and when.
import { type Clock, systemClock } from '../../model/clock.ts'
import { HttpError } from '../../model/errors.ts'
import type { LimitUse } from '../../model/message.ts'
import type { PageRequest } from '../../model/stream.ts'
import type { Bucket } from './bucket.ts'
import { type Buckets, createBuckets, type Shares } from './buckets.ts'
import { accountIn, bucketsIn, type Headers } from './headers.ts'
import { createPrecedence, type Precedence, type Turn } from './precedence.ts'

/** Leave to send one request. One of its functions must be called once the outcome is known. */
export interface Permit {
  /** There was an answer. `refusedFor`: a limit refused the request, for so many ms. */
  answered(headers: Headers, refusedFor?: number): void
  /** There was no answer. */
  lost(): void
}

/** Keeps all requests of the process within Zendesk's limits. */
export interface RateLimiter {
  /**
   * Waits until a request may be sent. It draws on the account's limit (Support's or the Help Center's, by its path), on this
   * bucket, and on those that answers from its path have named. Rejects with the signal's reason, or with an HttpError if
   * the wait would be longer than `patience`.
   */
  permit(request: LimitedRequest, options: PermitOptions): Promise<Permit>
  /** The account's limit in requests a minute, once an answer has reported it. */
  accountLimit(): number | undefined
  /** How far the limits are used up whose size is known. */
  uses(): readonly LimitUse[]
}

/** What the limiter looks at of a request; see PageRequest. */
type LimitedRequest = Pick<PageRequest, 'path' | 'priority'> & { readonly bucket?: string | undefined }

export interface PermitOptions {
  readonly signal: AbortSignal
  /** The longest wait that is accepted, in ms. */
  readonly patience: number
  /** Called with the time until which a request waits (epoch ms), when that changes to a later one, and every few minutes. */
  readonly onWait: (until: number) => void
}

/** Shorter waits are not reported, in ms. */
const WORTH_REPORTING = 500
/** A wait that goes on is reported again after this long, in ms. */
const REPORT_AGAIN = 5 * 60_000
/** A limit that was drawn on within this time, in ms, is expected to be drawn on again. */
const IN_USE = 60_000

/** A request that waits for its permit. */
interface Waiter {
  readonly pool: Bucket
  /** The buckets that it draws on besides the pool, by name; answers add to them. If a refusal names none, the first refused. */
  readonly draws: Set<string>
  readonly turn: Turn
  readonly go: (permit: Permit) => void
  readonly giveUp: (error: Error) => void
  readonly patience: number
  readonly onWait: (until: number) => void
  /** The wait that was last reported: until when, and when that was reported. */
  reported: { readonly until: number; readonly at: number }
}

/** The limits of one account, and the requests that wait for them. */
interface Limits {
  readonly clock: Clock
  readonly buckets: Buckets
  readonly precedence: Precedence
  /** By route: the buckets that its requests draw on. */
  readonly drawsOf: Map<string, Set<string>>
  /** By bucket of a known size: the pool that its requests draw on too, and when it was last drawn on. */
  readonly used: Map<Bucket, { readonly pool: Bucket; readonly at: number }>
  waiting: readonly Waiter[]
  /** Cancels the next look at the waiting requests. */
  cancel: () => void
}

/**
 * The rate limiter of one account; the limits of other single endpoints are used in full. Requests on the smallest limit go
 * first, and room in the account's limit is kept for them.
 */
export function createRateLimiter(shares: Shares, clock: Clock = systemClock): RateLimiter {
  const limits: Limits = {
    clock,
    buckets: createBuckets(shares),
    precedence: createPrecedence(),
    drawsOf: new Map(),
    used: new Map(),
    waiting: [],
    cancel: () => undefined,
  }
  return {
    accountLimit() {
      const total = limits.buckets.poolOf('').total()
      return Number.isFinite(total) ? total : undefined
    },
    uses: () =>
      limits.buckets.all().flatMap(([name, bucket]) => {
        const use = bucket.use(clock.now())
        return use ? [{ name, ...use }] : []
      }),
    permit: (request, options) =>
      new Promise((resolve, reject) => queue(limits, request, options, { resolve, reject })),
  }
}

function queue(
  limits: Limits,
  { path, bucket, priority = 0 }: LimitedRequest,
  { signal, patience, onWait }: PermitOptions,
  { resolve, reject }: { resolve: (permit: Permit) => void; reject: (reason: unknown) => void },
): void {
  signal.throwIfAborted()
  const route = path.replaceAll(/\/\d+(?=\/|$)/g, '/:id')
  const draws = limits.drawsOf.get(route) ?? new Set([bucket ?? route])
  limits.drawsOf.set(route, draws)
  const pool = limits.buckets.poolOf(path)
  const onAbort = (): void => {
    leave(limits, waiter)
    limits.precedence.ended(waiter.turn, limits.clock.now())
    reject(signal.reason)
  }
  const settled =
    <T>(act: (value: T) => void) =>
    (value: T): void => {
      signal.removeEventListener('abort', onAbort)
      act(value)
    }
  const [go, giveUp] = [settled(resolve), settled(reject)]
  const waiter: Waiter = {
    pool,
    draws,
    turn: { bucket, priority },
    go,
    giveUp,
    patience,
    onWait,
    reported: { until: 0, at: 0 },
  }
  signal.addEventListener('abort', onAbort, { once: true })
  limits.waiting = [...limits.waiting, waiter]
  limits.precedence.begun(waiter.turn)
  letThrough(limits)
}

function leave(limits: Limits, waiter: Waiter): void {
  limits.waiting = limits.waiting.filter((other) => other !== waiter)
}

/** Gives permits to all requests that may be sent now, smallest limit first, and looks at them anew when the next one may. */
function letThrough(limits: Limits): void {
  const { clock } = limits
  const { now } = clock
  limits.cancel()
  let next = Number.POSITIVE_INFINITY
  const inTurn = limits.waiting.toSorted(
    (one, other) => rarity(limits, one) - rarity(limits, other) || one.turn.priority - other.turn.priority,
  )
  for (const waiter of inTurn) {
    const at = readyAt(limits, waiter)
    if (at <= now()) {
      leave(limits, waiter)
      waiter.go(permitFor(limits, waiter))
    } else if (at - now() > waiter.patience) {
      leave(limits, waiter)
      limits.precedence.ended(waiter.turn, now())
      waiter.giveUp(usedUp(at - now()))
    } else {
      next = Math.min(next, at, now() + REPORT_AGAIN)
      // That others go first is reported once: the end of it moves on with each of their requests.
      if (at > heldUntil(limits, waiter) || waiter.reported.at === 0) report(waiter, at, now())
    }
  }
  if (Number.isFinite(next)) limits.cancel = clock.after(Math.max(1, next - now()), () => letThrough(limits))
}

function report(waiter: Waiter, at: number, now: number): void {
  const { reported } = waiter
  if (at <= reported.until && now < reported.at + REPORT_AGAIN) return
  if (at - now >= WORTH_REPORTING) waiter.onWait(at)
  waiter.reported = { until: Math.max(at, reported.until), at: now }
}

const drawnBy = (limits: Limits, { draws }: Waiter): readonly Bucket[] =>
  [...draws].map((name) => limits.buckets.named(name))

/** The size of the smallest limit that a request draws on. */
const rarity = (limits: Limits, waiter: Waiter): number =>
  Math.min(...drawnBy(limits, waiter).map((bucket) => bucket.total()))

function readyAt(limits: Limits, waiter: Waiter): number {
  const { now } = limits.clock
  const special = Math.max(...drawnBy(limits, waiter).map((bucket) => bucket.readyAt(now())))
  return Math.max(special, heldUntil(limits, waiter), waiter.pool.readyAt(now(), roomFor(limits, waiter)))
}

/** Until when requests of a higher priority go first. */
function heldUntil(limits: Limits, { turn }: Waiter): number {
  if (turn.bucket === undefined) return 0
  return limits.precedence.heldUntil(turn, limits.buckets.named(turn.bucket).total(), limits.clock.now())
}

/**
 * How many requests of smaller limits in use will need this one's pool before its window ends. If the pool is empty then,
 * it costs them a minute.
 */
function roomFor(limits: Limits, waiter: Waiter): number {
  const { used, clock } = limits
  const now = clock.now()
  const until = waiter.pool.endsAt(now)
  const common = Math.min(rarity(limits, waiter), waiter.pool.total())
  const rarer = [...used].filter(
    ([bucket, { pool, at }]) => pool === waiter.pool && at > now - IN_USE && bucket.total() < common,
  )
  return rarer.reduce((room, [bucket]) => room + bucket.capacity(now, until), 0)
}

/** Counts a request as sent, and lets the next ones through once its end is known. */
function permitFor(limits: Limits, { pool, draws, turn }: Waiter): Permit {
  const { now } = limits.clock
  const took = [...draws]
  const sent = now()
  pool.take(sent)
  limits.precedence.sent(turn)
  for (const bucket of took.map((name) => limits.buckets.named(name))) {
    bucket.take(sent)
    if (Number.isFinite(bucket.total())) limits.used.set(bucket, { pool, at: sent })
  }
  let isOver = false
  const over = (act: () => void): void => {
    if (isOver) return
    isOver = true
    limits.precedence.ended(turn, now())
    act()
    letThrough(limits)
  }
  return {
    answered: (headers, refusedFor) => over(() => noteAnswer(limits, { pool, draws, took, sent }, headers, refusedFor)),
    lost: () =>
      over(() => {
        for (const bucket of [pool, ...took.map((name) => limits.buckets.named(name))]) bucket.answered(now(), sent)
      }),
  }
}

/** A request that was sent. */
interface Sent {
  readonly pool: Bucket
  readonly draws: Set<string>
  /** The buckets that it was known to draw on. */
  readonly took: readonly string[]
  /** Epoch ms. */
  readonly sent: number
}

function noteAnswer(limits: Limits, { pool, draws, took, sent }: Sent, headers: Headers, refusedFor?: number): void {
  const { now } = limits.clock
  const account = accountIn(headers)
  const named = bucketsIn(headers)
  pool.answered(now(), sent, account)
  for (const name of took) limits.buckets.named(name).answered(now(), sent, named.get(name))
  for (const [name, reading] of named) {
    if (took.includes(name)) continue
    // A limit that we learn of by its answer was drawn on by this request too.
    draws.add(name)
    limits.buckets.named(name).take(sent)
    limits.buckets.named(name).answered(now(), sent, reading)
  }
  if (refusedFor === undefined) return
  const isPool = account === undefined || account.remaining === 0
  const empty = [...named].flatMap(([name, { remaining }]) => (remaining === 0 ? [name] : []))
  const refusing = empty.length > 0 ? empty : took.slice(0, 1)
  for (const bucket of isPool ? [pool] : refusing.map((name) => limits.buckets.named(name)))
    bucket.pause(now(), now() + refusedFor)
}

const usedUp = (milliseconds: number): HttpError =>
  new HttpError(`Zendesk's limit is used up for the next ${Math.ceil(milliseconds / 1000)} s.`, 'transient_error', {
    status: 429,
  })
