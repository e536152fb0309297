import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Sandbox } from 'zendesk-sandbox'
import { openSandbox } from '../support/account.ts'
import {
  catalogFor,
  destinationHere,
  freshFolder,
  recordLine,
  rejectedFiles,
  rejectedIn,
  stateLine,
  write,
  writesIn,
  writingTo,
} from '../support/destination.ts'
import { type Body, send } from '../support/send.ts'

const sandbox = await openSandbox({ tickets: 60 })

const rowsOf = (from: Sandbox, name: string): readonly Body[] => [...from.account.truth(name).live.values()]
const userOf = (externalId: string, from = sandbox): Body =>
  rowsOf(from, 'users').find((row) => row.external_id === externalId)

/** Users as a warehouse has them. */
const customers = (count: number, prefix: string, more: (nth: number) => object = () => ({})) =>
  Array.from({ length: count }, (_, nth) => ({
    external_id: `${prefix}-${nth}`,
    name: `Customer ${nth}`,
    email: `${prefix}-${nth}@example.com`,
    ...more(nth),
  }))

const users = catalogFor({ name: 'users' })
const linesOf = (stream: string, rows: readonly object[]): readonly string[] =>
  rows.map((row) => recordLine(stream, row))

describe('upserting users', () => {
  test('creates, changes what differs and leaves the rest alone', async () => {
    const folder = freshFolder()
    const config = writingTo(sandbox, folder)
    const rows = customers(250, 'upsert')
    const first = await write(config, users, [...linesOf('users', rows), stateLine('users', 1, 250)])
    expect(first.errors).toEqual([])
    expect(first.exitCode).toBe(0)
    expect(first.text).toContain(
      '"sourceStats":{"recordCount":250.0},"destinationStats":{"recordCount":250.0,"rejectedRecordCount":0.0}',
    )
    expect(rows.map(({ external_id, name, email }) => [external_id, name, email])).toEqual(
      rows.map(({ external_id }) => {
        const user = userOf(external_id)
        return [external_id, user?.name, user?.email]
      }),
    )
    // A user who is created in bulk gets no mail.
    expect(writesIn(sandbox).filter((one) => one === 'POST users/create_many')).toHaveLength(3)

    const before = sandbox.requests.all().length
    const second = await write(config, users, [...linesOf('users', rows), stateLine('users', 2)])
    expect(second.states).toHaveLength(1)
    const asked = sandbox.requests.all().slice(before)
    expect(writesIn(sandbox, before)).toEqual([])
    expect(asked.map(({ path }) => path.replace(/\?.*/, ''))).toEqual(Array(3).fill('/api/v2/users/show_many'))

    const since = sandbox.requests.all().length
    const changed = rows.map((row, nth) => (nth < 30 ? { ...row, name: `Renamed ${nth}` } : row))
    await write(config, users, linesOf('users', changed))
    expect(writesIn(sandbox, since)).toEqual(['PUT users/update_many'])
    expect(userOf('upsert-29').name).toBe('Renamed 29')
    expect(userOf('upsert-30').name).toBe('Customer 30')
  })
})

