// The webhook in Zendesk: made once, found again, put right when somebody changed it, tested over HTTP, removed.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from 'zendesk-sandbox'
import { runCommand } from '../../src/cli/commands.ts'
import { type Inbox, openInbox } from '../../src/live/inbox.ts'
import { inboxIn, watchKept } from '../../src/live/kept-webhooks.ts'
import { createReceiver, type Listening, listenOn, type Receiver } from '../../src/live/receiver.ts'
import type { LiveSource } from '../../src/source/source.ts'
import { configFor, sourceOf } from '../support/here.ts'

const folder = mkdtempSync(join(tmpdir(), 'hub-live-'))
const config = join(folder, 'config.json')
let sandbox: Sandbox
let source: LiveSource
let inbox: Inbox
let receiver: Receiver
let listening: Listening

beforeAll(async () => {
  sandbox = await startSandbox({ tickets: 20 })
  writeFileSync(config, JSON.stringify(configFor(sandbox)))
  source = await sourceOf(configFor(sandbox))
  inbox = openInbox(inboxIn(folder), Date.now)
  receiver = createReceiver({ inbox, kept: watchKept(folder), now: Date.now, say: () => {} })
  listening = await listenOn(receiver, { host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await listening.close()
  inbox.close()
  await sandbox.close()
  rmSync(folder, { recursive: true })
})

async function webhooks(...args: string[]) {
  let [out, said] = ['', '']
  const code = await runCommand({
    argv: ['webhooks', ...args, '--source', config, '--url', listening.url, '--live', folder],
    write: (text) => {
      out += text
    },
    say: (text) => {
      said += text
    },
    watched: undefined,
    input: new PassThrough(),
    signal: new AbortController().signal,
    processId: process.pid,
    environment: {},
  })
  return { code, out, said }
}
const ours = async () => {
  const { body } = await source.call({
    method: 'GET',
    path: 'webhooks',
    query: { 'filter[name_contains]': 'zendesk-hub' },
  })
  return body['webhooks'] as { id: string; status: string; subscriptions: string[] }[]
}
/** Resolves once so many events were taken. */
const taken = async (count: number): Promise<void> => {
  await expect.poll(() => receiver.counts.accepted, { timeout: 10_000 }).toBeGreaterThanOrEqual(count)
}

test('install makes one webhook, however often it is run; its secret is for its owner only', async () => {
  expect((await webhooks('status')).code).toBe(1)
  expect(await webhooks('install')).toMatchObject({ code: 0, said: '' })
  const [first] = await ours()
  expect(await webhooks('install')).toMatchObject({ code: 0 })
  expect((await ours()).map(({ id }) => id)).toEqual([first?.id])
  expect(first?.subscriptions).toContain('zen:event-type:ticket.soft_deleted')
  expect(statSync(join(folder, 'webhooks.json')).mode & 0o777).toBe(0o600)
  expect(await webhooks('status')).toMatchObject({ code: 0, out: expect.stringContaining('All is as it should be.') })
})

test('test waits until the test has arrived', async () => {
  expect(await webhooks('test')).toMatchObject({ code: 0, out: expect.stringMatching(/^The test arrived \d/) })
})

test('a secret is rotated while deliveries come: none is lost', async () => {
  const before = receiver.counts.accepted
  for (let nth = 0; nth < 10; nth++) sandbox.account.createTicket()
  expect(await webhooks('rotate-secret')).toMatchObject({ code: 0 })
  for (let nth = 0; nth < 10; nth++) sandbox.account.createTicket()
  await taken(before + 20)
  expect(receiver.counts.forged).toBe(0)
  expect((await webhooks('test')).code).toBe(0)
})

test('status says what an administrator changed, and repair puts it right', async () => {
  const [first] = await ours()
  const id = String(first?.id)
  await source.call({ method: 'PATCH', path: `webhooks/${id}`, body: { webhook: { status: 'inactive' } } })
  await source.call({ method: 'POST', path: `webhooks/${id}/signing_secret` })
  const { body } = await source.call({ method: 'GET', path: `webhooks/${id}` })
  await source.call({ method: 'POST', path: 'webhooks', body: { webhook: { ...(body['webhook'] as object) } } })
  const status = await webhooks('status')
  expect(status.code).toBe(1)
  for (const part of ['"status" is "inactive"', 'Its secret was changed', 'leads here too'])
    expect(status.out).toContain(part)
  expect((await webhooks('repair')).code).toBe(0)
  expect((await webhooks('status')).code).toBe(0)
  expect(await ours()).toMatchObject([{ id, status: 'active' }])
  expect((await webhooks('test')).code).toBe(0)
})

test('events that the account does not have are left out and named', async () => {
  const refusing: LiveSource = {
    ...source,
    call: async (request) => {
      const sent = JSON.stringify(request.body ?? {})
      const fault = ['ticket.ola_policy_changed', 'user.alias_changed'].find((type) => sent.includes(`:${type}"`))
      if (request.path.startsWith('webhooks') && request.method !== 'GET' && fault)
        return { status: 422, body: { errors: [{ detail: `zen:event-type:${fault} is not supported` }] } }
      return source.call(request)
    },
  }
  const { install } = await import('../../src/live/webhooks.ts')
  const found = await install(refusing, { endpoint: `${listening.url}/zendesk`, folder, now: Date.now })
  expect(found.refused.toSorted()).toEqual(['ticket.ola_policy_changed', 'user.alias_changed'])
  expect(await webhooks('status')).toMatchObject({ code: 0, out: expect.stringContaining('ticket.ola_policy_changed') })
})

test('uninstall removes it, and a second time there is nothing to remove', async () => {
  expect((await webhooks('uninstall')).out).toContain('is removed')
  expect(await ours()).toEqual([])
  expect(await webhooks('uninstall')).toMatchObject({ code: 0, out: expect.stringContaining('No webhook leads to') })
  expect(await webhooks('test')).toMatchObject({ code: 1, said: expect.stringContaining('webhooks install') })
})

test('says what is wrong with the command line', async () => {
  expect((await webhooks('instal')).said).toContain('install, status, repair, test, rotate-secret, uninstall')
})
