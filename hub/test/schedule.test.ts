// When a sync is due, and what keeps accounts fresh.

import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import { checkSchedule, dueAt, jitterOf, lateAt, shortestPause } from '../src/schedule/due.ts'
import { createKeeper, type Health, type Scheduled } from '../src/schedule/keep.ts'
import { watchFreshness } from '../src/schedule/stale.ts'
import { configFor } from './support/here.ts'
import { startHub } from './support/hub.ts'

const at = (text: string): number => Date.parse(text)
const begunAt = at('2026-03-29T00:30:00Z')

describe('a sync is due', () => {
  test.each([
    ['at once, if there was none', 'every 6h', { begunAt: undefined, failures: 0, endedAt: 0 }, 0],
    [
      'hours after the last one began',
      'every 6h',
      { begunAt, failures: 0, endedAt: begunAt + 1 },
      begunAt + 6 * 3_600_000,
    ],
    ['a minute after a failure', 'every 1h', { begunAt, failures: 1, endedAt: begunAt + 1000 }, begunAt + 61_000],
    ['five minutes after two', 'every 1h', { begunAt, failures: 2, endedAt: begunAt }, begunAt + 300_000],
    ['when it is planned, after many', 'every 1h', { begunAt, failures: 9, endedAt: begunAt }, begunAt + 3_600_000],
    ['not later than planned', 'every 1h', { begunAt, failures: 3, endedAt: begunAt + 3_500_000 }, begunAt + 3_600_000],
    // In Europe the clocks skip an hour in this night; UTC does not.
    [
      'by a cron expression in UTC',
      'cron 30 2 * * *',
      { begunAt, failures: 0, endedAt: 0 },
      at('2026-03-29T02:30:00Z'),
    ],
  ])('%s', (_, schedule, past, due) => expect(dueAt(schedule, past)).toBe(due))

  test('a little later for each connection', () => {
    const names = ['a', 'b', 'acme', 'acme-2']
    for (const [schedule, most] of [
      ['every 6h', 60_000],
      ['every 15m', 60_000],
      ['every 1m', 6000],
      ['cron */5 * * * *', 30_000],
      ['manual', 60_000],
    ] as const) {
      const all = names.map((name) => jitterOf(name, schedule))
      expect(new Set(all).size).toBe(4)
      expect(Math.max(...all)).toBeLessThan(most)
    }
  })
})

describe('data is late once the second sync that was planned since should have begun', () => {
  test.each([
    ['every 6h', '2026-03-26T00:10:00Z', '2026-03-26T12:10:00Z'],
    ['every 15m', '2026-03-26T00:10:00Z', '2026-03-26T00:40:00Z'],
    ['cron 30 2 * * *', '2026-03-26T02:40:00Z', '2026-03-28T02:30:00Z'],
    // Complete on a Friday, with nothing planned until Monday.
    ['cron 30 2 * * 1-5', '2026-03-27T02:40:00Z', '2026-03-31T02:30:00Z'],
    ['cron */5 8-18 * * 1-5', '2026-03-27T18:57:00Z', '2026-03-30T08:05:00Z'],
  ])('%s', (schedule, complete, late) => {
    // What was worked out once is the same again.
    expect(lateAt(schedule, at(complete))).toBe(at(late))
    expect(lateAt(schedule, at(complete))).toBe(at(late))
  })
  test('never by hand', () => expect(lateAt('manual', 0)).toBe(Number.POSITIVE_INFINITY))
})

test.each([
  ['every 6h', 6 * 3_600_000],
  ['cron 30 2 * * 1-5', 24 * 3_600_000],
  ['cron */5 8-18 * * 1-5', 300_000],
  ['cron 0 0 1 * *', 28 * 24 * 3_600_000],
  ['manual', Number.POSITIVE_INFINITY],
])('the shortest pause of %s', (schedule, pause) => expect(shortestPause(schedule)).toBe(pause))

test('what is no schedule is refused', () => {
  for (const good of ['every 1h', 'manual', 'cron 30 2 * * *']) checkSchedule(good)
  for (const bad of ['', 'every day', 'cron 99 * * * *', 'cron', 'every 6 h'])
    expect(() => checkSchedule(bad), bad).toThrow('is not valid')
})

