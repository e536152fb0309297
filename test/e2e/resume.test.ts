import { expect, test } from 'vitest'
import { streams } from '../../src/streams/index.ts'
import { configFor, configured, connect, openStill, outputOf, run, runHere, streamsOf } from '../support/account.ts'
import { expectedRows, truthOf } from '../support/expected-rows.ts'
import { startSource } from '../support/program.ts'
import { SOAK, thorough } from '../support/thorough.ts'
import { createWarehouse, keyOf } from '../support/warehouse.ts'

/** Those of the exports, of lists with times, and some other lists. */
const NAMES = [
  'tickets',
  'ticket_metrics',
  'ticket_audits',
  'ticket_comments',
  'ticket_metric_events',
  'ticket_events',
  'ticket_field_history',
  'ticket_attachments',
  'side_conversations',
  'side_conversation_events',
  'satisfaction_ratings',
  'ticket_fields',
  'ticket_forms',
  'users',
  'organizations',
  'groups',
  'user_identities',
  'audit_logs',
  'articles',
  'calls',
  'call_legs',
]

/** Lists under other lists, and what a list has by the hundred. */
const CHILDREN = ['article_comments', 'post_comments', 'custom_object_vehicle_records', 'organization_memberships']

/** Where these streams are read, each path once. */
const pathsOf = (names: readonly string[]): readonly string[] => [
  ...new Set(streams.filter(({ name }) => names.includes(name)).map(({ feeds: [{ walk }] }) => `/api/v2/${walk.path}`)),
]

test('killed at any moment and started again: every record arrives, at most a page of each stream twice', async () => {
  const [tickets, pageSize] = SOAK > 0 ? [300, 40] : [150, 20]
  // Lists have pages of 100; of some exports a row holds many records.
  const mostOnPage = (name: string): number => {
    if (name === 'ticket_field_history') return 30 * pageSize
    return ['ticket_audits', 'audit_logs', 'satisfaction_ratings', 'user_identities'].includes(name) ? 100 : pageSize
  }
  const sandbox = await openStill({ tickets, seed: 5, exportPageSize: pageSize })
  const config = configFor(sandbox)
  const catalog = await streamsOf(config)
  const names = NAMES
  const streamOf = new Map(catalog.map((stream) => [stream.name, stream]))
  // Counts lines from the start, so that the kills fall between all kinds of lines.
  for (const killAfter of thorough([1, 60, 333, 1_200, 4_000], [1, 600])) {
    const warehouse = createWarehouse(catalog)
    const times = new Map<string, number>()
    for (let attempt = 0; ; attempt++) {
      const args = { config, catalog: configured(catalog, { names }), state: warehouse.state() }
      const source = startSource('read', args)
      let lines = 0
      let killed = false
      for await (const { line } of source.lines) {
        // What was in the pipe when the process died still counts as delivered, as a platform would count it.
        warehouse.take(line)
        if (line.record) {
          const { stream, data } = line.record
          const id = `${stream} ${keyOf(data, streamOf.get(stream)!)}`
          times.set(id, (times.get(id) ?? 0) + 1)
        }
        if (attempt < 3 && !killed && ++lines > killAfter * (attempt + 1)) killed = source.process.kill('SIGKILL')
      }
      if ((await source.exit) === 0) break
      expect(attempt, 'it ends by itself once it is let').toBeLessThan(3)
    }
    for (const name of names) {
      const rows = warehouse.rows(name)
      const missing = [...expectedRows(truthOf(sandbox), streamOf.get(name)!).keys()].filter((key) => !rows.has(key))
      expect(missing, `${name} after a kill at ${killAfter}`).toEqual([])
    }
    for (const name of names) {
      const twice = [...times].filter(([id, count]) => id.startsWith(`${name} `) && count > 1)
      const repeated = twice.reduce((sum, [, count]) => sum + count - 1, 0)
      expect(repeated, `${name} after 3 kills at ${killAfter}`).toBeLessThanOrEqual(3 * mostOnPage(name))
    }
  }
})

test('killed while it tells deletions and restorations: in the end every row is right', async () => {
  const sandbox = await openStill({ tickets: 150, seed: 8, exportPageSize: 30 })
  const names = SOAK > 0 ? undefined : [...NAMES, ...CHILDREN]
  const connection = await connect(sandbox, { ...(names && { names }) })
  await connection.sync()
  for (const seed of thorough([1, 2, 3, 4], [2])) {
    sandbox.account.changeAtRandom(80, seed)
    sandbox.account.advance(3600)
    for (let attempt = 0; ; attempt++) {
      const { catalog, warehouse } = connection
      const config = configFor(sandbox)
      const source = startSource('read', {
        config,
        catalog: configured(catalog, { ...(names && { names }) }),
        state: warehouse.state(),
      })
      let lines = 0
      for await (const { line } of source.lines) {
        warehouse.take(line)
        if (attempt < 4 && ++lines === 60 * seed * (attempt + 1)) source.process.kill('SIGKILL')
      }
      if ((await source.exit) === 0) break
      expect(attempt, 'it ends by itself once it is let').toBeLessThan(4)
    }
    for (let more = 0; connection.looksBack() && more < 10; more++) await connection.sync()
    expect(connection.differences(), `after changes ${seed}`).toEqual({})
  }
})

