// A server that sends interim answers for ever: undici's own time-out begins anew with each of them.
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { createFetchFile } from '../../../src/http/files/fetch-file.ts'
import { createRateLimiter } from '../../../src/http/limits/rate-limiter.ts'
import { createTransport } from '../../../src/http/transport.ts'
import { stagedFile } from '../../../src/io/staged-file.ts'
import { systemClock } from '../../../src/model/clock.ts'
import { afterwards } from '../../support/afterwards.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const INTERIM = 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'
const open = new Set<Socket>()
const server = createServer((socket) => {
  open.add(socket)
  const timer = setInterval(() => socket.write(INTERIM), 50)
  socket.on('error', () => undefined).on('close', () => clearInterval(timer))
  socket.on('data', () => undefined)
}).listen(0, '127.0.0.1')
await once(server, 'listening')
afterwards(() => {
  server.close()
  for (const socket of open) socket.destroy()
})
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const timeouts = { headers: 200, silence: 200, slowest: { bytes: 1000, in: 300 } }
const { signal } = new AbortController()

test('a request to the account ends as one that nobody answers', async () => {
  const send = createTransport(origin, signal, { timeouts })
  await expect(send({ url: new URL('/api/v2/groups', origin) })).rejects.toMatchObject({
    failureType: 'transient_error',
    message: expect.stringMatching(/no whole answer from .* \(UND_ERR_HEADERS_TIMEOUT\)/),
  })
})

test('a file is left out, and its host is out of reach', async () => {
  const logs: string[] = []
  const fetchFile = createFetchFile({
    ...{ origin, signal, timeouts, clock: systemClock, retryBudget: 0 },
    session: { header: async () => 'Bearer token', renew: async () => false },
    rateLimiter: createRateLimiter({ account: 1 }),
    stage: (path) => stagedFile(tempFolder('in-time'), path),
    log: (level, message) => void (level === 'warn' && logs.push(message)),
  })
  const file = { id: '1', name: 'x', url: `${origin}/file` }
  expect(await fetchFile('ticket_attachments', file)).toBe('later')
  expect(logs).toEqual([expect.stringMatching(/is out of reach for now \(.*Headers Timeout/i)])
})
