// Bodies without an end, and bombs: what is not a page is not read, and the other streams go on.
import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { configFor, configured, openSandbox, runHere, streamsOf } from '../support/account.ts'
import { type Answer, openHostile } from './server.ts'

const sandbox = await openSandbox({ tickets: 10 })
const catalog = configured(await streamsOf(configFor(sandbox)), { names: ['groups', 'tags'] })
const bomb = gzipSync(Buffer.alloc(400 * 1024 * 1024))

/** Writes until nobody reads any more; counts the bytes that were taken. */
function endless(response: ServerResponse, count: (bytes: number) => void): void {
  const piece = Buffer.alloc(1_000_000, ' ')
  const write = (): void => {
    while (!response.destroyed && response.write(piece)) count(piece.length)
  }
  response.on('drain', write)
  write()
}

test.each<[string, number]>([
  ['a body without an end', 200],
  ['a failure without an end', 500],
])('%s, with %d', async (_, status) => {
  let taken = 0
  const answer: Answer = (response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    endless(response, (bytes) => {
      taken += bytes
    })
  }
  const server = await openHostile({ '/api/v2/groups': answer }, sandbox.url)
  const config = { ...configFor(sandbox, { max_retry_minutes: 0 }), base_url: server.url }
  const output = await runHere('read', { config, catalog })
  expect(output.exitCode).toBe(1)
  expect(output.statuses('tags').at(-1)).toBe('COMPLETE')
  expect(output.errors[0]?.message).toMatch(
    status === 200 ? /groups: its answer has more than 256 MB, which no page has/ : /groups: HTTP 500/,
  )
  expect(taken).toBeLessThan(status === 200 ? 300_000_000 : 20_000_000)
})

test.each([200, 500])('a bomb, with %d', async (status) => {
  const answer: Answer = (response) => response.writeHead(status, { 'content-encoding': 'gzip' }).end(bomb)
  const server = await openHostile({ '/api/v2/groups': answer }, sandbox.url)
  const config = { ...configFor(sandbox, { max_retry_minutes: 0 }), base_url: server.url }
  const output = await runHere('read', { config, catalog })
  expect(output.exitCode).toBe(1)
  expect(output.statuses('tags').at(-1)).toBe('COMPLETE')
  expect(output.errors[0]?.message).toMatch(status === 200 ? /more than 256 MB/ : /groups: HTTP 500/)
})
