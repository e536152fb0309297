import { connect } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { Agent, request } from 'undici'
import { beforeEach, describe, expect, test } from 'vitest'
import { readFaultOrder } from '../src/http/faults/order.ts'
import { bearer, openSandbox } from './calls.ts'

const sandbox = await openSandbox({ tickets: 30, control: true })
const { faults } = sandbox
const headers = { ...bearer(sandbox.credentials.accessToken), 'accept-encoding': 'identity' }
const whole = await (await fetch(`${sandbox.url}/api/v2/users`, { headers })).text()
beforeEach(() => faults.clear())

type Seen = { readonly head: string; readonly body: Buffer; readonly end: 'end' | 'reset' | 'open' }

/**
 * What a client sees on the wire: headers, bytes of the body, and how the connection ended. It looks until the connection ends, or
 * `isEnough` came and then a moment longer: whether it stays open cannot be known, but that so much came can.
 */
async function wire(isEnough: (seen: Buffer) => boolean = () => false, path = '/api/v2/users'): Promise<Seen> {
  const { port } = new URL(sandbox.url)
  const socket = connect(Number(port), '127.0.0.1')
  const chunks: Buffer[] = []
  let end: Seen['end'] = 'open'
  const came = Promise.withResolvers<void>()
  const look = (): void => {
    if (isEnough(Buffer.concat(chunks))) setTimeout(came.resolve, 60)
  }
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    look()
  })
  socket.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNRESET') end = 'reset'
  })
  socket.on('end', () => {
    end = 'end'
  })
  const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
  socket.on('close', () => came.resolve())
  const looking = setInterval(look, 20)
  await came.promise
  clearInterval(looking)
  socket.destroy()
  const all = Buffer.concat(chunks)
  const at = all.indexOf('\r\n\r\n')
  return at === -1
    ? { head: '', body: all, end }
    : { head: all.subarray(0, at).toString(), body: all.subarray(at + 4), end }
}

const bodyIn = (seen: Buffer): number => (seen.includes('\r\n\r\n') ? seen.length - seen.indexOf('\r\n\r\n') - 4 : -1)
/** So many bytes of a body, after its headers. */
const body = (bytes: number) => (seen: Buffer) => bodyIn(seen) >= bytes
/** Once the server has met another fault. */
const fault = () => {
  const before = faults.met()
  return () => faults.met() > before
}
const lengthIn = ({ head }: Pick<Seen, 'head'>) => Number(/content-length: (\d+)/i.exec(head)?.[1])
const half = Math.floor(Buffer.byteLength(whole) / 2)

/** The code of what undici, on a connection of its own, makes of a request; it waits so many ms for headers, and for more of a body. */
async function undici({
  headersTimeout = 60_000,
  bodyTimeout = 60_000,
} = {}): Promise<{ status?: number; text?: string; code?: string }> {
  const dispatcher = new Agent({ bodyTimeout, headersTimeout, connect: { timeout: 60_000 } })
  try {
    const { statusCode, body } = await request(`${sandbox.url}/api/v2/users`, { headers, dispatcher })
    return { status: statusCode, text: await body.text() }
  } catch (error) {
    return { code: String((error as { code?: string }).code) }
  } finally {
    await dispatcher.destroy()
  }
}

