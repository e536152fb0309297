// What is not Zendesk's is refused and counted, what is stays on disk, and nothing of it costs memory.
import { createConnection, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openInbox } from '../../src/live/inbox.ts'
import { createReceiver, type Listening, listenOn, PATH } from '../../src/live/receiver.ts'
import { toldMemory, toldTime } from '../support/timed.ts'
import { eventBody, hintsIn, NOW, SECRET, signedHeaders, type TestReceiver, testReceiver } from './deliveries.ts'

/** A thousand requests each: HUB_WAVES=10 sends ten thousand. */
const WAVES = Number(process.env['HUB_WAVES'] ?? 2)
/** Connections: HUB_SLOW=1000 opens a thousand. */
const SLOW = Number(process.env['HUB_SLOW'] ?? 200)

let receiver: TestReceiver
beforeEach(() => {
  receiver = testReceiver()
})
afterEach(() => receiver.remove())

const hints = () => hintsIn(receiver.inbox)

describe('by value', () => {
  test('an event of Zendesk is on disk when it is answered, once', async () => {
    const body = eventBody('ticket.status_changed', 5)
    expect(await receiver.post(body)).toBe(200)
    expect(await receiver.post(body)).toBe(200)
    expect(receiver.counts).toMatchObject({ accepted: 1, duplicate: 1 })
    const again = openInbox(`${receiver.folder}/inbox.sqlite`, () => NOW)
    expect(hintsIn(again)).toEqual([
      { kind: 'tickets', id: 5, at: Date.parse('2026-11-29T11:59:58.123Z'), isDeletion: false },
    ])
    again.close()
  })

  test.each([
    ['no signature', { 'x-zendesk-webhook-signature': '' }, 'unsigned', 401],
    ['a signature of another length', { 'x-zendesk-webhook-signature': 'AAAA' }, 'unsigned', 401],
    ['no time', { 'x-zendesk-webhook-signature-timestamp': 'soon' }, 'stale', 401],
    ['another account', { 'x-zendesk-account-id': '8' }, 'forged', 401],
    ['another webhook', { 'x-zendesk-webhook-id': 'V' }, 'forged', 401],
  ])('%s', async (_, headers, reason, status) => {
    const body = eventBody('ticket.created', 5)
    expect(await receiver.post(body, { ...signedHeaders(body), ...headers })).toBe(status)
    expect(receiver.counts).toMatchObject({ [reason]: 1, accepted: 0 })
    expect(hints()).toEqual([])
  })

  test('a body of one other byte, another secret, and a signature that is too old are refused', async () => {
    const body = eventBody('ticket.created', 5)
    expect(await receiver.post(`${body} `, signedHeaders(body))).toBe(401)
    expect(await receiver.post(body, signedHeaders(body, { secret: 'other' }))).toBe(401)
    expect(await receiver.post(body, signedHeaders(body, { at: NOW - 3_700_000 }))).toBe(401)
    expect(await receiver.post(body, signedHeaders(body, { at: NOW + 400_000 }))).toBe(401)
    expect(await receiver.post(body, signedHeaders(body, { at: NOW - 3_500_000 }))).toBe(200)
    expect(receiver.counts).toMatchObject({ forged: 2, stale: 2, accepted: 1 })
  })

  test('what is signed and means nothing is refused; events of what is not followed are taken', async () => {
    for (const body of ['', 'null', '[]', '{}', '{"type":"zen:event-type:ticket.created"}'])
      expect(await receiver.post(body)).toBe(400)
    expect(await receiver.post(eventBody('agent.state_changed', 1))).toBe(200)
    expect(receiver.counts).toMatchObject({ unknown: 5, accepted: 1 })
    expect(hints()).toEqual([])
  })

  test('more than any event has is refused, announced or not', async () => {
    const body = 'x'.repeat(600_000)
    expect(await receiver.post(body)).toBe(413)
    expect(await receiver.post(body, { ...signedHeaders(body), 'content-length': '600000' })).toBe(413)
    expect(receiver.counts.large).toBe(2)
  })

  test('a body that was read is let go: as many as there come, one after the other', async () => {
    const body = 'x'.repeat(500_000)
    for (let nth = 0; nth < 150; nth++) expect(await receiver.post(body, signedHeaders('another body'))).toBe(401)
    expect(receiver.counts).toMatchObject({ forged: 150, postponed: 0 })
  })

  test('deletions and merges are taken from the event, and the body of a trigger is understood', async () => {
    await receiver.post(eventBody('ticket.soft_deleted', 1))
    await receiver.post(eventBody('ticket.merged', 2, { event: { target_ticket_id: '3' } }))
    await receiver.post(eventBody('user.identity_changed', 4, { type: 'zen:event-type/user.identity_changed' }))
    await receiver.post('{"ticket_id":"5","updated_at":"2026-11-29T11:59:59Z","actor":"1"}')
    expect(hints().map(({ kind, id, isDeletion }) => [kind, id, isDeletion])).toEqual([
      ['tickets', 1, true],
      ['tickets', 2, false],
      ['tickets', 3, false],
      ['users', 4, false],
      ['tickets', 5, false],
    ])
  })

  test('a disk that takes nothing is no error of the server: Zendesk is asked to come again', async () => {
    const failing = { ...receiver.inbox, put: () => Promise.reject(new Error('database or disk is full')) }
    const webhooks = [{ id: 'W', endpoint: '', secret: SECRET }]
    const { app, counts } = createReceiver({
      inbox: failing,
      kept: () => ({ webhooks }),
      now: () => NOW,
      say: () => {},
    })
    const body = eventBody('ticket.created', 5)
    const answer = await app.request(PATH, { method: 'POST', body, headers: signedHeaders(body) })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
    expect(counts).toMatchObject({ postponed: 1, accepted: 0 })
  })

  test('while a secret changes, both are good, and what fits none is asked to come again', async () => {
    receiver.remove()
    const before = { secret: 'old', until: NOW + 1000 }
    receiver = testReceiver({
      webhooks: [{ id: 'W', endpoint: '', secret: SECRET, before }],
      settlingUntil: NOW + 1000,
    })
    const bodies = [1, 2, 3].map((id) => eventBody('ticket.created', id))
    const secrets = [SECRET, 'old', 'newest']
    const statuses = []
    for (const [nth, body] of bodies.entries())
      statuses.push(await receiver.post(body, signedHeaders(body, { secret: secrets[nth]! })))
    expect(statuses).toEqual([200, 200, 503])
  })
})

