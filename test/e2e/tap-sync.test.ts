import { expect, test } from 'vitest'
import { streams } from '../../src/streams/index.ts'
import { configFor, openStill } from '../support/account.ts'
import { expectedRows, truthOf } from '../support/expected-rows.ts'
import { discover, pipeline, runTap, runTapHere, select } from '../support/tap.ts'
import { SOAK, thorough } from '../support/thorough.ts'

/** No job has run, the administrator has asked for nothing, and one custom object is new. */
const EMPTY = ['job_statuses', 'requests', 'custom_object_empty_kind_records']
/** Exports by cursor and by time, lists with times, compared and under others, and some that have the full table only. */
const OF_EACH_KIND = [
  ...[
    'tickets',
    'ticket_metrics',
    'ticket_comments',
    'ticket_audits',
    'ticket_events',
    'ticket_metric_events',
    'users',
  ],
  ...['organizations', 'calls', 'side_conversations', 'satisfaction_ratings', 'audit_logs', 'open_tickets', 'articles'],
  ...['article_comments', 'custom_object_vehicle_records', 'groups', 'organization_memberships', 'macros', 'tags'],
]
const FULL_ONLY = streams.filter(({ cursorField }) => cursorField === undefined).map(({ name }) => name)

test('every stream equals the account: at first, after changes and deletions, and after nothing', async () => {
  const sandbox = await openStill({ tickets: 400, exportPageSize: 100 })
  const catalog = await discover(configFor(sandbox))
  const names = catalog.streams.map(({ tap_stream_id }) => tap_stream_id)
  expect(names).toEqual(expect.arrayContaining(['open_tickets', ...streams.map(({ name }) => name)]))
  const tap = pipeline(sandbox, select(catalog))
  const first = await tap.run()
  expect(first.exitCode, first.stderr).toBe(0)
  expect(tap.differences()).toEqual({})
  for (const { tap_stream_id: name } of catalog.streams)
    if (!EMPTY.includes(name)) expect(tap.reader.rows(name).size, name).toBeGreaterThan(0)
  expect(tap.reader.state()).not.toHaveProperty('currently_syncing')
  expect(Object.keys(tap.reader.state()?.bookmarks ?? {}).sort()).toEqual(names.sort())

  for (let round = 1; round <= 4; round++) {
    sandbox.account.changeAtRandom(60, round)
    sandbox.account.advance(300)
  }
  sandbox.account.advance(3600)
  const second = await tap.run()
  expect(second.exitCode, second.stderr).toBe(0)
  expect(second.lines.length).toBeLessThan(first.lines.length / 2)
  expect(second.records('tickets').some((record) => record['_sdc_deleted_at'] != null)).toBe(true)
  expect(tap.differences()).toEqual({})

  const before = tap.reader.state()
  const third = await tap.run()
  // Lists without times are loaded anew each time; nothing else comes again.
  const told = new Set(third.lines.flatMap(({ record, stream }) => (record ? [stream] : [])))
  expect([...told].filter((name) => !FULL_ONLY.includes(name!))).toEqual([])
  const { bookmarks } = tap.reader.state()!
  for (const [name, bookmark] of Object.entries(before!.bookmarks))
    if (!FULL_ONLY.includes(name)) expect(bookmarks[name], name).toEqual(bookmark)
})

test('killed at any moment and started again: every record arrives, and every row is right', async () => {
  const sandbox = await openStill({ tickets: 120, seed: 5, exportPageSize: 40 })
  const catalog = select(await discover(configFor(sandbox)), SOAK > 0 ? undefined : OF_EACH_KIND)
  for (const killAfter of thorough([1, 90, 700, 3_000], [1, 400])) {
    const tap = pipeline(sandbox, catalog)
    for (const times of [1, 2, 3]) expect((await tap.run({ killAfter: killAfter * times })).exitCode).toBe('SIGKILL')
    const last = await tap.run()
    expect(last.exitCode, last.stderr).toBe(0)
    expect(tap.differences(), `killed after ${killAfter}`).toEqual({})
  }
})

test('SIGTERM: what was read is told in a last STATE that names the stream under way, and the rest follows', async () => {
  const sandbox = await openStill({ tickets: 600, exportPageSize: 20 })
  const catalog = select(await discover(configFor(sandbox)), ['tickets', 'users'])
  const tap = pipeline(sandbox, catalog)
  const first = await tap.run({ killAfter: 150, signal: 'SIGTERM' })
  expect(first.exitCode).toBe(143)
  expect(first.lines.at(-1)!.type).toBe('STATE')
  expect(first.stderr).toContain('"status":"failed"')
  const rest = await tap.run()
  expect(rest.exitCode).toBe(0)
  expect(first.records('tickets').length + rest.records('tickets').length).toBe(600)
  expect(tap.differences()).toEqual({})
})

test('a STATE that is long is told only where as much was written since; each names the stream under way', async () => {
  const sandbox = await openStill({ tickets: 1_000, exportPageSize: 10 })
  const names = ['tickets', 'group_memberships', 'organization_memberships']
  const tap = pipeline(sandbox, select(await discover(configFor(sandbox)), names))
  const { lines } = await tap.run()
  const sizes = Map.groupBy(lines, ({ type }) => type)
  const length = (of: readonly unknown[]): number =>
    of.reduce<number>((sum, one) => sum + JSON.stringify(one).length, 0)
  expect(sizes.get('STATE')!.length).toBeGreaterThan(10)
  expect(length(sizes.get('STATE')!)).toBeLessThan(length(sizes.get('RECORD')!) * 1.2)
  const syncing = sizes.get('STATE')!.slice(0, -1)
  for (const { value } of syncing) expect(names).toContain(value!.currently_syncing)
})

