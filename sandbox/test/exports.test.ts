import { describe, expect, test } from 'vitest'
import { type Body, bearer, call, exportPages, get, ids, openSandbox, rowsOf } from './calls.ts'

const sandbox = await openSandbox({ tickets: 2200, seed: 4 })
const { account } = sandbox
const MINUTE = 60

const cursorExports: [path: string, key: 'tickets' | 'users'][] = [
  ['incremental/tickets/cursor', 'tickets'],
  ['incremental/users/cursor.json', 'users'],
]
/** `days`: so many of the last ones have some hundreds of rows, which small pages walk. */
const timeExports: [path: string, key: string, days: number, time: (row: Body) => number | undefined][] = [
  ['incremental/tickets', 'tickets', 5, (row) => row.generated_timestamp],
  ['incremental/users', 'users', 90, (row) => Date.parse(row.updated_at) / 1000],
  [
    'incremental/organizations.json',
    'organizations',
    900,
    (row) => Date.parse(row.deleted_at ?? row.updated_at) / 1000,
  ],
  ['incremental/ticket_events', 'ticket_events', 3, (row) => row.timestamp],
  ['incremental/ticket_metric_events', 'ticket_metric_events', 1, () => undefined],
]
const truthIds = (key: string): number[] => {
  const { live, deleted } = account.truth(key as 'tickets')
  return [...live.keys(), ...deleted].sort((a, b) => a - b)
}

describe.each(cursorExports)('%s', (path, key) => {
  test.each([7, 100, 1000])('pages of %i give every row once, in order of time and id', async (size) => {
    const rows = await rowsOf(exportPages(sandbox, `${path}?start_time=0&per_page=${size}`), key)
    expect(ids(rows).toSorted((a, b) => a - b)).toEqual(truthIds(key))
    const places = rows.map((row): [number, number] => [
      row.generated_timestamp ?? Date.parse(row.updated_at) / 1000,
      row.id,
    ])
    expect(places).toEqual(places.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]))
    const truth = account.truth(key).live
    for (const row of rows) if (truth.has(row.id)) expect(row).toEqual(truth.get(row.id))
  })

  test('the cursor is the last row, and leads on from it', async () => {
    const page = await get(sandbox, `${path}?start_time=0&per_page=3`)
    const last = page[key][2]
    const time = last.generated_timestamp ?? Date.parse(last.updated_at) / 1000
    expect(Buffer.from(page.after_cursor, 'base64').toString()).toBe(`${time}.0||${last.id}|`)
    expect(page.after_url).toBe(
      `${sandbox.url}/api/v2/${path.replace('.json', '')}.json?cursor=${encodeURIComponent(page.after_cursor)}&per_page=3`,
    )
    const crafted = Buffer.from(`${time}.0||${last.id}|`).toString('base64')
    expect((await get(sandbox, `${path}?cursor=${crafted}`))[key][0].id).not.toBe(last.id)
  })
})

describe.each(timeExports)('%s', (path, key, days, time) => {
  test.each([1, 2, 3, 1000])('pages of %i lose no row and end', async (size) => {
    const start = size < 10 ? account.now() - days * 86_400 : 0
    const all =
      start === 0 ? truthIds(key) : ids(await rowsOf(exportPages(sandbox, `${path}?start_time=${start}`), key))
    const rows: Body[] = []
    let end = start
    for await (const page of exportPages(sandbox, `${path}?start_time=${start}&per_page=${size}`)) {
      expect(page.count).toBe(page[key].length)
      expect(page.end_time).toBeGreaterThanOrEqual(end)
      end = page.end_time
      rows.push(...page[key])
    }
    const seen = new Set(ids(rows))
    if (start === 0) expect([...seen].toSorted((a, b) => a - b)).toEqual(truthIds(key))
    expect(all.length).toBeGreaterThan(90)
    expect(all.filter((id) => !seen.has(id))).toEqual([])
    const times = rows.flatMap((row) => time(row) ?? [])
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    // Rows come again only where a page's last second does.
    const repeated = rows.length - seen.size
    expect(repeated).toBeLessThanOrEqual(size === 1 ? 0 : rows.length / 2)
  })
})

