import { expect, test } from 'vitest'
import type { Sandbox } from 'zendesk-sandbox'
import { configFor, configured, connect, openSandbox, runHere as run, streamsOf } from '../support/account.ts'

type Row = Readonly<Record<string, unknown>>

const DAY = 86_400
const isoAt = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(/\.\d+Z/, 'Z')
const daysAgo = ({ account }: Sandbox, days: number): string => isoAt(account.now() - days * DAY)
/** Exports by cursor and by time, their children, a list with times, and one that is always read whole. */
const NAMES = [
  'tickets',
  'ticket_metrics',
  'ticket_comments',
  'ticket_audits',
  'users',
  'organizations',
  'satisfaction_ratings',
  'groups',
]

test('an earlier start date reads again from there, a later one changes nothing, and a list is not concerned', async () => {
  const sandbox = await openSandbox({ tickets: 200 })
  const config: Record<string, unknown> = { ...configFor(sandbox), start_date: daysAgo(sandbox, 100) }
  const connection = await connect(sandbox, { config, names: NAMES })
  await connection.sync()
  const counts = (): readonly number[] => NAMES.map((name) => connection.warehouse.rows(name).size)
  const few = counts()
  expect(connection.warehouse.stateOf('ticket_comments')).toMatchObject({ start_date: config['start_date'] })

  config['start_date'] = daysAgo(sandbox, 10)
  const later = await connection.sync()
  expect(later.errors).toEqual([])
  expect(later.logs.filter((line) => /read again/.test(line))).toEqual([])
  expect(counts()).toEqual(few)

  config['start_date'] = daysAgo(sandbox, 500)
  const earlier = await connection.sync()
  expect(earlier.errors).toEqual([])
  const told = earlier.logs.filter((line) => /read again/.test(line))
  expect(told).toHaveLength(NAMES.length - 1)
  expect(told[0]).toMatch(
    /^INFO Stream "tickets" is read again from 2\d{3}-.*Z: its start date was .*Z and is now .*Z\.$/,
  )
  expect(earlier.records('groups')).toEqual([])
  const fresh = await connect(sandbox, { config, names: NAMES })
  await fresh.sync()
  for (const name of NAMES) {
    expect([...connection.warehouse.rows(name).keys()].sort(), name).toEqual(
      [...fresh.warehouse.rows(name).keys()].sort(),
    )
    expect(connection.warehouse.rows(name).size > (few[NAMES.indexOf(name)] ?? 0), name).toBe(name !== 'groups')
  }

  delete config['start_date']
  const whole = await connection.sync()
  expect(whole.logs.filter((line) => /read again from the beginning: .*is now none/.test(line))).not.toEqual([])
  expect(connection.differences()).toEqual({})
  const quiet = await connection.sync()
  expect(NAMES.flatMap((name) => quiet.records(name))).toEqual([])
})

test('what was deleted before a read from an earlier start date is emitted all the same', async () => {
  const sandbox = await openSandbox({ tickets: 20, frozen: true })
  const config: Record<string, unknown> = { ...configFor(sandbox), start_date: daysAgo(sandbox, 300) }
  const connection = await connect(sandbox, { config, names: ['articles'] })
  await connection.sync()
  const [deleted] = [...connection.warehouse.rows('articles').keys()]
  sandbox.account.deleteRecord('articles', Number(deleted))
  sandbox.account.advance(3600)
  config['start_date'] = daysAgo(sandbox, 1000)
  const earlier = await connection.sync()
  expect(earlier.logs.join('\n')).toMatch(/"articles" is read again/)
  expect(connection.warehouse.rows('articles').has(deleted!)).toBe(false)
})

test('a read from an earlier start date that is cut short goes on where it was', async () => {
  const sandbox = await openSandbox({ tickets: 200, exportPageSize: 20 })
  const config: Record<string, unknown> = { ...configFor(sandbox), start_date: daysAgo(sandbox, 30) }
  const catalog = configured(await streamsOf(config), { names: ['tickets'] })
  const state = (await run('read', { config, catalog })).lines.filter((line) => line.state).map((line) => line.state!)
  delete config['start_date']
  const again = await run('read', { config, catalog, state: state.slice(-1) })
  const cut = again.lines.findIndex((line) => line.state)
  const before = again.lines.slice(0, cut).flatMap(({ record }) => (record ? [record.data['id']] : []))
  const rest = await run('read', { config, catalog, state: [again.lines[cut]!.state] })
  expect(rest.logs.filter((line) => /read again/.test(line))).toEqual([])
  expect(before).toHaveLength(20)
  expect([...before, ...rest.records('tickets').map(({ id }) => id)]).toEqual(
    again.records('tickets').map(({ id }) => id),
  )
})

