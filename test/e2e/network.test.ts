import { expect, test } from 'vitest'
import { streams } from '../../src/streams/index.ts'
import { configFor, configured, connect, discover, openSandbox, run, runHere, streamsOf } from '../support/account.ts'
import { hastyClock } from '../support/hasty.ts'
import { keyOf } from '../support/warehouse.ts'

test('limits, resets, cut bodies, HTML, garbage and server errors: everything arrives, once', async () => {
  const sandbox = await openSandbox({ tickets: 150, exportPageSize: 60 })
  const connection = await connect(sandbox)
  sandbox.faults.random({
    rate: 0.15,
    kinds: [
      'reset',
      'truncate',
      'truncate-chunked',
      'html',
      'garbage',
      'wrong-shape',
      { kind: 'status', status: 502 },
      { kind: 'status', status: 429, retryAfter: 1 },
      { kind: 'slow', seconds: 0.3 },
    ],
    seed: 4,
  })
  const patient = configFor(sandbox, { max_retry_minutes: 120 })
  const output = await connection.sync(undefined, patient, { haste: 25 })
  expect(sandbox.faults.met()).toBeGreaterThan(20)
  expect(output.errors).toEqual([])
  expect(output.exitCode).toBe(0)
  sandbox.faults.clear()
  expect(connection.differences()).toEqual({})
  for (const stream of connection.catalog) {
    if (stream.source_defined_primary_key === undefined) continue
    const keys = output.records(stream.name).map((record) => keyOf(record, stream))
    expect(new Set(keys).size, stream.name).toBe(keys.length)
  }
})

test('one answer of another shape is asked for again, as lists are; one that stays so fails its stream alone', async () => {
  const sandbox = await openSandbox({ tickets: 10 })
  const inOneAnswer = streams.filter(
    ({ feeds: [{ walk }] }) => walk.key === undefined && !walk.path.startsWith('chat/'),
  )
  expect(inOneAnswer).toHaveLength(5)
  const names = ['groups', ...inOneAnswer.map(({ name }) => name)]
  const connection = await connect(sandbox, { names })
  for (const path of ['voice/settings', 'current_queue_activity', '_overview', '_overview', 'attributes/definitions'])
    sandbox.faults.next({ path, kind: 'wrong-shape' })
  const first = await connection.sync(undefined, undefined, { haste: 25 })
  expect([first.exitCode, first.errors, sandbox.faults.met()]).toEqual([0, [], 5])
  expect(connection.differences()).toEqual({})

  sandbox.faults.next({ path: '/channels/voice/settings', kind: 'wrong-shape', times: 1_000 })
  const second = await connection.sync(undefined, configFor(sandbox, { max_retry_minutes: 1 }), { haste: 25 })
  expect([second.exitCode, second.errors.map(({ message }) => message)]).toEqual([
    1,
    expect.arrayContaining([expect.stringContaining('where another shape was expected')]),
  ])
  expect(['groups', 'talk_settings'].map((name) => second.statuses(name).at(-1))).toEqual(['COMPLETE', 'INCOMPLETE'])
})

test('a limit is waited out as long as Zendesk says, and told', async () => {
  const sandbox = await openSandbox({ tickets: 50 })
  const config = configFor(sandbox)
  const catalog = configured(await streamsOf(config), { names: ['tickets', 'ticket_metrics'] })
  sandbox.faults.next({ path: '/incremental/tickets', kind: 'status', status: 429, retryAfter: 2 })
  const output = await runHere('read', { config, catalog })
  const [refused, next] = sandbox.requests.all().filter(({ path }) => path.includes('/incremental/tickets'))
  expect([refused!.status, next!.status]).toEqual([429, 200])
  expect(next!.at - refused!.at).toBeGreaterThanOrEqual(1_990)
  expect(output.exitCode).toBe(0)
  const limited = output.lines.filter(({ trace }) => trace?.stream_status?.reasons?.[0]?.type === 'RATE_LIMITED')
  expect(limited.map(({ trace }) => trace!.stream_status!.stream_descriptor.name)).toEqual([
    'tickets',
    'ticket_metrics',
  ])
  expect(output.logs.join('\n')).toMatch(/limit is used up; tickets, ticket_metrics will continue in 2 s/)
})

