import { describe, expect, test } from 'vitest'
import { type Body, call, cursor, get, ids, listPages, openSandbox, rowsOf } from './calls.ts'

const sandbox = await openSandbox({ tickets: 400, seed: 5 })
const { account } = sandbox
const archivedBefore = account.now() - 120 * 86_400
const INT64_MAX = 2n ** 63n - 1n

// Live as the lists see it: neither deleted nor archived.
const closedAt = new Map<number, number>()
for (const audit of account.truth('ticket_audits').live.values() as Iterable<Body>)
  for (const event of audit.events)
    if (event.field_name === 'status' && event.value === 'closed')
      closedAt.set(audit.ticket_id, Date.parse(audit.created_at) / 1000)
const listed = [...account.truth('tickets').live.keys()].filter(
  (id) => (closedAt.get(id) ?? Number.POSITIVE_INFINITY) > archivedBefore,
)
const archived = [...closedAt].filter(([id, at]) => at <= archivedBefore && account.truth('tickets').live.has(id))
const liveIds = (stream: 'users' | 'organizations') => [...account.truth(stream).live.keys()].sort((a, b) => a - b)

describe('cursor pagination', () => {
  test.each([
    ['tickets', 'tickets', 1],
    ['tickets', 'tickets', 100],
    ['tickets', 'tickets', 7, '&sort=updated_at'],
    ['tickets', 'tickets', 7, '&sort=-updated_at'],
    ['tickets', 'tickets', 7, '&sort=-id'],
    ['tickets.json', 'tickets', 9, '&sort=status'],
    ['ticket_metrics', 'ticket_metrics', 9],
  ] as [path: string, key: string, size: number, more?: string][])(
    '%s: %s in pages of %i%s',
    async (path, key, size, more = '') => {
      const rows = await rowsOf(listPages(sandbox, `${path}?page[size]=${size}${more}`), key)
      const found = rows.map((row) => row.ticket_id ?? row.id)
      expect(found.toSorted((a, b) => a - b)).toEqual(listed)
      const times = rows.map((row) => row.updated_at)
      if (more.endsWith('=updated_at')) expect(times).toEqual(times.toSorted())
      if (more.endsWith('-updated_at')) expect(times).toEqual(times.toSorted().toReversed())
    },
  )

  test.each([
    ['users', '', 17],
    ['users', '&sort=updated_at', 17],
    ['organizations', '&sort=-updated_at', 3],
    ['organizations', '&sort=-id', 100],
  ] as const)('%s%s: the ones that are not deleted', async (path, more, size) => {
    const rows = await rowsOf(listPages(sandbox, `${path}?page[size]=${size}${more}`), path)
    expect(ids(rows).toSorted((a, b) => a - b)).toEqual(liveIds(path))
    expect(rows[0]).not.toHaveProperty('deleted_at')
    expect(rows[0]).not.toHaveProperty('permanently_deleted')
  })

  test.each([
    ['groups', 'groups', 3],
    ['ticket_fields', 'ticket_fields', 4],
  ] as const)('%s', async (path, key, size) => {
    const rows = await rowsOf(listPages(sandbox, `${path}?page[size]=${size}`), key)
    const { live, deleted } = account.truth(path)
    expect(new Set(ids(rows))).toEqual(new Set([...live.keys(), ...deleted]))
  })

  test('walks back with page[before] and keeps the other parameters', async () => {
    const first = await get(sandbox, 'tickets?page[size]=5&include=users')
    expect(first.links.next).toMatch(/\/tickets\.json\?include=users&page%5Bafter%5D=.*&page%5Bsize%5D=5$/)
    const second = await get(sandbox, first.links.next)
    const back = await get(sandbox, second.links.prev)
    expect(ids(back.tickets)).toEqual(ids(first.tickets))
  })

  test('the last page still leads on, to an empty one without cursors', async () => {
    const last = await get(sandbox, 'groups?page[size]=100')
    expect(last.meta.has_more).toBe(false)
    const past = await get(sandbox, last.links.next)
    expect(past.meta).toEqual({ has_more: false, after_cursor: null, before_cursor: null })
    expect(past.links).toEqual({ prev: null, next: null })
  })

  test.each([
    'tickets?page[size]=101',
    'tickets?page[size]=0',
    'tickets?page[size]=5&page[after]=garbage',
    `tickets?page[size]=5&sort=updated_at&page[after]=${cursor('nice_id', 'i', 5n)}`,
    'tickets?page[size]=5&sort=priority',
    'users?page[size]=5&sort=name',
    `tickets?page[size]=5&page[after]=${cursor('nice_id', 'i', 5n)}&page[before]=${cursor('nice_id', 'i', 9n)}`,
  ])('%s is refused', async (path) => {
    const { status, body } = await call(sandbox, path)
    expect([status, body.errors[0].code]).toEqual([400, 'InvalidPaginationParameter'])
  })
})