test('a start date in days is fixed by the first sync', async () => {
  const sandbox = await openSandbox({ tickets: 300 })
  const config: Record<string, unknown> = { ...configFor(sandbox), start_date: '6 months ago' }
  const connection = await connect(sandbox, { config, names: ['tickets'] })
  await connection.sync()
  const { start_date } = connection.warehouse.stateOf('tickets') ?? {}
  expect(start_date).toMatch(/T00:00:00Z$/)
  expect((Date.now() - Date.parse(String(start_date))) / 1000 / DAY).toBeGreaterThan(180)
  expect((Date.now() - Date.parse(String(start_date))) / 1000 / DAY).toBeLessThan(185)

  config['start_date'] = '30 days ago'
  expect((await connection.sync()).records('tickets')).toEqual([])
  expect(connection.warehouse.stateOf('tickets')?.['start_date']).toBe(start_date)

  // A start date in days moves with each day, so that one earlier by a day asks for nothing more.
  config['start_date'] = `${Math.floor((Date.now() - Date.parse(String(start_date))) / 1000 / DAY) + 1} days ago`
  const aDayEarlier = await connection.sync()
  expect(aDayEarlier.logs.filter((line) => /read again/.test(line))).toEqual([])

  config['start_date'] = '2 years ago'
  const more = await connection.sync()
  expect(more.logs.join('\n')).toMatch(/"tickets" is read again/)
  const bad = await run('check', { config: { ...config, start_date: '90 moons ago' } })
  expect(bad.lines.at(-1)?.connectionStatus?.message).toMatch(
    /"start_date" must look like YYYY-MM-DDTHH:mm:ssZ, or 90 days ago/,
  )
})

test('by creation, only what was created since the start date comes, whatever changes', async () => {
  const sandbox = await openSandbox({ tickets: 300 })
  const start = sandbox.account.now() - 200 * DAY
  const config: Record<string, unknown> = { ...configFor(sandbox), start_date: isoAt(start), pull_by: 'created' }
  const names = ['tickets', 'ticket_metrics', 'users', 'organizations', 'user_identities', 'groups']
  const connection = await connect(sandbox, { config, names })
  const live = (stream: 'tickets' | 'users' | 'organizations'): readonly Row[] => [
    ...sandbox.account.truth(stream).live.values(),
  ]
  const isNew = ({ created_at }: Row): boolean => Date.parse(String(created_at)) / 1000 >= start
  await connection.sync()
  const idsOf = (rows: Iterable<Row>): readonly number[] =>
    [...rows].map(({ id }) => Number(id)).sort((one, other) => one - other)
  for (const stream of ['tickets', 'users', 'organizations'] as const)
    expect(idsOf(connection.warehouse.rows(stream).values()), stream).toEqual(idsOf(live(stream).filter(isNew)))
  expect([...connection.warehouse.rows('ticket_metrics').keys()].map(Number).sort((one, other) => one - other)).toEqual(
    idsOf(live('tickets').filter(isNew)),
  )
  expect(connection.warehouse.rows('groups').size).toBe(sandbox.account.truth('groups').live.size)

  const old = live('tickets').filter((row) => !isNew(row) && row['status'] !== 'closed')
  sandbox.account.updateTicket(Number(old[0]!['id']), { priority: 'urgent', tags: ['moved'] })
  sandbox.account.deleteTicket(Number(old[1]!['id']))
  sandbox.account.advance(3600)
  const second = await connection.sync()
  expect(second.records('tickets')).toEqual([])
  expect(second.records('ticket_metrics')).toEqual([])

  delete config['pull_by']
  const wider = await connection.sync()
  expect(wider.logs.join('\n')).toMatch(/"users" is read again from .*: only records created since then were read/)
  expect(wider.records('tickets').map(({ id }) => id)).toContain(old[0]!['id'])
})

test('tickets of AI agents come with the others, unless they are left out', async () => {
  const sandbox = await openSandbox({ tickets: 100 })
  const [id] = [...sandbox.account.truth('tickets').live]
    .filter(([, row]) => row['status'] === 'open')
    .map(([key]) => Number(key))
  sandbox.account.giveToAi(id!)
  sandbox.account.advance(3600)
  const names = ['tickets', 'ticket_comments']
  const config: Record<string, unknown> = { ...configFor(sandbox), support_type_scope: 'agent' }
  const connection = await connect(sandbox, { config, names })
  await connection.sync()
  const has = (): boolean => connection.warehouse.rows('tickets').has(String(id))
  expect(has()).toBe(false)
  delete config['support_type_scope']
  const wider = await connection.sync()
  expect(wider.logs.join('\n')).toMatch(/"tickets" is read again from the beginning: "support_type_scope" was agent/)
  expect(has()).toBe(true)
  expect(connection.differences()).toEqual({})
})

test('as many walks at once as the configuration says', async () => {
  const sandbox = await openSandbox({ tickets: 100 })
  const most = async (streams_concurrency: number): Promise<number> => {
    const config = configFor(sandbox, { streams_concurrency })
    const names = ['tickets', 'ticket_comments', 'users', 'organizations', 'groups', 'macros', 'views']
    const output = await run('read', { config, catalog: configured(await streamsOf(config), { names }) })
    expect(output.errors).toEqual([])
    let open = 0
    let highest = 0
    for (const { trace } of output.lines) {
      const status = trace?.stream_status?.status
      if (status === 'STARTED') highest = Math.max(highest, ++open)
      if (status === 'COMPLETE') open--
    }
    return highest
  }
  expect(await most(1)).toBe(1)
  expect(await most(100)).toBeGreaterThan(3)
})
