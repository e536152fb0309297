import { HttpError } from '../errors.ts'
import { type Bucket, createBucket, type Told } from './bucket.ts'

/** Header fields of an answer, in lower case. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>

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
   * Waits for the turn of a request that draws on the account's limit (Support's or the Help Center's, by its path) and on
   * this bucket. Rejects with the signal's reason, or with an HttpError where the wait would be longer than told.
   */
  turn(request: { path: string; bucket?: string | undefined }, options: TurnOptions): Promise<Turn>
  /** Requests a minute that the account has, once an answer has told. */
  accountLimit(): number | undefined
}

export interface TurnOptions {
  readonly signal: AbortSignal
  /** The longest wait, in ms, that is sat out. */
  readonly patience: number
  /** Hears until when a request waits (epoch ms), again when that becomes later. */
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
const BUCKET_HEADER = /^zendesk-rate-?limit-(.+)$/
/** The Help Center has an account limit of its own. */
const HELP_CENTER = /^(help_center|community|guide)\//

/** Shorter waits are not told, in ms. */
const WORTH_TELLING = 500

interface Waiter {
  readonly buckets: readonly Bucket[]
  readonly go: (turn: Turn) => void
  readonly giveUp: (error: Error) => void
  readonly patience: number
  readonly onWait: (until: number) => void
  /** Until when it was last told to wait. */
  told: number
}

/**
 * The governor of one account. `share` (0 to 1) is the part of the account's limit that is ours; the limits of single
 * endpoints are used in full. Of the requests that wait, those on the rarest limit go first.
 * https://developer.zendesk.com/api-reference/introduction/rate-limits/#monitoring-your-request-activity
 */
export function createGovernor(share: number, now = Date.now): Governor {
  const pools = { support: createBucket(undefined, share), helpCenter: createBucket(undefined, share) }
  const buckets = new Map<string, Bucket>()
  const bucketOf = (name: string): Bucket => {
    const bucket = buckets.get(name) ?? createBucket(KNOWN[name])
    buckets.set(name, bucket)
    return bucket
  }
  let waiting: Waiter[] = []
  let timer: NodeJS.Timeout | undefined

  const rarity = ({ buckets: drawn }: Waiter): number => Math.min(...drawn.map((bucket) => bucket.total()))
  const readyAt = ({ buckets: drawn }: Waiter): number => Math.max(...drawn.map((bucket) => bucket.readyAt(now())))
  const letThrough = (): void => {
    clearTimeout(timer)
    timer = undefined
    let next = Number.POSITIVE_INFINITY
    for (const waiter of waiting.toSorted((one, other) => rarity(one) - rarity(other))) {
      const at = readyAt(waiter)
      if (at <= now()) {
        waiting = waiting.filter((other) => other !== waiter)
        waiter.go(turnOf(waiter))
      } else if (at - now() > waiter.patience) {
        waiting = waiting.filter((other) => other !== waiter)
        waiter.giveUp(usedUp(at - now()))
      } else {
        next = Math.min(next, at)
        if (at > waiter.told && at - now() >= WORTH_TELLING) waiter.onWait(at)
        waiter.told = Math.max(at, waiter.told)
      }
    }
    if (Number.isFinite(next)) timer = setTimeout(letThrough, Math.max(1, next - now()))
  }
  const turnOf = ({ buckets: [pool, special] }: Waiter): Turn => {
    pool?.take(now())
    special?.take(now())
    let isOver = false
    const over = (act: () => void): void => {
      if (isOver) return
      isOver = true
      act()
      letThrough()
    }
    return {
      answered: (headers, refusedFor) =>
        over(() => {
          const account = accountIn(headers)
          const named = bucketsIn(headers)
          pool?.answered(now(), account)
          for (const [name, told] of named) {
            const bucket = bucketOf(name)
            // A limit that we learn of by its answer was drawn on by this request too.
            if (bucket !== special) bucket.take(now())
            bucket.answered(now(), told)
          }
          if (special && ![...named.keys()].some((name) => buckets.get(name) === special)) special.answered(now())
          if (refusedFor === undefined) return
          const refusing = account?.remaining === 0 ? pool : (special ?? pool)
          refusing?.pause(now() + refusedFor)
        }),
      lost: () =>
        over(() => {
          pool?.answered(now())
          special?.answered(now())
        }),
    }
  }

  return {
    accountLimit: () => (Number.isFinite(pools.support.total()) ? pools.support.total() : undefined),
    turn: ({ path, bucket }, { signal, patience, onWait }) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted()
        const pool = HELP_CENTER.test(path) ? pools.helpCenter : pools.support
        const onAbort = (): void => {
          waiting = waiting.filter((other) => other !== waiter)
          reject(signal.reason)
        }
        const settle =
          <T>(act: (value: T) => void) =>
          (value: T): void => {
            signal.removeEventListener('abort', onAbort)
            act(value)
          }
        const waiter: Waiter = {
          buckets: bucket === undefined ? [pool] : [pool, bucketOf(bucket)],
          go: settle(resolve),
          giveUp: settle(reject),
          patience,
          onWait,
          told: 0,
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

/** The account's limit as an answer tells it. The Help Center leaves out when the minute ends. */
function accountIn(headers: Headers): Told | undefined {
  const total = Number(headers['x-rate-limit'] ?? headers['ratelimit-limit'] ?? Number.NaN)
  const remaining = Number(headers['x-rate-limit-remaining'] ?? headers['ratelimit-remaining'] ?? Number.NaN)
  const resets = Number(headers['ratelimit-reset'] ?? headers['rate-limit-reset'] ?? Number.NaN)
  if (!Number.isFinite(total) || !Number.isFinite(remaining)) return undefined
  return { total, remaining, ...(Number.isFinite(resets) && { resets: resets * 1000 }) }
}

/** The limits of single endpoints that an answer tells, by name: `total=10; remaining=9; resets=57`. */
function bucketsIn(headers: Headers): ReadonlyMap<string, Told> {
  const told = new Map<string, Told>()
  for (const [header, value] of Object.entries(headers)) {
    const name = BUCKET_HEADER.exec(header)?.[1]
    const values = name && /total=(\d+).*?remaining=(\d+).*?resets=(\d+)/.exec(String(value))
    if (name && values)
      told.set(name, { total: Number(values[1]), remaining: Number(values[2]), resets: Number(values[3]) * 1000 })
  }
  return told
}
