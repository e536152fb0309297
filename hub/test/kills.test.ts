// Killed at random moments and started again: nothing is lost, and nothing is there twice. HUB_KILLS=100 kills more often.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import type { SourceStream } from '../src/source/source.ts'
import type { Warehouse } from '../src/warehouse/warehouse.ts'
import { accountOf, configFor, DATABASES, differences, sourceOf, withoutVolatile } from './support/here.ts'
import { runHub } from './support/program.ts'

const KILLS = Number(process.env['HUB_KILLS'] ?? 4)
/** Each mode in one sync, so that a kill meets them all. */
const MODES = {
  tickets: 'append',
  ticket_comments: 'history',
  ticket_metric_events: 'merge',
  users: 'append',
  organizations: 'merge',
  groups: 'history',
  tags: 'replace',
} as const
const mode = Object.entries(MODES)
  .map(([stream, one]) => `${stream}=${one}`)
  .join(',')

/** Numbers from 0 to 1 that look random, the same for the same seed. */
function* random(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    yield state / 2 ** 32
  }
}

describe.each(DATABASES)('%s', (name, make, skip) => {
  test.skipIf(skip)('every mode', { timeout: 600_000 + KILLS * 60_000 }, async () => {
    const sandbox = await startSandbox({ tickets: 200, seed: 5, exportPageSize: 25 })
    const database = await make()
    const folder = mkdtempSync(join(tmpdir(), 'hub-'))
    const file = join(folder, 'config.json')
    writeFileSync(file, JSON.stringify(configFor(sandbox)))
    const args = ['sync', '--source', file, '--to', database.to, '--streams', Object.keys(MODES).join(',')]
    args.push('--mode', mode, '--commit-rows', '100')
    const requests = () => sandbox.requests.all().length
    const moments = random(name.length)
    try {
      for (let kill = 0; kill < KILLS; kill++) {
        // After so many answers, and somewhere in what it does with the last one. A sync that was over before is none that was killed.
        const child = startProgram(args)
        const after = requests() + 2 + Math.floor(moments.next().value! * 25)
        const ended = once(child, 'close')
        while (requests() < after && child.exitCode === null) await pause(1)
        await pause(moments.next().value! * 60)
        child.kill('SIGKILL')
        const [code] = await ended
        expect([0, null]).toContain(code)
        sandbox.account.changeAtRandom(10, kill)
        sandbox.account.advance(600)
      }
      sandbox.account.advance(3600)
      for (let last = 0; last < 2; last++) expect(await runHub(args)).toMatchObject({ ended: 0 })
      const warehouse = await database.open()
      const source = await sourceOf(configFor(sandbox))
      const streams = (await source.streams()).filter((stream) => stream.name in MODES)
      await expectTruth(warehouse, accountOf(sandbox), streams)
      const killed = await warehouse.rows(
        `select count(*) as n from ${warehouse.schema}._syncs where status = 'killed'`,
      )
      expect(killed[0]!['n']).toBeGreaterThan(0)
      await warehouse.close()
    } finally {
      await database.remove()
      await sandbox.close()
      rmSync(folder, { recursive: true })
    }
  })
})

function startProgram(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [join(import.meta.dirname, '../dist/zendesk-hub.js'), ...args], { stdio: 'ignore' })
}

async function expectTruth(
  warehouse: Warehouse,
  account: ReturnType<typeof accountOf>,
  all: readonly SourceStream[],
): Promise<void> {
  const modeOf = ({ name }: SourceStream): string => MODES[name as keyof typeof MODES]
  const newest = (stream: SourceStream): string => {
    const [table, time] = [`${warehouse.schema}.${stream.name}`, stream.cursorField]
    return `_deleted_at is null and (id, ${time}) in (select id, max(${time}) from ${table} group by id)`
  }
  const where = (stream: SourceStream): string => {
    if (modeOf(stream) === 'append') return newest(stream)
    return modeOf(stream) === 'history' ? '_valid_to is null' : '_deleted_at is null'
  }
  const streams = all.map((stream) => (modeOf(stream) === 'history' ? withoutVolatile(stream) : stream))
  expect(await differences(warehouse, account, streams, { where })).toEqual({})
  for (const stream of all.filter((one) => modeOf(one) === 'append')) {
    const columns = [...Object.keys(stream.properties).map((column) => `"${column}"`), '_deleted_at'].join(', ')
    const sql = `select count(*) as n, min(id) as id from ${warehouse.schema}.${stream.name} group by ${columns} having count(*) > 1`
    expect(await warehouse.rows(sql), `versions of ${stream.name} that are there twice`).toEqual([])
  }
}
