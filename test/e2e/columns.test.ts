import { expect, test } from 'vitest'
import type { Sandbox, TruthStream } from 'zendesk-sandbox'
import legacy from '../../schemas/legacy/airbyte-4.9.1.json' with { type: 'json' }
import { configFor, configured, connect, discover, openSandbox, runHere as run } from '../support/account.ts'
import type { CatalogStream } from '../support/program.ts'
import { send } from '../support/send.ts'

type Row = Readonly<Record<string, unknown>>
type Columns = Readonly<Record<string, Row>>

const columnsOf = (catalog: readonly CatalogStream[], name: string): Columns =>
  catalog.find((stream) => stream.name === name)!.json_schema.properties as Columns
const live = ({ account }: Sandbox, stream: string): readonly Row[] => [
  ...account.truth(stream as TruthStream).live.values(),
]
const byId = (rows: readonly Row[]): ReadonlyMap<unknown, Row> => new Map(rows.map((row) => [row['id'], row]))
const fieldNamed = (sandbox: Sandbox, stream: string, title: string): Row =>
  live(sandbox, stream).find((field) => field['title'] === title)!
const choice = (field: Row, value: unknown): unknown =>
  (field['custom_field_options'] as readonly Row[]).find((option) => option['value'] === value)?.['name']

const NAMES = ['tickets', 'users', 'organizations', 'custom_object_vehicle_records', 'open_tickets']

test('each custom field is a column with its type, and its label beside it where it is a choice', async () => {
  const sandbox = await openSandbox({ tickets: 200 })
  const config = configFor(sandbox, { custom_fields: 'columns' })
  const catalog = await discover(config)
  const tickets = columnsOf(catalog, 'tickets')
  expect(tickets).toMatchObject({
    team: { type: ['null', 'string'] },
    team_label: { type: ['null', 'string'] },
    options: { type: ['null', 'array'], items: { type: ['null', 'string'] } },
    options_label: { type: ['null', 'array'] },
    escalated: { type: ['null', 'boolean'] },
    purchase_date: { type: ['null', 'string'], format: 'date' },
    seats: { type: ['null', 'integer'] },
    betrag: { type: ['null', 'number'] },
    account_owner: { type: ['null', 'integer'] },
    // A title in a script that is not written in ASCII: 升级原因.
    [`field_${
      sandbox.account
        .truth('ticket_fields')
        .live.values()
        .find(({ title }) => title === '升级原因')?.['id']
    }`]: {
      type: ['null', 'string'],
    },
    old_and_switched_off: { description: expect.stringContaining('switched off') },
  })
  for (const name of ['custom_fields', 'fields', 'order_number_label']) expect(tickets).not.toHaveProperty(name)
  expect(Object.keys(columnsOf(catalog, 'open_tickets'))).toEqual(Object.keys(tickets))
  expect(columnsOf(catalog, 'users')).toMatchObject({ vip: { type: ['null', 'boolean'] }, legacy_id: {} })
  expect(columnsOf(catalog, 'organizations')).toMatchObject({ region_label: { type: ['null', 'string'] } })
  expect(columnsOf(catalog, 'custom_object_vehicle_records')).toMatchObject({ doors: { type: ['null', 'integer'] } })

  const output = await run('read', { config, catalog: configured(catalog, { names: NAMES }) })
  expect([output.exitCode, output.errors]).toEqual([0, []])
  expect(output.logs.filter((line) => line.startsWith('WARN'))).toEqual([])
  const team = fieldNamed(sandbox, 'ticket_fields', 'Team')
  const seats = fieldNamed(sandbox, 'ticket_fields', 'Seats')
  const truth = byId(live(sandbox, 'tickets'))
  const valueIn = (ticket: Row | undefined, { id }: Row): unknown =>
    ((ticket?.['custom_fields'] ?? []) as readonly Row[]).find((field) => field['id'] === id)?.['value'] ?? null
  const records = output.records('tickets').filter(({ id }) => truth.has(id))
  for (const record of records) {
    const ticket = truth.get(record['id'])
    expect(record).not.toHaveProperty('custom_fields')
    expect(record).not.toHaveProperty('fields')
    expect(record['team'] ?? null).toBe(valueIn(ticket, team))
    expect(record['team_label'] ?? null).toBe(choice(team, valueIn(ticket, team)) ?? null)
    const number = valueIn(ticket, seats)
    expect(record['seats'] ?? null).toBe(number === null ? null : Number(number))
    expect(record['subject']).toBe(ticket?.['subject'])
  }
  for (const column of ['team', 'options', 'seats', 'purchase_date', 'account_owner'])
    expect(
      records.some((record) => record[column] != null),
      column,
    ).toBe(true)
  const vehicles = byId(live(sandbox, 'custom_object_vehicle_records'))
  for (const record of output.records('custom_object_vehicle_records')) {
    const values = vehicles.get(record['id'])?.['custom_object_fields'] as Row
    expect([record['doors'], record['plate'], record['extras']]).toEqual([
      values['doors'],
      values['plate'],
      values['extras'],
    ])
    expect(record['owner']).toBe(values['owner'] === null ? null : Number(values['owner']))
  }
  expect(output.records('users').some((record) => record['loyalty_tier_label'] === 'Gold')).toBe(true)
})

