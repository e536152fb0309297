// Every stream of an account, and three syncs of what changed and was deleted: tables equal the truth.
import { describe, expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import { accountOf, configFor, DATABASES, differences, load, sourceOf, withTruth } from './support/here.ts'

describe.each(DATABASES)('%s', (_, make, skip) => {
  test.skipIf(skip).each(['mark', 'delete'] as const)(
    'every stream, synced again after changes and deletions, deleted rows: %s',
    async (deleted) => {
      const sandbox = await startSandbox({ tickets: 120, seed: 3 })
      const database = await make()
      const warehouse = await database.open()
      try {
        const source = await sourceOf(configFor(sandbox))
        const streams = withTruth(sandbox, await source.streams())
        expect(streams.length).toBeGreaterThan(50)
        for (const round of deleted === 'mark' ? [1, 2, 3] : [1, 2]) {
          const result = await load(source, warehouse, { streams: streams.map(({ name }) => name) }, { deleted })
          expect([...result.tallies].filter(([, { status }]) => status !== 'complete')).toEqual([])
          expect(result.status).toBe('complete')
          expect(await differences(warehouse, accountOf(sandbox), streams), `round ${round}`).toEqual({})
          sandbox.account.changeAtRandom(80, round)
          sandbox.account.advance(3600)
        }
      } finally {
        await warehouse.close()
        await database.remove()
        await sandbox.close()
      }
    },
  )
})
