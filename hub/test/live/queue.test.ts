// Records to a queue: at least once, in order by record, nothing older over newer; lines of Singer; NATS JetStream.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from 'zendesk-sandbox'
import { runCommand } from '../../src/cli/commands.ts'
import type { Channel, Outgoing, States } from '../../src/live/channel.ts'
import { createNewest } from '../../src/live/newest.ts'
import { queueOutlet } from '../../src/live/queue-outlet.ts'
import { configFor, sourceOf } from '../support/here.ts'

const folder = mkdtempSync(join(tmpdir(), 'hub-queue-'))
const config = join(folder, 'config.json')
let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ tickets: 30 })
  writeFileSync(config, JSON.stringify(configFor(sandbox)))
})
afterAll(async () => {
  await sandbox.close()
  rmSync(folder, { recursive: true })
})

const message = (id: number, more: object, deletedAt?: string): Outgoing => ({
  ...{ stream: 'tickets', key: String(id), record: { id, ...more }, deletedAt },
})
const at = (second: number): string => new Date(second * 1000).toISOString()

test('nothing older follows on something newer, and what says nothing new is left out', () => {
  const newest = createNewest(() => 'generated_timestamp', 2)
  const isSent = (one: Outgoing): boolean => {
    const isNews = newest.isNews(one)
    if (isNews) newest.note(one)
    return isNews
  }
  expect(isSent(message(1, { updated_at: at(10), status: 'open' }))).toBe(true)
  expect(isSent(message(1, { status: 'open', updated_at: at(10), generated_timestamp: 7 }))).toBe(false)
  expect(isSent(message(1, { updated_at: at(10), status: 'hold' }))).toBe(true)
  expect(isSent(message(1, { updated_at: at(9), status: 'new' }))).toBe(false)
  expect(isSent(message(1, {}, at(12)))).toBe(true)
  expect(isSent(message(1, { updated_at: at(12) }, at(13)))).toBe(false)
  expect(isSent(message(1, { updated_at: at(11) }))).toBe(false)
  expect(isSent(message(1, { updated_at: at(14) }))).toBe(true)
  // Two are remembered.
  for (const id of [2, 3]) expect(isSent(message(id, {}))).toBe(true)
  expect(isSent(message(1, { updated_at: at(9) }))).toBe(true)
})

test('while a queue takes nothing, records wait; a state goes out after all that it covers', async () => {
  const got: (string | States)[] = []
  let refusals = 1
  const channel: Channel = {
    announce: async () => undefined,
    async send(messages) {
      if (refusals-- > 0) throw new Error('no broker')
      got.push(...messages.map(({ stream, key }) => `${stream} ${key}`))
    },
    states: () => ({}),
    async keep(states) {
      got.push(states)
    },
    close: async () => undefined,
  }
  const said: string[] = []
  const source = await sourceOf(configFor(sandbox))
  const outlet = queueOutlet(
    source,
    channel,
    { streams: ['tickets'] },
    {
      report: (one) => one.kind === 'log' && one.level === 'warn' && void said.push(one.message),
      signal: new AbortController().signal,
    },
  )
  expect(await outlet.sweep()).toMatchObject({ status: 'complete', syncId: 1 })
  expect(said).toEqual(Array(1).fill('Records wait, as nothing takes them: no broker'))
  const records = got.filter((one) => typeof one === 'string')
  expect(new Set(records).size).toBe(records.length)
  expect(got.at(-1)).toMatchObject({ tickets: expect.anything() })
  // What an event brings that the sync brought before changes nothing.
  const write = await outlet.writer([], 1)
  const shown: unknown[] = []
  for await (const one of source.show(['tickets'], [1, 2])) if (one.kind === 'records') shown.push(...one.records)
  expect(await write([{ stream: 'tickets', records: shown as [] }])).toBe(0)
})