test('SIGTERM: the page at hand and its STATE are written, streams are INCOMPLETE, the exit code is 143', async () => {
  const sandbox = await openStill({ tickets: 300, exportPageSize: 10 })
  const config = configFor(sandbox)
  const catalog = await streamsOf(config)
  const warehouse = createWarehouse(catalog)
  const source = startSource('read', { config, catalog: configured(catalog, { names: ['tickets', 'users'] }) })
  const lines = []
  for await (const { line } of source.lines) {
    lines.push(line)
    warehouse.take(line)
    if (lines.length === 150) source.process.kill('SIGTERM')
  }
  const output = outputOf(lines, await source.exit, source.stderr())
  expect(output.exitCode).toBe(143)
  expect(output.errors).toEqual([])
  expect(output.statuses('tickets').at(-1)).toBe('INCOMPLETE')
  const last = lines.findLastIndex(
    ({ record, state }) => record?.stream === 'tickets' || state?.stream.stream_descriptor.name === 'tickets',
  )
  expect(lines[last]!.state, 'no ticket after the last STATE of tickets').toBeDefined()
  // It goes on from there, and nothing comes twice.
  const before = output.records('tickets').length
  const rest = await run('read', {
    config,
    catalog: configured(catalog, { names: ['tickets'] }),
    state: warehouse.state(),
  })
  expect(before + rest.records('tickets').length).toBe(300)
})

test('a reader that goes away: the source stops quietly, with an exit code that is not 0', async () => {
  const sandbox = await openStill({ tickets: 300 })
  const config = configFor(sandbox)
  const catalog = await streamsOf(config)
  const source = startSource('read', { config, catalog: configured(catalog) })
  source.process.stdout!.destroy()
  expect(await source.exit).toBe(1)
  expect(source.stderr()).toBe('')
})

test('a sync with nothing new sends the requests that it must, and ends with the same STATE', async () => {
  const sandbox = await openStill({ tickets: 200 })
  const connection = await connect(sandbox, { names: NAMES })
  await connection.sync()
  sandbox.account.changeAtRandom(60, 2)
  sandbox.account.advance(3600)
  await connection.sync()
  const before = connection.warehouse.state()
  sandbox.requests.reset()
  const again = await connection.sync()
  expect(again.lines.filter(({ record }) => record)).toEqual([])
  expect(connection.warehouse.state()).toEqual(before)
  expect(
    sandbox.requests
      .all()
      .map(({ path }) => path)
      // The list of all articles says which are gone, a page for each hundred.
      .filter((path) => path !== '/api/v2/help_center/articles')
      .sort(),
  ).toEqual(
    // One for each walk, whatever it feeds.
    pathsOf(NAMES).toSorted(),
  )
})

test('a full refresh ignores the state of before, and resumes within its own sync', async () => {
  const sandbox = await openStill({ tickets: 300, exportPageSize: 50 })
  const config = configFor(sandbox)
  const catalog = await streamsOf(config)
  const names = ['tickets', 'groups']
  const refresh = (syncId: number) =>
    configured(catalog, { names, syncMode: 'full_refresh', more: { sync_id: syncId } })
  const incremental = createWarehouse(catalog)
  await runHere('read', { config, catalog: configured(catalog, { names }) }, (line) => incremental.take(line))

  const warehouse = createWarehouse(catalog)
  const source = startSource('read', { config, catalog: refresh(1), state: incremental.state() })
  let pages = 0
  let first = 0
  for await (const { line } of source.lines) {
    warehouse.take(line)
    if (line.record?.stream === 'tickets') first++
    if (line.state?.stream.stream_descriptor.name === 'tickets' && ++pages === 2) source.process.kill('SIGTERM')
  }
  expect(await source.exit).toBe(143)
  expect(first).toBeLessThan(300)
  const resumed = await runHere('read', { config, catalog: refresh(1), state: warehouse.state() }, (line) =>
    warehouse.take(line),
  )
  expect(resumed.exitCode).toBe(0)
  expect(first + resumed.records('tickets').length).toBe(300)
  const next = await runHere('read', { config, catalog: refresh(2), state: warehouse.state() })
  expect(next.records('tickets')).toHaveLength(300)
  expect(next.records('groups').length).toBeGreaterThan(0)
})

test('a stream that was added later catches up alone, then joins: the others do not repeat', async () => {
  const sandbox = await openStill({ tickets: 300, exportPageSize: 50 })
  const config = configFor(sandbox)
  const catalog = await streamsOf(config)
  const warehouse = createWarehouse(catalog)
  const take = (line: Parameters<typeof warehouse.take>[0]) => warehouse.take(line)
  await runHere('read', { config, catalog: configured(catalog, { names: ['tickets'] }) }, take)
  sandbox.account.createTicket({})
  sandbox.account.advance(120)
  sandbox.requests.reset()
  const both = await runHere(
    'read',
    { config, catalog: configured(catalog, { names: ['tickets', 'ticket_metrics'] }), state: warehouse.state() },
    take,
  )
  expect(both.records('tickets')).toHaveLength(1)
  expect(both.records('ticket_metrics')).toHaveLength(301)
  const exports = sandbox.requests.all().filter(({ path }) => path.includes('incremental'))
  expect(exports.length).toBeLessThanOrEqual(8)
})
