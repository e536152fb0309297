// `serve` with webhooks: schedule, loads and events in one process, one after the other on the same file; set-up from the same file.
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import { openInbox } from '../../src/live/inbox.ts'
import { inboxIn } from '../../src/live/kept-webhooks.ts'
import { createKeeper, type Scheduled } from '../../src/schedule/keep.ts'
import { configFor, duckdbFile } from '../support/here.ts'
import { hub, startHub } from '../support/hub.ts'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

test('two connections of one account take their events between syncs, each at its path', async () => {
  const sandbox = await startSandbox({ tickets: 20 })
  const folder = mkdtempSync(join(tmpdir(), 'hub-serve-'))
  const databases = [duckdbFile(), duckdbFile()]
  const port = await freePort()
  const connections = databases.map(({ to }, nth) => ({
    name: `one-${nth}`,
    source: configFor(sandbox),
    to,
    streams: nth === 0 ? ['tickets', 'ticket_comments', 'articles'] : ['users', 'tickets'],
    live: { url: `http://127.0.0.1:${port}/hook-${nth}`, port, folder: join(folder, String(nth)), window: 0.2 },
  }))
  const file = join(folder, 'hub.yaml')
  writeFileSync(file, JSON.stringify({ connections }))
  const of = (nth: number): string[] => ['--config', file, '--connection', `one-${nth}`]
  try {
    for (const nth of [0, 1]) expect((await hub('webhooks', 'install', ...of(nth))).code).toBe(0)
    const serving = startHub('serve', '--config', file)
    for (const nth of [0, 1]) await serving.says(new RegExp(`one-${nth}: begins`))
    await serving.says(/one-1: begins[\s\S]*complete/)
    for (const nth of [0, 1]) expect((await hub('webhooks', 'test', ...of(nth))).code).toBe(0)
    const inboxes = connections.map(({ live }) => openInbox(inboxIn(live.folder), Date.now))
    const ticket = sandbox.account.createTicket({ subject: 'By an event' })
    const published = [...sandbox.account.truth('articles').live.values()].find(({ draft }) => draft === false)
    const id = Number(published?.id)
    sandbox.account.updateRecord('articles', id, { draft: true })
    const asked = (path: RegExp): number =>
      sandbox.requests.all().filter((one) => path.test(`${one.path}?ids=,${one.query['ids'] ?? ''},`)).length
    const waits = () => inboxes.some((inbox) => inbox.pending().length > 0)
    await expect
      .poll(() => [asked(new RegExp(`show_many.*,${ticket},`)), asked(new RegExp(`articles/${id}\\b`)) > 0, waits()])
      .toEqual([2, true, false])
    // What belongs to the article is read after it; both are written together, once nothing more is asked for.
    let all = -1
    const isQuiet = (): boolean => {
      const before = all
      all = sandbox.requests.all().length
      return all === before
    }
    await expect.poll(isQuiet, { interval: 2000 }).toBe(true)
    for (const inbox of inboxes) inbox.close()
    serving.stop()
    expect(await serving.ended).toBe(0)
    for (const [nth, database] of databases.entries()) {
      const warehouse = await database.open()
      const rows = await warehouse.rows(`select subject from tickets where id = ${ticket}`)
      expect([nth, rows]).toEqual([nth, [{ subject: 'By an event' }]])
      if (nth === 0)
        expect(await warehouse.rows(`select draft from articles where id = ${id}`)).toEqual([{ draft: true }])
      await warehouse.close()
    }
  } finally {
    await sandbox.close()
    for (const database of databases) await database.remove()
    rmSync(folder, { recursive: true })
  }
})

test('what is done meanwhile has ended before a sync begins, and begins again after it', async () => {
  const stop = new AbortController()
  const said: string[] = []
  let active = 0
  const make = (name: string): Scheduled => ({
    name,
    account: 'acme',
    schedule: 'every 1h',
    past: async () => ({ begunAt: undefined, completeAt: undefined }),
    async sync() {
      said.push(`${name} syncs beside ${active}`)
      await pause(20)
      return { error: undefined, rows: 0 }
    },
    async meanwhile(signal) {
      active++
      said.push(`${name} follows`)
      await once(signal, 'abort')
      await pause(20)
      active--
    },
    failed: async () => undefined,
  })
  const keeper = createKeeper([make('a'), make('b')], () => {}, stop.signal)
  const run = keeper.run()
  await expect.poll(() => said).toHaveLength(4)
  expect(keeper.runNow('b')).toBe(true)
  await expect.poll(() => said).toHaveLength(7)
  stop.abort()
  await run
  expect(active).toBe(0)
  expect(said).toEqual([
    ...['a syncs beside 0', 'b syncs beside 0', 'a follows', 'b follows'],
    ...['b syncs beside 0', 'a follows', 'b follows'],
  ])
})
