// Killed at random moments and started again: nothing is lost, and nothing is there twice. HUB_KILLS=100 kills more often.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import type { SourceStream } from '../src/source/source.ts'
import { accountOf, configFor, DATABASES, differences, sourceOf, withoutVolatile } from './support/here.ts'
import { runHub } from './support/program.ts'

const KILLS = Number(process.env['HUB_KILLS'] ?? 5)
const STREAMS = ['tickets', 'ticket_comments', 'ticket_metric_events', 'users', 'organizations', 'groups', 'tags']

/** Numbers from 0 to 1 that look random, the same for the same seed. */
function* random(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    yield state / 2 ** 32
  }
}

describe.each(DATABASES)('%s', (name, make, skip) => {
  test.skipIf(skip).each(['merge', 'append', 'history'])('mode %s', async (mode) => {
    const sandbox = await startSandbox({ tickets: 300, seed: 5, exportPageSize: 25 })
    const database = await make()
    const folder = mkdtempSync(join(tmpdir(), 'hub-'))
    const file = join(folder, 'config.json')
    writeFileSync(file, JSON.stringify(configFor(sandbox)))
    const flags = ['--source', file, '--to', database.to, '--streams', STREAMS.join(','), '--mode', mode]
    const sync = (killAfter?: number) => runHub(['sync', ...flags, '--commit-rows', '150'], killAfter)
    const moments = random(name.length + mode.length)
    try {
      const ends: (number | string)[] = []
      for (let kill = 0; kill < KILLS; kill++) {
        const { ended, said } = await sync(600 + 1800 * moments.next().value!)
        expect([0, 'SIGKILL'], said).toContain(ended)
        ends.push(ended)
        // Each version counts in mode append, so that the account must stand still to know how many there are.
        if (mode !== 'append') {
          sandbox.account.changeAtRandom(10, kill)
          sandbox.account.advance(600)
        }
      }
      expect(ends).toContain('SIGKILL')
      sandbox.account.advance(mode === 'append' ? 0 : 3600)
      for (let last = 0; last < 2; last++) expect(await sync()).toMatchObject({ ended: 0 })
      const warehouse = await database.open()
      const source = await sourceOf(configFor(sandbox))
      const streams = (await source.streams()).filter(({ name: stream }) => STREAMS.includes(stream))
      const where = mode === 'history' ? '_valid_to is null' : '_deleted_at is null'
      // A list that is always read whole is appended whole each time.
      const isCompared = (stream: SourceStream) => mode !== 'append' || stream.name !== 'tags'
      const compared = streams
        .filter(isCompared)
        .map((stream) => (mode === 'history' ? withoutVolatile(stream) : stream))
      const account = accountOf(sandbox)
      expect(await differences(warehouse, account, compared, { where })).toEqual({})
      expect(
        await warehouse.rows(`select 1 from ${warehouse.schema}._syncs where status = 'killed' limit 1`),
      ).toHaveLength(1)
      await warehouse.close()
    } finally {
      await database.remove()
      await sandbox.close()
      rmSync(folder, { recursive: true })
    }
  })
})
