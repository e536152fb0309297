import { describe, expect, test } from 'vitest'
import { bearer, call, openSandbox } from './calls.ts'

const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
})

describe('who may call', async () => {
  const sandbox = await openSandbox({ tickets: 20 })
  const { email, apiToken, agentEmail, endUserToken, agentToken, narrowToken } = sandbox.credentials
  const status = async (path: string, headers: Record<string, string>) => (await call(sandbox, path, headers)).status

  test('an API token with the address of an active user, and bearer tokens', async () => {
    expect(await status('tickets', basic(`${email}/token`, apiToken))).toBe(200)
    expect(await status('tickets', basic(`${agentEmail}/token`, apiToken))).toBe(200)
    expect(await status('tickets', basic(`${email}/token`, 'wrong'))).toBe(401)
    expect(await status('tickets', basic('nobody@example.com/token', apiToken))).toBe(401)
    expect(await status('tickets', basic(email, 'password'))).toBe(401)
    expect(await status('tickets', { authorization: 'Nonsense' })).toBe(401)
  })

  test('users/me tells the role, and is anonymous for no credentials and for passwords', async () => {
    const me = async (headers: Record<string, string>) => (await call(sandbox, 'users/me', headers)).body.user
    expect(await me(bearer(agentToken))).toMatchObject({ role: 'agent', email: agentEmail })
    expect(await me(bearer(endUserToken))).toMatchObject({ role: 'end-user' })
    expect(await me(basic(email, 'password'))).toMatchObject({ id: null, name: 'Anonymous user' })
    expect(await status('users/me', basic(`${email}/token`, 'wrong'))).toBe(401)
  })

  test('exports and all audits are for administrators', async () => {
    for (const path of ['incremental/users?start_time=0', 'incremental/ticket_events?start_time=0', 'ticket_audits']) {
      const { status: refused, body } = await call(sandbox, path, bearer(agentToken))
      expect([refused, body.error.title]).toEqual([403, 'Forbidden'])
    }
    expect(await status('ticket_fields', bearer(agentToken))).toBe(200)
    expect(await status('tickets', bearer(endUserToken))).toBe(403)
  })

  test('a scope reaches only its own records, and audits need the global one', async () => {
    expect(await status('incremental/tickets/cursor?start_time=0', bearer(narrowToken))).toBe(200)
    for (const path of ['users', 'groups', 'tickets/1/audits']) {
      const { status: refused, body } = await call(sandbox, path, bearer(narrowToken))
      expect([refused, body.description]).toEqual([403, 'Missing the following required scopes: read'])
    }
  })

  test('API tokens can be switched off, plans changed, tokens revoked, exports closed', async () => {
    sandbox.account.setApiTokenAccess(false)
    expect(await status('tickets', basic(`${email}/token`, apiToken))).toBe(401)
    sandbox.account.setApiTokenAccess(true)
    expect(await status('tickets', basic(`${email}/token`, apiToken))).toBe(200)
    sandbox.account.setPlan({ features: { ticket_forms: false } })
    expect((await call(sandbox, 'ticket_forms')).body.error.title).toBe('Forbidden')
    sandbox.account.setPlan({ features: { ticket_forms: true } })
    for (const closed of [403, 404, 410] as const) {
      sandbox.account.setExports(closed)
      expect((await call(sandbox, 'incremental/users/cursor?start_time=0')).status).toBe(closed)
    }
    sandbox.account.setExports(undefined)
    expect((await call(sandbox, 'incremental/users/cursor?start_time=0')).status).toBe(200)
    sandbox.account.revokeTokens()
    expect((await call(sandbox, 'tickets')).body.error).toBe('invalid_token')
  })

  test('nobody has that subdomain', async () => {
    const missing = await openSandbox({ tickets: 10, subdomainMissing: true })
    const { status: refused, body } = await call(missing, 'users/me')
    expect([refused, body.error.title]).toEqual([404, 'No help desk at 127.0.0.1'])
  })
})

describe('limits', async () => {
  const now = 1_760_000_000
  const limited = await openSandbox({ tickets: 20, exportLimit: 3, accountLimit: 30, now, frozen: true })
  const exported = 'incremental/tickets/cursor?start_time=0'

  test('the exports share one, users by cursor have twice as much, and a minute later it is fresh', async () => {
    const first = await call(limited, exported)
    expect(first.headers.get('zendesk-ratelimit-incremental-exports')).toBe('total=3; remaining=2; resets=60')
    limited.account.advance(15)
    await call(limited, 'incremental/organizations?start_time=0')
    const quiet = await call(limited, 'incremental/ticket_metric_events?start_time=0')
    expect(quiet.headers.get('zendesk-ratelimit-incremental-exports')).toBeNull()
    expect(quiet.status).toBe(200)
    const refused = await call(limited, exported)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('45')
    expect(refused.headers.get('zendesk-ratelimit-incremental-exports')).toBe('total=3; remaining=0; resets=45')
    expect(refused.body).toEqual({
      error: 'APIRateLimitExceeded',
      description: 'Number of allowed incremental export API requests per minute exceeded',
    })
    const users = await call(limited, 'incremental/users/cursor?start_time=0')
    expect(users.headers.get('zendesk-ratelimit-incremental-exports-cursor')).toMatch(/^total=6; remaining=5; /)
    limited.account.advance(45)
    expect((await call(limited, exported)).status).toBe(200)
  })

  test('the account has one, which failed requests count against too', async () => {
    limited.account.advance(60)
    for (let count = 0; count < 30; count++) await call(limited, count % 2 === 0 ? 'groups' : 'nonsense')
    const { status, headers, body } = await call(limited, 'groups')
    expect([status, headers.get('x-rate-limit'), headers.get('x-rate-limit-remaining')]).toEqual([429, '30', '0'])
    expect(headers.get('ratelimit-reset')).toBe(headers.get('retry-after'))
    expect(body.description).toBe('Number of allowed API requests per minute exceeded')
  })

  test('without limits the headers say so', async () => {
    const free = await openSandbox({ tickets: 10 })
    const { headers } = await call(free, exported)
    expect(headers.get('zendesk-ratelimit-incremental-exports')).toMatch(/^total=100000; /)
    expect(headers.get('x-rate-limit')).toBe('100000')
  })
})

test('large answers are compressed for those who take it; `.json` may stand or not; the log knows', async () => {
  const sandbox = await openSandbox({ tickets: 10 })
  const headers = bearer(sandbox.credentials.accessToken)
  const zipped = await fetch(`${sandbox.url}/api/v2/ticket_fields.json`, { headers })
  expect(zipped.headers.get('content-encoding')).toBe('gzip')
  const plain = await fetch(`${sandbox.url}/api/v2/ticket_fields`, {
    headers: { ...headers, 'accept-encoding': 'identity' },
  })
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(plain.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(await plain.json()).toEqual(await zipped.json())
  await call(sandbox, 'users?page[size]=1')
  await call(sandbox, 'nonsense.json')
  expect(sandbox.requests.all().slice(-2)).toMatchObject([
    { method: 'GET', path: '/api/v2/users', query: { 'page[size]': '1' }, status: 200 },
    { method: 'GET', path: '/api/v2/nonsense', query: {}, status: 404 },
  ])
  sandbox.requests.reset()
  expect(sandbox.requests.all()).toEqual([])
})
