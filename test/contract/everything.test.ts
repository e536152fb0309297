import { expect, test } from 'vitest'
import { connect, openSandbox } from '../support/account.ts'

/** No job has run, the administrator has asked for nothing, and one custom object is new. */
const EMPTY = ['job_statuses', 'requests', 'custom_object_empty_kind_records']

test('every stream equals the account: at first, and after changes and deletions of every kind', async () => {
  const sandbox = await openSandbox({ tickets: 400 })
  const connection = await connect(sandbox)
  const first = await connection.sync()
  expect(first.errors).toEqual([])
  expect(connection.differences()).toEqual({})
  for (const { name } of connection.catalog)
    if (!EMPTY.includes(name)) expect(first.records(name).length, name).toBeGreaterThan(0)

  for (let round = 1; round <= 5; round++) {
    sandbox.account.changeAtRandom(60, round)
    sandbox.account.advance(300)
  }
  sandbox.account.advance(3600)
  const second = await connection.sync()
  expect(second.errors).toEqual([])
  expect(connection.differences()).toEqual({})
})
