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
import type { Body } from '../support/send.ts'

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
    expect(asked.filter(({ path }) => path.includes('users/show_many'))).toHaveLength(3)

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
    expect(rejectedIn(folder).length).toBeGreaterThanOrEqual(100)
  })
})