describe('over HTTP', () => {
  const open: Listening[] = []
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()))
  })
  /** Listens, and ends requests that take longer than this. However slow the machine is, none takes ten minutes by itself. */
  const listen = async (longest = 600_000): Promise<string> => {
    const listening = await listenOn([receiver], { host: '127.0.0.1', port: 0 }, longest)
    open.push(listening)
    return listening.url
  }

  const post = async (url: string, body: string, headers = signedHeaders(body)): Promise<number> => {
    const answer = await fetch(url + PATH, { method: 'POST', body, headers })
    await answer.text()
    return answer.status
  }
  /** Sends a text that is no whole request. `answer` is all that comes back until the end. */
  const send = (url: string, text: string): { socket: Socket; sent: Promise<void>; answer: Promise<string> } => {
    const sent = Promise.withResolvers<void>()
    const socket = createConnection(Number(new URL(url).port), '127.0.0.1', () =>
      socket.write(text, () => sent.resolve()),
    )
    let came = ''
    socket.on('data', (data) => {
      came += data
    })
    socket.on('error', () => undefined)
    const answer = new Promise<string>((resolve) => socket.on('close', () => resolve(came)))
    return { socket, sent: sent.promise, answer }
  }
  const half = 'POST /zendesk HTTP/1.1\r\nhost: x\r\n'
  /** After which Zendesk comes again. */
  const LATER = 'HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\nconnection: close\r\n\r\n'

  test('thousands of requests, forged and true, a thousand at once: each is answered, and counted', async () => {
    const url = await listen()
    const some = async (wave: number): Promise<void> => {
      const requests = Array.from({ length: 1000 }, (_, nth) => {
        const body = eventBody('ticket.created', wave * 1000 + nth + 1)
        return post(url, body, signedHeaders(body, nth % 2 === 0 ? {} : { secret: 'forged' }))
      })
      const statuses = await Promise.all(requests)
      expect([200, 401].map((status) => statuses.filter((one) => one === status).length)).toEqual([500, 500])
    }
    const memory: number[] = []
    for (let wave = 0; wave < WAVES; wave++) {
      await some(wave)
      memory.push(process.memoryUsage().rss / 2 ** 20)
    }
    // The first wave makes the connections, of this client too.
    toldMemory('The later half of the waves', memory.at(-1)! - memory[Math.ceil(WAVES / 2) - 1]!, 64)
    expect(receiver.counts).toMatchObject({ accepted: WAVES * 500, forged: WAVES * 500 })
  })

  test('hundreds of connections that send nothing more hold nobody up', async () => {
    const url = await listen()
    const before = process.memoryUsage().rss / 2 ** 20
    const slow = Array.from({ length: SLOW }, () => send(url, half))
    await Promise.all(slow.map(({ sent }) => sent))
    const began = performance.now()
    expect(await post(url, eventBody('ticket.created', 5))).toBe(200)
    toldTime(`An answer beside ${SLOW} connections that wait`, performance.now() - began, 2000)
    toldMemory(`${SLOW} connections`, process.memoryUsage().rss / 2 ** 20 - before, 64 + SLOW / 10)
    expect(slow.filter(({ socket }) => socket.destroyed)).toEqual([])
    expect(receiver.counts).toMatchObject({ slow: 0, accepted: 1 })
    for (const { socket } of slow) socket.destroy()
  })

  test('each of them is ended, asked to come again, and counted', async () => {
    const url = await listen(1000)
    const answers = await Promise.all(Array.from({ length: SLOW }, () => send(url, half).answer))
    expect(new Set(answers)).toEqual(new Set([LATER]))
    expect(receiver.counts).toMatchObject({ slow: SLOW, accepted: 0 })
  })

  test('what is answered is on disk, while others come', async () => {
    const url = await listen()
    const times: number[] = []
    let answered = 0
    for (let wave = 0; wave < 10; wave++)
      await Promise.all(
        Array.from({ length: 30 }, async (_, nth) => {
          const began = performance.now()
          expect(await post(url, eventBody('ticket.created', wave * 30 + nth + 1))).toBe(200)
          times.push(performance.now() - began)
          expect(hints().length).toBeGreaterThanOrEqual(++answered)
        }),
      )
    expect(hints()).toHaveLength(300)
    toldTime('The longest of 300 answers', Math.max(...times), 1000)
  })

  test('cut, slow and broken requests end by themselves and are counted', async () => {
    const [url, hasty] = [await listen(), await listen(1000)]
    const body = eventBody('ticket.created', 5)
    const headers = Object.entries({ ...signedHeaders(body), host: 'x', 'content-length': String(body.length) })
    const head = `POST ${PATH} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
    const cut = send(url, head + body.slice(0, 20))
    await cut.sent
    cut.socket.destroySoon()
    await expect.poll(() => receiver.counts.cut).toBeGreaterThanOrEqual(1)
    const before = receiver.counts.cut
    expect(await send(url, 'this is no HTTP\r\n\r\n').answer).toMatch(/^HTTP\/1.1 400/)
    expect(receiver.counts.cut).toBe(before + 1)
    expect(await send(hasty, head + body.slice(0, 20)).answer).toMatch(/^HTTP\/1.1 (400|503)/)
    expect(await send(hasty, 'POST /zendesk HT').answer).toBe(LATER)
    expect(receiver.counts.slow).toBe(2)
    expect(receiver.counts.accepted).toBe(0)
    expect(await post(url, body)).toBe(200)
  })
})
