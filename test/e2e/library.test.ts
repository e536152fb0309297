import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { type Config, ConnectorError, createConnector, type Message } from 'zendesk-connector'
import { startSandbox } from 'zendesk-sandbox'
import { send } from '../support/send.ts'

const sandbox = await startSandbox({ tickets: 120 })
afterAll(() => sandbox.close())
const { email, apiToken: api_token } = sandbox.credentials
const config: Config = {
  subdomain: sandbox.subdomain,
  base_url: sandbox.url,
  credentials: { credentials: 'api_token', email, api_token },
}
const idsIn = (messages: readonly Message[], stream: string): number[] =>
  messages.flatMap((message) =>
    message.kind === 'records' && message.stream === stream ? message.records.map(({ id }) => id as number) : [],
  )
const all = async (messages: AsyncIterable<Message>): Promise<Message[]> => {
  const list: Message[] = []
  for await (const message of messages) list.push(message)
  return list
}
const truth = (stream: string): number[] =>
  [...sandbox.account.truth(stream).live.keys()].map(Number).sort((a, b) => a - b)

describe('the library', () => {
  test('reads records as plain objects that stay valid, then a state that covers them', async () => {
    const connector = await createConnector(config)
    const messages = await all(connector.read([{ stream: 'tickets' }, { stream: 'groups' }]))
    const live = messages.flatMap((message) =>
      message.kind === 'records' && message.stream === 'tickets'
        ? message.records.filter((_, at) => message.deletedAt?.[at] === undefined).map(({ id }) => id as number)
        : [],
    )
    expect(live.sort((a, b) => a - b)).toEqual(truth('tickets'))
    expect(idsIn(messages, 'groups').length).toBeGreaterThan(0)
    const last = messages
      .filter(({ kind }) => kind !== 'status')
      .findLast((one) => 'stream' in one && one.stream === 'tickets')
    expect(last).toMatchObject({ kind: 'checkpoint', stream: 'tickets', state: { cursor: expect.any(String) } })
  })

  test('chooses columns', async () => {
    const connector = await createConnector(config)
    const messages = await all(connector.read([{ stream: 'tickets', columns: ['id', 'status'] }]))
    const [record] = messages.flatMap((message) => (message.kind === 'records' ? message.records : []))
    expect(Object.keys(record ?? {}).sort()).toEqual(['id', 'status'])
  })

  test('lists the streams of the account, with their schemas', async () => {
    const connector = await createConnector(config)
    const streams = await connector.streams()
    expect(streams.find(({ name }) => name === 'ticket_metrics')).toMatchObject({
      primaryKey: ['ticket_id'],
      syncModes: ['full_refresh', 'incremental'],
      emitsDeletions: true,
      schema: { properties: { ticket_id: expect.any(Object) } },
    })
    expect([...(await connector.check()).keys()]).toEqual([])
  })

  test('shows records by id as a sync reads them, a hundred in a request', async () => {
    const connector = await createConnector(config)
    // The list knows less of this time; and of texts in events that the export alone has, see docs/without-exports.md.
    const volatile = new Set(['generated_timestamp', '_ab_updated_at', 'child_events'])
    const plain = (record: object): object =>
      Object.fromEntries(
        Object.entries(record)
          .filter(([name]) => !volatile.has(name))
          .sort(([one], [other]) => (one < other ? -1 : 1)),
      )
    const rows = (messages: Message[]): string[] =>
      messages
        .flatMap((message) =>
          message.kind === 'records' ? message.records.filter((_, at) => message.deletedAt?.[at] === undefined) : [],
        )
        .map((record) => JSON.stringify(plain(record)))
        .sort()
    const shown = (await connector.streams()).filter(({ shownBy }) => shownBy !== undefined)
    expect(shown.map(({ name }) => name)).toEqual(expect.arrayContaining(['tickets', 'ticket_comments', 'users']))
    for (const { name, shownBy = '' } of shown) {
      // Ids of custom objects are texts, and those of one object.
      const ids = shownBy.startsWith('custom_objects/')
        ? [...sandbox.account.truth(name).live.keys()].map(String)
        : truth(shownBy)
      const read = new Set(rows(await all(connector.read([{ stream: name }]))))
      const found = rows(await all(connector.show([name], ids)))
      expect([name, found.length, found.filter((row) => !read.has(row)).slice(0, 1)]).toEqual([name, read.size, []])
    }
    const before = sandbox.requests.all().length
    await all(connector.show(['tickets', 'ticket_metrics'], truth('tickets')))
    expect(sandbox.requests.all().length - before).toBe(Math.ceil(truth('tickets').length / 100))
    await expect(all(connector.show(['tickets', 'users'], [1]))).rejects.toThrow('their ids are not of one kind')
    await expect(all(connector.show(['tags'], [1]))).rejects.toThrow(ConnectorError)
  })

  test.each([
    ['ticket_metrics', 'tickets'],
    ['user_identities', 'users'],
  ])('shows %s whole where a server leaves out the side-load that they are in', async (name, kind) => {
    const connector = await createConnector(config)
    const shown = async (): Promise<number[]> =>
      idsIn(await all(connector.show([name], truth(kind).slice(0, 5))), name).sort()
    const whole = await shown()
    expect(whole.length).toBeGreaterThanOrEqual(5)
    sandbox.faults.next({ kind: 'no-side-load', times: 1_000 })
    try {
      expect(await shown()).toEqual(whole)
    } finally {
      sandbox.faults.clear()
    }
  })

  test('sends requests of any method, and gives the answer that came', async () => {
    const connector = await createConnector(config)
    const made = await connector.call({ method: 'POST', path: 'groups', body: { group: { name: 'Made here' } } })
    expect(made).toMatchObject({ status: 201, body: { group: { name: 'Made here' } } })
    expect(await connector.call({ method: 'GET', path: 'groups/1' })).toMatchObject({ status: 404 })
  })

  test('says what to change', async () => {
    await expect(createConnector({ ...config, base_url: 'nowhere' })).rejects.toThrow(ConnectorError)
    const connector = await createConnector(config)
    await expect(all(connector.read([{ stream: 'tickts' }]))).rejects.toThrow('There is no stream "tickts"')
    await expect(all(connector.read([{ stream: 'talk_settings', syncMode: 'incremental' }]))).rejects.toThrow(
      'read it as "full_refresh"',
    )
  })
})

test('the example goes on where it stopped', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'library-'))
  const configFile = join(folder, 'config.json')
  writeFileSync(configFile, JSON.stringify(config))
  const example = join(import.meta.dirname, '../../examples/library/read.ts')
  const run = () => promisify(execFile)(process.execPath, [example, configFile, join(folder, 'out')])
  await run()
  const file = join(folder, 'out/tickets.jsonl')
  const first = readFileSync(file, 'utf8').trim().split('\n').length
  expect(first).toBeGreaterThanOrEqual(truth('tickets').length)
  const { body } = await send(sandbox, 'POST', 'tickets', { ticket: { subject: 'New', comment: { body: 'here' } } })
  sandbox.account.advance(120)
  await run()
  const added = readFileSync(file, 'utf8').trim().split('\n').slice(first)
  expect(added.map((line) => JSON.parse(line).id)).toContain(body.ticket.id)
  expect(existsSync(join(folder, 'out/state.json'))).toBe(true)
})