test('a field that is renamed keeps the column that the catalog has; chosen columns alone are handed on', async () => {
  const sandbox = await openSandbox({ tickets: 100 })
  const config = configFor(sandbox, { custom_fields: 'columns' })
  const before = await discover(config)
  const order = fieldNamed(sandbox, 'ticket_fields', 'Order number')
  sandbox.account.updateTicketField(Number(order['id']), { title: 'Reference' })

  const after = columnsOf(await discover(config), 'tickets')
  expect(after).toHaveProperty('reference')
  expect(after).not.toHaveProperty('order_number')
  const read = async (catalog: readonly CatalogStream[]) =>
    (await run('read', { config, catalog: configured(catalog, { names: ['tickets'] }) })).records('tickets')
  const kept = await read(before)
  expect(kept.some((record) => record['order_number'] != null)).toBe(true)
  expect(kept.some((record) => 'reference' in record)).toBe(false)

  const chosen = before.map((stream) => {
    const { properties } = stream.json_schema
    const some = Object.entries(properties).filter(([name]) =>
      ['id', 'generated_timestamp', 'team_label'].includes(name),
    )
    return { ...stream, json_schema: { ...stream.json_schema, properties: Object.fromEntries(some) } }
  })
  for (const record of await read(chosen))
    expect(Object.keys(record).filter((name) => !['id', 'generated_timestamp', 'team_label'].includes(name))).toEqual(
      [],
    )
})

test('a catalog from before the choice of columns is read as it is, with a word on what to do', async () => {
  const sandbox = await openSandbox({ tickets: 50 })
  const before = await discover(configFor(sandbox))
  const config = configFor(sandbox, { custom_fields: 'columns' })
  const output = await run('read', { config, catalog: configured(before, { names: ['tickets'] }) })
  const [record] = output.records('tickets')
  expect(record?.['custom_fields']).toBeInstanceOf(Array)
  expect(record).not.toHaveProperty('team')
  expect(output.logs.join()).toMatch(
    /INFO Stream "tickets" is read without these custom fields.*"Team".*Refresh the schema/,
  )
  expect(output.logs.filter((line) => line.startsWith('WARN'))).toEqual([])
})

test('two fields of one name, and one with the name of a column, are told apart by their ids', async () => {
  const sandbox = await openSandbox({ tickets: 20 })
  for (const title of ['Status', 'Twice', 'twice!', '🚀'])
    await send(sandbox, 'POST', 'ticket_fields', { ticket_field: { type: 'text', title } })
  const fields = live(sandbox, 'ticket_fields')
  const idOf = (title: string) => fields.findLast((field) => field['title'] === title)?.['id']
  const tickets = columnsOf(await discover(configFor(sandbox, { custom_fields: 'columns' })), 'tickets')
  expect(tickets['status']).not.toHaveProperty('custom_field')
  expect(tickets).toMatchObject({
    [`status_${idOf('Status')}`]: { custom_field: { id: idOf('Status') } },
    twice: { custom_field: { id: idOf('Twice') } },
    [`twice_${idOf('twice!')}`]: { custom_field: { id: idOf('twice!') } },
    [`field_${idOf('🚀')}`]: { custom_field: { id: idOf('🚀') } },
  })
})