describe('rows that Zendesk refuses', () => {
  test('one of 100: the others are written, and it is kept whole with its reason', async () => {
    const folder = freshFolder()
    const rows = customers(100, 'bad').map((row, nth) => (nth === 42 ? { ...row, email: 'no address' } : row))
    const { states, exitCode } = await write(writingTo(sandbox, folder), users, [
      ...linesOf('users', rows),
      stateLine('users', 1),
    ])
    expect(exitCode).toBe(0)
    expect(states[0].destinationStats).toEqual({ recordCount: 99, rejectedRecordCount: 1 })
    expect(rejectedIn(folder)).toMatchObject(
      [
        {
          stream: 'users',
          object: 'users',
          code: 'invalid_value',
          key: ['bad-42'],
          requestId: expect.any(String),
          record: rows[42],
          message: /format/,
        },
      ].map((one) => ({ ...one, message: expect.stringMatching(one.message) })),
    )
    expect(rows.filter(({ external_id }) => userOf(external_id) === undefined)).toEqual([rows[42]])
  })

  test('are sent once more by replay, once what is wrong was mended', async () => {
    const folder = freshFolder()
    const config = writingTo(sandbox, folder)
    const catalog = catalogFor({ name: 'people', object: 'users', mode: 'update' })
    const row = { external_id: 'later', name: 'Later' }
    await write(config, catalog, [recordLine('people', row)])
    expect(rejectedIn(folder)).toMatchObject([{ code: 'not_found', record: row }])
    for (const name of readdirSync(folder)) expect([name, statSync(join(folder, name)).mode & 0o077]).toEqual([name, 0])
    sandbox.account.createUser({ name: 'Made meanwhile', externalId: 'later', email: 'later@example.com' })
    const again = await destinationHere(['replay', rejectedFiles(folder)[0]!], { config })
    expect([again.exitCode, again.errors]).toEqual([0, []])
    expect(userOf('later').name).toBe('Later')
    expect(rejectedFiles(folder)).toHaveLength(1)
  })

  test('too many for one reason stop the sync, and no state leaves behind them', async () => {
    const folder = freshFolder()
    const rows = customers(200, 'many').map((row) => ({ ...row, email: 'none' }))
    const { exitCode, errors, states } = await write(writingTo(sandbox, folder), users, [
      ...linesOf('users', rows),
      stateLine('users', 1),
    ])
    expect([exitCode, states]).toEqual([1, []])
    expect(errors[0]).toMatchObject({
      failure_type: 'config_error',
      message: expect.stringMatching(/max_rejected_percent/),
    })
    expect(rejectedIn(folder).length).toBeGreaterThan(20)
  })
})

describe('jobs that do not say what became of a row', () => {
  const outcome = async (folder: string, rows: readonly Body[]) => {
    const { states, errors } = await write(writingTo(sandbox, folder), users, [
      ...linesOf('users', rows),
      stateLine('users', 1),
    ])
    expect(errors).toEqual([])
    return states[0].destinationStats
  }
  const countOf = (prefix: string): number =>
    rowsOf(sandbox, 'users').filter((row) => String(row.external_id).startsWith(`${prefix}-`)).length

  test('a job that nobody knows any more: its rows are read back, and none is written twice', async () => {
    sandbox.account.setJobs({ lost: 1, waits: 100, item: 1 })
    expect(await outcome(freshFolder(), customers(100, 'lost'))).toEqual({ recordCount: 100, rejectedRecordCount: 0 })
    sandbox.account.setJobs({ waits: 300, item: 10 })
    expect(countOf('lost')).toBe(100)
  })

  test('results in another order, some of them failures: every row has its own end', async () => {
    sandbox.account.setJobs({ shuffled: true })
    const folder = freshFolder()
    const rows = customers(100, 'shuffled').map((row, nth) => (nth % 30 === 7 ? { ...row, email: 'none' } : row))
    expect(await outcome(folder, rows)).toEqual({ recordCount: 96, rejectedRecordCount: 4 })
    sandbox.account.setJobs({ shuffled: false })
    expect(rejectedIn(folder).map(({ record }) => record.external_id)).toEqual(
      expect.arrayContaining(['shuffled-7', 'shuffled-37', 'shuffled-67', 'shuffled-97']),
    )
    expect(countOf('shuffled')).toBe(96)
  })

  test('an answer that was lost on its way: the job goes on, and nothing is written twice', async () => {
    sandbox.faults.next({ kind: 'reset-in-body', path: /create_many/ })
    expect(await outcome(freshFolder(), customers(100, 'cut'))).toEqual({ recordCount: 100, rejectedRecordCount: 0 })
    expect(countOf('cut')).toBe(100)
  })

  test('an account without bulk imports of users: they are created one by one', async () => {
    sandbox.account.setUserImports(false)
    expect(await outcome(freshFolder(), customers(40, 'gated'))).toEqual({ recordCount: 40, rejectedRecordCount: 0 })
    sandbox.account.setUserImports(true)
    expect(countOf('gated')).toBe(40)
  })

  test('a bulk call that is refused as a whole is halved, down to its rows', async () => {
    sandbox.faults.next({ kind: 'status', status: 400, path: /create_many/, times: 3 })
    expect(await outcome(freshFolder(), customers(100, 'halved'))).toEqual({ recordCount: 100, rejectedRecordCount: 0 })
    expect(countOf('halved')).toBe(100)
  })
})

