import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { configFor, configured, openSandbox, streamsOf } from '../support/account.ts'
import { builtSource, filesOf } from '../support/program.ts'

interface Line {
  readonly at: number
  readonly limits: readonly { readonly name: string; readonly total: number; readonly left: number }[]
  readonly streams: Readonly<
    Record<string, { status: string; records: number; deletions: number; requests: number; error?: string }>
  >
}

test('--progress-fd tells of limits, requests and rows, and no protocol is touched', async () => {
  const sandbox = await openSandbox({ tickets: 200, exportPageSize: 50, limits: true, exportLimit: 30 })
  const config = configFor(sandbox)
  const names = ['tickets', 'users', 'groups', 'ticket_forms']
  const catalog = configured(await streamsOf(config), { names })
  sandbox.faults.random({ rate: 1, kinds: [{ kind: 'status', status: 404 }], path: '/ticket_forms' })
  const args = ['read', ...filesOf({ config, catalog }), '--progress-fd', '3']
  const source = spawn(process.execPath, [builtSource, ...args], { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] })
  const [output, progress] = await Promise.all([
    text(source.stdio[1]!),
    text(source.stdio[3] as NodeJS.ReadableStream),
    once(source, 'exit'),
  ])
  for (const line of output.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('type')
  const last = JSON.parse(progress.trim().split('\n').at(-1) ?? '') as Line
  const records = (name: string): number =>
    output.split('\n').filter((line) => line.includes(`"record":{"stream":"${name}"`)).length
  for (const name of ['tickets', 'users', 'groups']) {
    const { status, records: count, deletions, requests } = last.streams[name]!
    expect([name, status, count + deletions]).toEqual([name, 'complete', records(name)])
    expect(requests).toBeGreaterThan(0)
  }
  expect(last.streams['ticket_forms']).toMatchObject({ status: 'incomplete', error: expect.stringContaining('404') })
  expect(last.limits.map(({ name }) => name)).toEqual(expect.arrayContaining(['account', 'incremental-exports-cursor']))
  for (const { total, left } of last.limits) expect(left).toBeLessThanOrEqual(total)
})

test('a file descriptor that is not open is reported, and the sync goes on', async () => {
  const sandbox = await openSandbox({ tickets: 20 })
  const config = configFor(sandbox)
  const catalog = configured(await streamsOf(config), { names: ['groups'] })
  const args = ['read', ...filesOf({ config, catalog }), '--progress-fd', '999']
  const source = spawn(process.execPath, [builtSource, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [output, errors, [code]] = await Promise.all([text(source.stdout), text(source.stderr), once(source, 'exit')])
  expect([code, output.includes('COMPLETE')]).toEqual([0, true])
  expect(errors).toMatch(/source-zendesk: Progress cannot be written to file descriptor 999 \(/)
})

test('--exit-with-stdin: when whoever started it has ended, it stops as with SIGTERM', async () => {
  const sandbox = await openSandbox({ tickets: 20 })
  const config = configFor(sandbox)
  const catalog = configured(await streamsOf(config), { names: ['tickets'] })
  sandbox.faults.random({ rate: 1, kinds: [{ kind: 'slow', seconds: 20 }], path: '/incremental' })
  const args = ['read', ...filesOf({ config, catalog }), '--exit-with-stdin']
  const source = spawn(process.execPath, [builtSource, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  source.stdout.once('data', () => source.stdin.end())
  source.stdout.resume()
  expect(await once(source, 'exit')).toEqual([143, null])
})