describe('a second with more rows than a page', () => {
  const largest = (rows: Body[], time: (row: Body) => number): [number, number] => {
    const counts = Map.groupBy(rows, time)
    const [second, same] = [...counts].reduce((a, b) => (b[1].length > a[1].length ? b : a))
    return [second, same.length]
  }

  test('comes whole by time, ends one second later, and is not in the order of ids', async () => {
    const all = [...account.truth('tickets').live.values()] as Body[]
    const [second, count] = largest(all, (row) => row.generated_timestamp)
    expect(count).toBeGreaterThan(1000)
    const page = await get(sandbox, `incremental/tickets?start_time=${second}`)
    expect(page.count).toBeGreaterThanOrEqual(count)
    expect(page.end_time).toBe(second + 1)
    expect(ids(page.tickets)).not.toEqual(ids(page.tickets).toSorted((a, b) => a - b))
  })

  test('is cut by cursors, which know the id', async () => {
    const all = [...account.truth('tickets').live.values()] as Body[]
    const [second] = largest(all, (row) => row.generated_timestamp)
    const page = await get(sandbox, `incremental/tickets/cursor?start_time=${second}`)
    expect(page.tickets.length).toBe(1000)
    expect(page.tickets.at(-1).generated_timestamp).toBe(second)
    const next = await get(sandbox, page.after_url)
    expect(next.tickets[0].generated_timestamp).toBe(second)
    expect(next.tickets[0].id).toBeGreaterThan(page.tickets.at(-1).id)
  })

  test('is there for ticket events and organizations too', async () => {
    const events = [...account.truth('ticket_audits').live.values()] as Body[]
    expect(largest(events, (row) => Date.parse(row.created_at))[1]).toBeGreaterThan(1000)
    const organizations = [...account.truth('organizations').live.values()] as Body[]
    const [second, count] = largest(organizations, (row) => Date.parse(row.updated_at) / 1000)
    expect(count).toBeGreaterThan(20)
    const page = await get(sandbox, `incremental/organizations?start_time=${second}&per_page=5`)
    expect(page.count).toBeGreaterThanOrEqual(count)
    expect(page.end_time).toBe(second + 1)
  })
})

test('the truth of ticket events is what the export gives with whole comments', async () => {
  const path = `incremental/ticket_events?include=comment_events&start_time=${account.now() - 12 * 86_400}`
  const rows = await rowsOf(exportPages(sandbox, path), 'ticket_events')
  const { live, deleted } = account.truth('ticket_events')
  expect(rows.filter((row) => !deleted.has(row.id)).map((row) => live.get(row.id))).toEqual(
    rows.filter((row) => !deleted.has(row.id)),
  )
  expect(rows.length).toBeGreaterThan(100)
})

describe('the newest minute', async () => {
  const young = await openSandbox({ now: 1_760_000_000, frozen: true, tickets: 20 })

  test('is withheld from every export and not from the lists', async () => {
    const start = young.account.now() - MINUTE
    const id = young.account.createTicket({ subject: 'Young' })
    young.account.createUser()
    young.account.createOrganization()
    const count = async () => {
      const found = [
        (await get(young, `incremental/tickets/cursor?start_time=${start}`)).tickets,
        (await get(young, `incremental/tickets?start_time=${start}`)).tickets,
        (await get(young, `incremental/users/cursor?start_time=${start}`)).users,
        (await get(young, `incremental/organizations?start_time=${start}`)).organizations,
        (await get(young, `incremental/ticket_events?start_time=${start}`)).ticket_events,
        (await get(young, `incremental/ticket_metric_events?start_time=${start}`)).ticket_metric_events,
      ]
      return found.filter((rows) => rows.length > 0).length
    }
    expect(await count()).toBe(0)
    expect((await get(young, `tickets/${id}`)).ticket.subject).toBe('Young')
    expect((await get(young, 'tickets?page[size]=1&sort=-updated_at')).tickets[0].id).toBe(id)
    young.account.advance(59)
    expect(await count()).toBe(0)
    young.account.advance(1)
    expect(await count()).toBe(6)
  })

  test('may not be asked for', async () => {
    const { status, body } = await call(young, `incremental/users/cursor?start_time=${young.account.now() - 59}`)
    expect([status, body.error]).toEqual([400, 'StartTimeTooRecent'])
    expect((await call(young, `incremental/users?start_time=${young.account.now() - 60}`)).status).toBe(200)
  })

  test('may be asked for among the metric events, and holds none', async () => {
    const now = young.account.now()
    const page = await get(young, `incremental/ticket_metric_events?start_time=${now}`)
    expect(page).toMatchObject({ ticket_metric_events: [], count: 0, end_of_stream: true, end_time: now })
  })
})

test('a fraction of the start time is cut, and no number is refused', async () => {
  for (const path of ['tickets/cursor', 'tickets', 'users/cursor', 'organizations', 'ticket_events']) {
    const start = Math.floor(account.now() - 200 * 86_400)
    const whole = await get(sandbox, `incremental/${path}?start_time=${start}&per_page=3`)
    const cut = await get(sandbox, `incremental/${path}?start_time=${start}.9&per_page=3`)
    expect(cut).toEqual(whole)
    for (const wrong of ['', '2020-01-01T00:00:00Z', 'now', '1.2.3']) {
      const { status, body } = await call(sandbox, `incremental/${path}?start_time=${wrong}`)
      expect([status, body.error.title]).toEqual([400, 'Invalid attribute'])
    }
  }
})

