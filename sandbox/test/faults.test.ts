import { beforeEach, describe, expect, test } from 'vitest'
import { bearer, call, openSandbox } from './calls.ts'

const sandbox = await openSandbox({ tickets: 50 })
const { faults } = sandbox
const get = (path: string, signal?: AbortSignal) =>
  fetch(`${sandbox.url}/api/v2/${path}`, {
    headers: bearer(sandbox.credentials.accessToken),
    ...(signal === undefined ? {} : { signal }),
  })
beforeEach(() => faults.clear())

describe('faults that were ordered', () => {
  test('a status, with a wait and a body, as often as asked', async () => {
    faults.next({ path: 'tickets', kind: 'status', status: 503, retryAfter: 7, times: 2 })
    expect((await get('users?page[size]=1')).status).toBe(200)
    const first = await get('tickets?page[size]=1')
    expect([first.status, first.headers.get('retry-after')]).toEqual([503, '7'])
    expect((await get('tickets?page[size]=1')).status).toBe(503)
    expect((await get('tickets?page[size]=1')).status).toBe(200)
    faults.next({ path: /cursor\?.*start_time=0/, kind: 'status', status: 504, body: 'upstream request timeout' })
    expect(await (await get('incremental/users/cursor?start_time=0')).text()).toBe('upstream request timeout')
  })

  test('a connection that is cut, before the answer and in its middle', async () => {
    faults.next({ kind: 'reset' }, { kind: 'truncate' })
    await expect(get('ticket_fields')).rejects.toThrow()
    const cut = await get('ticket_fields')
    expect(cut.status).toBe(200)
    await expect(cut.text()).rejects.toThrow()
    expect((await get('ticket_fields')).status).toBe(200)
  })

  test('bodies that are not what they should be', async () => {
    faults.next({ kind: 'truncate-chunked' }, { kind: 'html' }, { kind: 'garbage' }, { kind: 'wrong-shape' })
    const plain = { ...bearer(sandbox.credentials.accessToken), 'accept-encoding': 'identity' }
    const half = await fetch(`${sandbox.url}/api/v2/ticket_fields`, { headers: plain })
    const text = await half.text()
    expect(text.startsWith('{"ticket_fields":[')).toBe(true)
    expect(() => JSON.parse(text)).toThrow()
    expect((await get('ticket_fields')).headers.get('content-type')).toBe('text/html')
    await expect((await get('ticket_fields')).json()).rejects.toThrow()
    expect(await (await get('ticket_fields')).json()).not.toHaveProperty('ticket_fields')
  })

  test('late, or never', async () => {
    faults.next({ kind: 'slow', seconds: 0.2 }, { kind: 'hang' })
    const began = performance.now()
    expect((await get('groups')).status).toBe(200)
    expect(performance.now() - began).toBeGreaterThan(190)
    await expect(get('groups', AbortSignal.timeout(200))).rejects.toThrow()
    expect(sandbox.requests.all().at(-1)?.status).toBe(0)
  })
})

test('random faults come at their rate, the same for the same seed, until they are cleared', async () => {
  const run = async () => {
    faults.random({ rate: 0.3, kinds: [{ kind: 'status', status: 500 }, 'html'], seed: 3 })
    const seen: string[] = []
    for (let count = 0; count < 60; count++) {
      const { status, headers } = await get('groups?page[size]=1')
      seen.push(`${status} ${headers.get('content-type')}`)
    }
    return seen
  }
  const first = await run()
  expect(first).toEqual(await run())
  const bad = first.filter((one) => one !== '200 application/json; charset=utf-8').length
  expect(bad).toBeGreaterThan(8)
  expect(bad).toBeLessThan(30)
  expect(faults.met()).toBeGreaterThanOrEqual(2 * bad)
  faults.clear()
  expect((await call(sandbox, 'groups')).status).toBe(200)
})