describe('quiet by default', () => {
  test('no mail leaves for users that are created, nor for tickets and their comments', async () => {
    const before = sandbox.account.mails().length
    const folder = freshFolder()
    await write(writingTo(sandbox, folder), users, linesOf('users', customers(30, 'quiet')))
    const catalog = catalogFor({ name: 'tickets' })
    const tickets = [
      { external_id: 'quiet-ticket', subject: 'Quiet', description: 'First', comment: { body: 'First', public: true } },
    ]
    const { errors } = await write(writingTo(sandbox, folder), catalog, linesOf('tickets', tickets))
    expect(errors).toEqual([])
    expect(rowsOf(sandbox, 'tickets').filter((row) => row.external_id === 'quiet-ticket')).toHaveLength(1)
    expect(sandbox.account.mails().slice(before)).toEqual([])
  })

  test('a role is not raised, and nothing is deleted, unless somebody switched it on', async () => {
    const folder = freshFolder()
    const catalog = catalogFor({ name: 'users', mode: 'update' })
    await write(writingTo(sandbox, folder), catalog, [recordLine('users', { external_id: 'quiet-1', role: 'agent' })])
    expect(rejectedIn(folder)).toMatchObject([{ code: 'forbidden', message: expect.stringMatching(/raise_roles/) }])
    const deletion = catalogFor({ name: 'users', mode: 'soft_delete' })
    const input = [recordLine('users', { external_id: 'quiet-1' })]
    const refused = await write(writingTo(sandbox, folder), deletion, input)
    expect([refused.exitCode, refused.errors[0]?.message]).toEqual([1, expect.stringMatching(/allow_deletes/)])
    expect(userOf('quiet-1')).toBeDefined()
    const allowed = await write(writingTo(sandbox, folder, { allow_deletes: true }), deletion, input)
    expect([allowed.exitCode, userOf('quiet-1')?.active ?? false]).toEqual([0, false])
  })

  test('overwrite is refused with the reason', async () => {
    const { exitCode, errors } = await write(
      writingTo(sandbox, freshFolder()),
      catalogFor({ name: 'users', mode: 'overwrite' }),
      [],
    )
    expect([exitCode, errors[0]?.message]).toEqual([1, expect.stringMatching(/would delete all users/)])
  })

  test('a dry run says what it would do, writes nothing and emits no state', async () => {
    const before = writesIn(sandbox).length
    const { states, logs, exitCode } = await write(writingTo(sandbox, freshFolder(), { dry_run: true }), users, [
      ...linesOf('users', customers(30, 'dry')),
      stateLine('users', 1),
    ])
    expect([exitCode, states]).toEqual([0, []])
    expect(writesIn(sandbox).length).toBe(before)
    expect(logs.join('\n')).toMatch(/30 would be written \(30 created\), 0 unchanged, 0 rejected/)
    expect(logs.filter((log) => log.includes('Dry run: create of users'))).toHaveLength(20)
  })
})

