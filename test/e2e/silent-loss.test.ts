// What may not be lost in silence, through the command line: a sandbox whose answers are changed on their way.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from 'zendesk-sandbox'
import { type Connection, configFor, configured, connect, openSandbox, runHere } from '../support/account.ts'
import { openRelay, passOn, type Relay, type Seen } from '../support/relay.ts'

let sandbox: Sandbox
let relay: Relay

beforeAll(async () => {
  sandbox = await openSandbox({ tickets: 100, frozen: true })
  relay = await openRelay(sandbox.url)
})

const connectTo = (...names: string[]): Promise<Connection> =>
  connect(sandbox, { config: { ...configFor(sandbox), base_url: relay.url }, names })

type Body = Record<string, unknown>

/** Changes the answers of these paths. */
function answering(path: RegExp, change: (body: Body, seen: Seen) => Body): void {
  relay.intercept = async (seen) => {
    if (!path.test(seen.path)) return undefined
    const reply = await passOn(sandbox.url, seen)
    const body = JSON.parse(Buffer.from(reply.body as Uint8Array).toString()) as Body
    return { ...reply, body: JSON.stringify(change(body, seen)) }
  }
}

describe('a list without has_more', () => {
  const change = {
    'that has its cursor': ({ meta, ...body }: Body) => ({ ...body, meta: { ...(meta as Body), has_more: undefined } }),
    'that has its link alone': ({ meta: _, ...body }: Body) => body,
    'whose has_more is text': ({ meta, ...body }: Body) => ({
      ...body,
      meta: { ...(meta as Body), has_more: String((meta as Body)['has_more']) },
    }),
  }
  for (const [what, without] of Object.entries(change))
    test(`${what} is read whole`, async () => {
      for (let nth = sandbox.account.truth('groups').live.size; nth < 250; nth++) sandbox.account.createGroup()
      answering(/^\/api\/v2\/groups\?/, without)
      const connection = await connectTo('groups')
      const output = await connection.sync()
      expect([output.exitCode, output.statuses('groups').at(-1)]).toEqual([0, 'COMPLETE'])
      expect(connection.differences()).toEqual({})
      expect(output.records('groups').length).toBeGreaterThanOrEqual(250)
    })

  test('that has neither cursor nor link ends INCOMPLETE, not early', async () => {
    answering(/^\/api\/v2\/groups\?/, ({ meta: _, links: __, ...body }) => body)
    const output = await (await connectTo('groups')).sync()
    expect([output.exitCode, output.statuses('groups').at(-1)]).toEqual([1, 'INCOMPLETE'])
  })
})

describe('a record without its key', () => {
  const withoutId = (rows: unknown, value?: null) =>
    (rows as Body[]).map(({ id, ...row }, nth) =>
      nth === 3 ? (value === null ? { ...row, id: null } : row) : { ...row, id },
    )
  const cases: [stream: string, path: RegExp, change: (body: Body) => Body][] = [
    ['tickets', /incremental\/tickets/, (body) => ({ ...body, tickets: withoutId(body['tickets']) })],
    ['groups', /^\/api\/v2\/groups\?/, (body) => ({ ...body, groups: withoutId(body['groups'], null) })],
    ['users', /incremental\/users/, (body) => ({ ...body, users: withoutId(body['users'], null) })],
    [
      'ticket_comments',
      /incremental\/ticket_events/,
      (body) => ({
        ...body,
        ticket_events: (body['ticket_events'] as Body[]).map((event) => ({
          ...event,
          child_events: (event['child_events'] as Body[]).map(({ id: _, ...child }) => child),
        })),
      }),
    ],
  ]
  test.each(cases)('%s: the stream is INCOMPLETE, and whole once the key is there', async (stream, path, change) => {
    answering(path, change)
    const connection = await connectTo(stream, 'tags')
    const output = await connection.sync()
    expect([output.exitCode, output.statuses(stream).at(-1), output.statuses('tags').at(-1)]).toEqual([
      1,
      'INCOMPLETE',
      'COMPLETE',
    ])
    expect(output.errors[0]?.message).toContain(`a record of stream "${stream}" that has no "id"`)
    expect(output.records(stream).every((record) => record['id'] != null)).toBe(true)
    relay.intercept = () => undefined
    expect((await connection.sync()).errors).toEqual([])
    expect(connection.differences()).toEqual({})
  })
})

