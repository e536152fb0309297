// The database goes away in the middle of a sync: it says so, and the next one goes on.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import { openPostgres } from '../src/warehouse/postgres/open.ts'
import { accountOf, configFor, differences, noPostgres, postgresDatabase, sourceOf } from './support/here.ts'
import { hasPostgres, ownPostgres } from './support/own-postgres.ts'
import { runHub } from './support/program.ts'

test.skipIf(noPostgres !== undefined)(
  'the server ends the connection: exit code 1 and a sentence, then all is made good',
  async () => {
    const sandbox = await startSandbox({ tickets: 200, exportPageSize: 20 })
    const database = await postgresDatabase()
    const folder = mkdtempSync(join(tmpdir(), 'hub-'))
    const file = join(folder, 'config.json')
    writeFileSync(file, JSON.stringify(configFor(sandbox)))
    const sync = () =>
      runHub([
        'sync',
        '--source',
        file,
        '--to',
        database.to,
        '--streams',
        'tickets,users',
        '--mode',
        'append',
        '--commit-rows',
        '20',
      ])
    const client = new pg.Client({ connectionString: database.to })
    try {
      await client.connect()
      sandbox.faults.random({ rate: 1, kinds: [{ kind: 'slow', seconds: 0.3 }], seed: 1 })
      const first = sync()
      const loaded = async (): Promise<number> =>
        (await client.query('select count(*)::int as n from zendesk.tickets')).rows[0].n
      while ((await loaded().catch(() => 0)) === 0) await pause(50)
      await client.query(
        // Of this database alone: other tests have theirs on the same server.
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'zendesk-hub'",
      )
      const { ended, said } = await first
      expect([ended, said]).toEqual([
        1,
        expect.stringMatching(/connection to postgres:\/\/\S+ was lost: .*\. The next sync goes on/),
      ])
      expect(said).not.toMatch(/ {4}at /)
      sandbox.faults.random({ rate: 0, kinds: [], seed: 1 })
      expect(await sync()).toMatchObject({ ended: 0 })
      const warehouse = await database.open()
      const streams = (await (await sourceOf(configFor(sandbox))).streams()).filter(({ name }) =>
        ['tickets', 'users'].includes(name),
      )
      expect(await differences(warehouse, accountOf(sandbox), streams)).toEqual({})
      await warehouse.close()
    } finally {
      await client.end()
      await database.remove()
      await sandbox.close()
      rmSync(folder, { recursive: true })
    }
  },
)

test.skipIf(!hasPostgres)(
  'the server crashes and starts again: the next sync goes on, and nothing is there twice',
  async () => {
    const sandbox = await startSandbox({ tickets: 200, exportPageSize: 20 })
    const server = await ownPostgres()
    const folder = mkdtempSync(join(tmpdir(), 'hub-'))
    const file = join(folder, 'config.json')
    writeFileSync(file, JSON.stringify(configFor(sandbox)))
    const args = ['sync', '--source', file, '--to', server.url, '--streams', 'tickets,users', '--mode', 'append']
    const sync = () => runHub([...args, '--commit-rows', '20'])
    try {
      await server.start()
      sandbox.faults.random({ rate: 1, kinds: [{ kind: 'slow', seconds: 0.3 }], seed: 1 })
      const first = sync()
      const client = new pg.Client({ connectionString: server.url })
      client.on('error', () => undefined)
      await client.connect()
      const loaded = async (): Promise<number> =>
        (await client.query('select count(*)::int as n from zendesk.tickets')).rows[0].n
      while ((await loaded().catch(() => 0)) === 0) await pause(50)
      await server.crash()
      const { ended, said } = await first
      expect([ended, said]).toEqual([1, expect.stringMatching(/connection to postgres:\/\/\S+ was lost/)])
      expect(await sync()).toMatchObject({ ended: 1, said: expect.stringContaining('cannot be reached') })
      await server.start()
      sandbox.faults.random({ rate: 0, kinds: [], seed: 1 })
      expect(await sync()).toMatchObject({ ended: 0 })
      const warehouse = await openPostgres({ url: server.url, schema: 'zendesk' })
      const streams = (await (await sourceOf(configFor(sandbox))).streams()).filter(({ name }) =>
        ['tickets', 'users'].includes(name),
      )
      expect(await differences(warehouse, accountOf(sandbox), streams)).toEqual({})
      await warehouse.close()
    } finally {
      await server.remove()
      await sandbox.close()
      rmSync(folder, { recursive: true })
    }
  },
)
