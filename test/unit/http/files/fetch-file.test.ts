import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { createFetchFile } from '../../../../src/http/files/fetch-file.ts'
import { createRateLimiter } from '../../../../src/http/limits/rate-limiter.ts'
import { stagedFile } from '../../../../src/io/staged-file.ts'
import { systemClock } from '../../../../src/model/clock.ts'
import type { StagedFile } from '../../../../src/model/runtime.ts'
import { type Answer, openHostile } from '../../../hostile/server.ts'

const root = mkdtempSync(join(tmpdir(), 'fetch-file-'))
afterAll(() => rmSync(root, { recursive: true }))

async function fetcher(answer: Answer, stage: (path: string) => StagedFile = (path) => stagedFile(root, path)) {
  const server = await openHostile({ '/file': answer })
  const logs: string[] = []
  const fetchFile = createFetchFile({
    origin: server.url,
    session: { header: async () => 'Bearer token', renew: async () => false },
    rateLimiter: createRateLimiter({ account: 1 }),
    stage,
    signal: new AbortController().signal,
    clock: systemClock,
    log: (level, message) => void (level === 'warn' && logs.push(message)),
    retryBudget: 0,
    timeouts: { headers: 500, silence: 500, slowest: { bytes: 1000, in: 300 } },
  })
  return { logs, fetchFile, url: `${server.url}/file`, asked: () => server.asked.get('/file')?.length ?? 0 }
}

test('whatever a record is called, its file stands below its stream, or is left out', async () => {
  const staged: string[] = []
  const { fetchFile, url } = await fetcher(
    (response) => response.end('x'),
    (path) => {
      staged.push(path)
      return { ...stagedFile(root, path), size: async () => 1 }
    },
  )
  const part = fc.oneof(fc.string(), fc.constantFrom('..', '../../x', '/etc/passwd', 'a/b', '\0', '.', '12', '%2e%2e'))
  await fc.assert(
    fc.asyncProperty(fc.oneof(part, fc.nat().map(String)), part, async (id, name) => {
      const file = await fetchFile('ticket_attachments', { id, name, url })
      if (!/^\d{1,20}$/.test(id)) expect(file).toBeUndefined()
      else
        expect(file).toMatchObject({ relativePath: expect.stringMatching(/^ticket_attachments\/\d{1,20}\/[^/\\\0]+$/) })
    }),
    { numRuns: 1000 },
  )
  for (const path of staged) expect(path).toMatch(/^ticket_attachments\/\d{1,20}\/[^/\\\0]+$/)
})

test('a file that trickles is too slow', async () => {
  const { fetchFile, url, logs } = await fetcher((response) => {
    response.writeHead(200)
    const timer = setInterval(() => response.write('x'), 50)
    response.on('close', () => clearInterval(timer))
  })
  expect(await fetchFile('files', { id: '1', name: 'slow', url, size: 5000 })).toBe('later')
  expect(logs[0]).toMatch(/is left out: 127.0.0.1:\d+ is out of reach for now \(only \d+ bytes in 0.3 s\)/)
})

test('a body of no told size has a largest one', async () => {
  const { fetchFile, url, logs, asked } = await fetcher(
    (response) => {
      response.writeHead(200)
      response.end(Buffer.alloc(1000))
    },
    (path) => ({
      ...stagedFile(root, path),
      // As if that much had come.
      append: async (from, chunks) => {
        for await (const _ of chunks) break
        return from + 1024 ** 3 + 1
      },
    }),
  )
  expect(await fetchFile('files', { id: '2', name: 'large', url })).toBeUndefined()
  expect(logs[0]).toMatch(/is left out: it has more than 1073741824 bytes/)
  expect(asked()).toBe(1)
})

test('a file that is told to be larger than any is not asked for', async () => {
  const { fetchFile, url, asked } = await fetcher((response) => response.end())
  expect(await fetchFile('files', { id: '3', name: 'huge', url, size: 1e15 })).toBeUndefined()
  expect(asked()).toBe(0)
})

test.each(['http://127.example.com/x', 'http://example.com/x', 'http://localhost.example.com/x', 'ftp://localhost/x'])(
  'no file comes without encryption, but from this machine: %s',
  async (url) => {
    const { fetchFile, logs } = await fetcher((response) => response.end())
    expect(await fetchFile('files', { id: '5', name: 'x', url })).toBeUndefined()
    expect(logs).toEqual([expect.stringMatching(/its address leads to .*, which is not encrypted/)])
  },
)

test.each(['ENOENT', 'EFBIG', 'ENOSPC', 'EIO', 'ELOOP', 'anything'])(
  'what the folder throws is not the network, whatever it is: %s',
  async (code) => {
    const { fetchFile, url, asked } = await fetcher(
      (response) => response.end('abc'),
      (path) => ({
        ...stagedFile(root, path),
        append: async () => {
          throw Object.assign(new Error(`${code}: no`), { code })
        },
      }),
    )
    await expect(fetchFile('files', { id: '4', name: 'x', url })).rejects.toMatchObject({
      failureType: 'config_error',
      message: expect.stringMatching(/^Files cannot be written to the staging folder: /),
    })
    expect(asked()).toBe(1)
  },
)

test('nothing of all this stands in the folder', () => {
  expect(readdirSync(root, { recursive: true }).filter((name) => !String(name).endsWith('.part'))).toEqual([
    'files',
    'files/1',
  ])
})