test('an account that shows nothing any more deletes nothing: its streams are INCOMPLETE and go on from their states', async () => {
  relay.intercept = () => undefined
  const names = [
    'brands',
    'groups',
    'macros',
    'triggers',
    'views',
    'ticket_fields',
    'group_memberships',
    'custom_roles',
  ]
  const connection = await connectTo(...names)
  await connection.sync()
  expect(connection.differences()).toEqual({})
  const before = connection.warehouse.state()
  relay.intercept = async (seen) => {
    if (/^\/api\/v2\/\w+\/\d+/.test(seen.path)) return { status: 403, body: '{}' }
    const reply = await passOn(sandbox.url, seen)
    const body = JSON.parse(Buffer.from(reply.body as Uint8Array).toString()) as Body
    const empty = Object.entries(body).map(([key, value]) => [key, Array.isArray(value) ? [] : value])
    const meta = body['meta'] !== undefined && { ...(body['meta'] as Body), has_more: false }
    return {
      ...reply,
      body: JSON.stringify({ ...Object.fromEntries(empty), ...(meta !== undefined && { meta }), next_page: null }),
    }
  }
  const output = await connection.sync()
  expect(output.exitCode).toBe(1)
  for (const name of names) {
    expect([name, output.statuses(name).at(-1), output.records(name)]).toEqual([name, 'INCOMPLETE', []])
    expect(output.errors.map(({ message }) => message).join('\n')).toMatch(
      new RegExp(`records \\(100 %\\) of ${name} are missing, also on a second request.*"max_deletions_percent"`),
    )
  }
  expect(connection.warehouse.state()).toEqual(before)
  relay.intercept = () => undefined
  const next = await connection.sync()
  expect([next.exitCode, connection.differences()]).toEqual([0, {}])
})

test('a time in the year 9999 hides nothing: the next sync finds what comes after it', async () => {
  relay.intercept = () => undefined
  const names = ['organizations', 'ticket_comments', 'ticket_events', 'tickets']
  const connection = await connectTo(...names)
  answering(/incremental/, (body) => ('end_time' in body ? { ...body, end_time: 253_402_300_799 } : body))
  await connection.sync()
  relay.intercept = () => undefined
  sandbox.account.createTicket({ subject: 'After all' })
  sandbox.account.advance(120)
  await connection.sync()
  expect(connection.differences()).toEqual({})
})

test('a state that lies ahead is refused, with the time', async () => {
  relay.intercept = () => undefined
  const connection = await connectTo('tickets', 'ticket_comments', 'groups')
  await connection.sync()
  for (const change of [
    { tickets: { generated_timestamp: '253402300799' } },
    { ticket_comments: { created_at: '253402300799' } },
    { ticket_comments: { created_at: '1700000000', parent: { time: 253_402_300_799 } } },
    { groups: { updated_at: '9999-12-31T23:59:59Z', records: {} } },
  ]) {
    const [[stream, state]] = Object.entries(change) as [[string, object]]
    const line = {
      type: 'STREAM',
      stream: { stream_descriptor: { name: stream }, stream_state: state },
    }
    const config = { ...configFor(sandbox), base_url: relay.url }
    const catalog = configured(connection.catalog, { names: [stream] })
    const output = await runHere('read', { config, catalog, state: [line] })
    expect([stream, output.exitCode]).toEqual([stream, 1])
    expect(output.errors[0]).toMatchObject({ failure_type: 'config_error' })
    expect(output.errors[0]?.message).toMatch(
      new RegExp(`The state of stream "${stream}" is ahead of Zendesk: it names 9999-12-31T23:59:59Z`),
    )
  }
})
