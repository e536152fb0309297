// A server that passes over `include` answers 200 all the same. Whatever a stream's records are made of, none may be missing
// in silence: they come in another way, or the stream is INCOMPLETE and a next sync has them.
import { describe, expect, test } from 'vitest'
import type { Sandbox, TruthStream } from 'zendesk-sandbox'
import { type Connection, configFor, connect, type Output, openSandbox } from '../support/account.ts'
import { openRelay, passOn, type Relay } from '../support/relay.ts'

type Row = Readonly<Record<string, unknown>>

const ALWAYS = 1_000_000

/** All that are read from one endpoint with a side-load, and the way that is taken without it. */
interface Case {
  readonly path: string
  readonly include: string
  /** Streams whose records it brings, and others of the same walk. */
  readonly names: readonly string[]
  readonly others: readonly string[]
  readonly instead: string
  readonly reader?: 'list'
}

const OTHER_WAYS: readonly Case[] = [
  {
    path: 'tickets/side_conversations/events',
    include: 'side_conversations',
    names: ['side_conversations'],
    others: ['side_conversation_events'],
    instead: 'tickets/{id}/side_conversations',
  },
  {
    path: 'incremental/tickets/cursor',
    include: 'metric_sets',
    names: ['ticket_metrics'],
    others: ['tickets'],
    instead: 'tickets/{id}/metrics',
  },
  {
    path: 'incremental/users/cursor',
    include: 'identities',
    names: ['user_identities'],
    others: ['users'],
    instead: 'users/{id}/identities',
  },
  {
    path: 'incremental/ticket_events',
    include: 'comment_events',
    names: ['ticket_comments', 'ticket_events', 'ticket_attachments'],
    others: ['ticket_field_history', 'ticket_audits'],
    instead: 'tickets/{id}/audits',
  },
  {
    path: 'tickets',
    include: 'metric_sets',
    names: ['ticket_metrics'],
    others: ['tickets'],
    instead: 'tickets/{id}/metrics',
    reader: 'list',
  },
  {
    path: 'users',
    include: 'identities',
    names: ['user_identities'],
    others: ['users'],
    instead: 'users/{id}/identities',
    reader: 'list',
  },
]

const change = (sandbox: Sandbox, seed: number): void => {
  for (let round = 1; round <= 3; round++) {
    sandbox.account.changeAtRandom(40, seed * 100 + round)
    sandbox.account.advance(400)
  }
  // Changes of archived tickets come within a day where lists are read.
  sandbox.account.advance(86_400)
}

const passOver = (sandbox: Sandbox, include?: string): void =>
  sandbox.faults.next({ kind: 'no-side-load', times: ALWAYS, ...(include !== undefined && { include }) })

const endOf = (output: Output, name: string): string | undefined => output.statuses(name).at(-1)

const ofAll = (output: Output, names: readonly string[]): readonly (string | undefined)[] =>
  names.map((name) => endOf(output, name))

describe.each(OTHER_WAYS)('$path without include=$include', ({ path, include, names, others, instead, reader }) => {
  const all = [...names, ...others]
  const open = async (): Promise<{ readonly sandbox: Sandbox; readonly connection: Connection }> => {
    const sandbox = await openSandbox({ tickets: 150, exportPageSize: 60 })
    const config = configFor(sandbox, reader ? { reader } : {})
    return { sandbox, connection: await connect(sandbox, { config, names: all }) }
  }
  const differences = (connection: Connection): unknown => connection.differences({ byList: reader === 'list' })
  const told = ({ logs }: Output): readonly string[] => logs.filter((line) => line.includes(`(include=${include})`))

  test('from the first sync on: every row is right, and the log says once where it came from', async () => {
    const { sandbox, connection } = await open()
    passOver(sandbox, include)
    const first = await connection.sync()
    expect([first.exitCode, first.errors]).toEqual([0, []])
    expect(ofAll(first, all)).toEqual(all.map(() => 'COMPLETE'))
    for (const name of names) expect(connection.warehouse.rows(name).size, name).toBeGreaterThan(0)
    expect(differences(connection)).toEqual({})
    expect(told(first).filter((line) => line.includes('is read from'))).toEqual([
      expect.stringMatching(`WARN ${path}: Zendesk answered without "\\w+" .* is read from ${instead} instead`),
    ])

    change(sandbox, 1)
    sandbox.faults.clear()
    const second = await connection.sync()
    expect([second.exitCode, told(second)]).toEqual([0, []])
    expect(differences(connection)).toEqual({})
  })

  test('in a later sync alone: every row is right then, or once the side-load is back', async () => {
    const { sandbox, connection } = await open()
    const first = await connection.sync()
    expect([first.exitCode, told(first)]).toEqual([0, []])
    change(sandbox, 2)
    passOver(sandbox, include)
    const second = await connection.sync()
    expect(told(second).length).toBeGreaterThan(0)
    expect(ofAll(second, others)).toEqual(others.map(() => 'COMPLETE'))
    // The files of a deleted ticket's comments are told by the side-load alone.
    const failed = names.filter((name) => endOf(second, name) !== 'COMPLETE')
    expect(['ticket_attachments', undefined]).toContain(failed[0])
    expect(second.exitCode).toBe(failed.length === 0 ? 0 : 1)
    expect(Object.keys(differences(connection) as object)).toEqual(failed)
    for (const name of failed)
      expect(second.errors[0]?.message).toBe(
        `${path}: Zendesk answered without "comment_events", which names the records of ${name} that were deleted together with ` +
          'their parents. The next sync looks for them again.',
      )

    sandbox.faults.clear()
    change(sandbox, 3)
    const third = await connection.sync()
    expect([third.exitCode, third.errors]).toEqual([0, []])
    expect(differences(connection)).toEqual({})
  })
})