test('never two syncs at a time for one account; others at the same time; a failure is told and counted', async () => {
  const stop = new AbortController()
  const running = new Map<string, number>()
  const most = new Map<string, number>()
  const told: string[] = []
  const make = (name: string, account: string, error?: string): Scheduled => ({
    name,
    account,
    schedule: 'every 1h',
    past: async () => ({ begunAt: undefined, completeAt: undefined }),
    async sync() {
      for (const key of [account, 'all']) {
        running.set(key, (running.get(key) ?? 0) + 1)
        most.set(key, Math.max(most.get(key) ?? 0, running.get(key)!))
      }
      await pause(50)
      for (const key of [account, 'all']) running.set(key, running.get(key)! - 1)
      return { error, rows: 3 }
    },
    failed: async (reason) => void told.push(`${name}: ${reason}`),
  })
  const keeper = createKeeper(
    [make('a', 'acme'), make('b', 'acme', 'no way'), make('c', 'other')],
    () => {},
    stop.signal,
  )
  const run = keeper.run()
  while (keeper.health().some(({ syncs }) => syncs === 0)) await pause(10)
  stop.abort()
  await run
  expect(Object.fromEntries(most)).toEqual({ acme: 1, other: 1, all: 2 })
  expect(told).toEqual(['b: no way'])
  const [a, b] = keeper.health()
  expect(a).toMatchObject({ syncs: 1, rows: 3, failures: 0, isFresh: true, error: undefined })
  expect(b).toMatchObject({ syncs: 1, failures: 1, error: 'no way', completeAt: undefined })
  expect(b!.dueAt - b!.endedAt).toBe(60_000 + jitterOf('b', 'every 6h'))
})

test('what holds a sync up is in its health until it goes on', async () => {
  const stop = new AbortController()
  const go = Promise.withResolvers<void>()
  const one: Scheduled = {
    ...{ name: 'a', account: 'acme', schedule: 'every 6h', failed: async () => undefined },
    past: async () => ({ begunAt: undefined, completeAt: undefined }),
    async sync(_, warn) {
      warn('Zendesk does not answer.')
      await go.promise
      return { error: undefined, rows: 0 }
    },
  }
  const keeper = createKeeper([one], () => {}, stop.signal)
  const run = keeper.run()
  while (keeper.health()[0]!.warning === undefined) await pause(5)
  expect(keeper.health()[0]).toMatchObject({ isRunning: true, warning: 'Zendesk does not answer.' })
  go.resolve()
  while (keeper.health()[0]!.isRunning) await pause(5)
  expect(keeper.health()[0]!.warning).toBeUndefined()
  stop.abort()
  await run
})

test.each([
  ['every 6h', 1],
  ['cron 30 2 * * *', 1],
  ['manual', 0],
])('a clock that was set back holds nothing up: %s', async (schedule, syncs) => {
  const stop = new AbortController()
  const learned = Promise.withResolvers<void>()
  let begun = 0
  const ahead = Date.now() + 7 * 86_400_000
  const keeper = createKeeper(
    [
      {
        ...{ name: 'a', account: 'acme', schedule },
        past: async () => ({ begunAt: ahead, completeAt: ahead }),
        async sync() {
          begun++
          stop.abort()
          return { error: undefined, rows: 0 }
        },
        // Nothing else is due: it does what it does between two syncs.
        meanwhile: async () => learned.resolve(),
        failed: async () => {},
      },
    ],
    () => {},
    stop.signal,
  )
  const run = keeper.run()
  if (syncs === 0) {
    await learned.promise
    stop.abort()
  }
  await run
  expect(begun).toBe(syncs)
})

test('data that is older than promised is reported once, and again only after it was fresh', async () => {
  const stop = new AbortController()
  const said: string[] = []
  const [hour, minute] = [3_600_000, 60_000]
  let completeAt: number | undefined
  let isFresh = false
  let looks = 0
  const health = () => {
    looks++
    return [{ name: 'acme', isFresh, completeAt, error: 'No way.' }] as unknown as readonly Health[]
  }
  const watching = watchFreshness({
    health,
    stale: async (name, sentence) => void said.push(`${name}: ${sentence}`),
    signal: stop.signal,
    every: 1,
  })
  const looked = async (times: number): Promise<void> => {
    const until = looks + times
    while (looks < until) await pause(1)
  }
  await looked(3)
  isFresh = true
  await looked(3)
  isFresh = false
  completeAt = Date.now() - 3 * hour - minute
  await looked(3)
  stop.abort()
  await watching
  expect(said).toEqual([
    'acme: No sync was complete yet: the data is older than promised. No way.',
    'acme: The last complete sync ended 3 hours ago: the data is older than promised. No way.',
  ])
})

