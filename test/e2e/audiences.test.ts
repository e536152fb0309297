import { describe, expect, test } from 'vitest'
import { openSandbox } from '../support/account.ts'
import {
  catalogFor,
  destinationHere,
  freshFolder,
  recordLine,
  rejectedFiles,
  rejectedIn,
  write,
  writesIn,
  writingTo,
} from '../support/destination.ts'
import { type Body, send } from '../support/send.ts'

const sandbox = await openSandbox({ tickets: 20 })
const rowsOf = (name: string): readonly Body[] => [...sandbox.account.truth(name).live.values()]
const heldOf = (email: string): Body => rowsOf('users').find((row) => row.email === email)
const linesOf = (rows: readonly object[]): readonly string[] => rows.map((row) => recordLine('members', row))

const field = async (body: object): Promise<Body> =>
  (await send(sandbox, 'POST', 'user_fields', { user_field: body })).body.user_field
const spenders = await field({ type: 'text', title: 'Big spenders', key: 'big_spenders' })
await field({ type: 'checkbox', title: 'At risk', key: 'at_risk' })

const COLUMNS = { mail: 'email', surname: 'last_name', given: 'first_name', customer: 'external_id' }
const AUDIENCES = [
  { name: 'spenders', field: 'Big spenders' },
  { name: 'risk', field: 'at_risk' },
  { name: 'vip', tag: 'vip' },
]
const mapped = (more: object = {}): object => ({
  mappings: [
    { stream: 'members', object: 'users', key: ['customer'], columns: COLUMNS, audiences: AUDIENCES, ...more },
  ],
})
const catalog = catalogFor({ name: 'members' })
const member = (nth: number, statuses: object): object => ({
  customer: `m-${nth}`,
  mail: `m-${nth}@example.com`,
  given: 'Ann',
  surname: `Miller ${nth}`,
  ...statuses,
})

describe('audiences of users', () => {
  const folder = freshFolder()
  const config = writingTo(sandbox, folder, mapped())

  test('the status goes into its field, or comes and goes as a tag; tags of others stay', async () => {
    sandbox.account.createUser({ externalId: 'm-0', name: 'Known', email: 'm-0@example.com', tags: ['theirs'] })
    const rows = [
      member(0, { spenders: 'realized', risk: 'existing', vip: 'realized' }),
      member(1, { spenders: 'Existing', risk: 'exited', vip: 'exited' }),
      member(2, { spenders: 'exited' }),
    ]
    const { errors, logs } = await write(config, catalog, linesOf(rows))
    expect([errors, rejectedIn(folder)]).toEqual([[], []])
    expect(logs.join('\n')).toMatch(/Audiences of stream "members" go to users: "spenders" the field big_spenders/)
    expect(heldOf('m-0@example.com')).toMatchObject({
      name: 'Ann Miller 0',
      tags: expect.arrayContaining(['theirs', 'vip']),
      user_fields: { big_spenders: 'realized', at_risk: true },
    })
    expect(heldOf('m-1@example.com')).toMatchObject({ user_fields: { big_spenders: 'existing', at_risk: false } })
    expect(heldOf('m-1@example.com').tags).not.toContain('vip')
    // Nobody is created because somebody left.
    expect(heldOf('m-2@example.com')).toBeUndefined()
  })

  test('members that are the same cost no request; one who leaves stays as a user', async () => {
    const same = member(1, { spenders: 'Existing', risk: 'exited', vip: 'exited' })
    const before = sandbox.requests.all().length
    await write(config, catalog, linesOf([same, same]))
    expect(
      sandbox.requests
        .all()
        .slice(before)
        .filter(({ path }) => !path.includes('fields') && !path.includes('job')),
    ).toEqual([])
    await write(config, catalog, linesOf([member(0, { spenders: 'exited', risk: 'exited', vip: 'exited' })]))
    expect(heldOf('m-0@example.com')).toMatchObject({
      active: true,
      tags: ['theirs'],
      user_fields: { big_spenders: 'exited', at_risk: false },
    })
  })

  test('a field that was renamed is found by its id', async () => {
    await send(sandbox, 'PUT', `user_fields/${spenders.id}`, { user_field: { title: 'Whales' } })
    const { errors, logs } = await write(config, catalog, linesOf([member(1, { spenders: 'realized' })]))
    expect(errors).toEqual([])
    expect(logs.join('\n')).toMatch(/is called "Whales" now/)
    expect(heldOf('m-1@example.com').user_fields.big_spenders).toBe('realized')
    await send(sandbox, 'PUT', `user_fields/${spenders.id}`, { user_field: { title: 'Big spenders' } })
  })

  test('by address, in bulk, where nobody knows their external id', async () => {
    const other = writingTo(sandbox, freshFolder(), mapped({ key: ['mail'] }))
    const rows = Array.from({ length: 30 }, (_, nth) => member(100 + nth, { spenders: 'realized', vip: 'realized' }))
    expect((await write(other, catalog, linesOf(rows))).errors).toEqual([])
    const held = rows.map((_, nth) => heldOf(`m-${100 + nth}@example.com`))
    expect(held.filter((user) => user?.user_fields.big_spenders !== 'realized' || !user.tags.includes('vip'))).toEqual(
      [],
    )
    const before = writesIn(sandbox).length
    await write(other, catalog, linesOf(rows))
    expect(writesIn(sandbox).length).toBe(before)
  })

  test('a row that was rejected is replayed as a member, with its own stream', async () => {
    const own = freshFolder()
    const mine = writingTo(sandbox, own, mapped({ mode: 'update' }))
    await write(mine, catalog, linesOf([member(70, { spenders: 'realized' })]))
    const replay = (nth: number) => destinationHere(['replay', rejectedFiles(own)[nth]!], { config: mine })
    expect((await replay(0)).errors).toEqual([])
    expect(rejectedIn(own).map(({ stream, code }) => [stream, code])).toEqual([
      ['members', 'not_found'],
      ['members', 'not_found'],
    ])
    sandbox.account.createUser({ externalId: 'm-70', name: 'Late', email: 'm-70@example.com' })
    expect((await replay(1)).errors).toEqual([])
    expect(heldOf('m-70@example.com').user_fields.big_spenders).toBe('realized')
  })

  test('a row without address or last name, and a status that is none, are rejected', async () => {
    const own = freshFolder()
    await write(writingTo(sandbox, own, mapped()), catalog, [
      ...linesOf([
        { ...member(7, { spenders: 'realized' }), surname: ' ' },
        { ...member(8, { spenders: 'realized' }), mail: null },
        member(9, { spenders: 'perhaps' }),
      ]),
    ])
    expect(rejectedIn(own).map(({ code, message }) => [code, /last_name|email|perhaps/.exec(message)?.[0]])).toEqual([
      ['required_field', 'last_name'],
      ['required_field', 'email'],
      ['invalid_value', 'perhaps'],
    ])
  })
})