/** By side-load: the columns of a ticket that hold its record, and the fields that name it. */
const COLUMNS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  users: { requester: 'requester_id', submitter: 'submitter_id', assignee: 'assignee_id' },
  groups: { group: 'group_id' },
  organizations: { organization: 'organization_id' },
  ticket_forms: { ticket_form: 'ticket_form_id' },
  brands: { brand: 'brand_id' },
  custom_statuses: { custom_status: 'custom_status_id' },
  sharing_agreements: { sharing_agreements: 'sharing_agreement_ids' },
  comment_count: { comment_count: 'id' },
  incident_counts: { incident_count: 'id' },
  dates: { dates: 'id' },
}
const KEYS: Readonly<Record<string, string>> = { incident_counts: 'incident_count' }

/** Whether each ticket that names a record has it. */
function isWhole(connection: Connection, include: string): boolean {
  return [...connection.warehouse.rows('tickets').values()].every((ticket) =>
    Object.entries(COLUMNS[include]!).every(([column, by]) => {
      const id = ticket[by]
      if (include === 'incident_counts' && ticket['type'] !== 'problem') return true
      if (ticket['status'] === 'deleted' || id == null) return true
      return Array.isArray(id) ? (ticket[column] as Row[]).length === id.length : ticket[column] != null
    }),
  )
}