describe('tickets', () => {
  const tickets = catalogFor({ name: 'tickets' })
  const ticketOf = (externalId: string): Body =>
    rowsOf(sandbox, 'tickets').find((row) => row.external_id === externalId)
  const commentsOf = (id: number): readonly Body[] =>
    rowsOf(sandbox, 'ticket_comments').filter((row) => row.ticket_id === id)

  test('tags are added to those of others, removed, or set', async () => {
    const folder = freshFolder()
    const row = { external_id: 'tagged', description: 'Tagged', tags: ['ours'] }
    await write(writingTo(sandbox, folder), tickets, linesOf('tickets', [row]))
    const { id } = ticketOf('tagged')
    await send(sandbox, 'PUT', `tickets/${id}/tags`, { tags: ['theirs'] })
    await write(writingTo(sandbox, folder), tickets, linesOf('tickets', [{ ...row, tags: ['more'] }]))
    expect(ticketOf('tagged').tags.toSorted()).toEqual(['more', 'ours', 'theirs'])
    await write(writingTo(sandbox, folder, { tags_mode: 'remove' }), tickets, linesOf('tickets', [row]))
    expect(ticketOf('tagged').tags.toSorted()).toEqual(['more', 'theirs'])
    await write(writingTo(sandbox, folder, { tags_mode: 'set' }), tickets, linesOf('tickets', [row]))
    expect(ticketOf('tagged').tags).toEqual(['ours'])
  })

  test('tags that an agent sets at the same time stay, and so do ours', async () => {
    const folder = freshFolder()
    const rows = Array.from({ length: 60 }, (_, nth) => ({ external_id: `busy-${nth}`, description: `Busy ${nth}` }))
    await write(writingTo(sandbox, folder), tickets, linesOf('tickets', rows))
    const ids = rows.map(({ external_id }) => ticketOf(external_id).id)
    let isOver = false
    const edits = (async () => {
      for (let nth = 0; !isOver || nth < ids.length; nth++) {
        await send(sandbox, 'PUT', `tickets/${ids[nth % ids.length]}/tags`, { tags: [`agent_${Math.floor(nth / 60)}`] })
        // Each ticket about once a second: nobody wins against an agent who edits without a break, and the row is kept then.
        await pause(16)
      }
    })()
    const tagged = rows.map((row, nth) => ({ ...row, tags: ['ours'], subject: `Subject ${nth}` }))
    const { errors } = await write(writingTo(sandbox, folder), tickets, linesOf('tickets', tagged))
    isOver = true
    await edits
    expect([errors, rejectedIn(folder)]).toEqual([[], []])
    const held = rows.map(({ external_id }) => ticketOf(external_id))
    expect(held.filter(({ tags }) => !tags.includes('ours') || !tags.includes('agent_0'))).toEqual([])
    expect(held.map(({ subject }) => subject)).toEqual(tagged.map(({ subject }) => subject))
  })

  test('a comment is added once, whether the ledger knows it or only the ticket does', async () => {
    const folder = freshFolder()
    const config = writingTo(sandbox, folder)
    const first = { external_id: 'commented', description: 'Opened' }
    const reply = { external_id: 'commented', comment: 'A reply' }
    await write(config, tickets, linesOf('tickets', [first, reply, { ...reply, comment: 'Another' }]))
    const { id } = ticketOf('commented')
    const bodies = (): readonly string[] => commentsOf(id).map(({ body }) => body)
    expect(bodies()).toEqual(['Opened', 'A reply', 'Another'])
    expect(commentsOf(id).filter((one) => one.public)).toEqual([])
    await write(config, tickets, linesOf('tickets', [first, reply]))
    await write(writingTo(sandbox, freshFolder()), tickets, linesOf('tickets', [first, reply]))
    expect(bodies()).toEqual(['Opened', 'A reply', 'Another'])
  })

  test('a closed ticket keeps its row with the reason; two tickets of one key are ambiguous', async () => {
    const folder = freshFolder()
    const closed = await send(sandbox, 'POST', 'tickets', { ticket: { comment: { body: 'x' }, external_id: 'closed' } })
    sandbox.account.updateTicket(closed.body.ticket.id, { status: 'closed' })
    for (const _ of [1, 2])
      await send(sandbox, 'POST', 'tickets', { ticket: { comment: { body: 'x' }, external_id: 'twice' } })
    await write(writingTo(sandbox, folder), tickets, [
      recordLine('tickets', { external_id: 'closed', subject: 'New subject' }),
      recordLine('tickets', { external_id: 'twice', subject: 'New subject' }),
    ])
    expect(
      rejectedIn(folder)
        .map(({ key, code }) => [key[0], code])
        .toSorted(),
    ).toEqual([
      ['closed', 'ticket_closed'],
      ['twice', 'ambiguous_match'],
    ])
  })

  test('columns of custom fields, by title, key or id, and what a column is not', async () => {
    const folder = freshFolder()
    const field = rowsOf(sandbox, 'ticket_fields').find(({ type, removable }) => type === 'text' && removable)
    await write(writingTo(sandbox, folder), tickets, [
      recordLine('tickets', {
        external_id: 'fielded',
        description: 'x',
        [`custom_field_${field.id}`]: 'by id',
        _airbyte_raw_id: 'y',
        url: 'https://x',
      }),
      recordLine('tickets', { external_id: 'fielded-2', description: 'x', no_such_column: 1 }),
    ])
    const held = ticketOf('fielded').custom_fields.find(({ id }: Body) => id === field.id)
    expect(held.value).toBe('by id')
    expect(rejectedIn(folder)).toMatchObject([
      { code: 'unknown_field', message: expect.stringMatching(/no_such_column/) },
    ])
  })
})

