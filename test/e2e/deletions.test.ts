import { expect, test } from 'vitest'
import type { Sandbox } from 'zendesk-sandbox'
import { type Connection, configFor, connect, openStill, streamsOf } from '../support/account.ts'

/** The ids of a stream's live rows. */
const liveIds = (sandbox: Sandbox, stream: Parameters<Sandbox['account']['truth']>[0]): number[] =>
  [...sandbox.account.truth(stream).live.keys()].map(Number)

const deletedIds = async (connection: Connection, stream: string): Promise<unknown[]> => {
  const output = await connection.sync()
  expect(output.errors).toEqual([])
  return output
    .records(stream)
    .filter((record) => record['_ab_cdc_deleted_at'] != null)
    .map((record) => record['id'] ?? record['ticket_id'])
}

test('a deleted ticket takes its metrics, comments and audits along, and brings them back when it is restored', async () => {
  const sandbox = await openStill({ tickets: 120 })
  const { account } = sandbox
  // All that has to do with tickets.
  const names = (await streamsOf(configFor(sandbox)))
    .filter(({ name, json_schema }) => /ticket|conversation|view/.test(name) || 'ticket_id' in json_schema.properties)
    .map(({ name }) => name)
  const connection = await connect(sandbox, { names })
  await connection.sync()
  const id = liveIds(sandbox, 'tickets')[5]!
  const childrenOf = (stream: string): number =>
    [...connection.warehouse.rows(stream).values()].filter((row) => row['ticket_id'] === id).length
  const before = ['ticket_metrics', 'ticket_comments', 'ticket_audits'].map(childrenOf)
  expect(before.every((count) => count > 0)).toBe(true)

  account.deleteTicket(id)
  account.advance(3600)
  const output = await connection.sync()
  expect(
    output.records('tickets').map((record) => [record['id'], record['status'], typeof record['_ab_cdc_deleted_at']]),
  ).toContainEqual([id, 'deleted', 'string'])
  expect(['ticket_metrics', 'ticket_comments', 'ticket_audits', 'ticket_metric_events'].map(childrenOf)).toEqual([
    0, 0, 0, 0,
  ])
  expect(connection.differences()).toEqual({})

  account.restoreTicket(id)
  account.advance(3600)
  await connection.sync()
  expect(childrenOf('ticket_comments')).toBe(before[1])
  expect(connection.differences()).toEqual({})

  account.deleteTicket(id)
  account.permanentlyDeleteTicket(id)
  account.advance(3600)
  await connection.sync()
  expect(['ticket_metrics', 'ticket_comments', 'ticket_audits'].map(childrenOf)).toEqual([0, 0, 0])
  expect(connection.differences()).toEqual({})
})

test('a ticket that is asked for by itself and answered without a ticket is asked for again: it is not taken for gone', async () => {
  const names = ['tickets', 'ticket_comments', 'ticket_audits']
  const sandbox = await openStill({ tickets: 60 })
  const connection = await connect(sandbox, { names })
  await connection.sync()
  const { account, faults } = sandbox
  const id = liveIds(sandbox, 'tickets')[5]!
  account.deleteTicket(id)
  account.advance(3600)
  await connection.sync()
  account.restoreTicket(id)
  account.advance(3600)
  faults.next({ kind: 'wrong-shape', path: /\/tickets\/\d+(\.json)?\?/, times: 2 })
  await connection.sync()
  expect(faults.met()).toBe(2)
  expect(connection.differences()).toEqual({})
})

test('a first sync asks for none of the tickets that were restored before it', async () => {
  const names = ['tickets', 'ticket_comments', 'ticket_events']
  const sandbox = await openStill({ tickets: 60 })
  const { account, requests } = sandbox
  const id = liveIds(sandbox, 'tickets')[5]!
  account.deleteTicket(id)
  account.advance(3600)
  account.restoreTicket(id)
  account.advance(3600)
  const connection = await connect(sandbox, { names })
  requests.reset()
  await connection.sync()
  expect(requests.all().filter(({ path }) => /\/tickets\/\d+/.test(path))).toEqual([])
  expect(connection.differences()).toEqual({})
})

