// Whole syncs by the connector over HTTP, in an account that keeps its limits; waits are skipped.
import { describe, expect, test } from 'vitest'
import type { Sandbox } from 'zendesk-sandbox'
import type { Message } from '../../src/model/message.ts'
import { configFor, configured, openSandbox, runHere, streamsOf } from '../support/account.ts'
import { type LimitedSync, readWithinLimits as read } from '../support/limited-sync.ts'
import { createWarehouse } from '../support/warehouse.ts'

const NAMES = ['tickets', 'ticket_metrics', 'ticket_comments', 'ticket_metric_events', 'users', 'organizations']
const slow = { random: { rate: 1, kinds: [0.005, 0.02, 0.04].map((seconds) => ({ kind: 'slow', seconds }) as const) } }

/** Only waits take time, so that nothing depends on how long the work takes here. */
const readWithinLimits = (
  sandbox: Sandbox,
  names: readonly string[],
  more: Parameters<typeof read>[2] = {},
): Promise<LimitedSync> => read(sandbox, names, { ...more, isStill: true })

const ends = (messages: readonly Message[]): Record<string, string> =>
  Object.fromEntries(
    messages.flatMap((message) => (message.kind === 'status' ? [[message.stream, message.status]] : [])),
  )
const complete = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'complete']))

describe('alone on the account, nothing is refused', () => {
  test.each([
    ['team', 200, 10],
    ['enterprise with High Volume', 2500, 30],
  ])('%s', async (_, accountLimit, exportLimit) => {
    const sandbox = await openSandbox({
      tickets: 300,
      limits: true,
      frozen: true,
      exportPageSize: 100,
      accountLimit,
      exportLimit,
      faults: slow,
    })
    const { refused, error, messages, asked } = await readWithinLimits(sandbox, NAMES)
    expect(error).toBeUndefined()
    expect(ends(messages)).toEqual(complete(NAMES))
    expect(asked.exports).toBeGreaterThan(2 * exportLimit)
    expect(refused).toBe(0)
  })

  test('the smallest account, in which audits are asked for by the hundred', async () => {
    const names = ['ticket_audits', 'groups', 'ticket_fields']
    const sandbox = await openSandbox({ tickets: 60, limits: true, frozen: true, accountLimit: 10, faults: slow })
    const { refused, error, messages, asked } = await readWithinLimits(sandbox, names)
    expect(error).toBeUndefined()
    expect(ends(messages)).toEqual(complete(names))
    expect(asked.account).toBeGreaterThan(20)
    expect(refused).toBe(0)
  })
})

test('beside another client that eats half of every limit: both get their requests, and every stream is whole', async () => {
  const limits = { limits: true, frozen: true, accountLimit: 60, exportLimit: 10 }
  const sandbox = await openSandbox({ tickets: 100, exportPageSize: 100, ...limits, faults: slow })
  const other = { exports: 5, lists: 24 }
  const { error, messages, refused, asked, other: theirs } = await readWithinLimits(sandbox, NAMES, { other })
  expect(error).toBeUndefined()
  expect(ends(messages)).toEqual(complete(NAMES))
  expect(refused).toBeLessThanOrEqual(0.1 * asked.account)
  expect(asked.exports).toBeGreaterThan(15)
  expect(theirs.exports).toBeGreaterThan(3.5)
  expect(theirs.lists).toBeGreaterThan(18)
})

test('a wait of hours is told every five minutes, and a state is handed on in time for the platform that watches', async () => {
  const sandbox = await openSandbox({ tickets: 30, frozen: true })
  // It is asked about every quarter of an hour.
  sandbox.faults.next({ kind: 'status', status: 429, retryAfter: 3 * 3600, times: 13, path: '/incremental/tickets' })
  const { messages, error, seconds } = await readWithinLimits(sandbox, ['tickets', 'ticket_metrics', 'groups'])
  expect(error).toBeUndefined()
  expect(seconds).toBeGreaterThan(3 * 3600)
  expect(ends(messages)).toEqual(complete(['tickets', 'ticket_metrics', 'groups']))
  const told = (stream: string) => messages.filter((message) => message.kind === 'waiting' && message.stream === stream)
  for (const stream of ['tickets', 'ticket_metrics']) expect(told(stream).length).toBeGreaterThanOrEqual(30)
  expect(told('groups')).toEqual([])
  // Airbyte counts records and states, and nothing else: three in each hour.
  const first = messages.findIndex(({ kind }) => kind === 'waiting')
  const last = messages.findLastIndex(({ kind }) => kind === 'waiting')
  const beats = messages
    .slice(first, last)
    .filter((message) => message.kind === 'checkpoint' && message.stream === 'tickets')
  expect(beats.length).toBeGreaterThanOrEqual(8)
  // It is a state to go on from: that of the beginning.
  expect(beats[0]).toMatchObject({ state: { generated_timestamp: '0' } })
})