describe('cursors that a client builds', () => {
  test('by id, as the reference encodes them', async () => {
    const built = Buffer.from('{"o":"nice_id","v":"aWQAAAAAAAAA"}').toString('base64')
    expect(decodeURIComponent(cursor('nice_id', 'i', 100n))).toBe(built)
    const { tickets } = await get(sandbox, `tickets?page[size]=3&page[after]=${built}`)
    expect(ids(tickets)).toEqual(listed.filter((id) => id > 100).slice(0, 3))
  })

  test.each(['users', 'organizations'] as const)(
    'by time, inclusive with 0 and exclusive with the largest id: %s',
    async (path) => {
      const rows = [...account.truth(path).live.values()].sort((a: Body, b: Body) =>
        a.updated_at.localeCompare(b.updated_at),
      ) as Body[]
      const middle = rows[Math.floor(rows.length / 2)]
      const time = BigInt(Date.parse(middle.updated_at) / 1000)
      const from = async (id: bigint) =>
        (
          await get(
            sandbox,
            `${path}?page[size]=1&sort=updated_at&page[after]=${cursor('updated_at,id', 'di', time, id)}`,
          )
        )[path][0]
      expect((await from(0n)).updated_at).toBe(middle.updated_at)
      expect((await from(INT64_MAX)).updated_at > middle.updated_at).toBe(true)
      const { links } = await get(
        sandbox,
        `${path}?page[size]=1&sort=updated_at&page[after]=${cursor('updated_at,id', 'di', time, 0n)}`,
      )
      const first = await from(0n)
      expect(links.next).toContain(cursor('updated_at,id', 'di', time, BigInt(first.id)))
    },
  )

  test('the id that breaks ties between tickets is not the public one', async () => {
    const page = await get(sandbox, 'tickets?page[size]=1&sort=updated_at')
    const { o, v } = JSON.parse(Buffer.from(page.meta.after_cursor, 'base64').toString())
    expect(o).toBe('updated_at,id')
    const id = Buffer.from(v, 'base64').readBigInt64LE(10)
    expect(String(id)).toMatch(/^\d{14}$/)
  })

  test('names in a cursor are counted in characters', async () => {
    const rows = await rowsOf(listPages(sandbox, 'groups?page[size]=1'), 'groups')
    expect(rows.some(({ name }) => /\p{Emoji_Presentation}/u.test(name))).toBe(true)
    expect(new Set(ids(rows)).size).toBe(rows.length)
  })
})

describe('offset pagination', () => {
  test.each([
    ['tickets', 'tickets'],
    ['users', 'users'],
    ['ticket_metrics', 'ticket_metrics'],
  ])('%s', async (path, key) => {
    const rows: Body[] = []
    let count = -1
    for (let next: string | null = `${path}?per_page=37`; next !== null; ) {
      const page: Body = await get(sandbox, next)
      rows.push(...page[key])
      count = page.count
      next = page.next_page
    }
    expect(rows.length).toBe(count)
    expect(new Set(ids(rows)).size).toBe(count)
  })

  test('ends at 10,000 records and sorts', async () => {
    expect((await call(sandbox, 'users?page=101')).body.errors[0].code).toBe('InvalidPaginationDepth')
    expect((await call(sandbox, 'users?page=100')).status).toBe(200)
    const { tickets, previous_page } = await get(
      sandbox,
      'tickets?sort_by=created_at&sort_order=desc&page=2&per_page=5',
    )
    const times = tickets.map((row: Body) => row.created_at)
    expect(times).toEqual(times.toSorted().toReversed())
    expect(previous_page).toContain('page=1')
  })
})

