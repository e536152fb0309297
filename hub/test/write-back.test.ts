// Rows of the database, back into Zendesk: by the command, and by the schedule of serve.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from 'zendesk-sandbox'
import { sampleOf } from '../src/write/records.ts'
import { configFor, DATABASES, type TestDatabase } from './support/here.ts'
import { hub, startHub } from './support/hub.ts'

// biome-ignore lint/suspicious/noExplicitAny: rows are what is compared
type Row = any

describe.each(DATABASES)('%s', (_, make, skip) => {
  let [sandbox, database, folder]: [Sandbox?, TestDatabase?, string?] = []
  beforeAll(async () => {
    if (skip) return
    sandbox = await startSandbox({ tickets: 20 })
    database = await make()
    folder = mkdtempSync(join(tmpdir(), 'hub-'))
    await run(
      `create table customers (customer_id text, full_name text, mail text, tags ${isFile() ? 'json' : 'jsonb'}, seen date)`,
    )
    for (let nth = 1; nth <= 30; nth++)
      await run(
        `insert into customers values ('c-${nth}', 'Customer ${nth}', 'c-${nth}@example.com', '["vip"]', '2026-01-0${1 + (nth % 9)}')`,
      )
  })
  afterAll(async () => {
    await sandbox?.close()
    await database?.remove()
    if (folder) rmSync(folder, { recursive: true })
  })

  const isFile = (): boolean => database!.to.startsWith('duckdb:')
  async function run(sql: string): Promise<void> {
    const warehouse = await database!.open()
    if (!isFile()) await warehouse.run(`set search_path = zendesk`)
    await warehouse.run(sql)
    await warehouse.close()
  }
  const users = (): readonly Row[] =>
    [...sandbox!.account.truth('users').live.values()].filter((row: Row) => /^c-/.test(row.external_id))
  const writes = (): number => sandbox!.requests.all().filter(({ method }) => method !== 'GET').length
  const people = {
    name: 'people',
    table: 'customers',
    object: 'users',
    mode: 'append_dedup',
    key: ['external_id'],
    columns: { customer_id: 'external_id', full_name: 'name', mail: 'email', tags: 'tags' },
  }
  function configured(...all: object[]): string {
    const file = join(folder!, 'hub.json')
    const connection = { name: 'acme', source: configFor(sandbox!), to: database!.to, schedule: 'manual', writes: all }
    writeFileSync(file, JSON.stringify({ connections: [connection] }))
    return file
  }

  test.skipIf(skip)('a dry run writes nothing; a run writes what differs; the next one nothing', async () => {
    const config = configured(people)
    const before = writes()
    const dry = await hub('write', 'people', '--config', config, '--dry-run')
    expect([dry.code, dry.out.split('\n')[0]]).toEqual([0, 'acme → people (dry run): complete, 30 rows: 30 created'])
    expect(dry.out).toContain('"key":["c-1"]')
    expect(writes()).toBe(before)
    const first = await hub('write', '--config', config)
    expect([first.code, first.out]).toEqual([0, 'acme → people: complete, 30 rows: 30 created\n'])
    expect(users()).toHaveLength(30)
    expect(users().find((row) => row.external_id === 'c-3')).toMatchObject({ name: 'Customer 3', tags: ['vip'] })
    const after = writes()
    expect((await hub('write', 'people', '--config', config)).out).toMatch(/30 rows: 30 unchanged/)
    expect(writes()).toBe(after)
    await run("update customers set full_name = 'Renamed' where customer_id = 'c-7'")
    expect((await hub('write', 'people', '--config', config)).out).toMatch(/1 updated, 29 unchanged/)
    expect(users().find((row) => row.external_id === 'c-7').name).toBe('Renamed')
  })

  test.skipIf(skip)('rows that are refused are kept whole, and written once they are right', async () => {
    const query = `select customer_id, full_name, mail, 'agent' as role from ${isFile() ? '' : 'zendesk.'}customers where customer_id = 'c-1'`
    const columns = { ...people.columns, role: 'role' }
    const raised = { ...people, name: 'raised', table: undefined, query, columns }
    const refused = await hub('write', 'raised', '--config', configured(raised))
    expect([refused.code, refused.out]).toEqual([
      1,
      expect.stringMatching(/1 rejected\n {2}rejected \(forbidden\): .*"raise_roles" is off/),
    ])
    expect(refused.out).toContain('"external_id":"c-1"')
    const config = configured({ ...raised, options: { raise_roles: true } })
    expect((await hub('write', 'raised', '--config', config, '--replay')).out).toMatch(
      /\(replay\): complete, 1 rows: 1 updated/,
    )
    expect(users().find((row) => row.external_id === 'c-1').role).toBe('agent')
    expect((await hub('write', 'raised', '--config', config, '--replay')).out).toMatch(/0 rows: nothing to write/)
  })

  test.skipIf(skip)('lists of the database are lists of Zendesk', async () => {
    const list = isFile() ? "['gold', 'new one']" : "array['gold', 'new one']"
    const query = `select 'list' as external_id, 'Lister' as name, ${list} as tags`
    const listed = { ...people, name: 'listed', table: undefined, query, columns: undefined }
    const written = await hub('write', 'listed', '--config', configured({ ...listed, options: { tags_mode: 'set' } }))
    expect([written.code, written.out]).toEqual([0, expect.stringMatching(/1 rows: 1 created/)])
    const all: readonly Row[] = [...sandbox!.account.truth('users').live.values()]
    expect(all.find((row) => row.external_id === 'list').tags).toEqual(expect.arrayContaining(['gold']))
    const warehouse = await database!.open()
    const numbers = isFile() ? '[1, 2]' : 'array[1, 2]'
    expect(await warehouse.rows(`select ${numbers} as n, ${list} as t`)).toEqual([
      { n: '[1,2]', t: '["gold","new one"]' },
    ])
    await warehouse.close()
  })

  test.skipIf(skip)('a query may look at its database, and at nothing else of the machine', async () => {
    const elsewhere = isFile()
      ? `select content as external_id from read_text('${join(folder!, 'hub.json')}')`
      : 'select 1) as q; set default_transaction_read_only = off; create table zendesk.other (id int); select * from (select 1'
    const asking = { ...people, name: 'elsewhere', table: undefined, query: elsewhere, columns: undefined }
    const { code, said } = await hub('write', 'elsewhere', '--config', configured(asking))
    expect([code, said]).toEqual([1, expect.stringMatching(/The query cannot be run: .*(disabled|multiple commands)/s)])
    expect((await hub('write', 'nobody', '--config', configured(people))).said).toMatch(/There is no write "nobody"/)
  })

  test.skipIf(skip)('a query shows its columns, also where it has no rows', async () => {
    const warehouse = await database!.open()
    const some = await sampleOf({ table: 'customers' }, warehouse, 3)
    expect([some.count, some.rows.length, some.columns]).toEqual([
      30,
      3,
      ['customer_id', 'full_name', 'mail', 'tags', 'seen'],
    ])
    const table = `${warehouse.schema}.customers`
    const none = await sampleOf({ query: `select customer_id as c from ${table} where false;` }, warehouse, 3)
    expect(none).toEqual({ count: 0, rows: [], columns: ['c'] })
    await expect(sampleOf({}, warehouse, 3)).rejects.toThrow(/Name a table/)
    await warehouse.close()
  })

  test.skipIf(skip)('serve writes by its schedule', async () => {
    await run("update customers set full_name = 'By schedule' where customer_id = 'c-9'")
    const served = startHub(
      'serve',
      '--config',
      configured({ ...people, name: 'hourly', schedule: 'every 1h' }),
      '--port',
      '0',
      '--no-console',
    )
    await served.says(/acme → hourly: complete, 30 rows: 1 updated, 29 unchanged/)
    served.stop()
    await served.ended
    expect(users().find((row) => row.external_id === 'c-9').name).toBe('By schedule')
    expect(readdirSync(join(folder!, 'zendesk-write/acme'))).toContain('ledger.sqlite')
  })
})