test('comments alone: their deletions are told though tickets are not read', async () => {
  const sandbox = await openStill({ tickets: 120 })
  const connection = await connect(sandbox, { names: ['ticket_comments'] })
  await connection.sync()
  sandbox.account.deleteTicket(liveIds(sandbox, 'tickets')[3]!)
  sandbox.account.advance(3600)
  const output = await connection.sync()
  expect(output.records('ticket_comments').some((record) => record['_ab_cdc_deleted_at'])).toBe(true)
  expect(connection.differences()).toEqual({})
})

test('a deleted ticket that is scrubbed 30 days later is nothing new: its comments are not looked for again', async () => {
  const sandbox = await openStill({ tickets: 120 })
  const connection = await connect(sandbox, { names: ['ticket_comments', 'tickets'] })
  await connection.sync()
  const id = liveIds(sandbox, 'tickets')[3]!
  sandbox.account.deleteTicket(id)
  sandbox.account.advance(3600)
  expect((await deletedIds(connection, 'ticket_comments')).length).toBeGreaterThan(0)

  sandbox.account.advance(2 * 86_400)
  sandbox.account.createTicket({ subject: 'Later' })
  sandbox.account.advance(3600)
  await connection.sync()

  sandbox.account.advance(31 * 86_400)
  const output = await connection.sync()
  expect(output.records('tickets').map((ticket) => ticket['id'])).toContain(id)
  expect(output.records('ticket_comments')).toEqual([])
  expect(output.logs.filter((line) => line.includes('Looking back'))).toEqual([])
  expect(connection.differences()).toEqual({})
})

test('a look-back of more pages than one sync takes goes on in the next one, and asks for no page that it leaves; many deletions take little room in a state', async () => {
  const sandbox = await openStill({ tickets: 120, exportPageSize: 5 })
  const connection = await connect(sandbox, { names: ['ticket_comments', 'tickets'] })
  await connection.sync()
  for (const id of liveIds(sandbox, 'tickets').slice(0, 60)) sandbox.account.deleteTicket(id)
  sandbox.account.advance(3600)
  let syncs = 0
  for (; syncs === 0 || connection.looksBack(); syncs++) {
    sandbox.requests.reset()
    expect((await connection.sync()).errors).toEqual([])
    const { parent, look_back } = connection.warehouse.stateOf('ticket_comments') as {
      readonly parent: { readonly told: unknown }
      readonly look_back?: readonly { readonly time: number; readonly parents: unknown }[]
    }
    expect(parent.told).toEqual(expect.any(String))
    if (!look_back) continue
    expect(look_back[0]?.parents).toEqual(expect.any(String))
    expect(JSON.stringify(look_back).length).toBeLessThan(60 * 20)
    const asked = sandbox.requests
      .all()
      .flatMap(({ path, query }) => (path.endsWith('events') ? query['start_time'] : []))
    expect(asked).not.toContain(String(look_back[0]?.time))
  }
  expect(syncs).toBeGreaterThan(1)
  expect(connection.differences()).toEqual({})
})

test('side conversations come back with their ticket, though nothing in their events says so', async () => {
  const sandbox = await openStill({ tickets: 300 })
  const { account } = sandbox
  const names = ['side_conversations', 'side_conversation_events']
  const connection = await connect(sandbox, { names })
  await connection.sync()
  const [first] = [...account.truth('side_conversations').live.values()]
  const ticket = Number(first?.['ticket_id'])
  const here = (): readonly number[] =>
    names.map(
      (name) => [...connection.warehouse.rows(name).values()].filter((row) => row['ticket_id'] === ticket).length,
    )
  const before = here()
  account.deleteTicket(ticket)
  account.advance(3600)
  await connection.sync()
  expect(here()).toEqual([0, 0])
  expect(connection.differences()).toEqual({})

  account.restoreTicket(ticket)
  account.advance(3600)
  await connection.sync()
  expect(here()).toEqual(before)
  expect(connection.differences()).toEqual({})
  expect(connection.warehouse.stateOf('side_conversations')?.['parent']).not.toHaveProperty('told')
})

