import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createRateLimiter, type RateLimiter } from '../../../../src/http/limits/rate-limiter.ts'

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') }))
afterEach(() => void vi.useRealTimers())

/** Limits as Zendesk keeps them: windows of a minute that begin with their first request; refused requests count too. */
function createZendesk(account: number, special: Record<string, number> = {}) {
  const windows = new Map<string, { began: number; used: number }>()
  const charge = (name: string, total: number) => {
    const known = windows.get(name)
    const window = known && Date.now() - known.began < 60_000 ? known : { began: Date.now(), used: 0 }
    windows.set(name, window)
    window.used++
    const resets = Math.max(1, Math.ceil((window.began + 60_000 - Date.now()) / 1000))
    return { ok: window.used <= total, remaining: Math.max(0, total - window.used), resets }
  }
  const refused: string[] = []
  let served = 0
  const ask = (who: string, bucket?: string) => {
    const pool = charge('account', account)
    const own = bucket === undefined ? undefined : charge(bucket, special[bucket]!)
    const headers: Record<string, string> = {
      'x-rate-limit': String(account),
      'x-rate-limit-remaining': String(pool.remaining),
      'ratelimit-reset': String(pool.resets),
    }
    if (own)
      headers[`zendesk-ratelimit-${bucket}`] =
        `total=${special[bucket!]}; remaining=${own.remaining}; resets=${own.resets}`
    const ok = pool.ok && own?.ok !== false
    if (!ok) refused.push(who)
    else served++
    return { ok, headers, retryAfter: (pool.ok ? (own?.resets ?? 1) : pool.resets) * 1000 }
  }
  return { ask, refused, served: () => served }
}

type Zendesk = ReturnType<typeof createZendesk>
const forever = { signal: new AbortController().signal, patience: Number.POSITIVE_INFINITY, onWait: () => undefined }
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** So many requests one after the other, each answered after some ms. */
async function walk(
  rateLimiter: RateLimiter,
  zendesk: Zendesk,
  count: number,
  bucket?: string,
  latency = 300,
  priority?: number,
) {
  for (let left = count; left > 0; ) {
    const request = { path: bucket ?? 'lists', bucket, ...(priority !== undefined && { priority }) }
    const permit = await rateLimiter.permit(request, forever)
    await sleep(latency / 3)
    const { ok, headers, retryAfter } = zendesk.ask('ours', bucket)
    await sleep((latency * 2) / 3)
    permit.answered(headers, ok ? undefined : retryAfter)
    if (ok) left--
  }
}

/** For how many seconds of the account's time something goes on. */
async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const began = Date.now()
  let ended = 0
  void run().then(() => {
    ended = Date.now()
  })
  while (ended === 0) await vi.advanceTimersByTimeAsync(500)
  return (ended - began) / 1000
}

describe('alone on the account', () => {
  test.each([
    // The last window is not waited for: least time = windows that must pass, and the last requests' own time.
    ['exports', 10, 95, 9 * 60],
    ['high volume', 30, 95, 3 * 60],
  ])('%s: no request is refused, and no time is lost', async (_, limit, requests, least) => {
    const zendesk = createZendesk(700, { 'incremental-exports': limit })
    const rateLimiter = createRateLimiter({ account: 0.9 })
    const seconds = await secondsOf(() => walk(rateLimiter, zendesk, requests, 'incremental-exports'))
    expect(zendesk.refused).toEqual([])
    expect(seconds).toBeLessThan(least * 1.05 + 5)
  })

  test.each([200, 400, 700, 2500])('many lists at once on %i a minute', async (limit) => {
    const zendesk = createZendesk(limit)
    const rateLimiter = createRateLimiter({ account: 1 })
    const walks = () =>
      Promise.all(Array.from({ length: 20 }, () => walk(rateLimiter, zendesk, limit / 5, undefined, 200)))
    const seconds = await secondsOf(walks)
    expect(zendesk.refused).toEqual([])
    // Four windows; in the last one only as long as the requests themselves take.
    expect(seconds).toBeLessThan((3 * 60 + limit / 100) * 1.05)
  })

  test('its share is kept, and the rarest limit goes first', async () => {
    const zendesk = createZendesk(200, { 'incremental-exports': 10 })
    const rateLimiter = createRateLimiter({ account: 0.5 })
    let exported = 0
    const seconds = await secondsOf(() =>
      Promise.all([
        walk(rateLimiter, zendesk, 30, 'incremental-exports').then(() => {
          exported = Date.now()
        }),
        ...Array.from({ length: 10 }, () => walk(rateLimiter, zendesk, 60)),
      ]),
    )
    expect(zendesk.refused).toEqual([])
    // 630 requests at 100 a minute; the exports are done in three minutes, not in six.
    expect(seconds).toBeGreaterThan(5 * 60)
    expect(seconds).toBeLessThan(6.3 * 60 * 1.05)
    expect(exported - Date.parse('2026-01-01T00:00:00Z')).toBeLessThan(2.5 * 60_000)
  })
})

