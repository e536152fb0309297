// What each mode makes of changes and deletions, read from the exports or, where they are closed, from lists.
import { describe, expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import type { Mode } from '../src/load/target.ts'
import {
  accountOf,
  configFor,
  DATABASES,
  differences,
  load,
  sourceOf,
  withoutVolatile,
  withTruth,
} from './support/here.ts'

const CHILDREN = ['ticket_comments', 'ticket_audits', 'ticket_metric_events', 'ticket_metrics', 'ticket_field_history']
const STREAMS = ['tickets', ...CHILDREN, 'users', 'organizations', 'groups', 'macros', 'tags', 'schedule_holidays']

describe.each(DATABASES)('%s', (_, make, skip) => {
  test.skipIf(skip).each([
    ['merge', 'mark', 'list'],
    ['merge', 'delete', 'list'],
    ['history', 'mark', 'export'],
    ['history', 'mark', 'list'],
    ['replace', 'mark', 'export'],
  ] as const)('mode %s, deleted rows: %s, reader: %s', async (mode, deleted, reader) => {
    const sandbox = await startSandbox({ tickets: 100, seed: 8 })
    const database = await make()
    const warehouse = await database.open()
    try {
      const byList = reader === 'list'
      const source = await sourceOf(configFor(sandbox, { reader }))
      const all = withTruth(sandbox, await source.streams()).filter(({ name }) => STREAMS.includes(name))
      expect(all).toHaveLength(STREAMS.length)
      for (const round of [1, 2]) {
        // A reader of lists finds in the next sync what it looks back for.
        let result = await load(source, warehouse, { streams: STREAMS, mode: mode as Mode }, { deleted })
        for (let more = 0; byList && more < 2; more++)
          result = await load(source, warehouse, { streams: STREAMS, mode: mode as Mode }, { deleted })
        expect(result.status).toBe('complete')
        const where = mode === 'history' ? '_valid_to is null' : '_deleted_at is null'
        const streams = mode === 'history' ? all.map(withoutVolatile) : all
        const found = await differences(warehouse, accountOf(sandbox), streams, { where, byList })
        expect(found, `round ${round}`).toEqual({})
        sandbox.account.changeAtRandom(60, round)
        const [ticket] = [...sandbox.account.truth('tickets').live.keys()]
        sandbox.account.deleteTicket(ticket!)
        // Read from lists, archived tickets that changed are looked for once a day.
        sandbox.account.advance(byList ? 86_400 : 3600)
      }
    } finally {
      await warehouse.close()
      await database.remove()
      await sandbox.close()
    }
  })

  test.skipIf(skip)('a deleted ticket takes its comments along, and a restored one brings them back', async () => {
    const sandbox = await startSandbox({ tickets: 30, seed: 2 })
    const database = await make()
    const warehouse = await database.open()
    try {
      const source = await sourceOf(configFor(sandbox, { reader: 'list' }))
      const plan = { streams: ['tickets', 'ticket_comments'] }
      const commentsOf = async (ticket: number, which: string): Promise<unknown> => {
        const sql = `select count(*) as n from ${warehouse.schema}.ticket_comments where ticket_id = $1 and ${which}`
        return (await warehouse.rows(sql, [ticket]))[0]!['n']
      }
      await load(source, warehouse, plan)
      const [ticket] = (
        await warehouse.rows(`select id from ${warehouse.schema}.tickets where status = 'open' limit 1`)
      ).map(({ id }) => id as number)
      const comments = await commentsOf(ticket!, '_deleted_at is null')
      expect(comments).toBeGreaterThan(0)
      sandbox.account.deleteTicket(ticket!)
      sandbox.account.advance(3600)
      await load(source, warehouse, plan)
      expect(await commentsOf(ticket!, '_deleted_at is null')).toBe(0)
      expect(await commentsOf(ticket!, '_deleted_at is not null')).toBe(comments)
      sandbox.account.restoreTicket(ticket!)
      sandbox.account.advance(3600)
      await load(source, warehouse, plan)
      expect(await commentsOf(ticket!, '_deleted_at is null')).toBe(comments)
    } finally {
      await warehouse.close()
      await database.remove()
      await sandbox.close()
    }
  })
})