test('organizations, users in them, memberships: parents come before what refers to them', async () => {
  const folder = freshFolder()
  const catalog = catalogFor(
    { name: 'accounts', object: 'organizations' },
    { name: 'users' },
    { name: 'organization_memberships', key: ['user_external_id', 'organization_external_id'] },
  )
  const accounts = Array.from({ length: 40 }, (_, nth) => ({ external_id: `acc-${nth}`, name: `Account ${nth}` }))
  const people = customers(40, 'member', (nth) => ({ organization_external_id: `acc-${nth}` }))
  const more = people.map(({ external_id }, nth) => ({
    user_external_id: external_id,
    organization_external_id: `acc-${(nth + 1) % 40}`,
  }))
  const input = [
    ...linesOf('accounts', accounts),
    ...linesOf('users', people),
    ...linesOf('organization_memberships', more),
    recordLine('organization_memberships', { user_external_id: 'nobody', organization_external_id: 'acc-1' }),
    stateLine('organization_memberships', 1),
  ]
  const first = await write(writingTo(sandbox, folder), catalog, input)
  expect(first.errors).toEqual([])
  expect(first.states[0].destinationStats).toEqual({ recordCount: 40, rejectedRecordCount: 1 })
  expect(rejectedIn(folder)).toMatchObject([{ code: 'not_found' }])
  const memberships = () => {
    const ids = new Set(people.map(({ external_id }) => userOf(external_id).id))
    return rowsOf(sandbox, 'organization_memberships').filter(({ user_id }) => ids.has(user_id)).length
  }
  expect(memberships()).toBe(80)
  const again = await write(writingTo(sandbox, folder), catalog, input)
  expect(again.states[0].destinationStats).toEqual({ recordCount: 40, rejectedRecordCount: 1 })
  expect(memberships()).toBe(80)
})

