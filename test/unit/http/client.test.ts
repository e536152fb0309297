import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { type FaultOrder, startSandbox } from 'zendesk-sandbox'
import { createClient } from '../../../src/http/client.ts'
import { createRateLimiter } from '../../../src/http/limits/rate-limiter.ts'
import { createTransport } from '../../../src/http/transport.ts'
import type { Clock } from '../../../src/model/clock.ts'
import type { PageRequest } from '../../../src/model/stream.ts'
import { afterwards } from '../../support/afterwards.ts'

type Fault = NonNullable<FaultOrder['next']>[number]

const NOW = Date.now()
const timeouts = { headers: 400, silence: 400, slowest: { bytes: 2_000, in: 400 } }

/** A client of a server at this address, what it logged, and how long it waited in ms: its waits take no time. */
function clientOf(origin: string, authorization = 'Bearer token', retryBudget = 600_000) {
  const logs: string[] = []
  const waits: number[] = []
  let skipped = 0
  const clock: Clock = {
    now: () => Date.now() + skipped,
    after(milliseconds, act) {
      const timer = setTimeout(() => {
        skipped += milliseconds
        waits.push(Math.round(milliseconds))
        act()
      }, 1)
      return () => clearTimeout(timer)
    },
  }
  const { signal } = new AbortController()
  const get = createClient({
    origin,
    send: createTransport(origin, signal, { timeouts }),
    session: { header: async () => authorization, renew: async () => false },
    rateLimiter: createRateLimiter({ account: 0.9 }, clock),
    clock,
    signal,
    retryBudget,
    log: (level, message) => void logs.push(`${level} ${message}`),
    onWait: () => undefined,
  })
  return { get, logs, waits }
}

const sandbox = await startSandbox({ tickets: 40 })
afterwards(() => sandbox.close())
const groups: PageRequest = { path: 'groups', query: { 'page[size]': 100 }, expects: 'groups', sizedBy: 'page[size]' }
const ofSandbox = (retryBudget?: number) =>
  clientOf(sandbox.url, `Bearer ${sandbox.credentials.accessToken}`, retryBudget)
const whole = await ofSandbox().get(groups)

describe('one bad answer, and then a good one', () => {
  test.each<[told: string, fault: Fault, reason: RegExp]>([
    ['no answer at all', { kind: 'hang' }, /no whole answer from 127.0.0.1:\d+ \(UND_ERR_HEADERS_TIMEOUT\)/],
    ['headers, and then nothing', { kind: 'stall' }, /no whole answer .*UND_ERR_BODY_TIMEOUT/],
    ['half a body, and then nothing', { kind: 'stall-in-body' }, /no whole answer .*UND_ERR_BODY_TIMEOUT/],
    ['a body that trickles', { kind: 'trickle', bytesPerSecond: 200 }, /no whole answer .*only \d+ bytes in 0.4 s/],
    ['a connection cut before the answer', { kind: 'reset' }, /no whole answer .*(UND_ERR_SOCKET|ECONNRESET)/],
    ['a connection cut in the body', { kind: 'reset-in-body' }, /no whole answer .*(UND_ERR_SOCKET|ECONNRESET)/],
    ['half a body', { kind: 'truncate' }, /no whole answer .*UND_ERR_SOCKET/],
    ['half a body that claims to be whole', { kind: 'truncate-fitting' }, /Z_BUF_ERROR|not a JSON object/],
    ['half a body in chunks', { kind: 'truncate-chunked' }, /Z_BUF_ERROR|not a JSON object/],
    ['half of a zipped body', { kind: 'gzip-broken' }, /no whole answer .*Z_BUF_ERROR/],
    ['a length that is too small', { kind: 'wrong-length', by: -40 }, /Z_BUF_ERROR|UND_ERR|HPE|not a JSON object/],
    ['a length that is too large', { kind: 'wrong-length', by: 40 }, /no whole answer .*UND_ERR/],
    ['an HTML page with 200', { kind: 'html' }, /answered 200, but with \d+ bytes that are not a JSON object/],
    ['bytes that are no JSON', { kind: 'garbage' }, /answered 200, but with 7 bytes that are not a JSON object/],
    ['JSON of another shape', { kind: 'wrong-shape' }, /answered 200, but with the keys unexpected/],
    ['an error of the server', { kind: 'status', status: 500 }, /HTTP 500: an HTML page/],
    ['a bad gateway', { kind: 'status', status: 502 }, /HTTP 502/],
    ['a collision', { kind: 'status', status: 409 }, /HTTP 409/],
    ['an error of the network before Zendesk', { kind: 'status', status: 524 }, /HTTP 524/],
    [
      'nobody who listens',
      { kind: 'refuse', seconds: 0.01 },
      /no whole answer .*(ECONNREFUSED|UND_ERR_SOCKET|ECONNRESET)/,
    ],
  ])('%s: told with its endpoint, and tried again', async (_, fault, reason) => {
    sandbox.faults.next({ ...fault, path: 'groups' })
    const { get, logs, waits } = ofSandbox()
    // After an answer that took too long, a smaller page is asked for: its links differ.
    expect((await get(groups))['groups']).toEqual(whole['groups'])
    expect(logs[0]).toMatch(/^warn GET \/api\/v2\/groups: .* Trying again in \d\.\d s \(attempt 2\)\.$/)
    expect(logs[0]).toMatch(reason)
    expect(waits[0]).toBeGreaterThanOrEqual(250)
    sandbox.faults.clear()
  })

  test('connections that are refused for a while: tried until somebody listens again', async () => {
    const { get, logs } = ofSandbox(Number.POSITIVE_INFINITY)
    sandbox.faults.refuse(0.2)
    expect(await get(groups)).toEqual(whole)
    expect(logs.join('\n')).toMatch(/ECONNREFUSED/)
  })
})

