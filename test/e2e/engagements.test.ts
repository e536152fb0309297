import { expect, test } from 'vitest'
import { connect, openSandbox } from '../support/account.ts'

test('engagements of every channel come once, and later those that ended since, wherever they began', async () => {
  const sandbox = await openSandbox({ tickets: 1200 })
  const { account } = sandbox
  const connection = await connect(sandbox, { names: ['engagements'] })
  const agent = Number([...account.truth('users').live.values()].find(({ role }) => role === 'agent')?.['id'])
  const ticket = account.createTicket({})
  account.updateTicket(ticket, { assignee_id: agent, status: 'open' })
  const first = await connection.sync()
  expect(first.errors).toEqual([])
  expect(connection.differences()).toEqual({})
  const channels = new Set(first.records('engagements').map(({ channel }) => channel))
  expect(channels).toEqual(new Set(['MESSAGING', 'SUPPORT']))
  const pages = sandbox.requests.all().filter(({ path }) => path.endsWith('/engagements'))
  expect(pages.length).toBeGreaterThanOrEqual(3)
  expect((await connection.sync()).records('engagements')).toEqual([])

  // It began before all that ended meanwhile.
  for (let day = 0; day < 9; day++) {
    account.changeAtRandom(20, day)
    account.advance(86_400)
  }
  await connection.sync()
  account.updateTicket(ticket, { status: 'solved' })
  account.advance(600)
  const last = await connection.sync()
  expect(last.records('engagements')).toEqual([
    expect.objectContaining({ ticket_id: ticket, agent_id: agent, ticket_status_end: 'SOLVED' }),
  ])
  expect(last.records('engagements')[0]?.['engagement_end_time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  expect(connection.differences()).toEqual({})
})

test('engagements that are too old to be listed are no deletions', async () => {
  const sandbox = await openSandbox({ tickets: 200 })
  const connection = await connect(sandbox, { names: ['engagements'] })
  const before = (await connection.sync()).records('engagements').length
  sandbox.account.advance(60 * 86_400)
  const { records, errors } = await connection.sync()
  expect(errors).toEqual([])
  expect(records('engagements').filter((row) => row['_ab_cdc_deleted_at'] != null)).toEqual([])
  expect(connection.warehouse.rows('engagements').size).toBeGreaterThanOrEqual(before)
})
