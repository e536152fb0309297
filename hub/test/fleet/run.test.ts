// `zendesk-hub run`: one account of a store, once, whatever else happens.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from 'zendesk-sandbox'
import { openRelay } from '../../../test/support/relay.ts'
import type { SourceStream } from '../../src/source/source.ts'
import { listAccounts, showAccount } from '../../src/store/accounts.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { listRuns } from '../../src/store/runs.ts'
import { listStates } from '../../src/store/states.ts'
import {
  accountOf,
  configFor,
  differences,
  duckdbFile,
  postgresDatabase,
  sourceOf,
  type TestDatabase,
} from '../support/here.ts'
import { ranIn } from '../support/hub.ts'
import { runHub } from '../support/program.ts'
import { STORES, type TestStore } from '../support/stores.ts'

const program = join(import.meta.dirname, '../../dist/zendesk-hub.js')
const STREAMS = ['tickets', 'ticket_metric_events', 'users', 'organizations', 'groups']

describe.each(STORES)('%s', (kind, make, skip) => {
  describe.skipIf(skip)('', () => {
    let place: TestStore
    let store: Store
    let sandbox: Sandbox
    let streams: readonly SourceStream[]
    const folder = mkdtempSync(join(tmpdir(), 'hub-'))
    const databases: TestDatabase[] = []
    beforeAll(async () => {
      place = await make()
      store = await openStore(place.address, place.environment)
      sandbox = await startSandbox({ tickets: 120, seed: 3, exportPageSize: 40, frozen: true })
      sandbox.account.advance(3600)
      const all = await (await sourceOf(configFor(sandbox))).streams()
      streams = all.filter(({ name }) => STREAMS.includes(name))
    })
    afterAll(async () => {
      await store.close()
      for (const database of databases) await database.remove()
      await place.remove()
      await sandbox.close()
      rmSync(folder, { recursive: true })
    })

    const environment = () => ({ ...place.environment, ZENDESK_HUB_STORE: place.address })
    const fleet = (...argv: string[]) => ranIn(environment(), argv)
    const run = (id: string, ...more: string[]) => fleet('run', id, '--lease', '2', ...more)
    /** Adds an account that goes into a database of its own, as the store's kind suggests. */
    const add = async (id: string, more: object = {}): Promise<TestDatabase> => {
      const database = kind === 'SQLite' ? duckdbFile() : await postgresDatabase()
      databases.push(database)
      const connection = { name: id, source: configFor(sandbox), to: database.to, streams: STREAMS, ...more }
      const file = join(folder, `${id}.json`)
      writeFileSync(file, JSON.stringify({ connections: [connection] }))
      expect(await fleet('accounts', 'add', '--config', file)).toMatchObject({ code: 0 })
      return database
    }
    const wrongRows = async (database: TestDatabase) => {
      const warehouse = await database.open()
      try {
        return await differences(warehouse, accountOf(sandbox), streams)
      } finally {
        await warehouse.close()
      }
    }

    test('a first run loads all, a second one nothing, and both are written down', async () => {
      const database = await add('acme')
      expect(await run('acme')).toMatchObject({ code: 0, said: expect.stringContaining('acme: complete.') })
      expect(await wrongRows(database)).toEqual({})
      const first = await showAccount(store, 'acme')
      expect(first).toMatchObject({ tier: 'regular', outcome: 'complete', failures: 0, runs: 1, holder: undefined })
      expect(first.rows).toBeGreaterThan(400)
      expect((await listStates(store, 'acme')).map(({ stream }) => stream)).toContain('tickets')
      expect(await run('acme')).toMatchObject({ code: 0 })
      const [second] = await listRuns(store, { account: 'acme' })
      const incremental = second!.streams.filter(({ stream }) => stream !== 'groups')
      expect(incremental.map(({ rows }) => rows)).toEqual(incremental.map(() => 0))

      const status = await fleet('status', 'acme', '--json')
      expect(JSON.parse(status.out)).toMatchObject({
        accounts: [{ id: 'acme', runs: [{ outcome: 'complete' }, { outcome: 'complete' }] }],
      })
      const { out } = await fleet('metrics')
      expect(out).toMatch(/^zendesk_account_runs_total\{account="acme",tier="regular"\} 2$/m)
      expect(out).toMatch(/^zendesk_account_age_seconds\{account="acme",tier="regular"\} \d/m)
      expect(out.endsWith('# EOF\n')).toBe(true)
    })

    test('of two at once one runs, and the other says that it is busy', async () => {
      const relay = await openRelay(sandbox.url)
      const opened = Promise.withResolvers<void>()
      relay.intercept = async ({ path }) => {
        if (path.includes('/incremental/')) await opened.promise
        return undefined
      }
      const database = await add('twice', { source: configFor({ ...sandbox, url: relay.url }) })
      const first = run('twice')
      // It has the lease, and gets no answer until the other one has ended.
      await expect.poll(async () => (await showAccount(store, 'twice')).holder).toBeDefined()
      expect(await run('twice')).toMatchObject({ code: 75 })
      opened.resolve()
      expect(await first).toMatchObject({ code: 0 })
      expect(await wrongRows(database)).toEqual({})
    })

    test('killed at any time, the next one goes on; nothing is lost and nothing is there twice', async () => {
      const database = await add('killed')
      const args = ['run', 'killed', '--lease', '0.5', '--commit-rows', '30']
      const runs = () => listRuns(store, { account: 'killed' })
      sandbox.faults.next({ kind: 'slow', seconds: 0.1, path: /incremental/, times: 200 })
      // As soon as it has begun, and after some of what it commits.
      for (const commits of [0, 2]) {
        const before = (await runs()).length
        const child = spawn(process.execPath, [program, ...args], {
          env: { ...process.env, ...environment() },
          stdio: 'ignore',
        })
        const ended = once(child, 'close')
        const hasBegun = async (): Promise<boolean> => {
          const all = await runs()
          return all.length > before && Number(all[0]?.commits) >= commits
        }
        while (child.exitCode === null && !(await hasBegun())) await pause(10)
        expect(child.kill('SIGKILL')).toBe(true)
        await ended
        // The next one takes the lease once it has ended.
        while ((await showAccount(store, 'killed')).holder !== undefined) await pause(50)
      }
      sandbox.faults.clear()
      expect(await runHub(args, undefined, environment())).toMatchObject({ ended: 0 })
      expect(await wrongRows(database)).toEqual({})
      const outcomes = (await listRuns(store, { account: 'killed' })).map(({ outcome }) => outcome)
      expect(outcomes[0]).toBe('complete')
      expect(outcomes.filter((one) => one === 'lost' || one === 'complete')).toHaveLength(outcomes.length)
      expect(outcomes.filter((one) => one === 'lost')).toHaveLength(2)
    })

    test('a process that hangs keeps no account for ever, and commits nothing once it wakes', async () => {
      const relay = await openRelay(sandbox.url)
      const opened = Promise.withResolvers<void>()
      let exports = 0
      relay.intercept = async ({ path }) => {
        if (path.includes('/incremental/') && ++exports > 2) await opened.promise
        return undefined
      }
      const database = await add('hung', { source: configFor({ ...sandbox, url: relay.url }) })
      const hung = spawn(process.execPath, [program, 'run', 'hung', '--lease', '2', '--commit-rows', '1'], {
        env: { ...process.env, ...environment() },
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      const ended = once(hung, 'close')
      let said = ''
      hung.stderr.on('data', (bytes: Buffer) => {
        said += String(bytes)
      })
      /** Whether the store can be written: one that is stopped within a transaction keeps all others out of a SQLite file. */
      const isFree = (): boolean => {
        if (place.file === undefined) return true
        const database = new DatabaseSync(place.file)
        try {
          database.exec('begin immediate; rollback')
          return true
        } catch (error) {
          if (!String(error).includes('locked')) throw error
          return false
        } finally {
          database.close()
        }
      }
      const heldUntil = async () => (await store.rows("select held_until from leases where account = 'hung'"))[0]
      try {
        // Just after it has prolonged its lease, with nothing left to commit.
        for (let before = 0, now = 0; now === 0 || now !== before; ) {
          before = now
          const held = await heldUntil()
          await expect.poll(heldUntil, { interval: 10 }).not.toEqual(held)
          now = (await listRuns(store, { account: 'hung' }))[0]?.commits ?? 0
        }
        for (hung.kill('SIGSTOP'); !isFree(); hung.kill('SIGSTOP')) {
          hung.kill('SIGCONT')
          await pause(10)
        }
        opened.resolve()
        const next = await run('hung')
        if (kind === 'PostgreSQL') {
          expect(next).toMatchObject({ code: 0 })
          expect(await wrongRows(database)).toEqual({})
        } else {
          // DuckDB's file is the process's own for as long as it lives.
          const advice = `(process ${hung.pid}) is loading into`
          expect(next).toMatchObject({ code: 75, said: expect.stringContaining(advice) })
          expect(next.said).toContain('If it hangs, end it')
        }
      } finally {
        hung.kill('SIGCONT')
      }
      expect(await ended).toEqual([75, null])
      expect(said).toContain('hung: lost: ')
      expect(await run('hung')).toMatchObject({ code: 0 })
      expect(await wrongRows(database)).toEqual({})
    })

    test('who has lost the lease commits nothing more', async () => {
      await add('stolen')
      sandbox.faults.next({ kind: 'slow', seconds: 0.3, path: /incremental/, times: 100 })
      const ran = fleet('run', 'stolen', '--lease', '1', '--commit-rows', '1')
      for (;;) {
        const { holder } = await showAccount(store, 'stolen')
        if (holder !== undefined && (await listRuns(store, { account: 'stolen' }))[0]?.commits) break
        await pause(20)
      }
      await store.rows("update leases set fence = fence + 1, holder = 'somebody else' where account = 'stolen'")
      expect(await ran).toMatchObject({ code: 75, said: expect.stringContaining('stolen: lost: ') })
      sandbox.faults.clear()
    })

    test('what only a change helps is told by its exit code, and a retry is not asked for', async () => {
      const { credentials, ...rest } = configFor(sandbox)
      await add('wrong', { source: { ...rest, credentials: { ...credentials, api_token: 'no' } } })
      expect(await run('wrong')).toMatchObject({ code: 78, said: expect.stringContaining('wrong: configuration: ') })
      expect(await showAccount(store, 'wrong')).toMatchObject({ outcome: 'configuration', failures: 1 })
      await add('unset', { source: { ...rest, credentials: { ...credentials, api_token: '$' + '{NOT_SET_HERE}' } } })
      expect(await run('unset')).toMatchObject({ code: 78, said: expect.stringContaining('NOT_SET_HERE') })
      expect(await run('nobody')).toMatchObject({ code: 78, said: expect.stringContaining('no account "nobody"') })
      await add('strange', { streams: ['tickest'] })
      expect(await run('strange')).toMatchObject({ code: 78, said: expect.stringContaining('"tickest"') })
      expect((await fleet('status')).code).toBe(1)
      // A process that died would keep the account for that long.
      expect(await fleet('run', 'acme', '--lease', '1e99')).toMatchObject({
        code: 78,
        said: expect.stringContaining('a day at most'),
      })
    })

    test('an account that is paused does not run, and a stream that is reset is read anew', async () => {
      await add('quiet')
      expect(await run('quiet')).toMatchObject({ code: 0 })
      expect(await fleet('accounts', 'pause', 'quiet')).toMatchObject({ code: 0 })
      expect(await run('quiet')).toMatchObject({ code: 75 })
      expect(await fleet('accounts', 'resume', 'quiet')).toMatchObject({ code: 0 })
      expect(await fleet('accounts', 'reset', 'quiet', 'users')).toMatchObject({ code: 0 })
      expect(await run('quiet')).toMatchObject({ code: 0 })
      const [last] = await listRuns(store, { account: 'quiet' })
      const rows = Object.fromEntries(last!.streams.map((one) => [one.stream, one.rows]))
      expect(rows['tickets']).toBe(0)
      expect(rows['users']).toBeGreaterThan(10)
      expect((await listAccounts(store)).map(({ id }) => id)).toContain('quiet')
    })

    test('SIGTERM keeps what was read, and the next one goes on', async () => {
      const database = await add('stopped')
      sandbox.faults.next({ kind: 'slow', seconds: 0.2, path: /incremental/, times: 40 })
      const stop = new AbortController()
      const ran = ranIn(environment(), ['run', 'stopped', '--commit-rows', '50'], { signal: stop.signal })
      while (!(await listRuns(store, { account: 'stopped' }))[0]?.commits) await pause(20)
      stop.abort()
      await ran
      expect(await showAccount(store, 'stopped')).toMatchObject({ outcome: 'stopped', failures: 0, holder: undefined })
      sandbox.faults.clear()
      expect(await run('stopped')).toMatchObject({ code: 0 })
      const [last, before] = await listRuns(store, { account: 'stopped' })
      expect(before!.rows).toBeGreaterThan(0)
      expect(last!.rows).toBeLessThan((await showAccount(store, 'acme')).rows)
      expect(await wrongRows(database)).toEqual({})
    })

    test('records go to a command, and the states that it answers are kept', async () => {
      const database = await add('through', { to: 'duckdb:unused' })
      const command = [process.execPath, program, 'load', '--catalog', '{catalog}', '--to', database.to]
      expect(await run('through', '--', ...command)).toMatchObject({
        code: 0,
        said: expect.stringContaining('complete'),
      })
      expect(await wrongRows(database)).toEqual({})
      const states = await listStates(store, 'through')
      expect(states.map(({ stream }) => stream)).toContain('tickets')
      expect(await run('through', '--', ...command)).toMatchObject({ code: 0 })
      const [last] = await listRuns(store, { account: 'through' })
      expect(last!.streams.find(({ stream }) => stream === 'tickets')).toMatchObject({ rows: 0 })
      const failing = await run('through', '--', process.execPath, '-e', 'process.exit(3)')
      expect(failing).toMatchObject({ code: 1, said: expect.stringContaining('ended with 3') })
      expect(await run('through', '--', '/no/such/command')).toMatchObject({ code: 78 })
      // One that dies while it is written to, and while comments wait for their tickets to be read.
      await add('dying', { to: 'duckdb:unused', streams: ['tickets', 'ticket_comments', 'users', 'groups'] })
      const dying = `let bytes = 0
        process.stdin.on('data', (some) => { bytes += some.length; if (bytes > 100_000) process.exit(4) })`
      const died = await run('dying', '--', process.execPath, '-e', dying)
      expect(died).toMatchObject({ code: 1, said: expect.stringContaining('ended with 4') })
    })
  })
})

test('a run ends rather than waits for a limit, and the next one goes on', async () => {
  const [, make] = STORES[0]!
  const place = await make()
  const sandbox = await startSandbox({
    tickets: 300,
    seed: 4,
    exportPageSize: 10,
    limits: true,
    exportLimit: 10,
    frozen: true,
  })
  const database = duckdbFile()
  const environment = { ...place.environment, ZENDESK_HUB_STORE: place.address }
  const file = join(mkdtempSync(join(tmpdir(), 'hub-')), 'source.json')
  writeFileSync(file, JSON.stringify(configFor(sandbox)))
  try {
    await ranIn(environment, [
      'accounts',
      'add',
      'small',
      '--source',
      file,
      '--to',
      database.to,
      '--streams',
      'tickets',
    ])
    // Its clock stands still: who waited for the limit would wait for ever.
    const ran = await ranIn(environment, ['run', 'small', '--max-wait', '2'])
    expect(ran).toMatchObject({ code: 0, said: expect.stringContaining('small: more.') })
    const store = await openStore(place.address, place.environment)
    const [run] = await listRuns(store)
    expect(run).toMatchObject({ outcome: 'more' })
    expect(run!.rows).toBeGreaterThanOrEqual(90)
    expect(await showAccount(store, 'small')).toMatchObject({ tier: 'first', failures: 0 })
    await store.close()
  } finally {
    await sandbox.close()
    await database.remove()
    await place.remove()
  }
})
