import { describe, expect, test } from 'vitest'
import { openSandbox } from '../support/account.ts'
import { catalogFor, freshFolder, recordLine, rejectedIn, write, writingTo } from '../support/destination.ts'
import { openRelay } from '../support/relay.ts'
import { type Body, send } from '../support/send.ts'

const sandbox = await openSandbox({ tickets: 40 })
const rowsOf = (name: string): readonly Body[] => [...sandbox.account.truth(name).live.values()]
const heldOf = (name: string, externalId: string): Body => rowsOf(name).find((row) => row.external_id === externalId)
const linesOf = (stream: string, rows: readonly object[]): readonly string[] =>
  rows.map((row) => recordLine(stream, row))
const [PAST, FUTURE] = ['2020-01-01T00:00:00Z', '2100-01-01T00:00:00Z']

const users = catalogFor({ name: 'users' })
const change = (externalId: string, fields: object): Promise<unknown> =>
  send(sandbox, 'PUT', `users/${heldOf('users', externalId).id}`, { user: fields })

describe('who wins where both sides changed a field', () => {
  const rules = {
    policy: 'newest',
    fields: { notes: 'zendesk_wins', details: 'source_wins', alias: 'reject' },
    owner: { phone: 'zendesk', signature: 'source' },
  }
  const first = {
    external_id: 'shared',
    name: 'Name',
    email: 'shared@example.com',
    notes: 'Notes',
    details: 'Details',
    alias: 'Alias',
    phone: '+15550001',
    updated_at: PAST,
  }
  const folder = freshFolder()
  const config = writingTo(sandbox, folder, { conflicts: rules })
  const sent = async (row: object): Promise<Body> => {
    const { errors } = await write(config, users, linesOf('users', [row]))
    expect(errors).toEqual([])
    return heldOf('users', 'shared')
  }

  test('field by field: a side that did not change anything takes nothing away', async () => {
    await sent(first)
    // Only Zendesk has changed them.
    await change('shared', { name: 'Zendesk', notes: 'Zendesk', details: 'Zendesk', phone: '+15550002' })
    expect(await sent(first)).toMatchObject({ name: 'Zendesk', notes: 'Zendesk', details: 'Zendesk' })
    // Both have: the policy of each field decides. The row is older.
    const ours = { ...first, name: 'Source', notes: 'Source', details: 'Source', phone: '+15550003' }
    const held = await sent(ours)
    expect(held).toMatchObject({ name: 'Zendesk', notes: 'Zendesk', details: 'Source', phone: '+15550002' })
    // A newer one wins where the newest does.
    expect(await sent({ ...ours, updated_at: FUTURE })).toMatchObject({ name: 'Source', notes: 'Zendesk' })
    // What is the same on both sides is agreed on: a later change of one side is no conflict.
    await sent({ ...ours, notes: 'Zendesk' })
    expect(await sent({ ...ours, notes: 'Source again' })).toMatchObject({ notes: 'Source again' })
    expect(rejectedIn(folder)).toEqual([])
  })

  test('a field that must not be decided rejects the row, with its name', async () => {
    await change('shared', { alias: 'Zendesk' })
    await sent({ ...first, alias: 'Source', updated_at: FUTURE })
    expect(rejectedIn(folder)).toMatchObject([{ code: 'conflict', message: expect.stringMatching(/alias/) }])
    expect(heldOf('users', 'shared').alias).toBe('Zendesk')
  })

  test('a ledger that is missing is made from what is read: what is the same is agreed on again', async () => {
    const row = { external_id: 'ledger', name: 'Ledger', email: 'ledger@example.com', notes: 'A' }
    await write(config, users, linesOf('users', [row]))
    const fresh = writingTo(sandbox, freshFolder(), { conflicts: { policy: 'reject' } })
    await write(fresh, users, linesOf('users', [row]))
    await change('ledger', { notes: 'B' })
    await write(fresh, users, linesOf('users', [row]))
    expect(heldOf('users', 'ledger').notes).toBe('B')
    await write(fresh, users, linesOf('users', [{ ...row, name: 'Renamed' }]))
    expect(heldOf('users', 'ledger')).toMatchObject({ notes: 'B', name: 'Renamed' })
  })

  test('a column that is not there, and a key that cannot be looked up, are refused', async () => {
    const typo = writingTo(sandbox, freshFolder(), { conflicts: { fields: { nmae: 'newest' } } })
    expect((await write(typo, users, [])).errors[0]?.message).toMatch(/"nmae"/)
    const byAddress = catalogFor({ name: 'users', key: ['email'] })
    const some = writingTo(sandbox, freshFolder(), { conflicts: {} })
    expect((await write(some, byAddress, [])).errors[0]?.message).toMatch(/can be looked up/)
  })
})

test('the time may be any column of the rows', async () => {
  const folder = freshFolder()
  const timed = writingTo(sandbox, folder, { conflicts: { policy: 'newest', time: 'changed_at' } })
  const row = { external_id: 'timed', name: 'First', email: 'timed@example.com', changed_at: PAST }
  await write(timed, users, linesOf('users', [row]))
  await change('timed', { name: 'Zendesk' })
  await write(timed, users, linesOf('users', [{ ...row, name: 'Older' }]))
  expect(heldOf('users', 'timed').name).toBe('Zendesk')
  await write(timed, users, linesOf('users', [{ ...row, name: 'Newer', changed_at: FUTURE }]))
  expect([heldOf('users', 'timed').name, rejectedIn(folder)]).toEqual(['Newer', []])
})

describe('tickets that somebody changes while they are written', () => {
  test('are read and decided once more; after three times the row is rejected', async () => {
    const relay = await openRelay(sandbox.url)
    const folder = freshFolder()
    const config = { ...writingTo(sandbox, folder, { conflicts: { policy: 'source_wins' } }), base_url: relay.url }
    const tickets = catalogFor({ name: 'tickets' })
    const rows = [1, 2].map((nth) => ({ external_id: `guarded-${nth}`, description: 'x', subject: 'First' }))
    await write(config, tickets, linesOf('tickets', rows))
    let edits = 0
    // Just before it is written: one of them once, the other one whenever it is.
    relay.intercept = ({ method, path }) => {
      const row = rows.find(({ external_id }) => path.endsWith(`/tickets/${heldOf('tickets', external_id).id}`))
      if (method !== 'PUT' || row === undefined || (row === rows[0] && edits > 0)) return undefined
      edits++
      sandbox.account.advance(2)
      sandbox.account.updateTicket(heldOf('tickets', row.external_id).id, {
        priority: edits % 2 === 0 ? 'high' : 'low',
      })
      return undefined
    }
    const changed = rows.map((row) => ({ ...row, subject: 'Second' }))
    await write(config, tickets, linesOf('tickets', changed))
    expect(heldOf('tickets', 'guarded-1').subject).toBe('Second')
    expect(heldOf('tickets', 'guarded-1').priority).not.toBeNull()
    expect(heldOf('tickets', 'guarded-2').subject).toBe('First')
    expect(rejectedIn(folder)).toMatchObject([{ code: 'conflict', key: ['guarded-2'], attempts: 4 }])
  })
})
