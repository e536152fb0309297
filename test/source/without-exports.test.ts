import { describe, expect, test } from 'vitest'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { type Connection, configFor, connect, openSandbox } from './account.ts'

/** Every stream of the exports that there is another way to. */
const NAMES = [
  'tickets',
  'ticket_metrics',
  'ticket_audits',
  'ticket_comments',
  'ticket_metric_events',
  'ticket_events',
  'ticket_field_history',
  'ticket_attachments',
  'users',
  'user_identities',
  'organizations',
]

type Closed = 403 | 404 | 410
const day = 86_400

/** What lists tell in another form than the exports: the time of a system's change, and numbers of custom fields. */
const differences = (connection: Connection): Record<string, unknown> => connection.differences({ byList: true })

describe.each([403, 404, 410] as const)('closed with %i', (status: Closed) => {
  test('from the start: the rows equal the account, then after changes and deletions of every kind', async () => {
    const sandbox = await openSandbox({ tickets: 200, withoutExports: status })
    const connection = await connect(sandbox, { names: NAMES })
    const first = await connection.sync()
    expect(first.errors).toEqual([])
    expect(differences(connection)).toEqual({})
    expect(first.logs.filter((log) => log.includes('read from lists instead'))).toHaveLength(5)

    for (let round = 1; round <= 5; round++) {
      sandbox.account.changeAtRandom(40, round)
      sandbox.account.advance(400)
    }
    sandbox.account.advance(3600)
    const second = await connection.sync()
    expect(second.errors).toEqual([])
    expect(differences(connection)).toEqual({})
    expect(second.logs.filter((log) => log.includes('read from lists instead'))).toEqual([])

    // Deletions of archived tickets, and all others that no list tells, come to light when everything is compared.
    sandbox.account.advance(8 * day)
    const third = await connection.sync()
    expect(third.errors).toEqual([])
    expect(third.logs.join('\n')).toMatch(/tickets: \d+ records were compared; [1-9]\d* had been deleted/)
    expect(connection.differences({ byList: true, reconciled: true })).toEqual({})
  })
})

test('with nothing new: no record, no request for a ticket, the same state', async () => {
  const sandbox = await openSandbox({ tickets: 100, withoutExports: 410 })
  const connection = await connect(sandbox, { names: NAMES })
  await connection.sync()
  sandbox.account.advance(3600)
  await connection.sync()
  const before = connection.warehouse.state()
  sandbox.requests.reset()
  const output = await connection.sync()
  expect(NAMES.map((name) => output.records(name).length)).toEqual(NAMES.map(() => 0))
  expect(sandbox.requests.all().filter(({ path }) => /tickets\/\d+/.test(path))).toEqual([])
  expect(connection.warehouse.state()).toEqual(before)
})

test('closed in the middle of a first sync, and opened again later: nothing is lost', async () => {
  const sandbox = await openSandbox({ tickets: 300, exportPageSize: 40 })
  const connection = await connect(sandbox, { names: NAMES })
  let lines = 0
  const first = await connection.sync(() => {
    if (++lines === 400) sandbox.account.setExports(403)
  })
  expect(first.errors).toEqual([])
  expect(differences(connection)).toEqual({})

  change(sandbox, 1)
  await connection.sync()
  expect(differences(connection)).toEqual({})

  sandbox.account.setExports(undefined)
  change(sandbox, 2)
  // The export is asked again in a day.
  sandbox.account.advance(day)
  const config = configFor(sandbox, { reader: 'export' })
  const opened = await connection.sync(undefined, config)
  expect(opened.errors).toEqual([])
  while (connection.looksBack()) await connection.sync(undefined, config)
  expect(differences(connection)).toEqual({})
  // Only the exports tell what was below tickets that were deleted meanwhile.
  const { deleted } = sandbox.account.truth('tickets')
  expect(deleted.size).toBeGreaterThan(0)
  for (const name of ['ticket_comments', 'ticket_audits', 'ticket_events', 'ticket_field_history']) {
    const left = [...connection.warehouse.rows(name).values()].filter((row) => deleted.has(Number(row['ticket_id'])))
    expect(left, name).toEqual([])
  }
})

test('closed between two syncs: the second one goes on from the state of the exports', async () => {
  const sandbox = await openSandbox({ tickets: 300 })
  const connection = await connect(sandbox, { names: NAMES })
  const first = await connection.sync()
  sandbox.account.setExports(410)
  change(sandbox, 3)
  const second = await connection.sync()
  expect(second.errors).toEqual([])
  expect(differences(connection)).toEqual({})
  for (const name of ['tickets', 'ticket_audits', 'users'])
    expect(second.records(name).length, name).toBeLessThan(first.records(name).length / 2)
})

function change({ account }: Sandbox, seed: number): void {
  for (let round = 1; round <= 3; round++) {
    account.changeAtRandom(40, 100 * seed + round)
    account.advance(400)
  }
  account.advance(3600)
}
