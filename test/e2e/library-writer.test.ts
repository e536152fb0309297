import { expect, test } from 'vitest'
import { ConnectorError, createWriter, type PlannedChange, type RejectedRow, type WriteInput } from 'zendesk-connector'
import { openSandbox } from '../support/account.ts'
import { freshFolder, writingTo } from '../support/destination.ts'
import type { Body } from '../support/send.ts'

const sandbox = await openSandbox({ tickets: 20 })
const users = { stream: 'users', mode: 'append_dedup', primaryKey: ['external_id'] }
const held = (externalId: string): Body =>
  ([...sandbox.account.truth('users').live.values()] as Body[]).find((row) => row.external_id === externalId)

test('the library writes rows, gives states back behind them, and tells echoes', async () => {
  const writer = await createWriter(writingTo(sandbox, freshFolder(), { conflicts: { policy: 'newest' } }))
  expect((await writer.check()).join('\n')).toMatch(/Switched on: nothing/)
  const operations = await writer.operations()
  expect(operations.find(({ object, mode }) => object === 'users' && mode === 'append_dedup')).toMatchObject({
    keys: expect.arrayContaining([['external_id']]),
  })
  const record = { external_id: 'library', name: 'Of the library', email: 'library@example.com' }
  const inputs: WriteInput[] = [
    { kind: 'row', stream: 'users', record },
    { kind: 'row', stream: 'users', record: { external_id: 'library-2', name: 'No address', email: 'none' } },
    { kind: 'state', state: 1 },
  ]
  const states: unknown[] = []
  const counts = await writer.write([users], inputs, async (state, since) => {
    states.push([state, since.get('users')])
  })
  const ofRows = { written: 1, unchanged: 0, rejected: 1, actions: { create: 1, update: 0, upsert: 0, delete: 0 } }
  expect(counts.get('users')).toEqual(ofRows)
  expect(states).toEqual([[1, ofRows]])
  expect(held('library').name).toBe('Of the library')
  expect(await writer.isEcho(users, held('library'))).toBe(true)
  expect(await writer.isEcho(users, { ...held('library'), name: 'Changed by somebody' })).toBe(false)
  const me = [...sandbox.account.truth('users').live.values()].find(({ email }) => email === sandbox.credentials.email)
  const audits = { ...users, stream: 'ticket_audits' }
  expect(await writer.isEcho(audits, { author_id: me?.['id'] })).toBe(true)
  expect(await writer.isEcho(audits, { author_id: 1 })).toBe(false)
  writer.close()
})

test('a dry run hands on what it would do beside what is there, and what it would reject', async () => {
  const first = await createWriter(writingTo(sandbox, freshFolder()))
  const row = (record: object): WriteInput => ({ kind: 'row', stream: 'users', record: { ...record } })
  await first.write([users], [row({ external_id: 'planned', name: 'Before', notes: 'same' })])
  first.close()
  const [planned, refused]: [PlannedChange[], RejectedRow[]] = [[], []]
  const writer = await createWriter(writingTo(sandbox, freshFolder(), { dry_run: true }), {
    onPlanned: (change) => void planned.push(change),
    rejected: { where: 'here', keep: async (one) => void refused.push(one), flush: async () => undefined },
  })
  const counts = await writer.write(
    [users],
    [
      row({ external_id: 'planned', name: 'After', notes: 'same' }),
      row({ external_id: 'planned-2', name: 'New' }),
      row({ external_id: 'planned-3', name: 'Agent', role: 'agent' }),
    ],
  )
  writer.close()
  expect(counts.get('users')?.actions).toEqual({ create: 1, update: 1, upsert: 0, delete: 0 })
  expect(planned.find(({ action }) => action === 'update')).toEqual({
    ...{ stream: 'users', action: 'update', key: ['planned'] },
    ...{ values: { name: 'After', skip_verify_email: true }, held: { name: 'Before' } },
  })
  expect(refused).toMatchObject([{ code: 'forbidden', key: ['planned-3'], record: { name: 'Agent', role: 'agent' } }])
  expect(held('planned').name).toBe('Before')
  expect(held('planned-2')).toBeUndefined()
})

test('it says what cannot be written', async () => {
  await expect(createWriter({ subdomain: 'x' })).rejects.toThrow(ConnectorError)
  const writer = await createWriter(writingTo(sandbox, freshFolder()))
  await expect(writer.write([{ ...users, mode: 'overwrite' }], [])).rejects.toThrow(/would delete all users/)
  writer.close()
})
