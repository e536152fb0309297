import { expect, test } from 'vitest'
import { type Body, call, get, ids, openSandbox } from './calls.ts'

const sandbox = await openSandbox({ tickets: 1200, now: 1_760_000_000, frozen: true })
const { account } = sandbox
const search = (query: string, more = '') => get(sandbox, `search?query=${encodeURIComponent(query)}${more}`)
const tickets = () => [...account.truth('tickets').live.values()] as Body[]
const time = (text: string) => Date.parse(text) / 1000

const cases: [query: string, means: (ticket: Body) => boolean][] = [
  ['status<solved', ({ status }) => ['new', 'open', 'pending', 'hold'].includes(status)],
  ['status:open status:pending', ({ status }) => status === 'open' || status === 'pending'],
  ['-status:closed priority>=high', (row) => row.status !== 'closed' && ['high', 'urgent'].includes(row.priority)],
  ['priority:none', ({ priority }) => priority === null],
  ['created>=2025-03-01 created<2025-06-01', (row) => row.created_at >= '2025-03-01' && row.created_at < '2025-06-01'],
  ['created:2025-09', (row) => row.created_at.startsWith('2025-09')],
  ['updated>2000hours', (row) => time(row.updated_at) > account.now() - 2000 * 3600],
  ['updated>=2025-08-01T10:00:00+02:00', (row) => time(row.updated_at) >= time('2025-08-01T08:00:00Z')],
  ['tags:billing assignee:none', (row) => row.tags.includes('billing') && row.assignee_id === null],
  ['organization:none ticket_type:incident', (row) => row.organization_id === null && row.type === 'incident'],
  ['via:mail nonsense:17', ({ via }) => via.channel === 'email'],
  ['external_id:EXT-1', (row) => row.external_id === 'ext-1'],
]

test.each(cases)('tickets: %s', async (query, means) => {
  const wanted = ids(tickets().filter(means)).sort((a, b) => a - b)
  let path = `search/export?filter[type]=ticket&page[size]=70&query=${encodeURIComponent(query)}`
  const found: Body[] = []
  for (;;) {
    const page = await get(sandbox, path)
    expect(Object.keys(page)).toEqual(['results', 'facets', 'meta', 'links'])
    found.push(...page.results)
    if (!page.meta.has_more) break
    path = page.links.next
  }
  expect(ids(found).sort((a, b) => a - b)).toEqual(wanted)
  const created = found.map((row) => row.created_at)
  expect(created).toEqual(created.toSorted().reverse())
  expect((await search(`type:ticket ${query}`)).count).toBe(wanted.length)
})

test('people are found by what they are called, and kinds are mixed', async () => {
  const { users } = await get(sandbox, 'users?page[size]=50')
  const one = users.find((user: Body) => user.email !== null && user.external_id !== null)
  for (const query of [`email:${one.email}`, `type:user external_id:${one.external_id}`]) {
    const { results } = await search(query)
    expect(results).toMatchObject([{ id: one.id, result_type: 'user' }])
  }
  const all = await search('created>2010-01-01')
  expect(all.count).toBe(
    ['tickets', 'users', 'organizations', 'groups']
      .map((name) => account.truth(name).live.size)
      .reduce((sum, size) => sum + size, 0),
  )
  const page = await search('type:ticket', '&include=tickets(users,groups)&per_page=20')
  expect(page.users.length).toBeGreaterThan(0)
})

test('limits: a thousand rows, no cursors in /search, no type in the query of an export', async () => {
  expect((await search('type:ticket', '&page=10')).results).toHaveLength(100)
  const { status, body } = await call(sandbox, 'search?query=type:ticket&page=11')
  expect([status, body.error]).toEqual([422, 'invalid'])
  expect((await call(sandbox, 'search?query=x&page[size]=10')).status).toBe(400)
  expect((await call(sandbox, 'search/export?query=x')).status).toBe(400)
  expect((await call(sandbox, 'search/export?query=type:ticket&filter[type]=ticket')).status).toBe(422)
  expect((await call(sandbox, 'search/export?query=&filter[type]=ticket&page[size]=1001')).status).toBe(400)
})

test('a cursor of the export holds for its query and for an hour', async () => {
  const path = 'search/export?query=&filter[type]=user&page[size]=10'
  const { meta, links } = await get(sandbox, path)
  expect([meta.before_cursor, links.prev]).toEqual([null, null])
  const after = encodeURIComponent(meta.after_cursor)
  expect((await call(sandbox, `${path}&page[after]=${after}`)).status).toBe(200)
  expect((await call(sandbox, `${path.replace('user', 'ticket')}&page[after]=${after}`)).status).toBe(400)
  account.advance(3601)
  expect((await call(sandbox, `${path}&page[after]=${after}`)).status).toBe(400)
})

test('the index lags a minute behind; deletions show at once', async () => {
  const ticket = account.createTicket({ subject: 'Zyzzyva in the index', priority: 'low' })
  const user = account.createUser({ name: 'Zyzzyva Lag' })
  const counts = async () => [
    (await search('type:ticket subject:zyzzyva')).count,
    (await search('type:user zyzzyva')).count,
  ]
  expect(await counts()).toEqual([0, 0])
  account.advance(60)
  expect(await counts()).toEqual([1, 1])
  account.updateTicket(ticket, { priority: 'urgent' })
  account.updateUser(user, { name: 'Renamed Lag' })
  expect((await search(`type:ticket zyzzyva priority:low`)).results[0]).toMatchObject({
    id: ticket,
    priority: 'urgent',
  })
  expect((await search('type:user zyzzyva')).results[0].name).toBe('Renamed Lag')
  account.advance(60)
  expect((await search('type:ticket zyzzyva priority:urgent')).count).toBe(1)
  expect(await counts()).toEqual([1, 0])
  account.deleteTicket(ticket)
  expect((await search('type:ticket zyzzyva')).count).toBe(0)
})
