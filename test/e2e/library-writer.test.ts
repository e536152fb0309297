import { expect, test } from 'vitest'
import { ConnectorError, createWriter, type WriteInput } from 'zendesk-connector'
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
  expect(counts.get('users')).toEqual({ written: 1, unchanged: 0, rejected: 1 })
  expect(states).toEqual([[1, { written: 1, unchanged: 0, rejected: 1 }]])
  expect(held('library').name).toBe('Of the library')
  expect(await writer.isEcho(users, held('library'))).toBe(true)
  expect(await writer.isEcho(users, { ...held('library'), name: 'Changed by somebody' })).toBe(false)
  const me = [...sandbox.account.truth('users').live.values()].find(({ email }) => email === sandbox.credentials.email)
  const audits = { ...users, stream: 'ticket_audits' }
  expect(await writer.isEcho(audits, { author_id: me?.['id'] })).toBe(true)
  expect(await writer.isEcho(audits, { author_id: 1 })).toBe(false)
  writer.close()
})

test('it says what cannot be written', async () => {
  await expect(createWriter({ subdomain: 'x' })).rejects.toThrow(ConnectorError)
  const writer = await createWriter(writingTo(sandbox, freshFolder()))
  await expect(writer.write([{ ...users, mode: 'overwrite' }], [])).rejects.toThrow(/would delete every one/)
  writer.close()
})
