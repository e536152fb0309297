// The recipes of docs/hub.md, as they stand there, with a sandbox in the place of the account.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { startSandbox } from 'zendesk-sandbox'
import { openDuckdb } from '../src/warehouse/duckdb/open.ts'
import { configFor } from './support/here.ts'
import { hub } from './support/hub.ts'

interface Recipe {
  readonly name: string
  readonly source: object | string
  readonly to: string
}

const folder = mkdtempSync(join(tmpdir(), 'hub-'))
const sandbox = await startSandbox({ tickets: 80, seed: 6 })
afterAll(async () => {
  await sandbox.close()
  rmSync(folder, { recursive: true })
})

const [, section = ''] = /^## Recipes\n([\s\S]*?)^## /m.exec(
  readFileSync(join(import.meta.dirname, '../../docs/hub.md'), 'utf8'),
)!
const recipes = [...section.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
  ([, text]) => (parse(text!) as { connections: Recipe[] }).connections,
)
const isTried = new Set<string>()
const DAY = 86_400_000

/** Syncs the recipe of this name; `source` changes its options. Resolves to what asks its database. */
async function follow(name: string, source: object = {}) {
  const recipe = recipes.find(([first]) => first!.name === name)!
  isTried.add(name)
  const connections = recipe.map((one) => ({
    ...one,
    source: { ...(typeof one.source === 'string' ? {} : one.source), ...configFor(sandbox), ...source },
    to: one.to.replace('duckdb:', `duckdb:${folder}/`),
  }))
  const file = join(folder, 'hub.yaml')
  writeFileSync(file, stringify({ connections }))
  const { code, said } = await hub('sync', '--config', file)
  expect([code, said.replace(/^info: .*\n/gm, '')]).toEqual([0, ''])
  return async (sql: string) => {
    const warehouse = await openDuckdb({
      path: connections[0]!.to.slice('duckdb:'.length),
      schema: 'main',
      memory: '100MB',
      readOnly: true,
    })
    try {
      return await warehouse.rows(sql)
    } finally {
      await warehouse.close()
    }
  }
}

const tickets = () => [...sandbox.account.truth('tickets').live.values()] as unknown as Record<string, unknown>[]
const ids = (rows: readonly Readonly<Record<string, unknown>>[]) =>
  rows.map(({ id }) => Number(id)).toSorted((a, b) => a - b)
const since = (days: number, column: string) =>
  tickets().filter((ticket) => Date.parse(String(ticket[column])) >= sandbox.account.now() * 1000 - days * DAY)

test('searches, open and closed tickets, conditions of forms', async () => {
  const ask = await follow('searches')
  expect(ids(await ask('select id from urgent_tickets'))).toEqual(
    ids(tickets().filter(({ priority }) => priority === 'urgent')),
  )
  const open = tickets().filter(({ status }) => status !== 'solved' && status !== 'closed')
  expect(ids(await ask('select id from open_tickets where _deleted_at is null'))).toEqual(ids(open))
  expect(await ask('select count(*) as n from closed_tickets')).toEqual([{ n: tickets().length - open.length }])
  const conditions = await ask('select count(*) as n from ticket_form_conditions_agent')
  expect(conditions[0]!['n']).toBeGreaterThan(0)
})

test('a date reads from there on; an earlier one reads again, and nothing is doubled', async () => {
  const first = await (await follow('dates'))('select id from tickets where _deleted_at is null')
  // What changed counts, and that is after the last update if an automation did it.
  expect(ids(first)).toEqual(expect.arrayContaining(ids(since(90, 'updated_at'))))
  expect(first.length).toBeLessThan(tickets().length)
  const earlier = await follow('dates', { start_date: '2005-01-01' })
  expect(ids(await earlier('select id from tickets where _deleted_at is null'))).toEqual(ids(tickets()))
})

test('a window that moves replaces what was there', async () => {
  const inWindow = (days: number) => ids(since(days, 'created_at'))
  expect(ids(await (await follow('window'))('select id from tickets'))).toEqual(inWindow(30))
  expect(ids(await (await follow('window', { start_date: '60 days ago' }))('select id from tickets'))).toEqual(
    inWindow(60),
  )
  expect(inWindow(60).length).toBeGreaterThan(inWindow(30).length)
  expect(ids(await (await follow('window'))('select id from tickets'))).toEqual(inWindow(30))
})

test('several sets of one account have states and modes of their own', async () => {
  const ask = await follow('merged')
  const count = async (schema: string) =>
    (await ask(`select count(*) as n, count(distinct id) as keys from ${schema}.tickets`))[0]!
  expect(await count('versions')).toEqual(await count('merged'))
  const [ticket] = tickets().filter(({ status }) => status === 'open')
  sandbox.account.updateTicket(ticket!['id'] as number, { subject: 'Another subject' })
  sandbox.account.advance(3600)
  await follow('merged')
  for (const schema of ['merged', 'today']) {
    const { n, keys } = await count(schema)
    expect(n, schema).toBe(keys)
  }
  const { n, keys } = await count('versions')
  expect(n).toBe(Number(keys) + 1)
  const subjects = await ask(`select subject from versions.tickets where id = ${ticket!['id']} order by _sync_id`)
  expect(subjects.map(({ subject }) => subject)).toEqual([ticket!['subject'], 'Another subject'])
  expect(await ask('select distinct schema_name from duckdb_tables() order by 1')).toHaveLength(3)
})

test('deleted records go', async () => {
  await follow('living')
  const [ticket] = tickets()
  sandbox.account.deleteTicket(ticket!['id'] as number)
  sandbox.account.advance(3600)
  const ask = await follow('living')
  expect(await ask(`select id from tickets where id = ${ticket!['id']}`)).toEqual([])
  expect(ids(await ask('select id from tickets'))).toEqual(ids(tickets()))
})

test('attachments', async () => {
  const ask = await follow('files')
  const rows = await ask('select file_name, content_url, size from ticket_attachments')
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.filter((row) => row['file_name'] === null || row['content_url'] === null)).toEqual([])
})

test('every recipe was tried', () => {
  expect([...isTried].toSorted()).toEqual(recipes.map(([first]) => first!.name).toSorted())
})
