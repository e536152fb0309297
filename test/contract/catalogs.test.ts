import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { streams } from '../../src/streams/index.ts'
import { configFor, discover, openSandbox, run } from '../support/account.ts'
import type { CatalogStream } from '../support/program.ts'

interface Entry {
  readonly stream: CatalogStream
  readonly sync_mode: string
}

const folder = join(import.meta.dirname, '../../catalog')
const catalog = (file: string): { streams: readonly Entry[] } => JSON.parse(readFileSync(join(folder, file), 'utf8'))

test('the ready catalogs name what discovery shows, and all of it but what depends on the account', async () => {
  const sandbox = await openSandbox({ tickets: 20 })
  const discovered = await discover(configFor(sandbox))
  const everything = catalog('everything.json').streams.map(({ stream }) => stream)
  const ofEveryAccount = new Set(streams.map(({ name }) => name))
  expect(everything).toEqual(discovered.filter(({ name }) => ofEveryAccount.has(name)))
  for (const file of readdirSync(folder))
    for (const { stream } of catalog(file).streams)
      expect(stream, `${file}: ${stream.name}`).toEqual(discovered.find(({ name }) => name === stream.name))
})

test('a ready catalog is read as it is', async () => {
  const sandbox = await openSandbox({ tickets: 50 })
  const crm = catalog('crm.json')
  const { exitCode, errors, logs, statuses } = await run('read', { config: configFor(sandbox), catalog: crm })
  expect([exitCode, errors]).toEqual([0, []])
  expect(logs.filter((line) => /WARN/.test(line))).toEqual([])
  for (const { stream } of crm.streams) expect(statuses(stream.name).at(-1)).toBe('COMPLETE')
})