describe('where requests have priorities', () => {
  const exported = 'incremental-exports'
  /** When each of two walks of so many requests has ended, in seconds. */
  async function ends(first: number, second: number): Promise<readonly number[]> {
    const zendesk = createZendesk(200, { [exported]: 10 })
    const rateLimiter = createRateLimiter({ account: 1 })
    const walks = (
      [
        [first, 1],
        [second, 2],
      ] as const
    ).map(([count, priority]) => secondsOf(() => walk(rateLimiter, zendesk, count, exported, 300, priority)))
    const seconds = await Promise.all(walks)
    expect(zendesk.refused).toEqual([])
    return seconds
  }

  test('a long walk of a higher one gets nearly the whole limit, and the other goes on after it', async () => {
    const [first = 0, second = 0] = await ends(60, 60)
    // Alone it takes five minutes; taking turns, eleven.
    expect(first).toBeLessThan(7 * 60)
    expect(second).toBeLessThan(12.5 * 60)
  })

  test('short walks do not wait for each other', async () => {
    const [first = 0, second = 0] = await ends(4, 4)
    expect(Math.max(first, second)).toBeLessThan(5)
  })
})

test('a small share is kept too', async () => {
  const zendesk = createZendesk(200)
  const rateLimiter = createRateLimiter({ account: 0.2 })
  const seconds = await secondsOf(() => Promise.all(Array.from({ length: 4 }, () => walk(rateLimiter, zendesk, 20))))
  expect(zendesk.refused).toEqual([])
  // 80 requests at 40 a minute: not in one window.
  expect(seconds).toBeGreaterThan(59)
})

test('a share of the exports is left to others, and the account is used as before', async () => {
  const zendesk = createZendesk(200, { 'incremental-exports': 10 })
  const rateLimiter = createRateLimiter({ account: 1, exports: 0.5 })
  const exported = secondsOf(() => walk(rateLimiter, zendesk, 20, 'incremental-exports'))
  const listed = secondsOf(() => walk(rateLimiter, zendesk, 60))
  // Five a minute, and the last window is not waited for; the lists take as long as their answers.
  expect(await exported).toBeGreaterThan(3 * 60 - 1)
  expect(await listed).toBeLessThan(60)
  expect(zendesk.refused).toEqual([])
})

test('where nothing is known, one request goes ahead: the smallest account refuses none of a crowd', async () => {
  const zendesk = createZendesk(10)
  const rateLimiter = createRateLimiter({ account: 0.9 })
  await secondsOf(() => Promise.all(Array.from({ length: 20 }, () => walk(rateLimiter, zendesk, 1))))
  expect(zendesk.refused).toEqual([])
})

test('a first request that gets no answer holds up the others for five seconds', async () => {
  const rateLimiter = createRateLimiter({ account: 0.9 })
  await rateLimiter.permit({ path: 'users/me' }, forever)
  const other = rateLimiter.permit({ path: 'groups' }, forever)
  await vi.advanceTimersByTimeAsync(4_900)
  await expect(Promise.race([other, 'waits'])).resolves.toBe('waits')
  await vi.advanceTimersByTimeAsync(500)
  await other
})

test('a limit that an answer names is kept from then on', async () => {
  const zendesk = createZendesk(700, { 'tickets-index': 20 })
  const rateLimiter = createRateLimiter({ account: 0.9 })
  await secondsOf(async () => {
    for (let request = 0; request < 50; request++) {
      const permit = await rateLimiter.permit({ path: 'tickets' }, forever)
      permit.answered(zendesk.ask('ours', 'tickets-index').headers)
    }
  })
  expect(zendesk.refused).toEqual([])
})

test('lists leave room in the account for the exports, whose minute begins later', async () => {
  const zendesk = createZendesk(60, { 'incremental-exports': 10 })
  const rateLimiter = createRateLimiter({ account: 1 })
  let exported = 0
  await secondsOf(() =>
    Promise.all([
      ...Array.from({ length: 10 }, () => walk(rateLimiter, zendesk, 30)),
      sleep(20_000)
        .then(() => walk(rateLimiter, zendesk, 40, 'incremental-exports'))
        .then(() => {
          exported = Date.now()
        }),
    ]),
  )
  expect(zendesk.refused).toEqual([])
  // The first of them meet an account that is used up; after that they have their ten in each minute.
  expect(exported - Date.parse('2026-01-01T00:00:00Z')).toBeLessThan(4.5 * 60_000)
})

