// Every stream of an account, and three syncs of what changed and was deleted: tables equal the truth, in each mode, read from
// the exports or from lists. The account is read once for all tables. HUB_EVERY=1 takes every mode in both databases.
import { expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import type { Deleted, Mode } from '../src/load/target.ts'
import type { SourceStream } from '../src/source/source.ts'
import { listed, quoted, shortName } from '../src/table/names.ts'
import type { Warehouse } from '../src/warehouse/warehouse.ts'
import {
  accountOf,
  configFor,
  DATABASES,
  differences,
  load,
  sourceOf,
  type TestDatabase,
  withoutVolatile,
  withTruth,
} from './support/here.ts'
import { replayed } from './support/replay.ts'

type Reader = 'export' | 'list'
type Case = readonly [database: string, mode: Mode, deleted: Deleted]

/** Everything takes minutes. */
const TIMEOUT = { timeout: 1_200_000 }
const EVERYTHING = process.env['HUB_EVERY'] !== undefined

const EVERY: readonly Case[] = DATABASES.flatMap(([name]) => [
  [name, 'merge', 'mark'],
  [name, 'merge', 'delete'],
  [name, 'history', 'mark'],
  [name, 'append', 'mark'],
  [name, 'replace', 'mark'],
])
/** Each mode once, and each database in both ways of reading. */
const FEW: Readonly<Record<Reader, readonly Case[]>> = {
  export: [
    ['DuckDB', 'merge', 'mark'],
    ['PostgreSQL', 'merge', 'delete'],
    ['PostgreSQL', 'history', 'mark'],
    ['PostgreSQL', 'append', 'mark'],
  ],
  list: [
    ['DuckDB', 'history', 'mark'],
    ['PostgreSQL', 'merge', 'mark'],
    ['PostgreSQL', 'replace', 'mark'],
  ],
}

interface Opened {
  readonly name: string
  readonly mode: Mode
  readonly deleted: Deleted
  readonly database: TestDatabase
  readonly warehouse: Warehouse
}

async function open([name, mode, deleted]: Case): Promise<Opened[]> {
  const [, make, skip] = DATABASES.find(([one]) => one === name)!
  if (skip) return []
  const database = await make()
  return [{ name: `${name}, ${mode}, ${deleted}`, mode, deleted, database, warehouse: await database.open() }]
}

test.each(['export', 'list'] as const)('every stream, synced again and again, reader: %s', TIMEOUT, async (reader) => {
  const sandbox = await startSandbox({ tickets: 60, seed: 3 })
  const byList = reader === 'list'
  const source = replayed(await sourceOf(configFor(sandbox, { reader })))
  const streams = withTruth(sandbox, await source.streams())
  expect(streams.length).toBeGreaterThan(50)
  const opened = (await Promise.all((EVERYTHING ? EVERY : FEW[reader]).map(open))).flat()
  try {
    let syncs = 0
    for (const round of byList && !EVERYTHING ? [1, 2] : [1, 2, 3]) {
      // A reader of lists finds in the next sync what it looks back for; the first time there is nothing of that.
      for (const end = syncs + (byList && round > 1 ? 3 : 1); syncs < end; syncs++) {
        source.forget()
        for (const one of opened) await loadAll(one, source, streams)
      }
      // What the account has is spelled once for all of them.
      const account = accountOf(sandbox)
      for (const one of opened) await expectTruth(one, account, streams, { byList, round })
      sandbox.account.changeAtRandom(60, round)
      sandbox.account.deleteTicket([...sandbox.account.truth('tickets').live.keys()][0]!)
      // Read from lists, archived tickets that changed are looked for once a day.
      sandbox.account.advance(byList ? 86_400 : 3600)
    }
    // Whoever has the same mode of reading asks for the same: no warehouse kept another state.
    expect(source.reads()).toBeLessThanOrEqual(syncs * new Set(opened.map(({ mode }) => mode === 'replace')).size)
  } finally {
    for (const { warehouse, database } of opened) {
      await warehouse.close()
      await database.remove()
    }
    await sandbox.close()
  }
})

async function loadAll(
  { name, mode, deleted, warehouse }: Opened,
  source: ReturnType<typeof replayed>,
  streams: readonly SourceStream[],
): Promise<void> {
  const result = await load(source, warehouse, { streams: streams.map((one) => one.name), mode }, { deleted })
  expect(
    [...result.tallies].filter(([, { status }]) => status !== 'complete'),
    name,
  ).toEqual([])
  expect(result.status, name).toBe('complete')
}

async function expectTruth(
  { name, mode, warehouse }: Opened,
  account: ReturnType<typeof accountOf>,
  all: readonly SourceStream[],
  { byList, round }: { readonly byList: boolean; readonly round: number },
): Promise<void> {
  const streams = mode === 'history' ? all.map(withoutVolatile) : all
  const where = (stream: SourceStream): string => WHERE[mode](warehouse, stream)
  const found = await differences(warehouse, account, streams, { where, byList })
  expect(found, `${name}, round ${round}`).toEqual({})
  if (mode !== 'append') return
  for (const stream of all) expect(await twice(warehouse, stream), `${stream.name} of ${name}, round ${round}`).toBe(0)
}

/** Which rows hold now, by mode. */
const WHERE: Readonly<Record<Mode, (warehouse: Warehouse, stream: SourceStream) => string>> = {
  merge: () => '_deleted_at is null',
  replace: () => '_deleted_at is null',
  history: (_, { isIncremental, primaryKey }) =>
    isIncremental || primaryKey.length > 0 ? '_valid_to is null' : '_deleted_at is null',
  append({ schema }, { name, primaryKey, isIncremental }) {
    const table = `${schema}.${quoted(shortName(name))}`
    if (!isIncremental || primaryKey.length === 0) return `_sync_id = (select max(_sync_id) from ${table})`
    const key = listed(primaryKey.map((field) => shortName(field)))
    return `_deleted_at is null and (${key}, _sync_id) in (select ${key}, max(_sync_id) from ${table} group by ${key})`
  },
}

/** How many rows of a table are there twice: more often than their record was restored. */
async function twice(
  { rows, schema }: Warehouse,
  { name, primaryKey, properties, isIncremental }: SourceStream,
): Promise<number> {
  const own = Object.keys(properties).map((field) => quoted(shortName(field)))
  const columns = [...own, '_deleted_at', ...(isIncremental ? [] : ['_sync_id'])].join(', ')
  const key = primaryKey.length === 0 ? '1' : listed(primaryKey.map((field) => shortName(field)))
  const restored = isIncremental ? 'case when _deleted_at is null then max(_deletions) else 0 end' : '0'
  const [found] = await rows(
    `select count(*) as n from (
       select 1 as one from (
         select *, count(_deleted_at) over (partition by ${key}) as _deletions from ${schema}.${quoted(shortName(name))}) as v
       group by ${columns} having count(*) > 1 + ${restored}) as t`,
  )
  return Number(found!['n'])
}