describe('audiences of contacts of Zendesk Sell', () => {
  const token = 'sandbox-sell-access-token'
  const contactOf = (email: string): Body => rowsOf('contacts').find((row) => row.email === email)

  test('the status goes into the field of that name; who leaves stays; what is the same costs nothing', async () => {
    const columns = { mail: 'email', surname: 'last_name' }
    const audiences = [{ name: 'loyal', field: 'Loyalty tier' }]
    const audience = { stream: 'members', object: 'sell_contacts', key: ['mail'], columns, audiences }
    const more = { sell: { access_token: token, base_url: sandbox.url }, mappings: [audience] }
    const config = writingTo(sandbox, freshFolder(), more)
    // The field must have a choice for each status.
    const refused = await write(config, catalog, [])
    expect(refused.errors[0]?.message).toMatch(/"Loyalty tier" has no choice realized, existing, exited/)
    const text = { ...audience, audiences: [{ name: 'loyal', field: 'audience_status' }] }
    const own = writingTo(sandbox, freshFolder(), { ...more, mappings: [text] })
    const checked = await destinationHere(['check'], { config: own })
    expect(checked.logs.join('\n')).toMatch(/Sell ends on 31 August 2027/)
    const row = { mail: 'sell-audience@example.com', surname: 'Audience', loyal: 'realized' }
    const { errors } = await write(own, catalog, linesOf([row]))
    expect(errors).toEqual([])
    expect(contactOf(row.mail)).toMatchObject({ last_name: 'Audience', custom_fields: { audience_status: 'realized' } })
    const before = writesIn(sandbox).length
    await write(own, catalog, linesOf([row]))
    expect(writesIn(sandbox).length).toBe(before)
    await write(own, catalog, linesOf([{ ...row, loyal: 'exited' }]))
    expect(contactOf(row.mail).custom_fields.audience_status).toBe('exited')
  })
})

describe('what must be right before the first row', () => {
  const checked = async (more: object): Promise<string> => {
    const { lines, logs } = await destinationHere(['check'], {
      config: writingTo(sandbox, freshFolder(), mapped(more)),
    })
    const { status, message = '' } = lines.at(-1).connectionStatus
    return `${status} ${message} ${logs.join(' ')}`
  }
  test.each([
    ['a mapping without the mandatory columns', { columns: { mail: 'email' } }, /FAILED .*last_name/],
    [
      'a field that is not there',
      { audiences: [{ name: 'x', field: 'No such' }] },
      /FAILED .*no custom field "No such"/,
    ],
    [
      'a tag where there are none',
      { object: 'organization_memberships', audiences: [{ name: 'x', tag: 'x' }] },
      /FAILED .*no tags/,
    ],
    ['what is right', {}, /SUCCEEDED .*Audiences of stream "members"/],
  ])('check: %s', async (_, more, expected) => {
    expect(await checked(more)).toMatch(expected)
  })

  test('a field whose type holds no status', async () => {
    await field({ type: 'date', title: 'A day', key: 'a_day' })
    expect(await checked({ audiences: [{ name: 'x', field: 'A day' }] })).toMatch(/FAILED .*type date/)
  })
})