describe.each(['export', 'list'] as const)('columns of tickets, read by %s', (reader) => {
  const path = reader === 'list' ? 'tickets' : 'incremental/tickets/cursor'

  test.each(Object.keys(COLUMNS))('%s: null is never what a missing key becomes', async (include) => {
    // Few tickets are shared with another account: of so many one is, and it may not change again.
    const isRare = include === 'sharing_agreements'
    const sandbox = await openSandbox({ tickets: isRare ? 300 : 110, exportPageSize: 60 })
    const config = configFor(sandbox, { reader, include: [include] })
    const connection = await connect(sandbox, { config, names: ['tickets', 'ticket_metrics'] })
    passOver(sandbox, include)
    const first = await connection.sync()
    expect(first.exitCode).toBe(1)
    expect(ofAll(first, ['tickets', 'ticket_metrics'])).toEqual(['INCOMPLETE', 'COMPLETE'])
    const [error] = first.errors
    expect(error?.message).toContain(
      `${path}: Zendesk answered without "${KEYS[include] ?? include}" (include=${include})`,
    )
    expect(isWhole(connection, include)).toBe(true)

    sandbox.faults.clear()
    const second = await connection.sync()
    expect([second.exitCode, second.errors]).toEqual([0, []])
    expect(connection.differences({ byList: reader === 'list' })).toEqual({})
    expect(isWhole(connection, include)).toBe(true)

    change(sandbox, 4)
    passOver(sandbox, include)
    const third = await connection.sync()
    expect(['INCOMPLETE', ...(isRare ? ['COMPLETE'] : [])]).toContain(endOf(third, 'tickets'))
    expect(endOf(third, 'ticket_metrics')).toBe('COMPLETE')
    expect(isWhole(connection, include)).toBe(true)
    sandbox.faults.clear()
    const fourth = await connection.sync()
    expect([fourth.exitCode, fourth.errors]).toEqual([0, []])
    expect(connection.differences({ byList: reader === 'list' })).toEqual({})
    expect(isWhole(connection, include)).toBe(true)
  })

  test('metric_sets: from the metrics of each ticket, asked for once for both streams', async () => {
    const sandbox = await openSandbox({ tickets: 100 })
    const config = configFor(sandbox, { reader, include: ['metric_sets'] })
    const connection = await connect(sandbox, { config, names: ['tickets', 'ticket_metrics'] })
    passOver(sandbox)
    sandbox.requests.reset()
    const output = await connection.sync()
    expect([output.exitCode, output.errors]).toEqual([0, []])
    expect(connection.differences({ byList: reader === 'list' })).toEqual({})
    const truth = sandbox.account.truth('ticket_metrics' as TruthStream).live
    const metrics = new Map([...truth.values()].map((row) => [row['ticket_id'], row]))
    for (const [, ticket] of connection.warehouse.rows('tickets'))
      expect(ticket['metric_set']).toEqual(metrics.get(ticket['id']))
    const asked = sandbox.requests.all().flatMap(({ path }) => /tickets\/(\d+)\/metrics$/.exec(path)?.[1] ?? [])
    expect(new Set(asked).size).toBe(asked.length)
  })

  test('slas, which Zendesk gives for single tickets: left empty, and said once', async () => {
    const sandbox = await openSandbox({ tickets: 100, exportPageSize: 40 })
    const config = configFor(sandbox, { reader, include: ['slas'] })
    const connection = await connect(sandbox, { config, names: ['tickets'] })
    const output = await connection.sync()
    expect([output.exitCode, output.errors]).toEqual([0, []])
    expect(output.logs.filter((line) => line.includes('slas'))).toEqual([
      expect.stringMatching(`INFO ${path}: Zendesk gives no "slas" \\(include=slas\\) here`),
    ])
  })
})

/** A relay that changes the JSON of answers from paths that fit; `on` is set to false to let them through. */
async function altered(
  sandbox: Sandbox,
  path: RegExp,
  alter: (body: Record<string, unknown>) => unknown,
): Promise<Relay & { on: boolean }> {
  const relay = (await openRelay(sandbox.url)) as Relay & { on: boolean }
  relay.on = true
  relay.intercept = async (seen) => {
    if (!relay.on || !path.test(seen.path)) return undefined
    const reply = await passOn(sandbox.url, seen)
    if (reply.status !== 200) return reply
    return { ...reply, body: JSON.stringify(alter(JSON.parse(Buffer.from(reply.body as Uint8Array).toString()))) }
  }
  return relay
}

const without =
  (list: string, key: string) =>
  (body: Record<string, unknown>): unknown => ({
    ...body,
    [list]: (body[list] as Row[]).map(({ [key]: _, ...row }) => row),
  })

