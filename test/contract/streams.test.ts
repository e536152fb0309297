import { expect, test } from 'vitest'
import { streams } from '../../src/streams/index.ts'
import { configFor, configured, connect, openStill, runHere, streamsOf } from '../support/account.ts'

test('tickets and their metrics cost the requests of one', async () => {
  const sandbox = await openStill({ tickets: 500, exportPageSize: 100 })
  const connection = await connect(sandbox, { names: ['tickets', 'ticket_metrics'] })
  sandbox.requests.reset()
  await connection.sync()
  const exports = sandbox.requests.all().filter(({ path }) => path.includes('/incremental/'))
  expect(exports.length).toBeLessThanOrEqual(7)
  expect(exports.every(({ query }) => query['include'] === 'metric_sets')).toBe(true)
  expect(connection.differences()).toEqual({})
})

test('events, field history, attachments and comments cost the requests of one; so do users and their identities', async () => {
  const sandbox = await openStill({ tickets: 300, exportPageSize: 100 })
  const families = [
    ['ticket_comments', 'ticket_events', 'ticket_field_history', 'ticket_attachments'],
    ['users', 'user_identities'],
  ] as const
  for (const names of families) {
    const costs: number[] = []
    for (const some of [names.slice(0, 1), names]) {
      const connection = await connect(sandbox, { names: some })
      sandbox.requests.reset()
      await connection.sync()
      costs.push(sandbox.requests.all().filter(({ path }) => path.includes('/incremental/')).length)
      expect(connection.differences()).toEqual({})
      expect([...connection.warehouse.rows(names[0]).values()].some((row) => 'identities' in row)).toBe(false)
    }
    expect(costs[1], names.join(', ')).toBe(costs[0])
  }
})

test('audits: live tickets come from the list, archived ones from the ticket, none is asked for twice', async () => {
  const sandbox = await openStill({ tickets: 300, exportPageSize: 50 })
  const connection = await connect(sandbox, { names: ['ticket_audits'] })
  sandbox.requests.reset()
  const output = await connection.sync()
  expect(connection.differences()).toEqual({})
  const ids = output.records('ticket_audits').map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const single = sandbox.requests
    .all()
    .filter(({ path }) => /tickets\/\d+\/audits/.test(path))
    .map(({ path }) => path)
  expect(new Set(single).size, 'each ticket once').toBe(single.length)

  // Ten changed tickets cost no request each.
  const live = [...sandbox.account.truth('tickets').live].filter(([, row]) => row['status'] === 'open').slice(0, 10)
  for (const [id] of live) sandbox.account.addComment(Number(id), 'More of it')
  sandbox.account.advance(120)
  sandbox.requests.reset()
  await connection.sync()
  expect(sandbox.requests.all().filter(({ path }) => /tickets\/\d+/.test(path))).toEqual([])
  expect(connection.differences()).toEqual({})
})

test('voice comments are comments too, with their data', async () => {
  const sandbox = await openStill({ tickets: 400 })
  const connection = await connect(sandbox, { names: ['ticket_comments'] })
  await connection.sync()
  const voice = [...connection.warehouse.rows('ticket_comments').values()].filter(({ type }) => type === 'VoiceComment')
  expect(voice.length).toBeGreaterThan(0)
  expect(voice[0]!['data']).toMatchObject({ call_id: expect.any(Number), call_duration: expect.any(Number) })
  expect(connection.differences()).toEqual({})
})

test('a change that moves only generated_timestamp is not missed', async () => {
  const sandbox = await openStill({ tickets: 100 })
  const connection = await connect(sandbox, { names: ['tickets'] })
  await connection.sync()
  const [id, row] = [...sandbox.account.truth('tickets').live][7]!
  sandbox.account.advance(600)
  sandbox.account.systemUpdate(Number(id))
  sandbox.account.advance(120)
  const output = await connection.sync()
  expect(output.records('tickets')).toHaveLength(1)
  expect(output.records('tickets')[0]).toMatchObject({ id: Number(id), updated_at: row['updated_at'] })
  expect(connection.differences()).toEqual({})
})