describe('limits', () => {
  test('a 429 without Retry-After is waited out for ten seconds', async () => {
    sandbox.faults.next({ kind: 'status', status: 429, path: 'groups' })
    const { get, waits } = ofSandbox()
    await get(groups)
    expect(sum(waits)).toBeGreaterThanOrEqual(9_900)
    expect(sum(waits)).toBeLessThan(11_000)
  })

  test('Retry-After is obeyed in full and without a count, whatever the retry budget', async () => {
    sandbox.faults.next({ kind: 'status', status: 429, retryAfter: 900, times: 30, path: 'groups' })
    const { get, waits } = ofSandbox(0)
    await get(groups)
    expect(sum(waits) / 1000 / 900).toBeCloseTo(30, 1)
  })

  test('Retry-After: 0 does not make us ask without end', async () => {
    sandbox.faults.next({ kind: 'status', status: 429, retryAfter: 0, times: 5, path: 'groups' })
    const { get, waits } = ofSandbox()
    await get(groups)
    expect(sum(waits)).toBeGreaterThanOrEqual(4_900)
  })

  test('Retry-After may be a date, and that of a 503 is obeyed in full', async () => {
    let asked = 0
    const { origin } = await serve((_, response) => {
      const retryAfter = new Date(Date.now() + 45_000).toUTCString()
      if (++asked === 1) response.writeHead(503, { 'retry-after': retryAfter }).end('maintenance')
      else response.end('{"groups":[]}')
    })
    const { get, waits } = clientOf(origin)
    await get(groups)
    expect(sum(waits)).toBeGreaterThan(43_000)
    expect(sum(waits)).toBeLessThan(46_000)
  })

  test('a 503 that names a time beyond the budget ends at once, and names it', async () => {
    const { origin } = await serve((_, response) => void response.writeHead(503, { 'retry-after': '900' }).end())
    const { get, waits } = clientOf(origin, undefined, 600_000)
    await expect(get(groups)).rejects.toThrow(
      /HTTP 503\. Zendesk asks to wait 15 min, which is too long to wait\. Given up after 1 attempt in 0 s\./,
    )
    expect(waits).toEqual([])
  })

  test('a limit of years is asked about every quarter of an hour, by one request; a day later it is given up', async () => {
    let asked = 0
    const { origin } = await serve((_, response) => {
      asked++
      response.writeHead(429, { 'retry-after': '1000000000' }).end()
    })
    const { get, waits } = clientOf(origin)
    await expect(get(groups)).rejects.toThrow(/HTTP 429/)
    expect(asked).toBe(97)
    expect(sum(waits) / 3_600_000).toBeCloseTo(24, 1)
  })

  test('headers that tell of no end, or of no request at all, do not stop us for ever', async () => {
    for (const headers of [
      { 'x-rate-limit': '0', 'x-rate-limit-remaining': '0' },
      { 'x-rate-limit': '700', 'x-rate-limit-remaining': '0', 'ratelimit-reset': '1000000000' },
      { 'zendesk-ratelimit-x': 'total=5; remaining=0; resets=999999999' },
      { 'zendesk-ratelimit-x': 'total=0; remaining=0; resets=0' },
    ]) {
      const { origin } = await serve((_, response) => void response.writeHead(200, headers).end('{"groups":[]}'))
      const { get, waits } = clientOf(origin)
      for (let page = 0; page < 3; page++) await get(groups)
      expect(sum(waits)).toBeLessThanOrEqual(3 * 15 * 60_000)
    }
  })

  test.each([
    ['0', 503],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 503],
    ['0', 429],
  ])('Retry-After %s with %d: pauses grow from a second on', async (retryAfter, status) => {
    let asked = 0
    const { origin } = await serve((_, response) => {
      if (++asked > 6) response.end('{"groups":[]}')
      else response.writeHead(status, { 'retry-after': retryAfter }).end()
    })
    const { get, waits } = clientOf(origin)
    await get(groups)
    expect(sum(waits)).toBeGreaterThanOrEqual(60_900)
  })

  test.each([
    ['one header', ['8, 6']],
    ['two headers', ['8', '6']],
  ])('two values of Retry-After in %s: the larger one', async (_, values) => {
    for (const status of [429, 503, 502, 504, 425, 408, 409, 413]) {
      let asked = 0
      const { origin } = await serve((_, response) => {
        if (++asked > 1) response.end('{"groups":[]}')
        else response.appendHeader('retry-after', values).writeHead(status).end()
      })
      const { get, waits } = clientOf(origin)
      await get(groups)
      expect(sum(waits), String(status)).toBeGreaterThanOrEqual(7_900)
      expect(sum(waits), String(status)).toBeLessThan(9_000)
    }
  })

  test('a date counts from the answer: its clock may be hours ahead', async () => {
    let asked = 0
    const { origin } = await serve((_, response) => {
      const [date, retryAfter] = [5 * 3_600_000, 5 * 3_600_000 + 30_000].map((ms) => new Date(NOW + ms).toUTCString())
      if (++asked > 1) response.end('{"groups":[]}')
      else response.writeHead(503, { date, 'retry-after': retryAfter }).end()
    })
    const { get, waits } = clientOf(origin)
    await get(groups)
    expect(sum(waits)).toBe(30_000)
  })
})

