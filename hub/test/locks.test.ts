// Two at once: another hub, and a dashboard that has the file open.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import { openWarehouse } from '../src/cli/destination.ts'
import { openDuckdb } from '../src/warehouse/duckdb/open.ts'
import { configFor, noPostgres, postgresDatabase } from './support/here.ts'
import { runHub } from './support/program.ts'

const folder = mkdtempSync(join(tmpdir(), 'hub-'))
const sandbox = await startSandbox({ tickets: 20 })
const config = join(folder, 'config.json')
writeFileSync(config, JSON.stringify(configFor(sandbox)))
afterAll(async () => {
  await sandbox.close()
  rmSync(folder, { recursive: true })
})
const here = { say: () => {}, signal: new AbortController().signal, processId: process.pid }
const sync = (to: string, ...more: string[]) =>
  runHub(['sync', '--source', config, '--to', to, '--streams', 'groups', ...more])

test('a second hub on one file says so and stops, and leaves the first alone', async () => {
  const to = `duckdb:${join(folder, 'two.duckdb')}`
  const first = await openWarehouse({ to }, here)
  const { ended, said } = await sync(to)
  expect([ended, said]).toEqual([
    1,
    expect.stringContaining(`Another zendesk-hub (process ${process.pid}) is loading into`),
  ])
  await first.run('create table still_mine (id integer)')
  await first.close()
  expect(await sync(to)).toMatchObject({ ended: 0, said: '' })
})

test.skipIf(noPostgres !== undefined)('a second hub on one schema does so too', async () => {
  const database = await postgresDatabase()
  const first = await openWarehouse({ to: database.to }, here)
  expect(await sync(database.to)).toMatchObject({
    ended: 1,
    said: expect.stringContaining('Another zendesk-hub is loading into'),
  })
  expect(await sync(database.to, '--schema', 'other')).toMatchObject({ ended: 0 })
  await first.close()
  expect(await sync(database.to)).toMatchObject({ ended: 0, said: '' })
  await database.remove()
})

test('a sync waits for another program that has the file open', async () => {
  const path = join(folder, 'watched.duckdb')
  await sync(`duckdb:${path}`)
  const dashboard = await openDuckdb({ path, schema: 'main', memory: '100MB', readOnly: true })
  const args = ['sync', '--source', config, '--to', `duckdb:${path}`, '--streams', 'groups']
  const { ended, said } = await runHub(args, undefined, {}, (text) => {
    if (text.includes('Waiting until it is free')) void pause(500).then(() => dashboard.close())
  })
  expect([ended, said]).toEqual([0, expect.stringContaining(`(process ${process.pid}). Waiting until it is free`)])
})

test('a dashboard keeps the published copy open while the next one is made, and nobody waits', async () => {
  const to = `duckdb:${join(folder, 'made.duckdb')}`
  const published = join(folder, 'dashboard.duckdb')
  expect(await sync(to, '--publish', published)).toMatchObject({ ended: 0 })
  const open = () => openDuckdb({ path: published, schema: 'main', memory: '100MB', readOnly: true })
  const dashboard = await open()
  const last = 'select max(id) as last from _syncs'
  expect(await dashboard.rows(last)).toEqual([{ last: 1 }])
  expect(await sync(to, '--publish', published)).toMatchObject({ ended: 0, said: '' })
  expect(await dashboard.rows(last)).toEqual([{ last: 1 }])
  await dashboard.close()
  const again = await open()
  expect(await again.rows(last)).toEqual([{ last: 2 }])
  await again.close()
})
