// The command line, from the code.
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import { configFor, DATABASES, duckdbFile } from './support/here.ts'
import { hub } from './support/hub.ts'

const sandbox = await startSandbox({ tickets: 40 })
afterAll(() => sandbox.close())

describe.each(DATABASES)('%s', (_, make, skip) => {
  test.skipIf(skip)('sync reads what is named, then what changed, and sums it up', async () => {
    const database = await make()
    const file = join(dirname(duckdbFile().to.slice(7)), 'config.json')
    writeFileSync(file, JSON.stringify(configFor(sandbox)))
    const flags = ['sync', '--source', file, '--to', database.to, '--streams', 'tickets,groups']
    const first = await hub(...flags)
    expect(first).toMatchObject({ code: 0, said: '' })
    expect(first.out).toMatch(/^tickets +complete +\d+/m)
    expect(first.out).toMatch(/Sync 1 is complete: \d+ rows in \d+ s\./)
    sandbox.account.advance(3600)
    const second = await hub(...flags)
    expect(second.code).toBe(0)
    expect(second.out).toMatch(/^tickets +complete +0 +0/m)
    const warehouse = await database.open()
    const live = sandbox.account.truth('tickets').live.size
    expect(
      await warehouse.rows(`select count(*) as n from ${warehouse.schema}.tickets where _deleted_at is null`),
    ).toEqual([{ n: live }])
    const requests = await warehouse.rows(`select stream, requests from ${warehouse.schema}._streams where sync_id = 1`)
    expect(requests.filter((row) => Number(row['requests']) > 0)).toHaveLength(2)
    await warehouse.close()
    await database.remove()
  })
})

test.each([
  [
    ['sync', '--to', 'duckdb:/tmp/never.duckdb', '--sandbox', '--mode', 'merge,tickets=upsert'],
    /--mode takes merge, append/,
  ],
  [['sync', '--to', 'mysql://x', '--sandbox'], /is no destination/],
  [['sync', '--to', 'duckdb::memory:'], /--source config.json, or --sandbox/],
  [['sync', '--to', 'duckdb::memory:', '--sandbox', '--streams', 'ticketz'], /There is no stream "ticketz".*tickets/],
  [['sync', '--tables', 'x'], /Unknown option '--tables'. See --help/],
  [['sink'], /no command "sink"/],
])('%j is refused with a sentence', async (argv, said) => {
  const result = await hub(...argv)
  expect(result.code).toBe(1)
  expect(result.said).toMatch(said)
  expect(result.said.split('\n')).toHaveLength(2)
})

test('every command has a help', async () => {
  const { code, out } = await hub('--help')
  expect(code).toBe(0)
  const commands = [...out.matchAll(/^ {2}(\w+) {2,}/gm)].map(([, name]) => name!)
  expect(commands).toContain('sync')
  for (const command of commands)
    expect((await hub(command, '--help')).out).toMatch(new RegExp(`^Usage: zendesk-hub ${command}`))
})