describe('answers that stay bad', () => {
  test.each([
    ['{}', 'the keys (none)'],
    ['{"groups":null}', 'null as "groups"'],
    ['{"groups":{"id":1}}', 'object as "groups"'],
    ['{"groups":[{"id":1},7]}', 'number as a row of "groups"'],
    ['{"groups":[null]}', 'null as a row of "groups"'],
    ['{"groups":[["id",1]]}', 'a list as a row of "groups"'],
    ['{"tickets":[]}', 'the keys tickets'],
    ['[]', '2 bytes that are not a JSON object'],
    ['"groups"', '8 bytes that are not a JSON object'],
    ['null', '4 bytes that are not a JSON object'],
    ['', '0 bytes that are not a JSON object'],
  ])('%s is an error with the endpoint and what was expected, never an empty page', async (body, found) => {
    const { origin } = await serve((_, response) => void response.end(body))
    const error = await clientOf(origin, undefined, 3_000)
      .get(groups)
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ failureType: 'transient_error', status: 200 })
    expect((error as Error).message).toContain(
      `GET /api/v2/groups: Zendesk answered 200, but with ${found} where a JSON object with the list "groups" was expected. Given up after `,
    )
  })

  test.each([201, 10_000, 3_000_000])('%d levels are no page, in lists and in objects', async (depth) => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const inner = open === '[' ? '' : '1'
      const value = open.repeat(depth) + inner + close.repeat(depth)
      const { origin } = await serve((_, response) => void response.end(`{"groups":[{"id":1,"deep":${value}}]}`))
      const error = clientOf(origin, undefined, 1_000).get(groups)
      await expect(error).rejects.toThrow(/nested more than 200 deep|not a JSON object/)
    }
  })

  test('what is less deep is a page', async () => {
    const value = '['.repeat(190) + ']'.repeat(190)
    const { origin } = await serve((_, response) => void response.end(`{"groups":[{"id":1,"deep":${value}}]}`))
    expect(JSON.stringify(await clientOf(origin).get(groups))).toContain(value)
  })

  test('the budget is time: waits grow, and the error says the endpoint, how often and how long', async () => {
    sandbox.faults.next({ kind: 'status', status: 500, times: 1_000, path: 'groups' })
    const { get, waits } = ofSandbox(600_000)
    const error = await get(groups).catch((thrown: unknown) => thrown)
    sandbox.faults.clear()
    expect((error as Error).message).toMatch(
      /^GET \/api\/v2\/groups: HTTP 500: an HTML page\. Given up after \d+ attempts in (9|10) min\.$/,
    )
    expect(waits.length).toBeGreaterThan(12)
    expect(Math.max(...waits)).toBeLessThanOrEqual(30_000)
  })

  test('what will not change is not tried again', async () => {
    for (const status of [400, 401, 403, 404, 422]) {
      sandbox.faults.next({ kind: 'status', status, path: 'groups' })
      const { get, logs } = ofSandbox()
      await expect(get(groups)).rejects.toMatchObject({ status })
      expect(logs).toEqual([])
    }
  })

  test('what is no more than nice to have is not tried again either', async () => {
    sandbox.faults.next({ kind: 'status', status: 500, path: 'groups/count' })
    const { get, waits } = ofSandbox()
    await expect(get({ path: 'groups/count', once: true })).rejects.toMatchObject({ status: 500 })
    expect(waits).toEqual([])
  })
})