/** `listen` here, until this is true of what it wrote; resolves to that. */
async function listen(args: readonly string[], isEnough: (out: string) => boolean | Promise<boolean>): Promise<string> {
  const stop = new AbortController()
  let [out, said] = ['', '']
  const ended = runCommand({
    argv: ['listen', '--source', config, '--port', '0', '--window', '0.2', ...args],
    write: (text) => {
      out += text
    },
    say: (text) => {
      said += text
    },
    watched: undefined,
    input: Readable.from([]),
    signal: stop.signal,
    processId: 1,
    isAlive: () => false,
    environment: {},
  })
  let isOver = false
  void ended.then(() => {
    isOver = true
  })
  await expect.poll(async () => isOver || (await isEnough(out)), { interval: 50 }).toBe(true)
  if (isOver) throw new Error(said)
  stop.abort()
  expect(await ended).toBe(0)
  return out
}

test('--to stdout writes lines of Singer, and goes on from its last state', async () => {
  const live = join(folder, 'lines')
  const args = ['--to', 'stdout', '--streams', 'tickets,users', '--live', live]
  const out = await listen(args, (text) => text.includes('"STATE"') && text.includes('"stream":"users","record"'))
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, never>)
  expect(
    lines
      .slice(0, 2)
      .map(({ type, stream }) => `${type} ${stream}`)
      .toSorted(),
  ).toEqual(['SCHEMA tickets', 'SCHEMA users'])
  const tickets = lines.filter(({ type, stream }) => type === 'RECORD' && stream === 'tickets')
  expect(tickets.length).toBeGreaterThanOrEqual(sandbox.account.truth('tickets').live.size)
  const states = lines.filter(({ type }) => type === 'STATE')
  const state = join(folder, 'state.json')
  writeFileSync(state, JSON.stringify(states.at(-1)))
  sandbox.account.advance(120)
  const id = sandbox.account.createTicket({ subject: 'Later' })
  sandbox.account.advance(120)
  const again = await listen([...args, '--state', state], (text) => text.includes('"Later"'))
  const records = again.split('\n').filter((line) => line.includes('"RECORD"') && line.includes('"tickets"'))
  expect(records.length).toBeLessThan(tickets.length)
  expect(records.some((line) => (JSON.parse(line) as { record: { id: number } }).record.id === id)).toBe(true)
})

const noNats = await new Promise<boolean>((resolve) => {
  const socket = createConnection(4222, '127.0.0.1', () => {
    socket.destroy()
    resolve(false)
  })
  socket.on('error', () => resolve(true))
})

describe.skipIf(noNats)('NATS JetStream', () => {
  test('has a subject for each record; states are kept; deletions say when', async () => {
    const name = `hub_test_${process.pid}`
    const live = join(folder, 'nats')
    const connection = await connect({ servers: '127.0.0.1:4222' })
    const manager = await jetstreamManager(connection)
    const messages = async (): Promise<number> =>
      manager.streams.info(name).then(
        ({ state }) => state.messages,
        () => 0,
      )
    try {
      const args = ['--to', `nats://127.0.0.1:4222/${name}`, '--streams', 'tickets', '--live', live]
      const all = sandbox.account.truth('tickets').live.size
      await listen(args, (out) => out.includes('is complete'))
      expect(await messages()).toBeGreaterThanOrEqual(all)
      expect(JSON.parse(readFileSync(join(live, 'states.json'), 'utf8'))).toHaveProperty('tickets')
      const before = await messages()
      const id = sandbox.account.createTicket({ subject: 'Short' })
      sandbox.account.deleteTicket(id)
      sandbox.account.advance(3600)
      await listen(args, async () => (await messages()) > before)
      const last = await manager.streams.getMessage(name, { last_by_subj: `${name}.tickets.${id}` })
      expect(last?.json()).toMatchObject({ stream: 'tickets', key: String(id), deleted_at: expect.any(String) })
    } finally {
      await manager.streams.delete(name).catch(() => undefined)
      await connection.close()
    }
  })

  test('says so if nothing answers', async () => {
    await expect(listen(['--to', 'nats://127.0.0.1:1/x', '--live', join(folder, 'none')], () => false)).rejects.toThrow(
      'does not take messages for JetStream',
    )
  })
})