describe('the protocol', () => {
  test("check says what is on; discover has the operations with the account's fields", async () => {
    const config = writingTo(sandbox, freshFolder(), { public_comments: true })
    const checked = await destinationHere(['check'], { config })
    expect(checked.lines.at(-1).connectionStatus.status).toBe('SUCCEEDED')
    expect(checked.logs.join('\n')).toMatch(/Switched on: public_comments\./)
    const { lines } = await destinationHere(['discover'], { config })
    const { operations } = lines[0].destination_catalog
    expect(operations.map(({ object_name, sync_mode }: Body) => `${object_name} ${sync_mode}`)).toEqual(
      expect.arrayContaining([
        'users append_dedup',
        'organizations update',
        'tickets append',
        'organization_memberships append',
      ]),
    )
    expect(operations.some(({ sync_mode }: Body) => sync_mode === 'soft_delete')).toBe(false)
    const upsert = operations.find((one: Body) => one.object_name === 'users' && one.sync_mode === 'append_dedup')
    expect(upsert.matching_keys).toEqual([['external_id'], ['email']])
    expect(upsert.json_schema.required).toEqual(['name'])
    const keys = rowsOf(sandbox, 'user_fields').map(({ key }) => key)
    expect(Object.keys(upsert.json_schema.properties)).toEqual(expect.arrayContaining(keys.slice(0, 2)))
  })

  test('states leave in their order, with the rows of their own stream; others are warned of', async () => {
    const { states, logs, exitCode } = await write(
      writingTo(sandbox, freshFolder()),
      catalogFor({ name: 'users' }, { name: 'organizations' }),
      [
        ...linesOf('users', customers(3, 'state')),
        stateLine('users', 'a'),
        recordLine('organizations', { external_id: 'state-o', name: 'State O' }),
        recordLine('others', { id: 1 }),
        ...linesOf('users', customers(5, 'state').slice(3)),
        stateLine('organizations', 'b'),
        stateLine('users', 'c'),
      ],
    )
    expect(exitCode).toBe(0)
    expect(
      states.map(({ stream, destinationStats }) => [stream.stream_state.mark, destinationStats.recordCount]),
    ).toEqual([
      ['a', 3],
      ['b', 1],
      ['c', 2],
    ])
    expect(logs.filter((log) => /"others" are ignored/.test(log))).toHaveLength(1)
  })

  test('a line that is no JSON is named, and not repeated', async () => {
    const { exitCode, errors, text } = await write(writingTo(sandbox, freshFolder()), users, ['{"type": secret'])
    expect([exitCode, errors[0]?.message]).toEqual([1, expect.stringMatching(/Line 1 of the input/)])
    expect(text).not.toContain('secret')
  })

  test("users by their address: created, changed by Zendesk's own match, and their tags stay", async () => {
    const folder = freshFolder()
    const catalog = catalogFor({ name: 'users', key: ['email'] })
    const id = sandbox.account.createUser({ name: 'By address', email: 'by@example.com', tags: ['theirs'] })
    const row = { email: 'BY@example.com', name: 'Renamed', tags: ['ours'] }
    const { errors } = await write(writingTo(sandbox, folder), catalog, linesOf('users', [row]))
    expect(errors).toEqual([])
    const held = rowsOf(sandbox, 'users').find((one) => one.id === id)
    expect([held.name, held.tags.toSorted()]).toEqual(['Renamed', ['ours', 'theirs']])
    const before = writesIn(sandbox).length
    await write(writingTo(sandbox, folder), catalog, linesOf('users', [row]))
    expect(writesIn(sandbox).length).toBe(before)
  })
})

test('how many are rejected is judged by all rows that came, in whatever order they have their ends', async () => {
  // Refused rows have their end at once, and those of eight batches before anything is written.
  const some = customers(1_000, 'share', (nth) => (nth % 100 < 15 ? { role: 'agent' } : {}))
  const folder = freshFolder()
  const kept = await write(writingTo(sandbox, folder), users, [...linesOf('users', some), stateLine('users', 1)])
  expect(kept.errors).toEqual([])
  expect(kept.states[0].destinationStats).toEqual({ recordCount: 850, rejectedRecordCount: 150 })
  // Fifty of a hundred and fifty are too many, also where they come before a hundred have their end.
  const many = customers(150, 'much', (nth) => (nth % 3 === 0 ? { role: 'agent' } : {}))
  const stopped = await write(writingTo(sandbox, freshFolder()), users, [
    ...linesOf('users', many),
    stateLine('users', 1),
  ])
  expect(stopped.errors[0]?.message).toMatch(/ of 150 rows of stream "users" were rejected as forbidden/)
  expect([stopped.exitCode, stopped.states]).toEqual([1, []])
})

