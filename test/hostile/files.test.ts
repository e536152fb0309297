// Files of a server that means no good: nothing leaves the folder, nothing is without an end, and no stream stops.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { configFor, configured, discover, openSandbox, runHere, streamsOf } from '../support/account.ts'
import { hastyClock } from '../support/hasty.ts'
import { type Answer, openHostile } from './server.ts'

const folder = mkdtempSync(join(tmpdir(), 'hostile-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

const sandbox = await openSandbox({ tickets: 60 })
const whole = configured(await streamsOf(configFor(sandbox)), { names: ['ticket_attachments'] })
const catalog = configured(await discover(configFor(sandbox)), {
  names: ['ticket_attachments'],
  more: { include_files: true },
})
const { length: total } = (await runHere('read', { config: configFor(sandbox), catalog: whole })).records(
  'ticket_attachments',
)

/** Reads attachments whose addresses all lead to this path of the hostile server, or to another address. Waits are short. */
async function readFiles(answer: Answer, { to = '/file', rewrite = (body: string) => body } = {}) {
  const server = await openHostile({ '/file': answer }, sandbox.url)
  const address = to.startsWith('/') ? server.url + to : to
  server.rewrite = (body) => rewrite(body.replaceAll(/"content_url":"[^"]*"/g, `"content_url":"${address}"`))
  const staging = mkdtempSync(join(folder, 'staging-'))
  const config = { ...configFor(sandbox, { files_folder: staging, max_retry_minutes: 0 }), base_url: server.url }
  const output = await runHere('read', { config, catalog }, undefined, { clock: hastyClock(20) })
  const files = readdirSync(staging, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  return { ...output, staging, files, asked: server.asked.get('/file') ?? [] }
}

function expectWhole({ exitCode, records, statuses }: Awaited<ReturnType<typeof readFiles>>) {
  expect(exitCode).toBe(0)
  expect(statuses('ticket_attachments').at(-1)).toBe('COMPLETE')
  expect(records('ticket_attachments')).toHaveLength(total)
}

test('a body that goes on beyond its told size ends one byte after it, and is left out', async () => {
  let written = 0
  const output = await readFiles((response) => {
    response.writeHead(200)
    const piece = Buffer.alloc(65_536, 'x')
    const write = (): void => {
      while (!response.destroyed && response.write(piece)) written += piece.length
    }
    response.on('drain', write)
    write()
  })
  expectWhole(output)
  expect(output.logs.join('\n')).toMatch(/is left out: it has more than \d+ bytes, and not \d+ as Zendesk says/)
  expect(output.files).toEqual([])
  expect(written).toBeLessThan(total * 3 * 10_000_000)
})

test('a limit that names no pause is no storm: one request waits for it, and the next after it', async () => {
  const output = await readFiles((response, nth) => {
    if (nth <= 8) response.writeHead(429, { 'retry-after': '0' }).end()
    else response.writeHead(404).end()
  })
  expectWhole(output)
  const waits = output.logs.flatMap((line) => /is used up; files go on in (\d+) s/.exec(line)?.[1] ?? []).map(Number)
  expect(waits.length).toBeGreaterThan(1)
  expect(Math.min(...waits)).toBeGreaterThan(0)
  expect(output.asked.length).toBeLessThanOrEqual(total + 8)
})

test.each([
  ['https://127.0.0.1:1/x', 'out of reach', 1],
  ['https://localhost.localdomain:1/x', 'out of reach', 1],
  ['https://10.1.2.3/x', 'inside a private network', total],
])('nobody at %s: the records come, after one attempt, and what is %s is said %d times', async (to, what, times) => {
  const output = await readFiles(() => false, { to })
  expectWhole(output)
  expect(output.logs.filter((line) => line.includes('is left out')).map((line) => line.includes(what))).toEqual(
    Array.from({ length: times }, () => true),
  )
  expect(output.files).toEqual([])
})

test('a storage that is away costs one budget, whatever the number of files, and is named once', async () => {
  const output = await readFiles((response) => response.destroy())
  expectWhole(output)
  expect(output.asked.length).toBeLessThan(20)
  expect(output.logs.filter((line) => line.includes('out of reach'))).toHaveLength(1)
})

test('an id that leads out of the folder is left out, and so is its record only', async () => {
  const outside = join(folder, 'pwned')
  const output = await readFiles((response) => response.end('x'), {
    rewrite: (body) =>
      body.replaceAll(/("attachments":\[\{[^{}]*?"id":)\d+/g, `$1"${'../'.repeat(30)}${outside.slice(1)}"`),
  })
  expect(output.exitCode).toBe(0)
  expect(existsSync(outside)).toBe(false)
  for (const { parentPath, name } of output.files) {
    expect(join(parentPath, name).startsWith(output.staging)).toBe(true)
    expect(readFileSync(join(parentPath, name), 'utf8')).toBeDefined()
  }
})