describe('optional parts of rows', () => {
  test.each([
    ['agent_conditions', 'ticket_form_conditions_agent', 'ticket_form_conditions_end_user'],
    ['end_user_conditions', 'ticket_form_conditions_end_user', 'ticket_form_conditions_agent'],
  ])('forms without %s: its stream fails, the others of the list go on', async (key, name, other) => {
    const sandbox = await openSandbox({ tickets: 20 })
    const relay = await altered(sandbox, /ticket_forms/, without('ticket_forms', key))
    const config = { ...configFor(sandbox), base_url: relay.url }
    const names = [name, other, 'ticket_forms']
    const connection = await connect(sandbox, { config, names })
    const first = await connection.sync()
    expect([first.exitCode, ...ofAll(first, names)]).toEqual([1, 'INCOMPLETE', 'COMPLETE', 'COMPLETE'])
    expect(first.errors[0]?.message).toContain(`ticket_forms: Zendesk answered without the list "${key}"`)
    relay.on = false
    const second = await connection.sync()
    expect([second.exitCode, ...ofAll(second, names)]).toEqual([0, 'COMPLETE', 'COMPLETE', 'COMPLETE'])
    expect(connection.warehouse.rows(name).size).toBeGreaterThan(0)
    expect(connection.differences()).toEqual({})
  })

  const HISTORY = ['ticket_comments', 'ticket_field_history', 'ticket_attachments', 'ticket_audits']

  test('ticket events without their entries: read from the audits of each ticket', async () => {
    const sandbox = await openSandbox({ tickets: 100 })
    const relay = await altered(sandbox, /incremental\/ticket_events/, without('ticket_events', 'child_events'))
    const config = { ...configFor(sandbox), base_url: relay.url }
    const connection = await connect(sandbox, { config, names: HISTORY })
    const output = await connection.sync()
    expect([output.exitCode, output.errors]).toEqual([0, []])
    expect(output.logs.join('\n')).toMatch(/without "child_events", .* is read from tickets\/\{id\}\/audits instead/)
    expect(connection.differences()).toEqual({})
  })

  test('audits of a ticket without their events: all that is made of them fails, and is there once they are', async () => {
    const sandbox = await openSandbox({ tickets: 40 })
    const relay = await altered(sandbox, /tickets\/\d+\/audits/, without('audits', 'events'))
    const config = { ...configFor(sandbox, { reader: 'list' }), base_url: relay.url }
    const names = [...HISTORY, 'tickets']
    const connection = await connect(sandbox, { config, names })
    const first = await connection.sync()
    expect([first.exitCode, ...ofAll(first, names)]).toEqual([1, ...HISTORY.map(() => 'INCOMPLETE'), 'COMPLETE'])
    expect(first.errors[0]?.message).toMatch(/tickets\/\d+\/audits: Zendesk answered without "events"/)
    relay.on = false
    const second = await connection.sync()
    expect([second.exitCode, second.errors]).toEqual([0, []])
    expect(connection.differences({ byList: true })).toEqual({})
  })
})

describe('the other way', () => {
  test('a ticket that is there and has no list of side conversations: the stream fails', async () => {
    const sandbox = await openSandbox({ tickets: 60 })
    const connection = await connect(sandbox, { names: ['side_conversations', 'side_conversation_events'] })
    sandbox.faults.next({
      kind: 'status',
      status: 404,
      path: /tickets\/\d+\/side_conversations/,
      times: ALWAYS,
      body: '{}',
    })
    passOver(sandbox, 'side_conversations')
    const first = await connection.sync()
    expect([first.exitCode, ...ofAll(first, ['side_conversations', 'side_conversation_events'])]).toEqual([
      1,
      'INCOMPLETE',
      'COMPLETE',
    ])
    expect(first.errors[0]?.message).toMatch(/tickets\/\d+\/side_conversations/)
    sandbox.faults.clear()
    expect((await connection.sync()).exitCode).toBe(0)
    expect(connection.differences()).toEqual({})
  })

  test('a list that lacks the conversation of an event: the stream fails', async () => {
    const sandbox = await openSandbox({ tickets: 60 })
    const relay = await altered(sandbox, /tickets\/\d+\/side_conversations/, (body) => ({
      ...body,
      side_conversations: [],
    }))
    passOver(sandbox, 'side_conversations')
    const config = { ...configFor(sandbox), base_url: relay.url }
    const connection = await connect(sandbox, { config, names: ['side_conversations'] })
    const first = await connection.sync()
    expect([first.exitCode, endOf(first, 'side_conversations')]).toEqual([1, 'INCOMPLETE'])
    expect(first.errors[0]?.message).toMatch(
      /tickets\/\d+\/side_conversations: Zendesk's answer lacks \d+ of the \d+ records/,
    )
    relay.on = false
    expect((await connection.sync()).exitCode).toBe(0)
    expect(connection.differences()).toEqual({})
  })

  test('with deleted_records: mark, what is left out of deleted tickets is said', async () => {
    const sandbox = await openSandbox({ tickets: 60 })
    const { account } = sandbox
    const [conversation] = [...account.truth('side_conversations' as TruthStream).live.values()]
    account.deleteTicket(Number(conversation!['ticket_id']))
    account.advance(3600)
    const config = configFor(sandbox, { deleted_records: 'mark' })
    const connection = await connect(sandbox, { config, names: ['side_conversations'] })
    passOver(sandbox, 'side_conversations')
    const output = await connection.sync()
    expect([output.exitCode, output.errors]).toEqual([0, []])
    expect(output.logs.join('\n')).toMatch(/WARN side_conversations: what was deleted in the meantime is left out/)
    expect(connection.differences()).toEqual({})
  })
})
