// A restored ticket brings back everything below it, whether Zendesk writes an audit of the restoration or none.
import { describe, expect, test } from 'vitest'
import type { Sandbox } from 'zendesk-sandbox'
import { type Connection, connect, openSandbox } from '../support/account.ts'

const BELOW = [
  'ticket_metrics',
  'ticket_comments',
  'ticket_audits',
  'ticket_events',
  'ticket_field_history',
  'ticket_attachments',
  'ticket_metric_events',
  'side_conversations',
  'side_conversation_events',
]

const openTickets = (account: Sandbox['account']): readonly number[] =>
  [...account.truth('tickets').live.values()].filter(({ status }) => status !== 'closed').map(({ id }) => Number(id))

/** Open tickets that have something in each stream, and some others. */
function richTickets({ account }: Sandbox): readonly number[] {
  const attached = new Set(
    [...account.truth('ticket_comments').live.values()]
      .filter(({ attachments }) => (attachments as readonly unknown[]).length > 0)
      .map((row) => row['ticket_id']),
  )
  const inside = new Set([...account.truth('side_conversations').live.values()].map((row) => row['ticket_id']))
  const live = openTickets(account)
  const [first, second] = [live.find((id) => attached.has(id)), live.find((id) => inside.has(id))]
  return [...new Set([first!, second!, ...live.slice(3, 5)])]
}

const counts = ({ warehouse }: Connection, id: number): readonly number[] =>
  BELOW.map((name) => [...warehouse.rows(name).values()].filter((row) => row['ticket_id'] === id).length)

for (const silentRestorations of [false, true])
  describe(silentRestorations ? 'a restoration without an audit' : 'a restoration with an audit', () => {
    test('brings back everything below the ticket', async () => {
      const sandbox = await openSandbox({ tickets: 200, silentRestorations })
      const connection = await connect(sandbox, { names: ['tickets', ...BELOW] })
      const { account } = sandbox
      await connection.sync()
      const ids = richTickets(sandbox)
      const before = ids.map((id) => counts(connection, id))
      for (const [at, name] of BELOW.entries()) expect([name, before.some((of) => of[at]! > 0)]).toEqual([name, true])

      for (const id of ids) account.deleteTicket(id)
      account.advance(3600)
      await connection.sync()
      expect(ids.map((id) => counts(connection, id))).toEqual(ids.map(() => BELOW.map(() => 0)))
      expect(connection.differences()).toEqual({})

      for (const id of ids) account.restoreTicket(id)
      account.advance(3600)
      await connection.sync()
      for (const [nth, id] of ids.entries())
        for (const [at, count] of counts(connection, id).entries())
          expect(count).toBeGreaterThanOrEqual(before[nth]![at]!)
      expect(connection.differences()).toEqual({})

      for (const id of ids) account.addComment(id, 'After all')
      account.advance(3600)
      await connection.sync()
      expect(connection.differences()).toEqual({})
    })

    test('of a ticket that was deleted before the first sync brings back what that sync left out', async () => {
      const sandbox = await openSandbox({ tickets: 200, silentRestorations })
      const { account } = sandbox
      const ids = richTickets(sandbox)
      for (const id of ids) account.deleteTicket(id)
      account.advance(3600)
      const connection = await connect(sandbox, { names: BELOW })
      await connection.sync()
      expect(connection.differences()).toEqual({})
      for (const id of ids) account.restoreTicket(id)
      account.advance(3600)
      await connection.sync()
      expect(connection.differences()).toEqual({})
    })

    test('without exports, too', async () => {
      const sandbox = await openSandbox({ tickets: 120, silentRestorations, withoutExports: 403 })
      const { account } = sandbox
      const names = ['tickets', 'ticket_comments', 'ticket_audits', 'ticket_events', 'ticket_metric_events']
      const connection = await connect(sandbox, { names })
      await connection.sync()
      const ids = richTickets(sandbox)
      for (const id of ids) account.deleteTicket(id)
      account.advance(3600)
      await connection.sync()
      for (const id of ids) account.restoreTicket(id)
      account.advance(3600)
      await connection.sync()
      expect(connection.differences({ byList: true })).toEqual({})
    })
  })