test('a refusal with room in the account holds up requests of its kind only', async () => {
  const rateLimiter = createRateLimiter({ account: 1 })
  const account = { 'x-rate-limit': '700', 'x-rate-limit-remaining': '600', 'ratelimit-reset': '50' }
  const refused = await rateLimiter.permit({ path: 'tickets/17/audits' }, forever)
  refused.answered(account, 30_000)
  const list = await rateLimiter.permit({ path: 'groups' }, forever)
  list.answered(account)
  const waits: number[] = []
  const waiting = rateLimiter.permit(
    { path: 'tickets/18/audits' },
    { ...forever, onWait: (until) => void waits.push(until - Date.now()) },
  )
  await vi.advanceTimersByTimeAsync(29_000)
  await expect(Promise.race([waiting, 'waits'])).resolves.toBe('waits')
  await vi.advanceTimersByTimeAsync(1_000)
  await waiting
  expect(waits).toEqual([30_000])
})

test('a refusal that nobody counts, as that of a network before Zendesk, holds up everything', async () => {
  const rateLimiter = createRateLimiter({ account: 1 })
  const refused = await rateLimiter.permit({ path: 'tickets/17/audits' }, forever)
  refused.answered({}, 30_000)
  const other = rateLimiter.permit({ path: 'groups' }, forever)
  await vi.advanceTimersByTimeAsync(29_000)
  await expect(Promise.race([other, 'waits'])).resolves.toBe('waits')
  await vi.advanceTimersByTimeAsync(1_000)
  await other
})

test('a long wait is told again every five minutes', async () => {
  const rateLimiter = createRateLimiter({ account: 1 })
  const refused = await rateLimiter.permit({ path: 'groups' }, forever)
  refused.answered({}, 3_600_000)
  const began = Date.now()
  const told: number[] = []
  const waiting = rateLimiter.permit(
    { path: 'groups' },
    { ...forever, onWait: () => void told.push(Date.now() - began) },
  )
  await vi.advanceTimersByTimeAsync(3_600_000)
  await waiting
  expect(told.map((ms) => ms / 60_000)).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55])
})

describe('with another client that eats half the limit', () => {
  test('of the account: both get on, and nothing is refused', async () => {
    const zendesk = createZendesk(400)
    const rateLimiter = createRateLimiter({ account: 0.9 })
    let others = 0
    let running = true
    const other = async () => {
      while (running) {
        if (zendesk.ask('other').ok) others++
        await sleep(300) // 200 a minute
      }
    }
    void other()
    await vi.advanceTimersByTimeAsync(61_000)
    others = 0
    const seconds = await secondsOf(() => Promise.all(Array.from({ length: 10 }, () => walk(rateLimiter, zendesk, 80))))
    running = false
    const minutes = seconds / 60
    expect(zendesk.refused.length).toBeLessThan(0.02 * (800 + others))
    expect(others / minutes).toBeGreaterThan(190)
    expect(800 / minutes).toBeGreaterThan(180)
  })

  test.each([5, 2])('of the exports, %i a minute: both get on, and when it stops we have them all', async (pace) => {
    const zendesk = createZendesk(400, { 'incremental-exports': 10 })
    const rateLimiter = createRateLimiter({ account: 0.9 })
    let others = 0
    let running = true
    const other = async () => {
      while (running) {
        if (zendesk.ask('other', 'incremental-exports').ok) others++
        await sleep(60_000 / pace)
      }
    }
    void other()
    await vi.advanceTimersByTimeAsync(61_000)
    others = 0
    const exports = 8 * (10 - pace)
    const seconds = await secondsOf(() => walk(rateLimiter, zendesk, exports, 'incremental-exports'))
    expect(others / (seconds / 60)).toBeGreaterThan(0.85 * pace)
    expect(seconds / 60).toBeLessThan(8 * 1.25)
    running = false
    await vi.advanceTimersByTimeAsync(60_000)
    const alone = await secondsOf(() => walk(rateLimiter, zendesk, 40, 'incremental-exports'))
    expect(alone / 60).toBeLessThan(5)
  })
})

test('who is told to wait longer than it will, gives up', async () => {
  const zendesk = createZendesk(700, { 'incremental-exports': 10 })
  const rateLimiter = createRateLimiter({ account: 1 })
  await secondsOf(() => walk(rateLimiter, zendesk, 10, 'incremental-exports'))
  const turn = rateLimiter.permit({ path: 'x', bucket: 'incremental-exports' }, { ...forever, patience: 5000 })
  await expect(turn).rejects.toThrow(/limit is used up for the next 5\d s/)
})
