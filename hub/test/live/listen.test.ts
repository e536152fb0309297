// The built program: webhooks installed from the command line, listeners that are killed at any moment, deliveries that are
// lost, doubled and out of order, a Zendesk that answers 429, and once a disk that is full. One sync later, tables equal the truth.
// `npm run soak:live` changes the account 20 times a second for five minutes, and kills ten listeners.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import { openInbox } from '../../src/live/inbox.ts'
import { inboxIn } from '../../src/live/kept-webhooks.ts'
import { type Door, openDoor } from '../support/door.ts'
import { accountOf, configFor, differences, duckdbFile, load, sourceOf } from '../support/here.ts'
import { runHub } from '../support/program.ts'

const LONG = Number(process.env['LIVE_SECONDS'] ?? 0)
const ROUNDS = LONG || 6
/** Between two rounds, in milliseconds. */
const PACE = LONG ? 1000 : 400
const KILLS = Number(process.env['LIVE_KILLS'] ?? 2)
const CHANGES = 20
const STREAMS = ['tickets', 'ticket_metrics', 'ticket_comments', 'users', 'organizations']
const program = join(import.meta.dirname, '../../dist/zendesk-hub.js')

/** Starts `zendesk-hub listen` behind this door, and resolves when its first sync is done. */
async function startListen(flags: readonly string[], door: Door) {
  const child = spawn(process.execPath, [program, 'listen', ...flags, '--port', '0'])
  const closed = once(child, 'close') as Promise<[number | null, string | null]>
  let [out, said] = ['', '']
  child.stderr.on('data', (text) => {
    said += text
    door.leadTo(/Listening on (\S+)/.exec(said)?.[1])
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text) => {
      out += text
      if (out.includes('Sync ')) resolve()
    })
    void closed.then(() => reject(new Error(`listen ended: ${said}`)))
  })
  return {
    out: () => out,
    async end(signal: 'SIGKILL' | 'SIGTERM') {
      child.kill(signal)
      const [code] = await closed
      return { code, said }
    },
  }
}

/** A disk of its own that can be full; undefined where nobody may mount one. */
function smallDisk() {
  const folder = mkdtempSync(join(tmpdir(), 'hub-disk-'))
  const isMounted =
    process.getuid?.() === 0 && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', folder]).status === 0
  const filler = join(folder, 'filler')
  const isFull = (): boolean => existsSync(filler)
  return {
    folder,
    isFull,
    /** Leaves no room, until `free`. */
    fill(): void {
      if (!isMounted) return
      const block = Buffer.alloc(2 ** 20)
      const file = openSync(filler, 'w')
      try {
        for (;;) writeSync(file, block)
      } catch (error) {
        expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC')
      } finally {
        closeSync(file)
      }
    },
    free: () => rmSync(filler, { force: true }),
    remove(): void {
      if (isMounted) spawnSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

test(
  'killed listeners lose nothing, and one that a signal ends says no error',
  async () => {
    const sandbox = await startSandbox({ tickets: 60 })
    const disk = smallDisk()
    const database = duckdbFile(disk.folder)
    const { folder } = disk
    const config = join(folder, 'config.json')
    const live = join(folder, 'live')
    writeFileSync(config, JSON.stringify(configFor(sandbox)))
    const door = await openDoor()
    const setUp = ['--source', config, '--url', door.url, '--live', live]
    const flags = ['--source', config, '--to', database.to, '--streams', STREAMS.join(','), '--live', live]
    const listen = () => startListen([...flags, '--window', '0.5'], door)
    try {
      expect(await runHub(['webhooks', 'install', ...setUp])).toMatchObject({ ended: 0 })
      let listener = await listen()
      expect(await runHub(['webhooks', 'test', ...setUp])).toMatchObject({ ended: 0 })
      sandbox.account.disturbDeliveries({ lost: 0.1, duplicated: 0.2, shuffledFor: 1 })
      sandbox.faults.random({ rate: 0.1, kinds: [{ kind: 'status', status: 429, retryAfter: 1 }] })
      const every = Math.ceil(ROUNDS / (KILLS + 1))
      for (let round = 0; round < ROUNDS; round++) {
        sandbox.account.changeAtRandom(CHANGES, round)
        if (round === Math.floor(ROUNDS / 2)) disk.fill()
        if (round === Math.floor(ROUNDS / 2) + 3) disk.free()
        if (round % every === every - 1 && !disk.isFull()) {
          await listener.end('SIGKILL')
          listener = await listen()
        }
        await pause(PACE)
      }
      disk.free()
      sandbox.faults.clear()
      sandbox.account.disturbDeliveries({})
      // While the listener was down, most deliveries failed: Zendesk may pause them for five seconds, and drops what falls in.
      sandbox.account.advance(10)
      const ticket = sandbox.account.createTicket({ subject: 'Seen live' })
      const isAsked = () =>
        sandbox.requests.all().some(({ query }) => String(query['ids']).split(',').includes(String(ticket)))
      const inbox = openInbox(inboxIn(live), Date.now)
      await expect.poll(() => isAsked() && inbox.pending().length === 0, { timeout: 120_000 }).toBe(true)
      inbox.close()
      const ended = await listener.end('SIGTERM')
      expect(ended).toEqual({ code: 143, said: expect.not.stringContaining('zendesk-hub:') })
      expect(readFileSync(join(live, 'webhooks.json'), 'utf8')).toContain('"account"')
      const warehouse = await database.open()
      expect(await warehouse.rows(`select subject from tickets where id = ${ticket}`)).toEqual([
        { subject: 'Seen live' },
      ])
      sandbox.account.advance(3600)
      const source = await sourceOf(configFor(sandbox))
      await load(source, warehouse, { streams: STREAMS })
      const streams = (await source.streams()).filter(({ name }) => STREAMS.includes(name))
      expect(await differences(warehouse, accountOf(sandbox), streams)).toEqual({})
      await warehouse.close()
      // The same by a file of connections.
      const hubFile = join(folder, 'hub.yaml')
      writeFileSync(
        hubFile,
        `connections:\n  - name: one\n    source: config.json\n    to: ${database.to}\n    streams: [groups]\n`,
      )
      const byFile = await startListen(['--config', hubFile, '--live', live], door)
      expect(byFile.out()).toMatch(/^Sync \d+ is complete/)
      await byFile.end('SIGTERM')
      expect(await runHub(['webhooks', 'uninstall', ...setUp])).toMatchObject({ ended: 0 })
    } finally {
      await sandbox.close()
      door.close()
      disk.remove()
    }
  },
  600_000 + LONG * 4000,
)

test('says what to change', async () => {
  expect((await runHub(['listen'])).said).toContain('--source config.json')
  expect((await runHub(['listen', '--source', 'none.json'])).said).toContain('none.json')
})
