import { describe, expect, test } from 'vitest'
import type { PlanName } from '../src/account/plan.ts'
import { bearer, call, openSandbox } from './calls.ts'

const now = 1_760_000_000

describe('the limits of a plan', async () => {
  const sandbox = await openSandbox({ tickets: 40, limits: true, plan: 'team', now, frozen: true })
  const { account, credentials } = sandbox
  const send = async (method: string, path: string, body: object = {}, token = credentials.accessToken) => {
    const headers = { ...bearer(token), 'content-type': 'application/json' }
    const response = await fetch(`${sandbox.url}/api/v2/${path}`, {
      method,
      headers,
      ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
    })
    await response.arrayBuffer()
    return response
  }
  const bucket = (response: Response, name: string) => response.headers.get(`zendesk-ratelimit-${name}`)

  test.each<[PlanName, boolean, number, number, number]>([
    ['essential', false, 10, 10, 20],
    ['team', false, 200, 10, 20],
    ['growth', false, 400, 10, 20],
    ['professional', false, 400, 10, 20],
    ['enterprise', false, 700, 10, 20],
    ['enterprise', true, 2500, 30, 60],
    ['enterprise_plus', true, 2500, 30, 60],
  ])('%s (High Volume: %s): %i a minute, %i exports, %i of users', async (name, highVolume, all, exports, users) => {
    account.setPlan({ name, highVolume })
    account.advance(61)
    const one = await send('GET', 'incremental/tickets/cursor?start_time=0')
    expect([one.headers.get('x-rate-limit'), one.headers.get('ratelimit-limit')]).toEqual([String(all), String(all)])
    expect(bucket(one, 'incremental-exports')).toBe(`total=${exports}; remaining=${exports - 1}; resets=60`)
    const two = await send('GET', 'incremental/users/cursor?start_time=0')
    expect(bucket(two, 'incremental-exports-cursor')).toBe(`total=${users}; remaining=${users - 1}; resets=60`)
    expect(two.headers.get('x-rate-limit-remaining')).toBe(String(all - 2))
  })

  test('a change of plan counts at once', async () => {
    account.setPlan({ name: 'essential', highVolume: false })
    account.advance(61)
    for (let nth = 0; nth < 10; nth++) expect((await send('GET', 'groups')).status).toBe(200)
    const refused = await send('GET', 'groups')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
    account.setPlan({ name: 'team' })
    expect((await send('GET', 'groups')).headers.get('x-rate-limit-remaining')).toBe('188')
    expect(() => account.setPlan({ name: 'gold' as PlanName })).toThrow('There is no plan gold')
  })

  test('the Help Center has a pool of its own and fewer headers; webhooks have 100', async () => {
    account.setPlan({ name: 'enterprise_plus' })
    account.advance(61)
    await send('GET', 'groups')
    const guide = await send('GET', 'help_center/articles')
    expect([guide.headers.get('x-rate-limit'), guide.headers.get('x-rate-limit-remaining')]).toEqual(['2500', '2499'])
    expect(guide.headers.get('ratelimit-limit')).toBeNull()
    expect((await send('GET', 'webhooks')).headers.get('x-rate-limit')).toBe('100')
    const talk = await send('GET', 'channels/voice/nonsense')
    expect([talk.headers.get('x-rate-limit'), talk.headers.get('x-rate-limit-remaining')]).toEqual(['2500', '2499'])
  })

  test('updates of one ticket count for each user, over ten minutes', async () => {
    const update = (token?: string) => send('PUT', 'tickets/1', { ticket: { comment: { body: 'again' } } }, token)
    const first = await update()
    expect(bucket(first, 'per-ticket-updates')).toBe('total=30; remaining=29; resets=600')
    expect(bucket(first, 'tickets-update')).toBe('total=300; remaining=299; resets=60')
    for (let nth = 1; nth < 30; nth++) await update()
    account.advance(300)
    const refused = await update()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '300'])
    expect(bucket(await update(credentials.agentToken), 'per-ticket-updates')).toMatch(/^total=30; remaining=29;/)
    account.advance(301)
    expect((await update()).status).not.toBe(429)
  })

  test('users, organizations, views, searches and deep pages', async () => {
    account.advance(61)
    const statuses = async (times: number, ...request: Parameters<typeof send>) => {
      const seen = []
      for (let nth = 0; nth < times; nth++) seen.push((await send(...request)).status)
      return seen
    }
    const { user } = (await call(sandbox, 'users/me')).body
    expect((await statuses(6, 'PUT', `users/${user.id}`, { user: { notes: 'x' } })).at(-1)).toBe(429)
    expect((await statuses(6, 'PUT', 'organizations/1', {})).slice(-2)).toEqual([404, 429])
    const upserts = await statuses(2, 'POST', 'users/create_or_update', { user: { name: 'A', email: 'a@example.org' } })
    expect(upserts.map((status) => status === 429)).toEqual([false, true])
    account.advance(1)
    expect(await statuses(1, 'POST', 'users/create_or_update', {})).not.toContain(429)
    expect((await statuses(6, 'GET', 'views/17/count')).map((status) => status === 429)).toEqual([
      ...Array(5).fill(false),
      true,
    ])
    expect((await send('GET', 'views/18/count')).status).not.toBe(429)
    expect(bucket(await send('GET', 'search?query=x'), 'search-index')).toBe('total=2500; remaining=2499; resets=60')
    const deep = await send('GET', 'tickets?page=501&per_page=10')
    expect(bucket(deep, 'tickets-index-deep-pagination')).toBe('total=50; remaining=49; resets=60')
    expect(bucket(deep, 'tickets-index')).toBe('total=100000; remaining=99999; resets=60')
    const gone = await statuses(7, 'GET', 'deleted_tickets?page=101&per_page=1')
    expect(gone.map((status) => status === 429)).toEqual([...Array(5).fill(false), true, true])
    expect(bucket(await send('GET', 'deleted_tickets'), 'deleted-tickets-index')).toMatch(/^total=10; remaining=2;/)
  })

  test('the jobs that may still be started are told', async () => {
    account.advance(61)
    const order = { tickets: [{ comment: { body: 'x' } }] }
    expect(bucket(await send('POST', 'tickets/create_many', order), 'inflight-jobs')).toMatch(/^total=30; remaining=/)
  })
})

test('nothing is limited unless asked for, single values can be set, and a fast clock waits less', async () => {
  const free = await openSandbox({ tickets: 10, exportLimit: 1, timeScale: 60 })
  const path = 'incremental/tickets/cursor?start_time=0'
  expect((await call(free, path)).headers.get('x-rate-limit')).toBe('100000')
  const refused = await call(free, path)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
  for (let nth = 0; nth < 6; nth++) expect((await call(free, 'views/1/count')).status).not.toBe(429)
})