test('side-loads are columns of tickets, for the requests of the tickets alone', async () => {
  const sandbox = await openSandbox({ tickets: 200, exportPageSize: 50 })
  const include = [
    'users',
    'groups',
    'organizations',
    'ticket_forms',
    'brands',
    'comment_count',
    'metric_sets',
    'dates',
  ]
  const config = configFor(sandbox, { include })
  const connection = await connect(sandbox, { config, names: ['tickets', 'ticket_metrics'] })
  const columns = columnsOf(connection.catalog, 'tickets')
  for (const name of [
    'requester',
    'submitter',
    'assignee',
    'group',
    'organization',
    'ticket_form',
    'brand',
    'metric_set',
  ])
    expect(columns[name], name).toMatchObject({ type: ['null', 'object'], properties: { id: {} } })
  expect(columns['comment_count']).toMatchObject({ type: ['null', 'integer'] })

  sandbox.requests.reset()
  const output = await connection.sync()
  expect(output.errors).toEqual([])
  expect(connection.differences()).toEqual({})
  const paths = sandbox.requests.all().map(({ path }) => path)
  expect([...new Set(paths)]).toEqual(['/api/v2/search/count', '/api/v2/incremental/tickets/cursor'])
  const users = byId(live(sandbox, 'users'))
  const groups = byId(live(sandbox, 'groups'))
  const alive = output.records('tickets').filter(({ status }) => status !== 'deleted')
  for (const ticket of alive) {
    expect((ticket['requester'] as Row)['id']).toBe(ticket['requester_id'])
    const { email } = users.get(ticket['requester_id']) ?? (ticket['requester'] as Row)
    expect((ticket['requester'] as Row)['email']).toBe(email)
    expect(ticket['assignee'] === null).toBe(ticket['assignee_id'] === null)
    if (ticket['group_id'] !== null) expect(ticket['group']).toEqual(groups.get(ticket['group_id']))
    expect(ticket['comment_count']).toBeGreaterThan(0)
    expect((ticket['metric_set'] as Row)['ticket_id']).toBe(ticket['id'])
  }
  // Without the option nothing of it is there.
  const plain = await connect(sandbox, { names: ['tickets'] })
  const [ticket] = (await plain.sync()).records('tickets')
  for (const name of ['requester', 'comment_count', 'metric_set']) expect(ticket).not.toHaveProperty(name)
})

test('read from lists, tickets have the same columns', async () => {
  const sandbox = await openSandbox({ tickets: 150 })
  const options = { custom_fields: 'columns', include: ['users', 'groups', 'metric_sets'] }
  const names = ['tickets', 'users', 'organizations']
  const [exported, listed] = await Promise.all(
    ['export', 'list'].map(async (reader) => {
      const connection = await connect(sandbox, { config: configFor(sandbox, { ...options, reader }), names })
      expect((await connection.sync()).errors).toEqual([])
      return connection.warehouse
    }),
  )
  const columns = ['team', 'team_label', 'seats', 'options_label', 'requester', 'assignee', 'group', 'metric_set']
  for (const [key, row] of exported!.rows('tickets')) {
    const other = listed!.rows('tickets').get(key)!
    for (const column of columns) expect(other[column] ?? null, `${key} ${column}`).toEqual(row[column] ?? null)
  }
  for (const [key, { vip, interests_label }] of exported!.rows('users'))
    expect(listed!.rows('users').get(key)).toMatchObject({ vip, interests_label })
})

test('with the old schema, streams have the columns of Airbyte’s connector, by name and type', async () => {
  const sandbox = await openSandbox({ tickets: 150 })
  const config = configFor(sandbox, { legacy_schema: true })
  const connection = await connect(sandbox, { config })
  const facts = (columns: object): object =>
    Object.fromEntries(
      Object.entries(columns).map(([name, { description: _, ...type }]: [string, Row]) => [name, type]),
    )
  const stored = legacy as unknown as Readonly<Record<string, { readonly properties: object }>>
  const both = connection.catalog.filter(({ name }) => name in stored)
  expect(both.length).toBe(Object.keys(stored).length)
  for (const { name, json_schema, source_defined_primary_key, default_cursor_field } of both) {
    expect(facts(json_schema.properties), name).toEqual(stored[name]!.properties)
    const needed = [...(source_defined_primary_key ?? []).flat(), ...(default_cursor_field ?? [])]
    expect(
      needed.filter((column) => !(column in stored[name]!.properties)),
      name,
    ).toEqual([])
  }

  const output = await connection.sync()
  expect(output.errors).toEqual([])
  for (const { name } of both) {
    const columns = stored[name]!.properties as Columns
    const strange = new Set(
      output
        .records(name)
        .flatMap(Object.keys)
        .filter((field) => !(field in columns)),
    )
    expect([...strange], name).toEqual([])
  }
  for (const [name, column] of [
    ['brands', 'logo'],
    ['categories', 'outdated'],
  ] as const)
    for (const record of output.records(name)) expect(typeof (record[column] ?? ''), `${name}.${column}`).toBe('string')
})

test.each([
  [{ custom_fields: 'pivot' }, /"custom_fields" must be one of raw, columns/],
  [{ include: ['last_audits'] }, /"include.0" must be one of users, groups/],
])('%j is refused with what to change', async (options, message) => {
  const sandbox = await openSandbox({ tickets: 10 })
  const { lines } = await run('check', { config: configFor(sandbox, options) })
  expect(lines.find(({ connectionStatus }) => connectionStatus)!.connectionStatus).toMatchObject({
    status: 'FAILED',
    message: expect.stringMatching(message),
  })
})