describe('what is worth most comes first where streams share a limit', () => {
  /** How many records of the second stream come before the first one is complete, of all of its records. */
  async function shareBefore([first, second]: readonly [string, string], config = {}): Promise<number> {
    const sandbox = await openSandbox({
      tickets: 300,
      limits: true,
      frozen: true,
      exportLimit: 10,
      exportPageSize: 50,
      faults: slow,
    })
    const { error, messages } = await readWithinLimits(sandbox, [first, second], { config })
    expect(error).toBeUndefined()
    expect(ends(messages)).toEqual(complete([first, second]))
    const end = messages.findIndex((one) => one.kind === 'status' && one.stream === first && one.status === 'complete')
    const count = (some: readonly Message[]): number =>
      some.reduce((sum, one) => sum + (one.kind === 'records' && one.stream === second ? one.records.length : 0), 0)
    return count(messages.slice(0, end)) / count(messages)
  }

  test('comments before metric events', async () => {
    expect(await shareBefore(['ticket_comments', 'ticket_metric_events'])).toBeLessThan(0.3)
  })

  test('the other way round if the configuration says so', async () => {
    const config = { streams_first: ['ticket_metric_events'] }
    expect(await shareBefore(['ticket_metric_events', 'ticket_comments'], config)).toBeLessThan(0.3)
  })
})

describe('--max-wait', () => {
  test('ends a stream in place of a long wait, with exit code 0; the next reads go on, and nothing is lost', async () => {
    const sandbox = await openSandbox({ tickets: 300, limits: true, exportLimit: 10, exportPageSize: 20 })
    const config = configFor(sandbox)
    const names = ['tickets', 'groups']
    const catalog = await streamsOf(config)
    const warehouse = createWarehouse(catalog)
    let reads = 0
    for (let isWhole = false; !isWhole; reads++) {
      const files = { config, catalog: configured(catalog, { names }), state: warehouse.state() }
      const output = await runHere('read', { ...files, more: ['--max-wait', '3'] }, (line) => warehouse.take(line))
      expect(output.exitCode).toBe(0)
      expect(output.errors).toEqual([])
      expect(output.statuses('groups').at(-1)).toBe('COMPLETE')
      isWhole = output.statuses('tickets').at(-1) === 'COMPLETE'
      if (!isWhole)
        expect(output.logs.join()).toMatch(/tickets: more to come\. .* The next sync goes on from the state\./)
      sandbox.account.advance(60)
    }
    expect(reads).toBeGreaterThan(1)
    const { live, deleted } = sandbox.account.truth('tickets')
    expect(warehouse.rows('tickets').size).toBe(live.size)
    for (const id of deleted) expect(warehouse.rows('tickets').has(String(id))).toBe(false)
  })

  test('with exports_percent, after a share of the exports only: the rest is left to others', async () => {
    const sandbox = await openSandbox({ tickets: 300, limits: true, frozen: true, exportLimit: 10, exportPageSize: 20 })
    const config = configFor(sandbox, { exports_percent: 30 })
    const output = await runHere('read', { config, more: ['--streams', 'tickets', '--max-wait', '3'] })
    expect([output.exitCode, output.statuses('tickets').at(-1)]).toEqual([0, 'INCOMPLETE'])
    expect(sandbox.requests.all().filter(({ path }) => path.includes('/incremental/'))).toHaveLength(3)
  })

  test('takes seconds', async () => {
    const output = await runHere('read', { config: {}, more: ['--max-wait', 'soon', '--streams', 'tickets'] })
    expect([output.exitCode, output.errors[0]?.message]).toEqual([
      1,
      '--max-wait must be a number of seconds, such as 60, not "soon". See source-zendesk read --help.',
    ])
  })
})
