// Events that are lost, doubled, out of order, and a listener that is stopped: tables equal the truth one sync later.
// Without faults changes are there by events alone. `npm run soak:live` changes the account for five minutes, and holds the times.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import { LISTS, READS, SECONDS as SHORTEST } from '../../src/cli/follow-connection.ts'
import { type Followed, failedIn, follow } from '../../src/live/follow.ts'
import { openInbox } from '../../src/live/inbox.ts'
import { inboxIn, watchKept } from '../../src/live/kept-webhooks.ts'
import { warehouseOutlet } from '../../src/live/outlet.ts'
import { createReceiver, listenOn } from '../../src/live/receiver.ts'
import { install } from '../../src/live/webhooks.ts'
import type { LiveSource } from '../../src/source/source.ts'
import type { Warehouse } from '../../src/warehouse/warehouse.ts'
import { type Door, openDoor } from '../support/door.ts'
import { accountOf, configFor, differences, duckdbFile, load, sourceOf } from '../support/here.ts'
import { toldTime } from '../support/timed.ts'

/** For so many seconds the account changes: LIVE_SECONDS=300 takes five minutes. */
const LONG = Number(process.env['LIVE_SECONDS'] ?? 0)
const ROUNDS = LONG || 6
/** Between two rounds, in milliseconds. */
const PACE = LONG ? 1000 : 250
/** A round. */
const CHANGES = 20
const STREAMS = ['tickets', 'ticket_metrics', 'ticket_comments', 'ticket_audits', 'users', 'organizations']
const PLAN = { streams: STREAMS }

/** A listener in this process, which can be stopped. */
async function startListener(
  {
    source,
    warehouse,
    folder,
    door,
    streams = STREAMS,
  }: {
    source: LiveSource
    warehouse: Warehouse
    folder: string
    door: Door
    streams?: readonly string[]
  },
  onFollowed: (followed: Followed) => void,
) {
  const stop = new AbortController()
  const inbox = openInbox(inboxIn(folder), Date.now)
  const receiver = createReceiver({ inbox, kept: watchKept(folder), now: Date.now, say: () => {} })
  const listening = await listenOn([receiver], { host: '127.0.0.1', port: 0 })
  door.leadTo(listening.url)
  const synced = Promise.withResolvers<void>()
  const most = { rows: 50_000, milliseconds: 30_000 }
  const following = follow(
    { source, inbox },
    warehouseOutlet(source, warehouse, { streams }, { deleted: 'mark', contracts: 'evolve', most, report: () => {} }),
    { streams },
    {
      ...{ every: 3_600_000, window: SHORTEST * 1000, readsPerMinute: READS, listsPerMinute: LISTS },
      now: Date.now,
      // Where reading fails, events wait for longer each time.
      report: (message) => {
        if (message.kind === 'log' && message.level === 'warn') process.stdout.write(`${message.message}\n`)
      },
      signal: stop.signal,
      // What a sync could not read is not followed before the next one.
      onSync: (result) =>
        failedIn(result).size === 0
          ? synced.resolve()
          : synced.reject(new Error(`Failed: ${[...failedIn(result)].join(', ')}: ${String(result.error)}`)),
      onFollowed,
    },
  )
  await Promise.race([synced.promise, following])
  return {
    counts: receiver.counts,
    /** What it waits for; rejects with what ended following before that, and says where events are where it waits in vain. */
    async while(waiting: Promise<unknown>): Promise<void> {
      const ended = following.then(() => {
        throw new Error('Following ended.')
      })
      await Promise.race([waiting, ended]).catch((error: unknown) => {
        const last = inbox.pending().map(({ kind, hints, since }) => `${hints} of ${kind} for ${Date.now() - since} ms`)
        const heap = Math.round(process.memoryUsage().heapUsed / 2 ** 20)
        process.stdout.write(`Came: ${JSON.stringify(receiver.counts)}; wait: ${last.join(', ')}; heap: ${heap} MB\n`)
        throw error
      })
    },
    async stop() {
      stop.abort()
      door.leadTo(undefined)
      await following
      await listening.close()
      inbox.close()
    },
  }
}

