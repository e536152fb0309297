import { expect, test } from 'vitest'
import type { Sandbox, TruthStream } from 'zendesk-sandbox'
import { configFor, configured, connect, discover, openSandbox, runHere as run } from '../support/account.ts'
import type { CatalogStream } from '../support/program.ts'
import { send } from '../support/send.ts'

type Column = Readonly<Record<string, unknown>>
const columnsOf = (catalog: readonly CatalogStream[], name: string): Readonly<Record<string, Column>> =>
  catalog.find((stream) => stream.name === name)!.json_schema.properties as Readonly<Record<string, Column>>

const VEHICLES = 'custom_object_vehicle_records'
const live = ({ account }: Sandbox, stream: string): readonly Column[] => [
  ...account.truth(stream as TruthStream).live.values(),
]

test('each custom object is a stream, its fields in the schema', async () => {
  const sandbox = await openSandbox({ tickets: 50 })
  const catalog = await discover(configFor(sandbox))
  const objects = catalog.map(({ name }) => name).filter((name) => /^custom_object_.*_records$/.test(name))
  expect(objects).toEqual([VEHICLES, 'custom_object_device_records', 'custom_object_empty_kind_records'])
  const { custom_object_fields: fields } = columnsOf(catalog, VEHICLES)
  expect(fields?.['properties']).toMatchObject({
    doors: { type: ['null', 'integer'] },
    // Its id comes as text.
    owner: { type: ['null', 'string'] },
    leased: { type: ['null', 'boolean'] },
    first_seen: { type: ['null', 'string'], format: 'date' },
    extras: { type: ['null', 'array'] },
  })

  const connection = await connect(sandbox, { names: objects })
  sandbox.requests.reset()
  const first = await connection.sync()
  expect(connection.differences()).toEqual({})
  expect(first.records(VEHICLES).length).toBe(130)
  const paths = sandbox.requests.all().map(({ path }) => path)
  expect(
    paths.filter((path) => !/incremental|count/.test(path)),
    'the catalog says it all',
  ).toEqual([])

  const [gone, changed] = live(sandbox, VEHICLES).map(({ id }) => String(id))
  await send(sandbox, 'DELETE', `custom_objects/vehicle/records/${gone}`)
  const custom_object_record = { custom_object_fields: { doors: 4 } }
  await send(sandbox, 'PATCH', `custom_objects/vehicle/records/${changed}`, { custom_object_record })
  sandbox.account.advance(120)
  const second = await connection.sync()
  expect(
    second
      .records(VEHICLES)
      .map((row) => [row['id'], row['_ab_cdc_deleted_at'] != null])
      .sort(),
  ).toEqual(
    [
      [gone, true],
      [changed, false],
    ].sort(),
  )
  expect(connection.differences()).toEqual({})
})

test('where the export is closed, the records of custom objects are read from their list', async () => {
  const sandbox = await openSandbox({ tickets: 20 })
  const connection = await connect(sandbox, { config: configFor(sandbox, { reader: 'list' }), names: [VEHICLES] })
  expect((await connection.sync()).errors).toEqual([])
  expect(connection.differences()).toEqual({})
  const again = await connection.sync()
  expect(again.records(VEHICLES)).toEqual([])
  const [, changed] = live(sandbox, VEHICLES).map(({ id }) => String(id))
  const custom_object_record = { custom_object_fields: { doors: 4 } }
  sandbox.account.advance(3600)
  await send(sandbox, 'PATCH', `custom_objects/vehicle/records/${changed}`, { custom_object_record })
  const third = await connection.sync()
  expect(third.records(VEHICLES).map(({ id }) => id)).toEqual([changed])
  expect(connection.differences()).toEqual({})
})

test('a search that Zendesk does not understand is left out, and check says why', async () => {
  const sandbox = await openSandbox({ tickets: 20 })
  const searches = [{ name: 'both', query: 'type:ticket type:user' }]
  const { lines } = await run('check', { config: configFor(sandbox, { searches }) })
  const { status, message } = lines.find(({ connectionStatus }) => connectionStatus)!.connectionStatus!
  expect([status, message]).toEqual(['SUCCEEDED', expect.stringMatching(/both: .*HTTP 422.*Invalid search/)])
})

test('where nobody reads them, custom objects and custom fields cost no request', async () => {
  const sandbox = await openSandbox({ tickets: 50 })
  const config = configFor(sandbox, { custom_fields: 'columns', searches: [{ name: 'mine', query: 'tags:vip' }] })
  const catalog = await discover(config)
  sandbox.requests.reset()
  await run('read', { config, catalog: configured(catalog, { names: ['groups'] }) })
  expect([...new Set(sandbox.requests.all().map(({ path }) => path))]).toEqual([
    '/api/v2/groups/count',
    '/api/v2/groups',
  ])
})

test('what the plan lacks is left out, and check says why', async () => {
  const sandbox = await openSandbox({ tickets: 50 })
  sandbox.account.setPlan({ features: { custom_objects: false, side_conversations: false } })
  const names = (await discover(configFor(sandbox))).map(({ name }) => name)
  expect(names.filter((name) => /custom_object|side_conv/.test(name))).toEqual([])
  const { lines } = await run('check', { config: configFor(sandbox) })
  const { status, message } = lines.find(({ connectionStatus }) => connectionStatus)!.connectionStatus!
  expect(status).toBe('SUCCEEDED')
  expect(message).toMatch(/custom_object_…_records: /)
  expect(message).toMatch(/side_conversations, side_conversation_events: .*It needs: .*Collaboration add-on/)
})