test('discover waits a limit out too, and says so', async () => {
  const sandbox = await openSandbox({ tickets: 10 })
  sandbox.faults.next({ path: '/users/me', kind: 'status', status: 429, retryAfter: 1 })
  const output = await runHere('discover', { config: configFor(sandbox) })
  expect(output.exitCode).toBe(0)
  expect(output.logs.join('\n')).toMatch(/limit is used up; this command will continue in 1 s/)
})

test('the limit of the exports is kept, without a refused request', async () => {
  const sandbox = await openSandbox({ tickets: 300, exportPageSize: 100, exportLimit: 10 })
  const connection = await connect(sandbox, { names: ['organizations', 'groups'] })
  await connection.sync()
  expect(sandbox.requests.all().filter(({ status }) => status === 429)).toEqual([])
})

test('a stream that fails says so, the others go on, the exit code is 1', async () => {
  const sandbox = await openSandbox({ tickets: 100 })
  const config = configFor(sandbox, { reader: 'export' })
  const ofWalks = streams.filter(({ feeds: [{ walk }] }) =>
    ['ticket_forms', 'incremental/users/cursor'].includes(walk.path),
  )
  const others = ['tickets', 'ticket_comments', 'organizations', 'groups', 'brands', 'macros', 'articles']
  const names = [...ofWalks.map(({ name }) => name), ...others]
  const catalog = configured(await streamsOf(config), { names })
  sandbox.account.setPlan({ features: { ticket_forms: false } })
  sandbox.faults.next({ path: '/incremental/users', kind: 'status', status: 403, times: 5 })
  const output = await runHere('read', { config, catalog })
  expect(output.exitCode).toBe(1)
  expect(output.statuses('users')).toEqual(['STARTED', 'INCOMPLETE'])
  expect(output.statuses('ticket_forms')).toEqual(['STARTED', 'INCOMPLETE'])
  expect(output.statuses('tickets')).toEqual(['STARTED', 'RUNNING', 'COMPLETE'])
  const failed = output.lines.flatMap(({ trace }) =>
    trace?.error?.stream_descriptor ? [trace.error.stream_descriptor.name] : [],
  )
  expect(failed.sort()).toEqual(ofWalks.map(({ name }) => name).sort())
  expect(output.errors.map(({ failure_type }) => failure_type)).toContain('config_error')
})

test('a page of another shape, again and again, ends its stream with the endpoint, what was expected and how often', async () => {
  const sandbox = await openSandbox({ tickets: 30 })
  const config = configFor(sandbox, { max_retry_minutes: 0 })
  const catalog = configured(await streamsOf(config), { names: ['users', 'groups'] })
  sandbox.faults.next({ path: '/incremental/users', kind: 'wrong-shape', times: 99 })
  const output = await runHere('read', { config, catalog })
  expect(output.exitCode).toBe(1)
  expect(output.statuses('users')).toEqual(['STARTED', 'INCOMPLETE'])
  expect(output.statuses('groups').at(-1)).toBe('COMPLETE')
  expect(output.errors[0]).toMatchObject({
    failure_type: 'transient_error',
    message: expect.stringMatching(
      /^GET \/api\/v2\/incremental\/users\/cursor: Zendesk answered 200, but with the keys unexpected where a JSON object with the list "users" was expected\. Given up after 1 attempt in 0 s\.$/,
    ),
  })
  expect(output.records('users')).toEqual([])
})

