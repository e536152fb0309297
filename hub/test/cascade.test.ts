// What belongs to a ticket follows it, where no list tells of it.
import { describe, expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import { configFor, DATABASES, load, sourceOf } from './support/here.ts'

describe.each(DATABASES)('%s', (_, make, skip) => {
  test.skipIf(skip).each(['merge', 'append'] as const)(
    'in mode %s a deleted ticket takes its comments along, and a restored one brings them back',
    async (mode) => {
      const sandbox = await startSandbox({ tickets: 30, seed: 2 })
      const database = await make()
      const warehouse = await database.open()
      try {
        const source = await sourceOf(configFor(sandbox, { reader: 'list' }))
        const plan = { streams: ['tickets', 'ticket_comments'], mode }
        const commentsOf = async (ticket: number, which: string): Promise<unknown> => {
          const newest = `select *, row_number() over (partition by id order by _loaded_at desc, (_deleted_at is null)) as nth
          from ${warehouse.schema}.ticket_comments where ticket_id = $1`
          const sql = `select count(*) as n from (${newest}) as v where nth = 1 and ${which}`
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
        // Nothing more is told by the second one.
        await load(source, warehouse, plan)
        await load(source, warehouse, plan)
        expect(await commentsOf(ticket!, '_deleted_at is null')).toBe(0)
        expect(await commentsOf(ticket!, '_deleted_at is not null')).toBe(comments)
        sandbox.account.restoreTicket(ticket!)
        sandbox.account.advance(3600)
        await load(source, warehouse, plan)
        expect(await commentsOf(ticket!, '_deleted_at is null')).toBe(comments)
        if (mode === 'merge') return
        const versions = `select count(*) as n from ${warehouse.schema}.ticket_comments where ticket_id = $1`
        expect(await warehouse.rows(versions, [ticket!])).toEqual([{ n: Number(comments) * 3 }])
      } finally {
        await warehouse.close()
        await database.remove()
        await sandbox.close()
      }
    },
  )
})