test(
  'changes arrive by events alone; whatever is lost on the way arrives with the next sync',
  async () => {
    const sandbox = await startSandbox({ tickets: 100 })
    const database = duckdbFile()
    const folder = mkdtempSync(join(tmpdir(), 'hub-live-'))
    const warehouse = await database.open()
    const source = await sourceOf(configFor(sandbox))
    const door = await openDoor()
    const at = { source, warehouse, folder, door }
    const latencies: number[] = []
    const streams = (await source.streams()).filter(({ name }) => STREAMS.includes(name))
    const differing = () => differences(warehouse, accountOf(sandbox), streams)
    const tickets = async (): Promise<number> =>
      Number((await warehouse.rows('select count(*) as n from tickets where _deleted_at is null'))[0]?.['n'])
    try {
      await install(source, { endpoint: `${door.url}/zendesk`, folder, now: Date.now })
      let listener = await startListener(at, (followed) => latencies.push(...followed.latencies))
      // First without faults: the tables follow by events alone.
      const before = await tickets()
      for (let round = 0; round < ROUNDS; round++) {
        sandbox.account.changeAtRandom(CHANGES, round)
        await pause(PACE)
      }
      for (let nth = 0; nth < 5; nth++) sandbox.account.createTicket()
      const { live } = sandbox.account.truth('tickets')
      expect(live.size).not.toBe(before)
      await listener.while(expect.poll(tickets, { timeout: 240_000 }).toBe(live.size))
      await listener.while(expect.poll(() => latencies.length, { timeout: 240_000 }).toBeGreaterThan(ROUNDS * 3))
      const sorted = latencies.toSorted((a, b) => a - b)
      const share = (part: number): number => sorted[Math.floor((sorted.length - 1) * part)]!
      process.stdout.write(`${sorted.length} events; refused: ${JSON.stringify(listener.counts)}\n`)
      toldTime('Half of them were in the tables after', share(0.5), 3000)
      toldTime('99 % were after', share(0.99), 10_000)
      toldTime('All were after', share(1), LONG ? 10_000 : Number.POSITIVE_INFINITY)

      // Then with all of them.
      sandbox.account.disturbDeliveries({ lost: 0.1, duplicated: 0.2, shuffledFor: 2 })
      for (let round = 0; round < Math.min(ROUNDS, 12); round++) {
        sandbox.account.changeAtRandom(CHANGES, 1000 + round)
        if (round % 3 === 1) {
          await listener.stop()
          listener = await startListener(at, () => {})
        }
        await pause(PACE)
      }
      await listener.stop()
      // The exports of events and metrics are some minutes late: their clock goes on.
      sandbox.account.advance(3600)
      await load(source, warehouse, PLAN)
      expect(await differing()).toEqual({})
    } finally {
      await warehouse.close()
      await database.remove()
      await sandbox.close()
      door.close()
      rmSync(folder, { recursive: true })
    }
  },
  600_000 + LONG * 4000,
)

test('a thousand events a minute on 300 tickets cost ten requests a minute', async () => {
  const sandbox = await startSandbox({ tickets: 300 })
  const database = duckdbFile()
  const folder = mkdtempSync(join(tmpdir(), 'hub-live-'))
  const warehouse = await database.open()
  const source = await sourceOf(configFor(sandbox))
  const door = await openDoor()
  const rounds = LONG ? Math.min(60, Math.max(14, LONG)) : 8
  let events = 0
  try {
    await install(source, { endpoint: `${door.url}/zendesk`, folder, now: Date.now })
    const listener = await startListener({ source, warehouse, folder, door, streams: ['tickets'] }, (followed) => {
      events += followed.events
    })
    const before = sandbox.requests.all().length
    const began = Date.now()
    const tickets = [...sandbox.account.truth('tickets').live.values()].filter(({ status }) => status !== 'closed')
    for (let round = 0; round < rounds; round++) {
      for (let nth = 0; nth < 17; nth++) {
        const ticket = tickets[(round * 17 + nth) % tickets.length]
        sandbox.account.updateTicket(Number(ticket?.id), { subject: `Change ${round} ${nth}` })
      }
      await pause(PACE)
    }
    await expect.poll(() => events, { timeout: 120_000 }).toBe(rounds * 17)
    const minutes = (Date.now() - began) / 60_000
    const requests = sandbox.requests.all().slice(before)
    process.stdout.write(`${events} events in ${Math.round(minutes * 60)} s cost ${requests.length} requests\n`)
    await listener.stop()
    // The first comes at once.
    expect(requests.length).toBeLessThanOrEqual(1 + Math.ceil(minutes * 10))
  } finally {
    await warehouse.close()
    await database.remove()
    await sandbox.close()
    door.close()
    rmSync(folder, { recursive: true })
  }
})
