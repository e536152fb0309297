// The webhook in Zendesk: made once, found again, put right when somebody changed it, tested over HTTP, removed.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from 'zendesk-sandbox'
import { runCommand } from '../../src/cli/commands.ts'
import { type Inbox, openInbox } from '../../src/live/inbox.ts'
import { inboxIn, watchKept } from '../../src/live/kept-webhooks.ts'
import { createReceiver, type Listening, listenOn, type Receiver } from '../../src/live/receiver.ts'
import type { LiveSource } from '../../src/source/source.ts'
import { configFor, sourceOf } from '../support/here.ts'
import { hintsIn } from './deliveries.ts'

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
  listening = await listenOn([receiver], { host: '127.0.0.1', port: 0 })
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
    isAlive: (processId) => processId === process.pid,
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
  await expect.poll(() => receiver.counts.accepted).toBeGreaterThanOrEqual(count)
}

test('install makes one webhook, however often it is run; its secret is for its owner only', async () => {
  expect((await webhooks('status')).code).toBe(1)
  expect(await webhooks('install')).toMatchObject({ code: 0, said: '' })
  const [first] = await ours()
  expect(await webhooks('install')).toMatchObject({ code: 0 })
  expect((await ours()).map(({ id }) => id)).toEqual([first?.id])
  expect(first?.subscriptions).toContain('zen:event-type:ticket.soft_deleted')
  expect(statSync(join(folder, 'webhooks.json')).mode & 0o777).toBe(0o600)
  expect(await webhooks('status')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Everything is as it should be.'),
  })
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
  const subscriptions = first?.subscriptions.filter((type) => !/ticket.(merged|undeleted)$/.test(type))
  await source.call({
    method: 'PATCH',
    path: `webhooks/${id}`,
    body: { webhook: { status: 'inactive', subscriptions } },
  })
  await source.call({ method: 'POST', path: `webhooks/${id}/signing_secret` })
  const { body } = await source.call({ method: 'GET', path: `webhooks/${id}` })
  await source.call({ method: 'POST', path: 'webhooks', body: { webhook: { ...(body['webhook'] as object) } } })
  const status = await webhooks('status')
  expect(status.code).toBe(1)
  for (const part of [
    '"status" is "inactive"',
    'not subscribed to: ticket.merged, ticket.undeleted.',
    'Its secret was changed',
    'leads here too',
  ])
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

describe('an account without events of tickets', () => {
  const triggers = async () => {
    const { body } = await source.call({ method: 'GET', path: 'triggers', query: { 'page[size]': 100 } })
    const all = body['triggers'] as {
      id: number
      title: string
      active: boolean
      position: number
      actions: object[]
    }[]
    return all.filter(({ title }) => title.startsWith('zendesk-hub'))
  }
  const change = (id: number, trigger: object) =>
    source.call({ method: 'PUT', path: `triggers/${id}`, body: { trigger } })

  test('gets a trigger with ids and times only, which leaves out what this user does', async () => {
    await webhooks('uninstall')
    sandbox.account.disturbDeliveries({ withoutEvents: ['ticket'] })
    for (let times = 0; times < 2; times++)
      expect(await webhooks('install')).toMatchObject({
        code: 0,
        out: expect.stringMatching(/a trigger reports their changes instead[\s\S]*ticket.created/),
      })
    expect(await ours()).toHaveLength(2)
    expect(await triggers()).toHaveLength(1)
    expect(await webhooks('status')).toMatchObject({ code: 0 })
    expect((await webhooks('test')).code).toBe(0)
    const before = receiver.counts.accepted
    const id = sandbox.account.createTicket({ subject: 'A "quoted"\nsubject' })
    await source.call({ method: 'PUT', path: `tickets/${id}`, body: { ticket: { subject: 'By ourselves' } } })
    await taken(before + 1)
    const next = sandbox.account.createTicket()
    await taken(before + 2)
    expect(hintsIn(inbox).slice(-2)).toMatchObject([
      { kind: 'tickets', id },
      { kind: 'tickets', id: next },
    ])
    expect(receiver.counts.unknown).toBe(0)
  })

  test('status says what an administrator changed of the trigger, and repair puts it right', async () => {
    const [trigger] = await triggers()
    const id = trigger!.id
    await change(id, {
      active: false,
      conditions: { all: [{ field: 'status', operator: 'is', value: 'new' }], any: [] },
    })
    const { code, out } = await webhooks('status')
    expect(code).toBe(1)
    for (const part of [`Trigger ${id}: "active" is false`, `Trigger ${id}: "conditions" is`])
      expect(out).toContain(part)
    expect((await webhooks('repair')).code).toBe(0)
    expect((await webhooks('status')).code).toBe(0)
    await source.call({ method: 'DELETE', path: `triggers/${id}` })
    expect((await webhooks('status')).out).toContain('No trigger calls the webhook for tickets')
    expect((await webhooks('repair')).code).toBe(0)
    expect(await triggers()).toHaveLength(1)
  })

  test('what Zendesk refuses of the trigger is left out and named', async () => {
    const [before] = await triggers()
    const refusing: LiveSource = {
      ...source,
      call: async (request) =>
        request.path.startsWith('triggers') && JSON.stringify(request.body ?? {}).includes('"role"')
          ? { status: 422, body: { error: 'RecordInvalid', description: 'role is no field' } }
          : source.call(request),
    }
    const { install, look } = await import('../../src/live/webhooks.ts')
    const place = { endpoint: `${listening.url}/zendesk`, folder, now: Date.now }
    expect((await install(refusing, place)).refused.at(-1)).toContain('leaves out what user')
    expect((await look(source, place)).faults).toEqual([])
    expect((await triggers()).map(({ id }) => id)).toEqual([before?.id])
  })

  test('once the account has events of tickets, install takes the trigger away', async () => {
    sandbox.account.disturbDeliveries({})
    expect((await webhooks('install')).out).not.toContain('trigger')
    expect(await ours()).toHaveLength(1)
    expect(await triggers()).toEqual([])
    expect((await webhooks('status')).code).toBe(0)
  })
})

test('deliveries that did not arrive are found in the log and replayed, once', async () => {
  await listening.close()
  const ids = [sandbox.account.createTicket(), sandbox.account.createTicket()]
  sandbox.account.deleteTicket(ids[1]!)
  const path = `webhooks/${(await ours())[0]?.id}/invocations`
  const failed = async () => {
    const { body } = await source.call({
      method: 'GET',
      path,
      query: { 'filter[status]': 'failed', 'page[size]': 100 },
    })
    return body['invocations'] as object[]
  }
  await expect.poll(async () => (await failed()).length).toBeGreaterThanOrEqual(3)
  const before = hintsIn(inbox).length
  expect((await webhooks('replay')).out).toMatch(
    /^\d+ deliveries did not arrive, and \d+ of them are in the inbox now\.\n$/,
  )
  const hints = hintsIn(inbox).slice(before)
  expect(new Set(hints.map(({ id }) => id))).toEqual(new Set(ids))
  expect(hints.filter(({ isDeletion }) => isDeletion)).toMatchObject([{ id: ids[1] }])
  expect((await webhooks('replay')).out).toBe('0 deliveries did not arrive, and 0 of them are in the inbox now.\n')
})

test('uninstall removes it, and a second time there is nothing to remove', async () => {
  expect((await webhooks('uninstall')).out).toContain('is removed')
  expect(await ours()).toEqual([])
  expect(await webhooks('uninstall')).toMatchObject({ code: 0, out: expect.stringContaining('No webhook leads to') })
  expect(await webhooks('test')).toMatchObject({ code: 1, said: expect.stringContaining('webhooks install') })
})

test('says what is wrong with the command line', async () => {
  expect((await webhooks('instal')).said).toContain('install, status, repair, test, rotate-secret, replay, uninstall')
})
