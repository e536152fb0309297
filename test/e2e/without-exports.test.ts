import { describe, expect, test } from 'vitest'
import type { Fault, Sandbox } from 'zendesk-sandbox'
import { type Connection, configFor, connect, openStill, runHere } from '../support/account.ts'
import { differencesButAverted } from '../support/averted-breaches.ts'
import { openRelay, passOn } from '../support/relay.ts'

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
  'custom_object_vehicle_records',
  'articles',
]

type Closed = 403 | 404 | 410
const day = 86_400

/** What lists tell in another form than the exports: the time of a system's change, and numbers of custom fields. */
const differences = (connection: Connection): Record<string, unknown> => connection.differences({ byList: true })

describe.each([403, 404, 410] as const)('closed with %i', (status: Closed) => {
  test('from the start: the rows equal the account, then after changes and deletions of every kind', async () => {
    const sandbox = await openStill({ tickets: status === 403 ? 200 : 80, withoutExports: status })
    const connection = await connect(sandbox, { names: NAMES })
    const first = await connection.sync()
    expect(first.errors).toEqual([])
    expect(differences(connection)).toEqual({})
    expect(first.logs.filter((log) => log.includes('read from lists instead'))).toHaveLength(7)

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

test('an archived ticket that changes is found within a day, also when others changed later', async () => {
  const sandbox = await openStill({ tickets: 150, withoutExports: 403 })
  const { account } = sandbox
  const connection = await connect(sandbox, { names: ['ticket_audits', 'ticket_metric_events'] })
  await connection.sync()
  const { live } = account.truth('tickets')
  const archived = [...live.values()].filter(
    ({ status, updated_at }) =>
      status === 'closed' && Date.parse(String(updated_at)) / 1000 < account.now() - 200 * day,
  )
  const requester = archived
    .map(({ requester_id }) => Number(requester_id))
    .find((id) => account.truth('users').live.get(id)?.['role'] === 'end-user')
  const [other] = [...account.truth('users').live.values()].filter(
    ({ id, role }) => role === 'end-user' && id !== requester,
  )
  account.mergeUsers(requester!, Number(other!['id']))
  account.advance(60)
  account.changeAtRandom(20, 3)
  account.advance(3600)
  await connection.sync()
  account.advance(day)
  await connection.sync()
  expect(differences(connection)).toEqual({})
})

test('with nothing new: no record, no request for a ticket, the same state', async () => {
  const sandbox = await openStill({ tickets: 100, withoutExports: 410 })
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

// After 300 lines, the last page of the custom object's export ends in the middle of a second.
test.each([300, 450])('closed after %i lines of a first sync: nothing is lost', async (count) => {
  const { sandbox, connection, first } = await closedWhileRead(count)
  expect(sandbox.requests.all().some(({ path, status }) => path.includes('incremental') && status === 403)).toBe(true)
  expect(first.errors).toEqual([])
  expect(differences(connection)).toEqual({})
})

/** A first sync whose exports are closed once it has written so many lines. */
async function closedWhileRead(count: number) {
  const sandbox = await openStill({ tickets: 300, exportPageSize: 40 })
  const connection = await connect(sandbox, { names: NAMES })
  let lines = 0
  const first = await connection.sync(() => {
    if (++lines === count) sandbox.account.setExports(403)
  })
  return { sandbox, connection, first }
}

test('closed in the middle of a first sync, and opened again later: nothing is lost', async () => {
  // Early enough for the custom object's export too: one that has ended leaves no list of what there was (reconciliation).
  const { sandbox, connection, first } = await closedWhileRead(150)
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
  const sandbox = await openStill({ tickets: 300 })
  const connection = await connect(sandbox, { names: NAMES })
  const first = await connection.sync()
  sandbox.account.setExports(410)
  change(sandbox, 3)
  const second = await connection.sync()
  expect(second.errors).toEqual([])
  expect(differencesButAverted(connection)).toEqual({})
  for (const name of ['tickets', 'ticket_audits', 'users'])
    expect(second.records(name).length, name).toBeLessThan(first.records(name).length / 2)
})

test('killed again and again over a bad network, while the account lives: in the end every row is right', async () => {
  const sandbox = await openStill({ tickets: 120, seed: 9, withoutExports: 403 })
  const connection = await connect(sandbox, { names: NAMES })
  const { account, faults } = sandbox
  const kinds: readonly Fault[] = [
    { kind: 'status', status: 503, retryAfter: 1 },
    { kind: 'reset' },
    { kind: 'reset-in-body' },
    { kind: 'truncate' },
    { kind: 'garbage' },
    { kind: 'wrong-shape' },
  ]
  faults.next(...kinds.map((fault, nth) => ({ ...fault, rate: 0.01, seed: nth })))
  let lines = 0
  const alive = (): void => {
    if (++lines % 60 > 0) return
    account.changeAtRandom(2, lines)
    account.advance(20)
  }
  for (const killAt of [20, 200, 800, 2_000, undefined]) {
    const output = await connection.sync(alive, configFor(sandbox, { max_retry_minutes: 120 }), { haste: 20, killAt })
    if (killAt === undefined) expect([output.errors, output.exitCode]).toEqual([[], 0])
    else expect(output.exitCode).toBe('SIGKILL')
  }
  faults.clear()
  for (const wait of [7200, 8 * day]) {
    account.advance(wait)
    expect((await connection.sync()).errors).toEqual([])
  }
  expect(differencesButAverted(connection, { byList: true, reconciled: true })).toEqual({})
})

test('a reconciliation that finds too much gone takes nothing out, and says what to do', async () => {
  const sandbox = await openStill({ tickets: 300, withoutExports: 403 })
  const names = ['tickets', 'users']
  const connection = await connect(sandbox, { names })
  await connection.sync()
  const before = connection.warehouse.rows('tickets').size
  const ids = [...sandbox.account.truth('tickets').live.keys()].map(Number)
  for (const id of ids.slice(0, 60)) {
    sandbox.account.deleteTicket(id)
    sandbox.account.permanentlyDeleteTicket(id)
  }
  sandbox.account.advance(8 * day)
  const output = await connection.sync()
  expect(output.exitCode).toBe(1)
  expect(output.statuses('users').at(-1)).toBe('COMPLETE')
  expect(output.errors[0]?.message).toMatch(
    /60 of \d+ records \(\d+ %\) of tickets are missing.*"max_deletions_percent"/,
  )
  expect(connection.warehouse.rows('tickets').size).toBe(before)

  const allowed = await connection.sync(undefined, configFor(sandbox, { max_deletions_percent: 50 }))
  expect(allowed.errors).toEqual([])
  expect(connection.warehouse.rows('tickets').size).toBe(before - 60)
  expect(connection.differences({ byList: true, reconciled: true })).toEqual({})
})

test('organizations of an account without audit logs: their deletions are told by a reconciliation', async () => {
  const sandbox = await openStill({ tickets: 200, withoutExports: 403, plan: 'team' })
  const connection = await connect(sandbox, { names: ['organizations'] })
  await connection.sync()
  const [id] = [...sandbox.account.truth('organizations').live.keys()].map(Number)
  sandbox.account.deleteOrganization(id!)
  sandbox.account.advance(3600)
  const output = await connection.sync()
  expect(output.logs.join()).toContain('audit_logs may not be read: deletions of organizations are not emitted')
  expect(connection.warehouse.rows('organizations').has(String(id))).toBe(true)
  sandbox.account.advance(8 * day)
  await connection.sync()
  expect(connection.differences({ byList: true })).toEqual({})
})

test.each([
  ['export', 'list'],
  ['list', 'export'],
] as const)('reader %s, then %s: either goes on from the state of the other', async (one, other) => {
  const sandbox = await openStill({ tickets: 200 })
  const connection = await connect(sandbox, { names: NAMES, config: configFor(sandbox, { reader: one }) })
  const first = await connection.sync()
  expect(differences(connection)).toEqual({})
  change(sandbox, 4)
  const config = configFor(sandbox, { reader: other })
  const second = await connection.sync(undefined, config)
  while (connection.looksBack()) await connection.sync(undefined, config)
  sandbox.account.advance(8 * day)
  expect((await connection.sync(undefined, config)).errors).toEqual([])
  const found = one === 'export' ? differencesButAverted(connection) : differences(connection)
  expect(found).toEqual({})
  expect(second.records('tickets').length).toBeLessThan(first.records('tickets').length)
  expect(sandbox.requests.all().some(({ path }) => path.includes('/incremental/tickets'))).toBe(true)
})

test('a place that Zendesk refuses: the list is read from its start, and hands on what is new', async () => {
  const sandbox = await openStill({ tickets: 100 })
  const relay = await openRelay(sandbox.url)
  const given = new Set<string>()
  relay.intercept = async (seen) => {
    const cursor = new URL(seen.path, sandbox.url).searchParams.get('page[after]')
    if (cursor !== null && !given.has(cursor))
      return { status: 400, body: JSON.stringify({ errors: [{ code: 'InvalidPaginationParameter' }] }) }
    const reply = await passOn(sandbox.url, seen)
    for (const [, one] of Buffer.from(reply.body as Uint8Array)
      .toString()
      .matchAll(/"after_cursor":"([^"]+)"/g))
      given.add(one!)
    return reply
  }
  const config = configFor(sandbox, { reader: 'list', base_url: relay.url })
  const connection = await connect(sandbox, { names: ['tickets', 'users', 'ticket_comments'], config })
  const first = await connection.sync()
  expect(first.errors).toEqual([])
  expect(differences(connection)).toEqual({})
  // What the first sync was given may be used again; a place of our own may not.
  given.clear()
  change(sandbox, 5)
  const second = await connection.sync()
  expect(second.errors).toEqual([])
  expect(differences(connection)).toEqual({})
  expect(second.records('users').length).toBeLessThan(first.records('users').length)
})

test('calls have no other list: they fail with words that help, and the others go on', async () => {
  const sandbox = await openStill({ tickets: 100 })
  const connection = await connect(sandbox, { names: ['calls', 'tickets', 'groups'] })
  sandbox.account.setExports(403)
  const output = await connection.sync()
  expect(output.statuses('tickets').at(-1)).toBe('COMPLETE')
  expect(output.statuses('groups').at(-1)).toBe('COMPLETE')
  expect(output.exitCode).toBe(1)
  expect(output.errors[0]?.message).toContain('no other list of these records: leave this stream out')
})

test('check tells which reader will be used, and why', async () => {
  const sandbox = await openStill({ tickets: 50 })
  const told = async (more: object) => (await runHere('check', { config: configFor(sandbox, more) })).logs.join('\n')
  expect(await told({})).toContain('through the Incremental Export API, which Zendesk has open for this connection')
  expect(await told({ reader: 'list' })).toContain('from lists, as the configuration asks')
  sandbox.account.setExports(410)
  expect(await told({})).toContain(
    'from lists: Zendesk does not give its Incremental Export API to this connection (HTTP 410)',
  )
})

function change({ account }: Sandbox, seed: number): void {
  for (let round = 1; round <= 3; round++) {
    account.changeAtRandom(40, 100 * seed + round)
    account.advance(400)
  }
  account.advance(3600)
}