test('users, organizations, groups, fields and forms: each deletion is told once', async () => {
  const sandbox = await openStill({ tickets: 200 })
  const { account } = sandbox
  const names = ['users', 'organizations', 'groups', 'ticket_fields', 'ticket_forms']
  const connection = await connect(sandbox, { names })
  const group = account.createGroup({ name: 'To go' })
  const field = account.createTicketField({ title: 'To go' })
  const form = account.createTicketForm({ name: 'To go' })
  const user = account.createUser({ name: 'To go' })
  const organization = account.createOrganization({ name: 'To go' })
  account.advance(120)
  await connection.sync()
  expect(connection.differences()).toEqual({})

  account.deleteGroup(group)
  account.deleteTicketField(field)
  account.deleteTicketForm(form)
  account.deleteUser(user)
  account.deleteOrganization(organization)
  account.advance(120)
  const output = await connection.sync()
  const told = names.map((name) =>
    output
      .records(name)
      .filter((record) => record['_ab_cdc_deleted_at'] != null)
      .map((record) => record['id']),
  )
  expect(told).toEqual([[user], [organization], [group], [field], [form]])
  expect(connection.differences()).toEqual({})
  for (const name of names) expect(await deletedIds(connection, name), name).toEqual([])

  account.permanentlyDeleteUser(user)
  account.advance(120)
  expect(await deletedIds(connection, 'users')).toEqual([user])
})

test.each(['groups', 'articles', 'article_comments'] as const)(
  '%s: a row that a killed sync emitted, deleted before the next one, does not stay',
  async (name) => {
    const sandbox = await openStill({ tickets: 50, exportPageSize: 20 })
    const connection = await connect(sandbox, { names: [name] })
    for (let killAt = 1; connection.warehouse.rows(name).size === 0; killAt++)
      await connection.sync(undefined, undefined, { killAt })
    const [emitted] = connection.warehouse.rows(name).values()
    if (name === 'groups') sandbox.account.deleteGroup(Number(emitted?.['id']))
    else sandbox.account.deleteRecord(name, Number(emitted?.['id']))
    sandbox.account.advance(120)
    expect((await connection.sync()).errors).toEqual([])
    expect(connection.differences()).toEqual({})
  },
)

test('mark: only Zendesk’s own marks; exclude: deleted records are left out', async () => {
  const sandbox = await openStill({ tickets: 200 })
  const names = ['tickets', 'ticket_metrics', 'ticket_comments', 'users', 'organizations', 'groups']
  const truth = (stream: 'tickets' | 'users') => sandbox.account.truth(stream)

  const marked = await connect(sandbox, { config: configFor(sandbox, { deleted_records: 'mark' }), names })
  expect(marked.catalog.flatMap(({ json_schema }) => Object.keys(json_schema.properties))).not.toContain(
    '_ab_cdc_deleted_at',
  )
  const output = await marked.sync()
  expect(output.lines.filter(({ record }) => record && '_ab_cdc_deleted_at' in record.data)).toEqual([])
  const deleted = output.records('tickets').filter(({ status }) => status === 'deleted')
  expect(deleted).toHaveLength(truth('tickets').deleted.size)
  expect(output.records('users').filter(({ active }) => active === false)).toHaveLength(truth('users').deleted.size)

  const excluded = await connect(sandbox, { config: configFor(sandbox, { deleted_records: 'exclude' }), names })
  const rest = await excluded.sync()
  expect(rest.records('tickets')).toHaveLength(truth('tickets').live.size)
  expect(rest.records('users')).toHaveLength(truth('users').live.size)
  expect(rest.lines.filter(({ record }) => record && '_ab_cdc_deleted_at' in record.data)).toEqual([])
})
