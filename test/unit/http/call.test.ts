import { afterAll, describe, expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import { createCall } from '../../../src/http/call.ts'
import { createRateLimiter } from '../../../src/http/limits/rate-limiter.ts'
import { createTransport } from '../../../src/http/transport.ts'
import type { CallRequest } from '../../../src/model/call.ts'
import type { Clock } from '../../../src/model/clock.ts'
import { isAnswerLost } from '../../../src/model/errors.ts'

const sandbox = await startSandbox({ tickets: 20 })
afterAll(() => sandbox.close())

/** A caller whose clock goes on by its waits alone, which take no time; and what it waited, in ms. */
function callerOf(origin: string, retryBudget = 600_000) {
  const waits: number[] = []
  let now = Date.now()
  const clock: Clock = {
    now: () => now,
    after(milliseconds, act) {
      const timer = setTimeout(() => {
        now += milliseconds
        waits.push(Math.round(milliseconds))
        act()
      }, 1)
      return () => clearTimeout(timer)
    },
  }
  const { signal } = new AbortController()
  const call = createCall({
    origin,
    send: createTransport(origin, signal, { timeouts: { headers: 300, silence: 300, slowest: { bytes: 1, in: 300 } } }),
    session: { header: async () => `Bearer ${sandbox.credentials.accessToken}`, renew: async () => false },
    rateLimiter: createRateLimiter({ account: 1 }, clock),
    clock,
    signal,
    retryBudget,
    log: () => undefined,
    onWait: () => undefined,
  })
  return { call, waits }
}

const organizationsNamed = (name: string): number =>
  [...sandbox.account.truth('organizations').live.values()].filter((row) => row['name'] === name).length

const creation = (name: string): CallRequest => ({
  method: 'POST',
  path: 'organizations',
  body: { organization: { name } },
})

test('any method, with a body, and an answer that says what Zendesk calls the request', async () => {
  const { call } = callerOf(sandbox.url)
  const made = await call(creation('Written'))
  expect([made.status, made.requestId]).toEqual([201, expect.stringMatching(/./)])
  const { id } = made.body['organization'] as { id: number }
  const changed = await call({ method: 'PUT', path: `organizations/${id}`, body: { organization: { notes: 'new' } } })
  expect(changed.body['organization']).toMatchObject({ id, notes: 'new' })
  expect((await call({ method: 'DELETE', path: `organizations/${id}` })).status).toBe(204)
  expect(organizationsNamed('Written')).toBe(0)
})

test('what Zendesk refuses is an answer, with all that it says', async () => {
  const { call } = callerOf(sandbox.url)
  const { status, body } = await call({ method: 'POST', path: 'organizations', body: { organization: {} } })
  expect(status).toBe(422)
  expect(body['details']).toBeDefined()
})

describe('an answer that was lost', () => {
  test('is not asked for again if the write may have happened', async () => {
    const { call } = callerOf(sandbox.url)
    sandbox.faults.next({ kind: 'reset-in-body', path: /organizations/ })
    const error = await call(creation('Lost')).catch((one: unknown) => one)
    expect(isAnswerLost(error)).toBe(true)
    expect(organizationsNamed('Lost')).toBe(1)
  })

  test('is asked for again if doing it twice is as doing it once', async () => {
    const { call } = callerOf(sandbox.url)
    sandbox.faults.next({ kind: 'reset-in-body', path: /organizations/ })
    const upsert = { organization: { name: 'Repeated', external_id: 'repeated' } }
    const request = {
      method: 'POST',
      path: 'organizations/create_or_update',
      body: upsert,
      isRepeatable: true,
    } as const
    expect((await call(request)).status).toBe(200)
    expect(organizationsNamed('Repeated')).toBe(1)
  })

  test('is asked for again under an idempotency key, and one ticket is made', async () => {
    const { call } = callerOf(sandbox.url)
    const before = sandbox.account.truth('tickets').live.size
    sandbox.faults.next({ kind: 'reset-in-body', path: /tickets/ })
    const body = { ticket: { comment: { body: 'Once' } } }
    const made = await call({ method: 'POST', path: 'tickets', body, idempotencyKey: 'once' })
    expect(made.status).toBe(201)
    expect(sandbox.account.truth('tickets').live.size).toBe(before + 1)
  })
})

describe('what had no effect is sent again', () => {
  test('a limit that refuses, after the time that it names', async () => {
    const { call, waits } = callerOf(sandbox.url)
    sandbox.faults.next({ kind: 'status', status: 429, retryAfter: 7, path: /organizations/ })
    expect((await call(creation('Limited'))).status).toBe(201)
    expect(waits.some((wait) => wait >= 6_900)).toBe(true)
  })

  test('a collision in the database, but not the conflict of a guard', async () => {
    const { call } = callerOf(sandbox.url)
    sandbox.faults.next({ kind: 'status', status: 409, path: /organizations/ })
    expect((await call(creation('Collided'))).status).toBe(201)
    sandbox.faults.next({ kind: 'status', status: 409, body: '{"error":"UpdateConflict"}', path: /organizations/ })
    expect((await call(creation('Guarded'))).status).toBe(409)
  })

  test('a connection that was refused', async () => {
    const { call } = callerOf('http://127.0.0.1:9', 3_000)
    const error = await call(creation('Refused')).catch((one: unknown) => one)
    expect([isAnswerLost(error), String(error)]).toEqual([false, expect.stringMatching(/ECONNREFUSED/)])
  })
})

test('requests of a limit that holds for single seconds keep a second between them', async () => {
  const { call, waits } = callerOf(sandbox.url)
  const upsert = (name: string) =>
    call({
      method: 'POST',
      path: 'users/create_or_update',
      body: { user: { name, external_id: name, skip_verify_email: true } },
      bucket: 'create-update-user',
      isRepeatable: true,
    })
  await upsert('paced one')
  await upsert('paced two')
  expect(waits.some((wait) => wait > 900)).toBe(true)
})