test('keys that Zendesk would drop, and comments that it would cut, are refused', async () => {
  const folder = freshFolder()
  const keys = [{ a: 1 }, ['b'], true, 17, 'text']
  await write(
    writingTo(sandbox, folder),
    users,
    linesOf(
      'users',
      keys.map((external_id) => ({ external_id, name: 'Keyed' })),
    ),
  )
  expect(rejectedIn(folder).map(({ code, message }) => [code, message])).toEqual(
    Array(3).fill(['invalid_value', '"external_id" is a key, and its value is neither a text nor a number.']),
  )
  const keyed = rowsOf(sandbox, 'users').filter(({ name }) => name === 'Keyed')
  expect(keyed.map(({ external_id }) => external_id)).toEqual(['17', 'text'])

  const long = '\u00e9'.repeat(32_769)
  const cut = freshFolder()
  const tickets = [
    { external_id: 'long-1', comment: long },
    { external_id: 'long-2', comment: { html_body: long } },
    { external_id: 'long-3', comment: long.slice(1) },
  ]
  await write(writingTo(sandbox, cut), catalogFor({ name: 'tickets' }), linesOf('tickets', tickets))
  const imported = { external_id: 'long-4', comments: [{ body: 'short' }, { body: long }] }
  const imports = catalogFor({ name: 'ticket_imports', mode: 'append' })
  await write(writingTo(sandbox, cut), imports, linesOf('ticket_imports', [imported]))
  const refused = rejectedIn(cut).map(({ code, record }) => `${code} ${record.external_id}`)
  expect(refused.toSorted()).toEqual(['too_large long-1', 'too_large long-2', 'too_large long-4'])
})

test('an id that Zendesk finds twice, once in another spelling, is one', async () => {
  const [{ id }] = rowsOf(sandbox, 'users').filter(({ name }) => name === 'Keyed') as [Body]
  const folder = freshFolder()
  const catalog = catalogFor({ name: 'users', mode: 'update', key: ['id'] })
  const rows = [`${id}`, `${id}.0`].map((one) => ({ id: one, notes: 'Once' }))
  await write(writingTo(sandbox, folder), catalog, linesOf('users', rows))
  expect(rejectedIn(folder).map(({ code, key }) => [code, key])).toEqual([['not_found', [`${id}.0`]]])
  expect(userOf('17').notes).toBe('Once')
})

describe('users that are unchanged', () => {
  const count = Number(process.env['UNCHANGED'] ?? 1_000)
  const rows = customers(count, 'same')
  /** The paths that are asked for while these rows are written. */
  const pathsOf = async (given: readonly object[]): Promise<readonly string[]> => {
    const before = sandbox.requests.all().length
    const lines = [...linesOf('users', given), stateLine('users', 1)]
    const { states, errors } = await write(writingTo(sandbox, freshFolder()), users, lines)
    expect(errors).toEqual([])
    expect(states[0].destinationStats).toEqual({ recordCount: count, rejectedRecordCount: 0 })
    expect(writesIn(sandbox, before)).toEqual([])
    const asked = sandbox.requests.all().slice(before)
    return asked.map(({ path }) => path.replace(/\?.*/, '').replace('/api/v2/', ''))
  }

  test('cost one request for 100 of them, and no write', async () => {
    for (const { external_id, name, email } of rows)
      sandbox.account.createUser({ externalId: external_id, name, email })
    expect(await pathsOf(rows)).toEqual(Array(count / 100).fill('users/show_many'))
  })

  test('cost one more if a row has a custom field', async () => {
    const [key] = rowsOf(sandbox, 'user_fields').map((field) => field.key)
    const given = rows.map((row, nth) => (nth === 500 ? { ...row, [key]: null } : row))
    const paths = await pathsOf(given)
    expect(paths.filter((path) => path !== 'users/show_many')).toEqual(['user_fields'])
    expect(paths).toHaveLength(count / 100 + 1)
  })
})