test('searches are streams: the ready ones and those of the configuration, with the changes since the last sync', async () => {
  const sandbox = await openSandbox({ tickets: 300 })
  const { account } = sandbox
  const searches = [
    { name: 'urgent', query: 'type:ticket priority:urgent' },
    { name: 'agents', query: 'type:user role:agent' },
  ]
  const config = configFor(sandbox, { searches })
  const names = ['open_tickets', 'closed_tickets', 'urgent', 'agents']
  const connection = await connect(sandbox, { config, names })
  expect(Object.keys(columnsOf(connection.catalog, 'urgent'))).toEqual(
    Object.keys(columnsOf(connection.catalog, 'tickets')),
  )
  expect(columnsOf(connection.catalog, 'agents')).toHaveProperty('user_fields')
  const first = await connection.sync()
  const ids = (stream: string, fits: (row: Column) => boolean) =>
    live(sandbox, stream)
      .filter(fits)
      .map(({ id }) => id)
      .sort()
  const here = (stream: string) =>
    first
      .records(stream)
      .map(({ id }) => id)
      .sort()
  expect(here('urgent')).toEqual(ids('tickets', ({ priority }) => priority === 'urgent'))
  expect(here('agents')).toEqual(ids('users', ({ role }) => role === 'agent'))
  expect(here('open_tickets').length + here('closed_tickets').length).toBe(live(sandbox, 'tickets').length)
  expect(first.records('urgent').some((row) => 'result_type' in row)).toBe(false)
  const ticket = live(sandbox, 'tickets').find(({ id }) => id === here('urgent')[0])
  expect(first.records('urgent').find(({ id }) => id === ticket?.['id'])).toMatchObject(
    JSON.parse(JSON.stringify(ticket)),
  )

  account.advance(3600)
  const again = await connection.sync()
  expect(again.lines.filter(({ record }) => record && record.data['_ab_cdc_deleted_at'] == null)).toEqual([])
  const id = account.createTicket({ subject: 'Burning', priority: 'urgent' })
  const solved = Number(here('open_tickets')[0])
  account.updateTicket(solved, { status: 'solved' })
  account.advance(3600)
  const third = await connection.sync()
  const told = (name: string, gone: boolean) =>
    third
      .records(name)
      .filter((row) => (row['_ab_cdc_deleted_at'] != null) === gone)
      .map((row) => row['id'])
  expect([told('open_tickets', false), told('open_tickets', true)]).toEqual([[id], [solved]])
  expect([told('closed_tickets', false), told('closed_tickets', true)]).toEqual([[solved], [id]])
  expect(told('urgent', false)).toContain(id)
  expect(third.records('agents')).toEqual([])
})

const isThere = (row: Readonly<Record<string, unknown>>): boolean => row['_ab_cdc_deleted_at'] == null

test('a long history is searched in stretches, each a place to go on from, and nothing comes twice', async () => {
  const sandbox = await openSandbox({ tickets: 2_600 })
  const names = ['closed_tickets']
  const connection = await connect(sandbox, { names })
  sandbox.requests.reset()
  const output = await connection.sync()
  expect(connection.differences()).toEqual({})
  // Of the last minutes every change is asked for: open tickets come as deletions.
  const ids = output
    .records('closed_tickets')
    .filter(isThere)
    .map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const times = output.lines.flatMap(({ state }) => (state ? [String(state.stream.stream_state['updated_at'])] : []))
  expect(times).toEqual(times.toSorted())
  expect(new Set(times).size).toBeGreaterThan(3)
  expect(sandbox.requests.all().length).toBeLessThan(40)

  // From any of these places on, all that is missing comes.
  const states = output.lines.flatMap(({ state }, at) => (state ? [[state, at] as const] : []))
  const config = configFor(sandbox)
  for (const [state, at] of [states[Math.floor(states.length / 2)]!, states.at(-2)!]) {
    const before = output.lines
      .slice(0, at)
      .flatMap(({ record }) => (record && isThere(record.data) ? [record.data['id']] : []))
    const rest = await run('read', { config, catalog: configured(connection.catalog, { names }), state: [state] })
    const closed = rest.records('closed_tickets').filter(isThere)
    expect(new Set([...before, ...closed.map(({ id }) => id)])).toEqual(new Set(ids))
  }
})

test.each([
  [[{ name: 'tickets', query: 'x' }], /is already a stream named "tickets"\. Give the search another name/],
  [[{ name: 'Mine!', query: 'x' }], /"searches.0.name" must look like urgent_tickets/],
  [[{ name: 'mine' }], /"searches.0.query" is missing/],
])('the searches %j are refused with what to change', async (searches, message) => {
  const sandbox = await openSandbox({ tickets: 10 })
  const { lines } = await run('check', { config: configFor(sandbox, { searches }) })
  expect(lines.find(({ connectionStatus }) => connectionStatus)!.connectionStatus).toMatchObject({
    status: 'FAILED',
    message: expect.stringMatching(message),
  })
})