test('a system update brings an old ticket again, and nothing else of it', async () => {
  const [id] = account.truth('tickets').live.keys()
  const before = (await get(sandbox, `tickets/${id}`)).ticket
  account.systemUpdate(id as number)
  const at = account.now()
  account.advance(MINUTE + 1)
  const { tickets } = await get(sandbox, `incremental/tickets/cursor?start_time=${at - 1}`)
  expect(ids(tickets)).toEqual([id])
  expect(tickets[0]).toEqual({ ...before, generated_timestamp: at })
  expect((await get(sandbox, `incremental/ticket_events?start_time=${at - 1}`)).ticket_events).toEqual([])
})

test('some generated tickets were updated by the system too', () => {
  const rows = [...account.truth('tickets').live.values()] as Body[]
  const late = rows.filter((row) => row.generated_timestamp > Date.parse(row.updated_at) / 1000)
  expect(late.length).toBeGreaterThan(20)
})

test('metric events by cursor give the same rows as by time', async () => {
  const start = account.now() - 30 * 86_400
  const byTime = await rowsOf(
    exportPages(sandbox, `incremental/ticket_metric_events?start_time=${start}`),
    'ticket_metric_events',
  )
  const first = await get(sandbox, `incremental/ticket_metric_events?start_time=${start}&page[size]=1000`)
  expect(first.ticket_metric_events.length).toBe(1000)
  const byCursor: Body[] = []
  for (let page = first; ; page = await get(sandbox, page.links.next)) {
    byCursor.push(...page.ticket_metric_events)
    if (!page.meta.has_more) break
  }
  expect(new Set(ids(byCursor))).toEqual(new Set(ids(byTime)))
  expect(byCursor.length).toBe(new Set(ids(byTime)).size)
})

test('side-loads and exclude_deleted', async () => {
  const page = await get(
    sandbox,
    'incremental/tickets/cursor?start_time=0&per_page=50&include=users,groups,organizations,comment_count,metric_sets',
  )
  for (const ticket of page.tickets) {
    expect(ids(page.users)).toContain(ticket.requester_id < 0 ? page.users[0].id : ticket.requester_id)
    expect(ticket.comment_count).toBeGreaterThan(0)
  }
  expect(page.groups.length).toBe(new Set(ids(page.groups)).size)
  const kept = await rowsOf(
    exportPages(sandbox, 'incremental/tickets/cursor?start_time=0&exclude_deleted=true'),
    'tickets',
  )
  expect(ids(kept).toSorted((a, b) => a - b)).toEqual([...account.truth('tickets').live.keys()])
})

test('comments come with the events only when asked for', async () => {
  const start = account.now() - 20 * 86_400
  const comments = (page: Body) =>
    page.ticket_events
      .flatMap((event: Body) => event.child_events)
      .filter((child: Body) => /^(Voice)?Comment$/.test(child.event_type))
  const bare = comments(await get(sandbox, `incremental/ticket_events?start_time=${start}`))
  expect(bare.length).toBeGreaterThan(10)
  for (const child of bare)
    expect(child).toEqual({ ...child, comment_present: true, comment_public: expect.any(Boolean) })
  const whole = comments(await get(sandbox, `incremental/ticket_events?start_time=${start}&include=comment_events`))
  const truth = account.truth('ticket_comments').live
  for (const { ticket_id: _, ...child } of whole)
    if (truth.has(child.id)) expect(truth.get(child.id)).toMatchObject(child)
})

test('a page that is asked for again is as fresh as the first time', async () => {
  const own = await openSandbox({ tickets: 30, now: 1_760_000_000, frozen: true })
  const asked = ['tickets/cursor', 'users/cursor', 'organizations', 'ticket_events', 'ticket_metric_events'].map(
    (path) => `incremental/${path}?start_time=${own.account.now() - 3600}`,
  )
  const pages = async () => {
    const bodies = await Promise.all(asked.map((path) => get(own, path)))
    return bodies.map((body) => JSON.stringify(body))
  }
  const all = await Promise.all(
    ['tickets/cursor', 'users/cursor'].map((path) => get(own, `incremental/${path}?start_time=0`)),
  )
  expect(
    await Promise.all(['tickets/cursor', 'users/cursor'].map((path) => get(own, `incremental/${path}?start_time=0`))),
  ).toEqual(all)
  const quiet = await pages()
  expect(await pages()).toEqual(quiet)
  const id = own.account.createTicket({ subject: 'Young' })
  own.account.createUser()
  own.account.createOrganization()
  // Inside the hold-back nothing has changed yet; a page that was kept then must not be given later.
  expect((await pages())[0]).toBe(quiet[0])
  own.account.advance(MINUTE)
  const now = await pages()
  expect(now.map((body, at) => body === quiet[at])).toEqual([false, false, false, false, false])
  own.account.updateTicket(id, { subject: 'Older' })
  own.account.advance(MINUTE)
  expect((await pages())[0]).toContain('Older')
  const { status } = await call(own, asked[0] ?? '', bearer('wrong'))
  expect(status).toBe(401)
})