test('serve syncs, says how fresh it is, tells a webhook of a failure, and ends when it is asked to', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-'))
  const sandbox = await startSandbox({ tickets: 20 })
  const told: unknown[] = []
  let elsewhere = false
  const webhook = createServer((request, response) => {
    request.on('data', (body) => told.push(JSON.parse(String(body))))
    // What a webhook leads on to is not asked: it may be inside of a network that this hub is in.
    request.on('end', () => response.writeHead(307, { location: '/elsewhere' }).end())
    elsewhere ||= request.url !== '/'
  }).listen(0, '127.0.0.1')
  await once(webhook, 'listening')
  const notify = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/`
  const source = configFor(sandbox)
  const to = (name: string): string => `duckdb:${join(folder, name)}`
  const connections = [
    { name: 'good', source, to: to('good.duckdb'), streams: ['groups'], schedule: 'every 2h' },
    { name: 'bad', source: { ...source, subdomain: 'other' }, to: to('bad.duckdb'), streams: ['groupz'], notify },
  ]
  writeFileSync(join(folder, 'hub.json'), JSON.stringify({ connections }))
  const log = join(folder, 'hub.log')
  const hub = startHub(
    'serve',
    '--config',
    join(folder, 'hub.json'),
    '--port',
    '0',
    '--log',
    log,
    '--log-size',
    '0.0002',
  )
  try {
    const [, url] = await hub.says(/Listening on (\S+)/)
    await hub.says(/Sync 1 is complete/)
    await hub.says(/bad: There is no stream "groupz"/)
    await hub.says(/bad: this could not be reported: The webhook answered 307/)
    expect(told).toEqual([{ connection: 'bad', error: expect.stringContaining('There is no stream "groupz"') }])
    expect(elsewhere).toBe(false)
    const health = await fetch(`${url}/healthz`)
    expect(health.status).toBe(200)
    const { connections: fared } = (await health.json()) as { connections: { name: string; syncs: number }[] }
    expect(fared).toMatchObject([
      { name: 'good', syncs: 1, failures: 0, isFresh: true },
      { name: 'bad', syncs: 1, failures: 1 },
    ])
    const metrics = await (await fetch(`${url}/metrics`)).text()
    expect(metrics).toContain('zendesk_hub_syncs_total{connection="good"} 1\n')
    expect(metrics).toContain('zendesk_hub_failures{connection="bad"} 1\n')
    expect((await fetch(`${url}/`, { redirect: 'manual' })).status).toBe(302)
    hub.stop()
    expect(await hub.ended).toBe(0)
    const logs = readdirSync(folder).filter((name) => name.startsWith('hub.log'))
    expect(logs.length).toBeGreaterThan(1)
    expect(logs.map((name) => readFileSync(join(folder, name), 'utf8')).join('')).toMatch(
      /^\d{4}-\d\d-\d\dT[\d:.]+Z bad: There is no stream "groupz"/m,
    )

    // A restart forgets nothing: the sync that was complete is not due.
    const again = startHub('serve', '--config', join(folder, 'hub.json'), '--connection', 'good', '--port', '0')
    const [, second] = await again.says(/Listening on (\S+)/)
    const fresh = async () =>
      (await (await fetch(`${second}/healthz`)).json()) as { connections: { completeAt: string }[] }
    while ((await fresh()).connections[0]!.completeAt === null) await pause(20)
    expect((await fresh()).connections).toMatchObject([{ syncs: 0, isRunning: false, isFresh: true }])
    again.stop()
    expect(await again.ended).toBe(0)
  } finally {
    hub.stop()
    webhook.close()
    await sandbox.close()
    rmSync(folder, { recursive: true })
  }
})