test('a page that takes Zendesk too long comes in smaller ones, and nothing is lost', async () => {
  const sandbox = await openSandbox({ tickets: 60 })
  const connection = await connect(sandbox, { names: ['tickets', 'ticket_comments', 'groups'] })
  sandbox.faults.next({ path: '/incremental/ticket_events', kind: 'timeout', times: 4 })
  sandbox.faults.next({ path: '/api/v2/groups', kind: 'timeout', after: 1, times: 3 })
  const output = await connection.sync()
  expect(output.errors).toEqual([])
  const sizes = (path: string, name: string) =>
    sandbox.requests.all().flatMap((request) => (request.path.endsWith(path) ? [Number(request.query[name])] : []))
  expect(sizes('/ticket_events', 'per_page').slice(0, 6)).toEqual([1000, 500, 250, 125, 62, 62])
  expect(Math.min(...sizes('/api/v2/groups', 'page[size]'))).toBeLessThan(100)
  expect(connection.differences()).toEqual({})
})

test('audits that cannot be gathered fail alone: the comments of the same walk go on', async () => {
  const sandbox = await openSandbox({ tickets: 100 })
  const config = configFor(sandbox)
  const catalog = configured(await streamsOf(config), { names: ['ticket_audits', 'ticket_comments'] })
  sandbox.faults.next({ path: '/ticket_audits', kind: 'status', status: 422, times: 9 })
  const output = await runHere('read', { config, catalog })
  expect(output.exitCode).toBe(1)
  expect(output.statuses('ticket_audits').at(-1)).toBe('INCOMPLETE')
  expect(output.statuses('ticket_comments').at(-1)).toBe('COMPLETE')
})

test('audits of a ticket that may not be read are a failure, never left out in silence', async () => {
  const sandbox = await openSandbox({ tickets: 60 })
  const connection = await connect(sandbox, { names: ['ticket_audits'] })
  sandbox.faults.next({ path: /tickets\/\d+\/audits/, kind: 'status', status: 403 })
  const output = await connection.sync()
  expect(output.exitCode).toBe(1)
  expect(output.errors[0]).toMatchObject({
    message: expect.stringMatching(/audits: HTTP 403/),
    failure_type: 'config_error',
  })
  await connection.sync()
  expect(connection.differences()).toEqual({})
})

test('the list of audits may be refused, by cursor or altogether: each audit still arrives', async () => {
  for (const [status, times] of [
    [400, 1],
    [403, 99],
  ] as const) {
    const sandbox = await openSandbox({ tickets: 60 })
    const connection = await connect(sandbox, { names: ['ticket_audits'] })
    sandbox.faults.next({ path: '/api/v2/ticket_audits', kind: 'status', status, times })
    const output = await connection.sync()
    expect(output.exitCode).toBe(0)
    expect(connection.differences()).toEqual({})
  }
})

test('no secret is in anything that is written', async () => {
  const sandbox = await openSandbox({ tickets: 30 })
  const { apiToken, accessToken } = sandbox.credentials
  const secrets = [
    apiToken,
    accessToken,
    Buffer.from(`${sandbox.credentials.email}/token:${apiToken}`).toString('base64'),
  ]
  const oauth = configFor(sandbox, {
    credentials: { credentials: 'oauth2.0', access_token: accessToken, client_secret: 'sEcReT99' },
  })
  const names = [
    'tickets',
    'ticket_comments',
    'ticket_audits',
    'users',
    'organizations',
    'groups',
    'brands',
    'articles',
  ]
  const catalog = configured(await discover(oauth), { names })
  sandbox.faults.next({ path: '/groups', kind: 'status', status: 403 }, { path: '/users', kind: 'reset', times: 2 })
  const outputs = [
    await runHere('check', { config: configFor(sandbox) }),
    await runHere('read', { config: oauth, catalog }, undefined, { clock: hastyClock(10) }),
  ]
  sandbox.account.revokeTokens()
  outputs.push(
    await runHere('check', { config: oauth }),
    await runHere('read', { config: configFor(sandbox), catalog }),
    await run('read', { config: oauth, catalog }),
  )
  const written = outputs.map(({ lines, stderr }) => JSON.stringify(lines) + stderr).join('\n')
  for (const secret of [...secrets, 'sEcReT99']) expect(written).not.toContain(secret)
})
