import { expect, test } from 'vitest'
import { type Body, bearer, call, get, openSandbox } from './calls.ts'

const sandbox = await openSandbox()
const live = (table: string): Body[] => [...sandbox.account.truth(table).live.values()]
const send = async (method: string, path: string, body: Body) => {
  const headers = { ...bearer(sandbox.credentials.accessToken), 'content-type': 'application/json' }
  const response = await fetch(`${sandbox.url}/api/v2/${path}`, { method, headers, body: JSON.stringify(body) })
  return { status: response.status, body: (await response.json()) as Body }
}
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/

test('a conversation is begun, closed, and opened again by a reply', async () => {
  const { ticket_id } = live('side_conversations')[0]
  const path = `tickets/${ticket_id}/side_conversations`
  const message = { subject: 'S', body: 'one', to: [{ email: 'vendor@example.net' }] }
  const made = await send('POST', path, { message, external_ids: { a: 'b' } })
  expect(made.status).toBe(201)
  const { side_conversation: one, event } = made.body
  expect(one).toMatchObject({ state: 'open', preview_text: 'one', external_ids: { a: 'b' } })
  for (const name of ['created_at', 'updated_at', 'message_added_at', 'state_updated_at'])
    expect(one[name]).toMatch(TIME)
  expect(event).toMatchObject({ type: 'create', side_conversation_id: one.id, ticket_id })
  const closed = await send('PUT', `${path}/${one.id}`, { side_conversation: { state: 'closed' } })
  expect(closed.body).toMatchObject({ side_conversation: { state: 'closed' }, event: { message: null } })
  const replied = await send('POST', `${path}/${one.id}/reply`, { message: { body: 'two' } })
  expect(replied.body.side_conversation).toMatchObject({ state: 'open', preview_text: 'two' })
  const { events } = await get(sandbox, `${path}/${one.id}/events`)
  expect(events.map(({ type }: Body) => type)).toEqual(['create', 'update', 'reply'])
  expect((await get(sandbox, path)).side_conversations.map(({ id }: Body) => id)).toContain(one.id)
})

test('what is wrong is refused and writes nothing', async () => {
  const { ticket_id, id } = live('side_conversations')[0]
  const before = live('side_conversation_events').length
  const path = `tickets/${ticket_id}/side_conversations`
  expect((await send('POST', path, { message: { body: 'x' } })).status).toBe(422)
  expect((await send('POST', path, {})).status).toBe(400)
  expect((await send('PUT', `${path}/${id}`, { side_conversation: { state: 'asleep' } })).status).toBe(422)
  expect((await call(sandbox, `${path}/none`)).status).toBe(404)
  expect(live('side_conversation_events')).toHaveLength(before)
})

test('the export gives all events in time, to administrators', async () => {
  sandbox.account.advance(61)
  const seen = new Set<string>()
  let [next, end] = ['tickets/side_conversations/events?start_time=0&per_page=20', -1]
  for (;;) {
    const page = await get(sandbox, next)
    expect(Object.keys(page)).toEqual(['events', 'count', 'end_time', 'next_page'])
    for (const { id } of page.events) seen.add(id)
    if (page.end_time === end) break
    end = page.end_time
    next = page.next_page
  }
  expect(seen).toEqual(new Set(live('side_conversation_events').map(({ id }) => id)))
  const agent = bearer(sandbox.credentials.agentToken)
  expect((await call(sandbox, 'tickets/side_conversations/events?start_time=0', agent)).status).toBe(403)
})

test('a deleted ticket takes its conversations with it', async () => {
  const { id, ticket_id } = live('side_conversations').at(-1)
  sandbox.account.deleteTicket(ticket_id)
  expect(sandbox.account.truth('side_conversations').deleted.has(id)).toBe(true)
  expect((await call(sandbox, `tickets/${ticket_id}/side_conversations`)).status).toBe(404)
})

test('without the add-on the answer is an empty page', async () => {
  sandbox.account.setPlan({ features: { side_conversations: false } })
  const { status, headers, body } = await call(sandbox, 'tickets/1/side_conversations')
  expect([status, headers.get('content-type'), body]).toEqual([403, 'text/html; charset=utf-8', undefined])
})
