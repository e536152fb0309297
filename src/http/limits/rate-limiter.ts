import { HttpError } from '../../model/errors.ts'
import type { Clock } from '../../model/runtime.ts'
import { systemClock } from '../clock.ts'
import { type Bucket, createBucket } from './bucket.ts'
import { accountIn, bucketsIn, type Headers } from './headers.ts'

/** A request that was let through; to be told what became of it. */
export interface Turn {
  /** Its answer came. `refusedFor`: it was refused by a limit, for so many ms. */
  answered(headers: Headers, refusedFor?: number): void
  /** No answer came. */
  lost(): void
}

/** Keeps all requests of the process within Zendesk's limits. */
export interface Governor {
  /**
   * Waits for the turn of a request that draws on the account's limit (Support's or the Help Center's, by its path), on
   * this bucket, and on those that answers from its path have named. Rejects with the signal's reason, or with an
   * HttpError where the wait would be longer than told.
   */
  turn(request: { path: string; bucket?: string | undefined }, options: TurnOptions): Promise<Turn>
  /** Requests a minute that the account has, once an answer has told. */
  accountLimit(): number | undefined
}

export interface TurnOptions {
  readonly signal: AbortSignal
  /** The longest wait, in ms, that is sat out. */
  readonly patience: number
  /** Hears until when a request waits (epoch ms), again when that becomes later, and every few minutes. */
  readonly onWait: (until: number) => void
}

/**
 * Limits that are known before the first answer tells them, in requests a minute; without the High Volume add-on.
 * https://developer.zendesk.com/api-reference/introduction/rate-limits/#endpoint-rate-limits
 */
const KNOWN: Readonly<Record<string, number>> = {
  'incremental-exports': 10,
  'incremental-exports-cursor': 20,
  'deleted-tickets-index': 10,
  'search-export': 100,
}
/** The Help Center has an account limit of its own. */
const HELP_CENTER = /^(help_center|community|guide)\//

/** Shorter waits are not told, in ms. */
const WORTH_TELLING = 500
/** A wait that goes on is told again after this long, in ms. */
const TELL_AGAIN = 5 * 60_000
/** A limit that was drawn on within this time, in ms, will be drawn on again. */
const IN_USE = 60_000

interface Waiter {
  readonly pool: Bucket
  /** By name: what it draws on beside the pool; answers add to it. The first one is refused where nothing else is named. */
  readonly draws: Set<string>
  readonly go: (turn: Turn) => void
  readonly giveUp: (error: Error) => void
  readonly patience: number
  readonly onWait: (until: number) => void
  /** Until when it was last told to wait, and when that was. */
  told: { readonly until: number; readonly at: number }
}

/**
 * The governor of one account. `share` (0 to 1) is the part of the account's limit that is ours; the limits of single
 * endpoints are used in full. Of the requests that wait, those on the rarest limit go first, and room is kept for them.
 */