describe('a page that is too heavy', () => {
  const heavy = async (most: number, refuse: RequestListener) => {
    const sizes: number[] = []
    const server = await serve((request, response) => {
      const size = Number(new URL(request.url!, 'http://localhost').searchParams.get('per_page'))
      sizes.push(size)
      if (size > most) refuse(request, response)
      else response.end('{"tickets":[]}')
    })
    return { ...server, sizes }
  }
  const tickets: PageRequest = {
    path: 'incremental/tickets/cursor',
    query: { per_page: 1000 },
    expects: 'tickets',
    sizedBy: 'per_page',
  }

  test('504 halves it at once; the next ones are asked for as small, and after ten of them in full again', async () => {
    const { origin, sizes } = await heavy(300, (_, response) => {
      response.writeHead(504, { 'content-type': 'text/plain' }).end('upstream request timeout')
    })
    const { get, waits } = clientOf(origin)
    for (let page = 0; page < 11; page++) await get(tickets)
    expect(sizes).toEqual([1000, 500, ...Array.from({ length: 10 }, () => 250), 1000, 500, 250])
    expect(Math.max(...waits)).toBeLessThanOrEqual(1)
  })

  test('a gateway that gives up in other words, or silence, twice, halves it too', async () => {
    for (const refuse of [
      ((_, response) => void response.writeHead(504).end('<html>gateway</html>')) as RequestListener,
      (() => undefined) as RequestListener,
    ]) {
      const { origin, sizes } = await heavy(500, refuse)
      await clientOf(origin).get(tickets)
      expect(sizes).toEqual([1000, 1000, 500])
    }
  })

  test('pages by number keep their size: others would begin elsewhere', async () => {
    const { origin, sizes } = await heavy(300, (_, response) => {
      response.writeHead(504, { 'content-type': 'text/plain' }).end('upstream request timeout')
    })
    const { get } = clientOf(origin, undefined, 5_000)
    await expect(get({ path: 'ticket_forms', query: { per_page: 1000 } })).rejects.toThrow(/HTTP 504/)
    expect(new Set(sizes)).toEqual(new Set([1000]))
  })
})

test.each([
  'custom_objects/../../oauth/tokens/current?/fields',
  'custom_objects/%2e%2E/fields',
  'tickets/1#/audits',
  'tickets/1?x=/audits',
  'tickets//audits',
  'tickets/\\..\\x',
  '/users',
  'tickets/1 2',
])('%s is no endpoint, and is not asked for', async (path) => {
  let asked = 0
  const { origin } = await serve((_, response) => {
    asked++
    response.end('{}')
  })
  await expect(clientOf(origin).get({ path })).rejects.toThrow(/There is no endpoint/)
  expect(asked).toBe(0)
})

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

async function serve(listener: RequestListener) {
  const server = createServer(listener)
  afterwards(() => void server.close().closeAllConnections())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
