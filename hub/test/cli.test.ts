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
    /--mode takes one of merge, append/,
  ],
  [['sync', '--to', 'mysql://x', '--sandbox'], /is not a destination/],
  [['sync', '--to', 'duckdb::memory:'], /--source config.json, or --sandbox/],
  [['sync', '--to', 'duckdb::memory:', '--sandbox', '--streams', 'ticketz'], /There is no stream "ticketz".*tickets/],
  [['sync', '--tables', 'x'], /Unknown flag --tables. See --help/],
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

const COMMANDS = [
  ...['sync', 'write', 'listen', 'webhooks', 'status', 'query', 'models', 'report', 'reset', 'serve', 'sign-in'],
  ...['password', 'init', 'load', 'run', 'accounts', 'metrics'],
]
test.each(COMMANDS)('%s passes over nothing that is typed', async (command) => {
  for (const flag of ['--help', '-h', '--version']) {
    const { code, out, said } = await hub(command, flag)
    expect([code, said]).toEqual([0, ''])
    expect(out).toMatch(flag === '--version' ? /^zendesk-hub / : /^Usage: zendesk-hub /)
  }
  const unknown = await hub(command, '--nonsense', 'x')
  expect(unknown.code).not.toBe(0)
  expect(unknown.said).toBe('zendesk-hub: Unknown flag --nonsense. See --help.\n')
})

test.each([
  [['sync', '--sandboks'], /Unknown flag --sandboks; did you mean --sandbox\?/],
  [['sync', '--source', '--to', 'duckdb:x'], /--source needs a value/],
  [['sync', '--source='], /--source needs a value/],
  [['sync', '--sandbox', '--streams', 'tickets', '--streams', 'users'], /--streams is given twice/],
  [['sync', '--sandbox=yes'], /--sandbox takes no value/],
  [['sync', '--sandbox', '--commit-rows', 'many'], /--commit-rows takes a whole number/],
  [['metrics', 'acme', '--store', 'sqlite::memory:'], /Unexpected argument "acme"/],
  [['serve', '--config', 'hub.yaml', 'more'], /Unexpected argument "more"/],
  [['serv'], /no command "serv"; did you mean serve\?/],
  [['synk', '--help'], /no command "synk"; did you mean sync\?/],
  [['--versoin'], /Unknown flag --versoin; did you mean --version\?/],
  [['constructor'], /no command "constructor"/],
  [['accounts', 'toString', '--store', 'sqlite::memory:'], /no command "accounts toString"/],
  [['status', 'acme'], /say which, with --store/],
])('%j is refused, with what was probably meant', async (argv, said) => {
  const result = await hub(...argv)
  expect(result.code).not.toBe(0)
  expect(result.said).toMatch(said)
})

test('what stands behind -- is the command line of another program', async () => {
  const { code, out } = await hub('run', 'acme', '--store', 'sqlite::memory:', '--', 'echo', '--help')
  expect(out).toBe('')
  expect(code).not.toBe(0)
})