test('a full table is loaded between two activations of its version, which the next load replaces', async () => {
  const sandbox = await openStill({ tickets: 30 })
  const catalog = await discover(configFor(sandbox))
  const tap = pipeline(sandbox, select(catalog, ['tags', 'groups'], { 'replication-method': 'FULL_TABLE' }))
  const typesOf = (output: Awaited<ReturnType<typeof tap.run>>, name: string): string[] => {
    const types = output.lines.filter(({ stream }) => stream === name).map(({ type }) => type)
    return types.filter((type, at) => type !== types[at - 1])
  }
  const versionsOf = (output: Awaited<ReturnType<typeof tap.run>>, name: string): (number | undefined)[] => [
    ...new Set(
      output.lines.filter(({ stream, type }) => stream === name && type !== 'SCHEMA').map(({ version }) => version),
    ),
  ]
  const first = await tap.run()
  for (const name of ['tags', 'groups'])
    expect(typesOf(first, name)).toEqual(['SCHEMA', 'ACTIVATE_VERSION', 'RECORD', 'ACTIVATE_VERSION'])
  const second = await tap.run()
  for (const name of ['tags', 'groups']) {
    expect(typesOf(second, name)).toEqual(['SCHEMA', 'RECORD', 'ACTIVATE_VERSION'])
    expect(versionsOf(first, name)).toHaveLength(1)
    expect(versionsOf(second, name)[0]).toBeGreaterThan(versionsOf(first, name)[0]!)
  }
  expect(tap.differences()).toEqual({})
})

test('a load from the beginning leaves nothing of what an earlier one had left', async () => {
  const sandbox = await openStill({ tickets: 60 })
  const config = configFor(sandbox)
  const catalog = select(await discover(config), ['tickets', 'macros', 'tags'])
  const tap = pipeline(sandbox, catalog)
  await tap.run()
  sandbox.account.changeAtRandom(200, 3)
  sandbox.account.advance(3600)
  // As `meltano run --full-refresh` does it: the target keeps its tables, and the state is left out.
  tap.reader.begin()
  const output = await runTapHere({ config, catalog }, [], { onLine: (line) => tap.reader.take(line) })
  expect(output.exitCode, output.stderr).toBe(0)
  expect(tap.differences()).toEqual({})
  for (const name of ['tickets', 'macros', 'tags']) {
    const types = output.lines.filter(({ stream }) => stream === name).map(({ type }) => type)
    expect([types[1], types.at(-1)], name).toEqual(['ACTIVATE_VERSION', 'ACTIVATE_VERSION'])
  }
  // What changes later is of the same version.
  const [version] = new Set(output.lines.flatMap((line) => (line.stream === 'tickets' ? (line.version ?? []) : [])))
  sandbox.account.createTicket({})
  sandbox.account.advance(120)
  const next = await tap.run()
  const [record, ...others] = next.lines.filter(({ type, stream }) => stream === 'tickets' && type !== 'SCHEMA')
  expect([record!.type, record!.version, others]).toEqual(['RECORD', version, []])
})

test('children are read without their parents, and say when they went with one', async () => {
  const sandbox = await openStill({ tickets: 200, seed: 4 })
  const names = ['ticket_comments', 'ticket_audits', 'ticket_metrics', 'article_comments']
  const tap = pipeline(sandbox, select(await discover(configFor(sandbox)), names))
  const first = await tap.run()
  expect(new Set(first.lines.flatMap(({ stream }) => stream ?? []))).toEqual(new Set(names))
  expect(tap.differences()).toEqual({})
  const [comment] = [
    ...expectedRows(truthOf(sandbox), tap.reader.streams().find(({ name }) => name === names[0])!).values(),
  ]
  sandbox.account.deleteTicket(comment!['ticket_id'] as number)
  sandbox.account.advance(3600)
  const second = await tap.run()
  expect(second.records('ticket_comments').some((record) => record['_sdc_deleted_at'] != null)).toBe(true)
  expect(tap.differences()).toEqual({})
})

test('a stream that fails is told, the others go on, and the exit code is 1', async () => {
  const sandbox = await openStill({ tickets: 50 })
  const catalog = select(await discover(configFor(sandbox)), ['tickets', 'macros'])
  sandbox.account.setPlan({ features: { satisfaction_ratings: false } })
  const whole = select(await discover(configFor(await openStill({ tickets: 10 }))), ['tickets', 'satisfaction_ratings'])
  const output = await runTap({ config: configFor(sandbox), catalog: whole })
  expect(output.exitCode).toBe(1)
  expect(output.stderr).toMatch(/ERROR Stream "satisfaction_ratings": /)
  expect(output.stderr).toContain('could not be read completely: satisfaction_ratings')
  expect(output.records('tickets')).toHaveLength(50)
  expect((await runTap({ config: configFor(sandbox), catalog })).exitCode).toBe(0)
})

test('custom fields are columns in Singer too, under the names of the catalog', async () => {
  const sandbox = await openStill({ tickets: 100 })
  const config = configFor(sandbox, { custom_fields: 'columns' })
  const catalog = select(await discover(config), ['tickets', 'organizations'])
  const field = [...sandbox.account.truth('ticket_fields').live.values()].find(({ title }) => title === 'Order number')
  sandbox.account.updateTicketField(Number(field?.['id']), { title: 'Reference' })
  const output = await runTapHere({ config, catalog })
  expect(output.exitCode, output.stderr).toBe(0)
  const tickets = output.records('tickets')
  expect(tickets.some((ticket) => ticket['order_number'] != null)).toBe(true)
  expect(tickets.some((ticket) => 'custom_fields' in ticket || 'reference' in ticket)).toBe(false)
  expect(output.records('organizations').some((one) => typeof one['region_label'] === 'string')).toBe(true)
})
