import { expect, test } from 'vitest'
import { connect, openSandbox } from '../support/account.ts'

const CHAT = ['chats', 'chat_agents', 'chat_departments', 'chat_shortcuts', 'chat_triggers', 'chat_bans', 'chat_goals']

test('chats come by their export, page by page, and later those that changed', async () => {
  const sandbox = await openSandbox({ tickets: 30, exportPageSize: 7 })
  const { account } = sandbox
  const connection = await connect(sandbox, { names: ['chats'] })
  const first = await connection.sync()
  expect(first.errors).toEqual([])
  expect(first.records('chats')).toHaveLength(account.truth('chats').live.size)
  expect(connection.differences()).toEqual({})

  const [one, other] = [...account.truth('chats').live.keys()] as unknown as number[]
  account.advance(600)
  account.updateRecord('chats', one!, { tags: ['größe 📦'] })
  account.updateRecord('chats', other!, { deleted: true })
  account.advance(600)
  sandbox.requests.reset()
  const second = await connection.sync()
  const emitted = second
    .records('chats')
    .map(({ id, tags, _ab_cdc_deleted_at: at }) => [id, tags, at !== null && at !== undefined])
  expect(emitted).toEqual([
    [one, ['größe 📦'], false],
    [other, expect.anything(), true],
  ])
  expect(sandbox.requests.all().length).toBeLessThan(5)
  expect((await connection.sync()).records('chats')).toEqual([])
})

test('what is deleted in the settings of Chat is emitted as deleted', async () => {
  const sandbox = await openSandbox({ tickets: 30 })
  const connection = await connect(sandbox, { names: CHAT })
  expect((await connection.sync()).errors).toEqual([])
  const ids = [...sandbox.account.truth('chat_bans' as 'tickets').live.keys()]
  expect(ids.length).toBeGreaterThan(100)
  sandbox.account.deleteRecord('chat_bans', ids[50]!)
  sandbox.account.updateRecord('chat_bans', ids[120]!, { reason: 'Was rude' })
  const { records, errors } = await connection.sync()
  expect(errors).toEqual([])
  const bans = records('chat_bans').map((record) => [record['id'], record['_ab_cdc_deleted_at'] != null])
  expect(bans.sort(([one], [two]) => Number(one) - Number(two))).toEqual([
    [ids[50], true],
    [ids[120], false],
  ])
  expect(connection.differences()).toEqual({})
})

test('an account without Chat has none of its streams, and the others all the same', async () => {
  const sandbox = await openSandbox({ tickets: 30, plan: 'essential' })
  const connection = await connect(sandbox)
  expect(connection.catalog.map(({ name }) => name).filter((name) => CHAT.includes(name))).toEqual([])
  expect(connection.catalog.length).toBeGreaterThan(20)
})