test('counts', async () => {
  const value = async (path: string) => (await get(sandbox, `${path}/count.json`)).count.value
  expect(await value('tickets')).toBe(listed.length)
  expect(await value('users')).toBe(liveIds('users').length)
  expect(await value('organizations')).toBe(liveIds('organizations').length)
  expect(await value('ticket_fields')).toBe(account.truth('ticket_fields').live.size)
  expect((await get(sandbox, 'groups/count')).count.refreshed_at).toMatch(/\+00:00$/)
})

test('metric sets stand beside listed tickets, not inside', async () => {
  const page = await get(sandbox, 'tickets?page[size]=10&include=metric_sets')
  expect(page.metric_sets.map((set: Body) => set.ticket_id)).toEqual(ids(page.tickets))
  expect(page.tickets[0]).not.toHaveProperty('metric_set')
})

describe('audits and comments of a ticket', () => {
  const audits = Map.groupBy(account.truth('ticket_audits').live.values() as Iterable<Body>, (row) => row.ticket_id)

  test('live: in cursor pages of 1 and of 100, both ways', async () => {
    const id = listed.find((one) => (audits.get(one)?.length ?? 0) > 3)
    for (const size of [1, 100]) {
      const rows = await rowsOf(listPages(sandbox, `tickets/${id}/audits?page[size]=${size}`), 'audits')
      expect(rows).toEqual(audits.get(id))
    }
    const down = await rowsOf(listPages(sandbox, `tickets/${id}/audits?page[size]=1&sort_order=desc`), 'audits')
    expect(down).toEqual(audits.get(id)?.toReversed())
    expect((await call(sandbox, `tickets/${id}/audits?page[size]=101`)).status).toBe(400)
    const comments = await rowsOf(listPages(sandbox, `tickets/${id}/comments?page[size]=1`), 'comments')
    const inAudits = (audits.get(id) ?? []).flatMap((row) => row.events).filter((event: Body) => 'html_body' in event)
    expect(ids(comments)).toEqual(ids(inAudits))
  })

  test('archived: all at once, and the ticket can still be read', async () => {
    const [id] = archived[0] as [number, number]
    const whole = audits.get(id)
    expect(await get(sandbox, `tickets/${id}/audits?page[size]=1`)).toEqual({
      audits: whole,
      meta: { has_more: false, after_cursor: null, before_cursor: null },
      links: { prev: null, next: null },
    })
    expect(await get(sandbox, `tickets/${id}/audits?per_page=1`)).toEqual({
      audits: whole,
      next_page: null,
      previous_page: null,
      count: whole?.length,
    })
    expect((await get(sandbox, `tickets/${id}`)).ticket.status).toBe('closed')
    expect((await get(sandbox, `tickets/${id}/metrics`)).ticket_metric.ticket_id).toBe(id)
  })

  test('of all live tickets: by cursor, from a second that the client names, and in the older form', async () => {
    const expected = listed.flatMap((id) => ids(audits.get(id) ?? [])).toSorted((a, b) => a - b)
    const rows = await rowsOf(listPages(sandbox, 'ticket_audits?page[size]=100'), 'audits')
    expect(ids(rows)).toEqual(expected)
    const middle = rows[Math.floor(rows.length / 2)]
    const after = cursor('created_at,id', 'di', BigInt(Date.parse(middle.created_at) / 1000), 0n)
    const [first] = (await get(sandbox, `ticket_audits?page[size]=1&page[after]=${after}`)).audits
    expect(first.created_at).toBe(middle.created_at)

    const older: Body[] = []
    for (
      let page = await get(sandbox, 'ticket_audits?limit=200');
      page.audits.length > 0;
      page = await get(sandbox, page.before_url)
    )
      older.unshift(...page.audits)
    expect(ids(older)).toEqual(expected)
    const newest = await get(sandbox, 'ticket_audits?limit=5')
    expect((await get(sandbox, newest.after_url)).audits).toEqual([])
  })
})

test('forms come all at once', async () => {
  const page = await get(sandbox, 'ticket_forms.json')
  expect(page).toMatchObject({ next_page: null, previous_page: null, count: page.ticket_forms.length })
  expect(page.ticket_forms).toEqual([...account.truth('ticket_forms').live.values()])
  expect(page.ticket_forms.some((form: Body) => form.agent_conditions.length > 0)).toBe(true)
})