describe('on the wire', () => {
  test('connections: reset before the answer, in its middle, and as soon as they are made', async () => {
    faults.next({ kind: 'reset' }, { kind: 'reset-in-body' })
    expect(await wire()).toMatchObject({ head: '', end: 'reset' })
    const cut = await wire()
    expect([lengthIn(cut), cut.body.length, cut.end]).toEqual([Buffer.byteLength(whole), half, 'reset'])
    faults.drop(1)
    expect(await wire()).toMatchObject({ head: '', end: 'reset' })
    expect((await wire(body(Buffer.byteLength(whole)))).body.toString()).toBe(whole)
  })

  test('half a body under three kinds of length', async () => {
    faults.next({ kind: 'truncate' }, { kind: 'truncate-fitting' }, { kind: 'truncate-chunked' })
    const long = await wire()
    expect([lengthIn(long), long.body.length, long.end]).toEqual([Buffer.byteLength(whole), half, 'end'])
    const fitting = await wire(body(half))
    expect([lengthIn(fitting), fitting.body.toString()]).toEqual([
      half,
      Buffer.from(whole).subarray(0, half).toString(),
    ])
    const chunked = await wire((seen) => seen.toString().endsWith('0\r\n\r\n'))
    expect(chunked.head).toMatch(/transfer-encoding: chunked/i)
    expect(chunked.body.toString().endsWith('0\r\n\r\n')).toBe(true)
  })

  test('a whole body under a wrong length, too small and too large', async () => {
    faults.next({ kind: 'wrong-length', by: -10 }, { kind: 'wrong-length', by: 10 })
    for (const by of [-10, 10]) {
      const seen = await wire()
      expect([lengthIn(seen) - Buffer.byteLength(whole), seen.body.toString(), seen.end]).toEqual([by, whole, 'end'])
    }
  })

  test('half of a gzip stream', async () => {
    faults.next({ kind: 'gzip-broken' })
    const seen = await wire((all) => bodyIn(all) > 0 && bodyIn(all) >= lengthIn({ head: all.toString('latin1') }))
    expect(seen.head).toMatch(/content-encoding: gzip/i)
    expect(seen.body.length).toBe(lengthIn(seen))
    expect(() => gunzipSync(seen.body)).toThrow('unexpected end of file')
  })

  test('nothing, headers only, half a body, and a trickle', async () => {
    faults.next(
      { kind: 'hang' },
      { kind: 'stall' },
      { kind: 'stall-in-body' },
      { kind: 'trickle', bytesPerSecond: 100 },
    )
    expect(await wire(fault())).toMatchObject({ head: '', end: 'open' })
    const headed = await wire(body(0))
    expect([lengthIn(headed), headed.body.length, headed.end]).toEqual([Buffer.byteLength(whole), 0, 'open'])
    const stalled = await wire(body(half))
    expect([stalled.body.length, stalled.end]).toEqual([half, 'open'])
    const began = performance.now()
    const slow = await wire(body(40))
    const seconds = (performance.now() - began) / 1000
    expect(slow.body.length).toBeGreaterThanOrEqual(40)
    // No more than a hundred in a second, however late they are looked at.
    expect(slow.body.length).toBeLessThanOrEqual(seconds * 100 + 20)
  })

  test('a delay goes before any other kind', async () => {
    faults.next({ kind: 'timeout', delay: 0.15 })
    const began = performance.now()
    const seen = await wire(body(Buffer.byteLength('upstream request timeout')))
    expect(performance.now() - began).toBeGreaterThan(140)
    expect([seen.head.split('\r\n')[0], seen.body.toString()]).toEqual([
      'HTTP/1.1 504 Gateway Timeout',
      'upstream request timeout',
    ])
  })
})

test('undici tells them apart', async () => {
  faults.next(
    { kind: 'reset' },
    { kind: 'truncate' },
    { kind: 'reset-in-body' },
    { kind: 'hang' },
    { kind: 'stall' },
    { kind: 'stall-in-body' },
    { kind: 'status', status: 429, retryAfter: 3 },
  )
  const seen = []
  const patience = [{}, {}, {}, { headersTimeout: 1500 }, { bodyTimeout: 300 }, { bodyTimeout: 300 }, {}]
  for (const one of patience) seen.push(await undici(one))
  expect(seen.map(({ code, status }) => code ?? status)).toEqual([
    'ECONNRESET',
    'UND_ERR_SOCKET',
    'ECONNRESET',
    'UND_ERR_HEADERS_TIMEOUT',
    'UND_ERR_BODY_TIMEOUT',
    'UND_ERR_BODY_TIMEOUT',
    429,
  ])
  expect(await undici()).toEqual({ status: 200, text: whole })
})

test('connections are refused for a while, from a request on or at once', async () => {
  /** Until it is answered; a machine at work may take its time to ask. */
  const answered = () => expect.poll(async () => (await undici()).status, { interval: 100 }).toBe(200)
  faults.next({ kind: 'refuse', seconds: 2 })
  expect((await undici()).code).toBe('ECONNRESET')
  expect((await undici()).code).toBe('ECONNREFUSED')
  await answered()
  faults.refuse(2)
  expect((await undici()).code).toBe('ECONNREFUSED')
  await answered()
})

test('a rule has a path, a method, requests that it spares, a count, and a probability', async () => {
  const status = async (path: string, method = 'GET') =>
    (await fetch(`${sandbox.url}/api/v2/${path}`, { method, headers })).status
  faults.next({ path: /\/groups$|\/groups\?/, method: 'post', kind: 'status', status: 503, after: 1 })
  expect(await status('groups')).toBe(200)
  expect(await status('groups', 'POST')).not.toBe(503)
  expect(await status('groups', 'POST')).toBe(503)
  expect(await status('groups', 'POST')).not.toBe(503)
  const run = async () => {
    faults.clear()
    faults.next({ path: 'groups', kind: 'status', status: 500, rate: 0.5, seed: 7 })
    const seen = []
    for (let nth = 0; nth < 20; nth++) seen.push(await status('groups?page[size]=1'))
    return seen
  }
  const first = await run()
  expect(first).toEqual(await run())
  expect(new Set(first)).toEqual(new Set([200, 500]))
})

