import { type AccountPlan, requestsAMinute } from '../../account/plan.ts'
import type { Clock } from '../../clock.ts'
import { Refusal } from '../errors.ts'
import { POOLS, poolOf } from './pools.ts'
import { type Charged, LIMIT_RULES, type LimitRule } from './rules.ts'
import { createWindows } from './windows.ts'

// The number in Zendesk's headers if nothing is limited, and the upper bound of every limit.
const UNLIMITED = 100_000
const MINUTE = 60
const JOBS = 30
const STARTS_JOB = /\/(?:create|update|create_or_update|destroy)_many$|\/tickets\/\d+\/merge$/

/** A limit and how much of it is used: `total` is undefined if nothing is limited, `resets` is in seconds. */
export type LimitUse = {
  readonly name: string
  readonly total: number | undefined
  readonly used: number
  readonly resets: number
}

/** The account's limits. */
export type Limits = {
  /** Counts a request, also one that fails later; gives the headers of the reply, or throws the 429. */
  readonly charge: (request: Charged) => Record<string, string>
  /** The present use: of pools and exports always, of other limits while they are in use. */
  readonly uses: () => readonly LimitUse[]
}

/** The limits of an account depend on these. The plan may change at any time, with immediate effect. */
export type Limited = {
  readonly plan: AccountPlan
  /** Whether the plan's limits hold. */
  readonly enforced: boolean
  /** Requests a minute to the exports, and to the account, whatever the plan grants. */
  readonly exportLimit?: number | undefined
  readonly accountLimit?: number | undefined
  /** How many jobs are queued or working. */
  readonly inFlight?: () => number
}

/** One count against a limit. */
type Count = {
  readonly name: string
  readonly key: string
  readonly total: number
  readonly seconds: number
  readonly what: string
  readonly header?: string | undefined
}

/** The limits of an account on its clock. */
export function createLimits(clock: Clock, limited: Limited): Limits {
  const { plan, enforced, accountLimit, inFlight } = limited
  const windows = createWindows(clock)
  const shown = new Map<string, Count>()
  const planned = () => accountLimit ?? (enforced ? requestsAMinute(plan) : UNLIMITED)
  const pool = (name: string): Count => {
    const { total, seconds = MINUTE } = POOLS[name] ?? {}
    return {
      name,
      key: name,
      what: 'API',
      seconds,
      total: total === undefined ? planned() : enforced ? total : UNLIMITED,
    }
  }
  const applying = ({ method, path, query, user }: Charged): Count[] => {
    const after = path.replace(/^\/api\/v2/, '')
    return LIMIT_RULES.flatMap((rule) => {
      if (!rule.methods.includes(method) || rule.query?.(query) === false) return []
      const found = rule.path.exec(after)
      // Without enforcement only limits that a header reports are counted.
      if (found === null || (!enforced && rule.header === undefined && rule.exports === undefined)) return []
      return [ruled(limited, rule, found.slice(1), user)]
    })
  }
  const use = ({ name, key, total, seconds }: Count): LimitUse => ({
    name,
    total: total >= UNLIMITED ? undefined : total,
    used: windows.used(key),
    resets: windows.resets(key, seconds),
  })
  const take = (count: Count) => {
    shown.set(count.name, count)
    return windows.take(count.key, count.seconds) <= count.total
  }
  const remaining = ({ key, total }: Count) => Math.max(0, total - windows.used(key))

  return {
    charge: (request) => {
      const mine = pool(poolOf(request.path))
      const counts = [mine, ...applying(request)]
      const over = counts.filter((count) => !take(count))
      // Talk reports the account's limit, although it has one of its own.
      const reported = mine.name === 'talk' ? pool('account') : mine
      const headers: Record<string, string> = {
        'x-rate-limit': String(reported.total),
        'x-rate-limit-remaining': String(remaining(reported)),
      }
      if (mine.name === 'account') {
        headers['ratelimit-limit'] = String(mine.total)
        headers['ratelimit-remaining'] = String(remaining(mine))
        headers['ratelimit-reset'] = String(windows.resets(mine.key, mine.seconds))
      }
      for (const count of counts)
        if (count.header !== undefined)
          headers[`zendesk-ratelimit-${count.header}`] =
            `total=${count.total}; remaining=${remaining(count)}; resets=${windows.resets(count.key, count.seconds)}`
      if (request.method !== 'GET' && inFlight !== undefined && STARTS_JOB.test(request.path))
        headers['zendesk-ratelimit-inflight-jobs'] =
          `total=${JOBS}; remaining=${Math.max(0, JOBS - inFlight())}; resets=${MINUTE}`
      const [first] = over
      if (first !== undefined) throw tooMany(first.what, windows.resets(first.key, first.seconds), headers)
      return headers
    },
    uses: () => {
      const always = [pool('account'), ...LIMIT_RULES.slice(0, 2).map((rule) => ruled(limited, rule, [], undefined))]
      const names = new Set(always.map(({ name }) => name))
      const others = [...shown.values()].filter(({ name, key }) => !names.has(name) && windows.used(key) > 0)
      return [...always, ...others].map(use)
    },
  }
}

function ruled(
  { plan, enforced, exportLimit }: Limited,
  rule: LimitRule,
  parts: readonly string[],
  user: number | undefined,
): Count {
  const { name, header, total, highVolume = total, seconds = MINUTE, exports, what = 'API', perUser } = rule
  const key = [name, ...parts, ...(perUser === true ? [user ?? ''] : [])].join(' ')
  const granted = enforced ? (plan.highVolume ? highVolume : total) : UNLIMITED
  const override = exports === undefined || exportLimit === undefined ? undefined : exports * exportLimit
  return { name, key, header, seconds, what, total: override ?? granted }
}

function tooMany(what: string, resets: number, headers: Record<string, string>): Refusal {
  const description = `Number of allowed ${what} requests per minute exceeded`
  const body = { error: 'APIRateLimitExceeded', description }
  return new Refusal(429, body, { ...headers, 'retry-after': String(resets) })
}
