// The sandbox as reports describe Zendesk, where that is not what its documentation says.
import { expect, test } from 'vitest'
import { configFor, connect, openSandbox } from '../support/account.ts'
import { send } from '../support/send.ts'

const LISTS = [
  'groups',
  'macros',
  'users',
  'tickets',
  'organization_memberships',
  'ticket_skips',
  'articles',
  'deleted_tickets',
]

test.each(['asked', 'never'] as const)('lists whose `has_more` is there when %s are read whole', async (indicators) => {
  const sandbox = await openSandbox({ tickets: 350, boundaryIndicators: indicators })
  const connection = await connect(sandbox, { names: LISTS })
  const { errors } = await connection.sync()
  expect(errors).toEqual([])
  expect(connection.differences()).toEqual({})
})

test('130 events of side conversations in one second come all, though a page has a hundred', async () => {
  const sandbox = await openSandbox({ tickets: 150, frozen: true })
  const { account } = sandbox
  const connection = await connect(sandbox, { names: ['side_conversations', 'side_conversation_events'] })
  await connection.sync()
  account.advance(600)
  const open = [...account.truth('tickets').live].filter(([, row]) => row['status'] === 'open').map(([id]) => id)
  const message = { subject: 'S', body: 'one', to: [{ email: 'vendor@example.net' }] }
  for (let nth = 0; nth < 130; nth++)
    await send(sandbox, 'POST', `tickets/${open[nth % open.length]}/side_conversations`, { message })
  account.advance(600)
  const { errors, records } = await connection.sync()
  expect(errors).toEqual([])
  expect(new Set(records('side_conversation_events').map(({ id }) => id)).size).toBeGreaterThanOrEqual(130)
  expect(connection.differences()).toEqual({})
})

test('where audits of a ticket come oldest first, those of a long ticket are read to their end', async () => {
  const sandbox = await openSandbox({ tickets: 60, deviations: ['newest-audits-first'] })
  const { account } = sandbox
  const config = configFor(sandbox, { reader: 'list' })
  const connection = await connect(sandbox, { config, names: ['ticket_comments', 'ticket_events'] })
  const ticket = account.createTicket({})
  for (let nth = 0; nth < 230; nth++) {
    account.addComment(ticket, `Comment ${nth}`)
    account.advance(60)
  }
  account.advance(3600)
  expect((await connection.sync()).errors).toEqual([])
  account.advance(3600)
  account.addComment(ticket, 'One more')
  account.advance(3600)
  const { records } = await connection.sync()
  expect(records('ticket_comments').map(({ body }) => body)).toContain('One more')
  const kept = [...connection.warehouse.rows('ticket_comments').values()].filter((row) => row['ticket_id'] === ticket)
  expect(kept.length).toBeGreaterThan(230)
})

test('where the list of groups has no deleted ones, a group that is missing was deleted', async () => {
  const sandbox = await openSandbox({ tickets: 60, deviations: ['deleted-groups'] })
  const connection = await connect(sandbox, { names: ['groups'] })
  await connection.sync()
  const id = [...sandbox.account.truth('groups').live.keys()].at(-1)
  await send(sandbox, 'DELETE', `groups/${id}`)
  await connection.sync()
  expect(connection.warehouse.rows('groups').has(String(id))).toBe(false)
})