test('orders in JSON are understood or refused with a reason', async () => {
  const order = async (body: object) => {
    const response = await fetch(`${sandbox.url}/__sandbox/faults`, { method: 'POST', body: JSON.stringify(body) })
    return [response.status, ((await response.json()) as { description?: string }).description]
  }
  expect(
    (await order({ next: [{ path: 'groups$', method: 'GET', kind: 'trickle', bytesPerSecond: 9, delay: 1 }] }))[0],
  ).toBe(200)
  faults.clear()
  expect((await order({ random: { rate: 1, kinds: [{ kind: 'status', status: 502 }] } }))[0]).toBe(200)
  expect((await fetch(`${sandbox.url}/api/v2/groups`, { headers })).status).toBe(502)
  faults.clear()
  expect(await order({ next: [{ kind: 'nonsense' }] })).toEqual([422, expect.stringContaining('"nonsense"')])
  expect(await order({ next: [{ kind: 'reset', when: 'now' }] })).toEqual([422, expect.stringContaining('"when"')])
  expect(await order({ next: [{ kind: 'reset', rate: 2 }] })).toEqual([
    422,
    expect.stringContaining('"rate" cannot be 2'),
  ])
  expect(await order({ drop: -1 })).toEqual([422, expect.stringContaining('"drop"')])
  expect(() => readFaultOrder([{ kind: 'reset', path: '(' }])).toThrow('"path"')
})

describe('side-loads that are passed over', () => {
  const ask = async (path: string): Promise<Record<string, unknown>> =>
    (await fetch(`${sandbox.url}/api/v2/${path}`, { headers })).json() as Promise<Record<string, unknown>>
  const export_ = 'incremental/tickets/cursor?start_time=0&include=metric_sets,users,dates'

  test('the answer lacks them, its rows and links are right, and the next one has them again', async () => {
    const before = await ask(export_)
    faults.next({ kind: 'no-side-load' })
    const { users, tickets, ...envelope } = before as { users: unknown; tickets: Record<string, unknown>[] }
    const plain = tickets.map(({ metric_set: _, dates: __, ...ticket }) => ticket)
    expect(users).toBeInstanceOf(Array)
    expect(tickets.every((ticket) => 'metric_set' in ticket && 'dates' in ticket)).toBe(true)
    expect(await ask(export_)).toEqual({ tickets: plain, ...envelope })
    expect(await ask(export_)).toEqual(before)
  })

  test('those that are named alone, also in a nested list', async () => {
    faults.next({ kind: 'no-side-load', include: 'users,dates' }, { kind: 'no-side-load', include: 'users' })
    const page = (await ask(export_)) as { tickets: Record<string, unknown>[] }
    expect(page).not.toHaveProperty('users')
    expect(page.tickets.every((ticket) => 'metric_set' in ticket && !('dates' in ticket))).toBe(true)
    const found = await ask('search?query=type:ticket&include=tickets(users,groups)')
    expect(found).toHaveProperty('groups')
    expect(found).not.toHaveProperty('users')
  })

  test.each([
    ['incremental/users/cursor?start_time=0&include=identities', 'identities'],
    ['users?include=identities', 'identities'],
    ['tickets?include=metric_sets', 'metric_sets'],
    ['tickets/side_conversations/events?start_time=0&include=side_conversations', 'side_conversations'],
  ])('%s', async (path, key) => {
    faults.next({ kind: 'no-side-load' })
    expect(await ask(path)).not.toHaveProperty(key)
    expect(await ask(path)).toHaveProperty(key)
  })

  test('comments of ticket events', async () => {
    const path = 'incremental/ticket_events?start_time=0&include=comment_events'
    faults.next({ kind: 'no-side-load' })
    expect(JSON.stringify(await ask(path))).toContain('"comment_present":true')
    expect(JSON.stringify(await ask(path))).not.toContain('comment_present')
  })

  test('names are words between commas', () => {
    const order = (include: unknown) => () => readFaultOrder([{ kind: 'no-side-load', include }])
    expect(order('users,groups')()).toBeDefined()
    expect(order('users, groups')).toThrow('"include" cannot be')
    expect(order(['users'])).toThrow('"include" cannot be')
  })
})
