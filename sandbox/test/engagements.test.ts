import { expect, test } from 'vitest'
import { type Body, call, get, openSandbox } from './calls.ts'

const sandbox = await openSandbox()

const all = async (query: string): Promise<Body[]> => {
  const rows: Body[] = []
  for (let next: string | null = `engagements${query}`; next !== null; ) {
    const page: Body = await get(sandbox, next)
    expect(Object.keys(page)).toEqual(['agent_engagement_data', 'next_page_url', 'has_more', 'page_size'])
    expect(page['has_more']).toBe(page['next_page_url'] !== null)
    expect(page['page_size']).toBe(page['agent_engagement_data'].length)
    rows.push(...page['agent_engagement_data'])
    next = page['next_page_url']
  }
  return rows
}

test('engagements come in order of their beginning and id, those of messaging unless asked otherwise', async () => {
  const first = await get(sandbox, 'engagements')
  expect(first['agent_engagement_data']).toHaveLength(10)
  expect(new URL(first['next_page_url']).searchParams.get('channel')).toBe('MESSAGING')
  const messaging = await all('')
  const support = await all('?channel=SUPPORT&page_size=100')
  const places = messaging.map((row) => `${row['engagement_start_time']} ${row['engagement_id']}`)
  expect(places).toEqual([...places].sort())
  expect(new Set(messaging.map(({ channel }) => channel))).toEqual(new Set(['MESSAGING']))
  const ids = [...messaging, ...support].map((row) => row['engagement_id'])
  expect(new Set(ids)).toEqual(new Set(sandbox.account.truth('engagements').live.keys()))
  expect(ids.length).toBe(new Set(ids).size)
  for (const { engagement_start_time: start, engagement_end_time: end } of messaging) {
    expect(start).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
    expect(Date.parse(`${end}Z`)).toBeLessThanOrEqual(sandbox.account.now() * 1000)
    expect(Date.parse(`${start}Z`)).toBeGreaterThan((sandbox.account.now() - 90 * 86_400) * 1000)
  }
})

test('one engagement, one ticket, and a start that is none', async () => {
  const [one] = (await get(sandbox, 'engagements?page_size=1'))['agent_engagement_data'] as Body[]
  expect(await get(sandbox, `engagements/${one?.['engagement_id']}`)).toEqual(one)
  const ofTicket = await all(`?ticket_id=${one?.['ticket_id']}`)
  expect(ofTicket.map((row) => row['engagement_id'])).toContain(one?.['engagement_id'])
  expect((await call(sandbox, 'engagements?start_time=soon')).status).toBe(400)
  expect((await call(sandbox, 'engagements/0')).status).toBe(404)
})

test('an engagement is listed once the ticket is solved', async () => {
  const { account } = sandbox
  const agent = Number([...account.truth('users').live.values()].find(({ role }) => role === 'agent')?.['id'])
  const ticket = account.createTicket({})
  account.updateTicket(ticket, { assignee_id: agent, status: 'open' })
  const own = () =>
    all(`?ticket_id=${ticket}&channel=SUPPORT`).then((rows) =>
      all(`?ticket_id=${ticket}`).then((more) => [...rows, ...more]),
    )
  expect(await own()).toEqual([])
  account.advance(60)
  account.updateTicket(ticket, { status: 'solved' })
  const [row] = await own()
  expect(row).toMatchObject({ agent_id: agent, ticket_status_end: 'SOLVED', engagement_start_reason: 'Assigned' })
})