export function createGovernor(share: number, clock: Clock = systemClock): Governor {
  const { now } = clock
  const pools = { support: createBucket(undefined, share), helpCenter: createBucket(undefined, share) }
  const buckets = new Map<string, Bucket>()
  const bucketOf = (name: string): Bucket => {
    const bucket = buckets.get(name) ?? createBucket(KNOWN[name] ?? Number.POSITIVE_INFINITY)
    buckets.set(name, bucket)
    return bucket
  }
  const drawsOf = new Map<string, Set<string>>()
  /** Buckets of a known size: the pool beside them, and when they were last drawn on. */
  const used = new Map<Bucket, { readonly pool: Bucket; readonly at: number }>()
  let waiting: Waiter[] = []
  let cancel = (): void => undefined

  const drawn = ({ draws }: Waiter): readonly Bucket[] => [...draws].map(bucketOf)
  const rarity = (waiter: Waiter): number => Math.min(...drawn(waiter).map((bucket) => bucket.total()))
  const readyAt = (waiter: Waiter): number => {
    const special = Math.max(...drawn(waiter).map((bucket) => bucket.readyAt(now())))
    return Math.max(special, waiter.pool.readyAt(now(), roomFor(waiter)))
  }
  /** How many requests of rarer limits in use will want this one's pool before it fills again: their time is dear. */
  const roomFor = (waiter: Waiter): number => {
    const until = waiter.pool.endsAt(now())
    const common = Math.min(rarity(waiter), waiter.pool.total())
    const rarer = [...used].filter(
      ([bucket, { pool, at }]) => pool === waiter.pool && at > now() - IN_USE && bucket.total() < common,
    )
    return rarer.reduce((room, [bucket]) => room + bucket.capacity(now(), until), 0)
  }
  const leave = (waiter: Waiter): void => {
    waiting = waiting.filter((other) => other !== waiter)
  }
  const letThrough = (): void => {
    cancel()
    let next = Number.POSITIVE_INFINITY
    for (const waiter of waiting.toSorted((one, other) => rarity(one) - rarity(other))) {
      const at = readyAt(waiter)
      if (at <= now()) {
        leave(waiter)
        waiter.go(turnOf(waiter))
      } else if (at - now() > waiter.patience) {
        leave(waiter)
        waiter.giveUp(usedUp(at - now()))
      } else {
        next = Math.min(next, at, now() + TELL_AGAIN)
        tell(waiter, at)
      }
    }
    if (Number.isFinite(next)) cancel = clock.after(Math.max(1, next - now()), letThrough)
  }
  const tell = (waiter: Waiter, at: number): void => {
    const { told } = waiter
    if (at <= told.until && now() < told.at + TELL_AGAIN) return
    if (at - now() >= WORTH_TELLING) waiter.onWait(at)
    waiter.told = { until: Math.max(at, told.until), at: now() }
  }
  const turnOf = (waiter: Waiter): Turn => {
    const { pool, draws } = waiter
    const took = [...draws]
    const sent = now()
    pool.take(sent)
    for (const bucket of took.map(bucketOf)) {
      bucket.take(sent)
      if (Number.isFinite(bucket.total())) used.set(bucket, { pool, at: sent })
    }
    let over = (act: () => void): void => {
      over = () => undefined
      act()
      letThrough()
    }
    return {
      answered: (headers, refusedFor) =>
        over(() => {
          const account = accountIn(headers)
          const named = bucketsIn(headers)
          pool.answered(now(), sent, account)
          for (const name of took) bucketOf(name).answered(now(), sent, named.get(name))
          for (const [name, told] of named) {
            if (took.includes(name)) continue
            // A limit that we learn of by its answer was drawn on by this request too.
            draws.add(name)
            bucketOf(name).take(sent)
            bucketOf(name).answered(now(), sent, told)
          }
          if (refusedFor === undefined) return
          const isPool = account === undefined || account.remaining === 0
          const empty = [...named].flatMap(([name, { remaining }]) => (remaining === 0 ? [name] : []))
          const refusing = isPool ? [pool] : (empty.length > 0 ? empty : took.slice(0, 1)).map(bucketOf)
          for (const bucket of refusing) bucket.pause(now(), now() + refusedFor)
        }),
      lost: () =>
        over(() => {
          for (const bucket of [pool, ...took.map(bucketOf)]) bucket.answered(now(), sent)
        }),
    }
  }

  return {
    accountLimit: () => (Number.isFinite(pools.support.total()) ? pools.support.total() : undefined),
    turn: ({ path, bucket }, { signal, patience, onWait }) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted()
        const route = path.replaceAll(/\/\d+(?=\/|$)/g, '/:id')
        const draws = drawsOf.get(route) ?? new Set([bucket ?? route])
        drawsOf.set(route, draws)
        const pool = HELP_CENTER.test(path) ? pools.helpCenter : pools.support
        const settle =
          <T>(act: (value: T) => void) =>
          (value: T): void => {
            signal.removeEventListener('abort', onAbort)
            act(value)
          }
        const [go, giveUp] = [settle(resolve), settle(reject)]
        const waiter: Waiter = { pool, draws, go, giveUp, patience, onWait, told: { until: 0, at: 0 } }
        const onAbort = (): void => {
          leave(waiter)
          reject(signal.reason)
        }
        signal.addEventListener('abort', onAbort, { once: true })
        waiting.push(waiter)
        letThrough()
      }),
  }
}

const usedUp = (milliseconds: number): HttpError =>
  new HttpError(`Zendesk's limit is used up for the next ${Math.ceil(milliseconds / 1000)} s.`, 'transient_error', {
    status: 429,
  })