test('a sync that begins seconds after the last one works, and misses nothing later', async () => {
  const sandbox = await openStill({ tickets: 100 })
  // A list that is compared is asked for without any time.
  const timed = streams.filter(({ feeds: [{ compares }] }) => compares === undefined).map(({ name }) => name)
  const connection = await connect(sandbox, { names: [...timed, 'custom_object_vehicle_records', 'open_tickets'] })
  await connection.sync()
  const id = sandbox.account.createTicket({})
  const soon = await connection.sync()
  expect(soon.exitCode).toBe(0)
  expect(soon.records('tickets')).toEqual([])
  sandbox.account.advance(61)
  await connection.sync()
  expect(connection.warehouse.rows('tickets').has(String(id))).toBe(true)
  sandbox.account.advance(1800)
  await connection.sync()
  expect(connection.differences()).toEqual({})
})

test.each([
  [1_000, 2_500],
  [100, 800],
  [7, 200],
])('many more rows in one second than a page of %i has: no loop, nothing twice', async (exportPageSize, tickets) => {
  const sandbox = await openStill({ tickets, exportPageSize })
  const connection = await connect(sandbox, {
    names: ['tickets', 'ticket_comments', 'ticket_metric_events', 'users', 'organizations'],
  })
  const output = await connection.sync()
  expect(output.errors).toEqual([])
  expect(connection.differences()).toEqual({})
  for (const { name } of connection.catalog) {
    const ids = output.records(name).map(({ id }) => id)
    expect(new Set(ids).size, name).toBe(ids.length)
  }
})

test('fields, forms and groups come whole whatever the start date; a later sync brings what changed', async () => {
  const sandbox = await openStill({ tickets: 100 })
  const names = ['ticket_fields', 'ticket_forms', 'groups', 'tickets']
  const config = configFor(sandbox, { start_date: new Date(sandbox.account.now() * 1000 - 86_400_000).toISOString() })
  const connection = await connect(sandbox, { config, names })
  const first = await connection.sync()
  expect(first.records('ticket_fields')).toHaveLength(sandbox.account.truth('ticket_fields').live.size)
  expect(first.records('tickets').length).toBeLessThan(100)
  const [field] = [...sandbox.account.truth('ticket_fields').live.keys()].slice(-1)
  sandbox.account.updateTicketField(Number(field), { title: 'Renamed' })
  const second = await connection.sync()
  expect(second.records('ticket_fields').map(({ id, title }) => [id, title])).toEqual([[Number(field), 'Renamed']])
  expect(second.records('groups')).toEqual([])
})

test('states as other connectors spell them are gone on from', async () => {
  const sandbox = await openStill({ tickets: 300 })
  const config = configFor(sandbox)
  const catalog = await streamsOf(config)
  const middle = sandbox.account.now() - 500 * 86_400
  const spelled = { epochText: String(middle), number: middle, iso: new Date(middle * 1000).toISOString() }
  const due = [...sandbox.account.truth('tickets').live.values()].filter(
    (row) => Number(row['generated_timestamp']) >= middle,
  )
  for (const value of Object.values(spelled)) {
    const state = [
      {
        type: 'STREAM',
        stream: { stream_descriptor: { name: 'tickets' }, stream_state: { generated_timestamp: value } },
      },
    ]
    const output = await runHere('read', { config, catalog: configured(catalog, { names: ['tickets'] }), state })
    const live = output.records('tickets').filter((record) => record['_ab_cdc_deleted_at'] == null)
    expect(live).toHaveLength(due.length)
  }
  for (const state of [
    {
      type: 'GLOBAL',
      global: {
        stream_states: [{ stream_descriptor: { name: 'tickets' }, stream_state: { generated_timestamp: middle } }],
      },
    },
    { type: 'LEGACY', data: { tickets: { generated_timestamp: middle } } },
    [],
    {},
  ]) {
    const output = await runHere('read', { config, catalog: configured(catalog, { names: ['tickets'] }), state })
    expect(output.exitCode).toBe(0)
  }
})
