import { expect, test } from 'vitest'
import { type Body, bearer, call, get, ids, openSandbox } from './calls.ts'

const sandbox = await openSandbox()
const live = (table: string): Body[] => [...sandbox.account.truth(table).live.values()]

test.each([
  ['calls', 'calls'],
  ['legs', 'call_legs'],
])('the export of %s gives all and ends in a page that leads to itself', async (name, table) => {
  const seen = new Set<number>()
  let end = -1
  let next = `channels/voice/stats/incremental/${name}?start_time=0&limit=60`
  for (;;) {
    sandbox.account.advance(10)
    const page = await get(sandbox, next)
    expect(Object.keys(page)).toEqual([name, 'next_page', 'count', 'end_time'])
    for (const id of ids(page[name])) seen.add(id)
    if (page.end_time === end) {
      expect(page.next_page).toBe(`${sandbox.url}/api/v2/${next.split('/api/v2/').at(-1)}`)
      expect(page.count).toBeGreaterThan(0)
      break
    }
    end = page.end_time
    next = page.next_page
  }
  expect(seen).toEqual(new Set(ids(live(table))))
})

test('calls of voice comments belong to their tickets, and legs to their calls', () => {
  const calls = new Map(live('calls').map((one) => [one.id, one]))
  const voice = live('ticket_comments').filter((one) => one.data?.call_id !== undefined)
  expect(voice.length).toBeGreaterThan(0)
  for (const { data, ticket_id } of voice) expect(calls.get(data.call_id)).toMatchObject({ ticket_id })
  for (const leg of live('call_legs')) expect(calls.has(leg.call_id)).toBe(true)
})

test('the same calls stand under the other address, and too recent a start is refused', async () => {
  sandbox.account.advance(60)
  const { calls } = await get(sandbox, 'channels/voice/incremental/calls?start_time=0&limit=5')
  expect(calls).toHaveLength(5)
  const start = sandbox.account.now()
  expect(await call(sandbox, `channels/voice/stats/incremental/calls?start_time=${start}`)).toMatchObject({
    status: 400,
  })
})

test('availabilities change, and an unknown state is refused', async () => {
  const { user } = await get(sandbox, 'users/me')
  const put = (agent_state: string) =>
    fetch(`${sandbox.url}/api/v2/channels/voice/availabilities/${user.id}`, {
      method: 'PUT',
      headers: { ...bearer(sandbox.credentials.accessToken), 'content-type': 'application/json' },
      body: JSON.stringify({ availability: { agent_state } }),
    })
  expect((await put('asleep')).status).toBe(422)
  expect((await put('online')).status).toBe(200)
  expect((await get(sandbox, `channels/voice/availabilities/${user.id}`)).availability.agent_state).toBe('online')
  expect((await get(sandbox, 'channels/voice/stats/current_queue_activity')).current_queue_activity.agents_online).toBe(
    1,
  )
})

test('an account without Talk refuses', async () => {
  sandbox.account.setPlan({ features: { talk: false } })
  expect((await call(sandbox, 'channels/voice/phone_numbers')).status).toBe(403)
  sandbox.account.setPlan({ features: { talk: true } })
  expect((await get(sandbox, 'channels/voice/phone_numbers')).count).toBe(live('phone_numbers').length)
})
