import { expect, test } from 'vitest'
import { type Body, bearer, call, get, ids, openSandbox } from './calls.ts'
import { send } from './send.ts'

const sandbox = await openSandbox({ frozen: true })
const { account } = sandbox
const agent = bearer(sandbox.credentials.agentToken)
const live = async (): Promise<Body[]> => {
  const tickets: Body[] = []
  for (let next = 'tickets?per_page=100'; next !== null; ) {
    const page = await get(sandbox, next)
    tickets.push(...page.tickets)
    next = page.next_page
  }
  return tickets
}
const preview = async (all: Body[], any: Body[] = []): Promise<number[]> => {
  const view = { all, any, output: { columns: ['subject'], sort_by: 'id', sort_order: 'asc' } }
  const found: number[] = []
  for (let page = 1; ; page++) {
    const { body } = await send(sandbox, 'POST', `views/preview?page=${page}`, { view })
    found.push(...body.rows.map(({ ticket }: Body) => ticket.id))
    if (body.next_page === null) return found
  }
}
const where = (tickets: Body[], passes: (ticket: Body) => boolean) => ids(tickets.filter(passes))
const [open] = [{ field: 'status', operator: 'less_than', value: 'solved' }]

test('conditions select the tickets that meet them', async () => {
  const tickets = await live()
  const unsolved = new Set(['new', 'open', 'pending', 'hold'])
  const someone = tickets.find(({ assignee_id }) => assignee_id !== null)?.assignee_id
  const cases: [Body[], Body[], (ticket: Body) => boolean][] = [
    [[open], [], ({ status }) => unsolved.has(status)],
    [
      [
        { field: 'status', operator: 'is_not', value: 'closed' },
        { field: 'assignee_id', operator: 'is', value: '' },
      ],
      [],
      ({ status, assignee_id }) => status !== 'closed' && assignee_id === null,
    ],
    [
      [{ field: 'assignee_id', operator: 'is', value: String(someone) }],
      [],
      ({ assignee_id }) => assignee_id === someone,
    ],
    [
      [open, { field: 'current_tags', operator: 'includes', value: 'refund billing' }],
      [],
      ({ status, tags }) => unsolved.has(status) && (tags.includes('refund') || tags.includes('billing')),
    ],
    [
      [open, { field: 'current_tags', operator: 'not_includes', value: 'refund' }],
      [],
      ({ status, tags }) => unsolved.has(status) && !tags.includes('refund'),
    ],
    [
      [{ field: 'type', operator: 'is', value: 'incident' }],
      [
        { field: 'priority', operator: 'greater_than', value: 'normal' },
        { field: 'priority', operator: 'is', value: '' },
      ],
      ({ type, priority }) => type === 'incident' && [null, 'high', 'urgent'].includes(priority),
    ],
    [
      [open, { field: 'created_at', operator: 'greater_than', value: '720' }],
      [],
      ({ status, created_at }) =>
        unsolved.has(status) && Math.floor((account.now() - Date.parse(created_at) / 1000) / 3600) > 720,
    ],
  ]
  for (const [all, any, passes] of cases) {
    const expected = where(tickets, passes)
    expect(expected.length).toBeGreaterThan(0)
    expect(await preview(all, any)).toEqual(expected.sort((one, other) => one - other))
  }
})

test('a view that would select everything is refused, and so is an unknown field', async () => {
  for (const condition of [
    { field: 'priority', operator: 'is', value: 'low' },
    { field: 'weather', operator: 'is', value: 'fine' },
  ]) {
    const { status, body } = await send(sandbox, 'POST', 'views', { view: { title: 'No', all: [condition] } })
    expect([status, body.error]).toEqual([422, 'RecordInvalid'])
  }
  expect((await send(sandbox, 'POST', 'views', { view: { all: [open] } })).body.details.title[0].error).toBe(
    'BlankValue',
  )
})

test('a view’s tickets by number and by its own cursors', async () => {
  const output = { columns: ['subject', 'status'], sort_by: 'created', sort_order: 'desc' }
  const { body } = await send(sandbox, 'POST', 'views', { view: { title: 'Mine', all: [open], output } })
  const { id } = body.view
  expect(body.view.execution).toMatchObject({ sort_by: 'created', sort: { id: 'created', order: 'desc' } })
  const whole = ids((await get(sandbox, `views/${id}/tickets`)).tickets)
  const first = await get(sandbox, `views/${id}/tickets?page[size]=7`)
  expect(first.meta.before_cursor).toBeNull()
  expect(first.links.prev).toBeNull()
  expect(Object.keys(JSON.parse(Buffer.from(first.meta.after_cursor, 'base64').toString()))).toEqual(['sort', 'offset'])
  const found = ids(first.tickets)
  for (let page = first; page.meta.has_more; ) {
    page = await get(sandbox, page.links.next)
    found.push(...ids(page.tickets))
  }
  expect(found.slice(0, 100)).toEqual(whole)
  const { links } = await get(sandbox, first.links.next)
  expect(ids((await get(sandbox, links.prev)).tickets)).toEqual(ids(first.tickets))

  const count = await get(sandbox, `views/${id}/count`)
  expect(count.view_count).toMatchObject({ view_id: id, value: null, pretty: '...', fresh: false })
  account.advance(1)
  expect((await get(sandbox, `views/count_many?ids=${id}`)).view_counts[0]).toMatchObject({
    value: found.length,
    fresh: true,
  })
  const many = Array.from({ length: 21 }, (_, nth) => nth + 1).join()
  expect((await call(sandbox, `views/count_many?ids=${many}`)).status).toBe(400)
  expect((await get(sandbox, `views/show_many?ids=${id},1`)).views).toHaveLength(1)
  expect((await send(sandbox, 'DELETE', `views/destroy_many?ids=${id}`)).status).toBe(204)
  expect((await call(sandbox, `views/${id}/tickets`)).status).toBe(404)
})

test('personal rules are their owner’s', async () => {
  const titles = async (headers?: Record<string, string>) =>
    (await call(sandbox, 'macros', headers)).body.macros.map(({ title }: Body) => title)
  expect(await titles()).toContain('My own')
  expect(await titles(agent)).not.toContain('My own')
  const mine = (await get(sandbox, 'macros?access=personal')).macros
  expect(mine.length).toBeGreaterThan(0)
  expect((await call(sandbox, `macros/${mine[0].id}`, agent)).status).toBe(404)
})

test('the rules that histories name are there under their ids', async () => {
  const rules = new Set<number>()
  for (const { via, events } of (await get(sandbox, 'ticket_audits?limit=1000')).audits)
    for (const one of [{ via }, ...events]) if (one.via?.channel === 'rule') rules.add(one.via.source.from.id)
  expect(rules.size).toBeGreaterThan(1)
  const known = [...(await get(sandbox, 'triggers')).triggers, ...(await get(sandbox, 'automations')).automations]
  const { sla_policies } = await get(sandbox, 'slas/policies')
  expect(ids([...known, ...sla_policies])).toEqual(expect.arrayContaining([...rules]))
})

test('a macro’s effect on a ticket', async () => {
  const actions = [
    { field: 'status', value: 'solved' },
    { field: 'current_tags', value: 'one two' },
    { field: 'assignee_id', value: 'current_user' },
    {
      field: 'comment_value',
      value: ['channel:all', 'Hi {{ticket.requester.name}}, #{{ticket.id}} {{unknown.thing}}'],
    },
  ]
  const { status, body } = await send(sandbox, 'POST', 'macros', { macro: { title: 'Do::It', actions } })
  expect(status).toBe(200)
  const [ticket] = (await get(sandbox, 'tickets?include=users&per_page=1')).tickets
  const { user } = await get(sandbox, 'users/me')
  const requester = (await get(sandbox, `users/${ticket.requester_id}`)).user.name
  const { result } = await get(sandbox, `tickets/${ticket.id}/macros/${body.macro.id}/apply`)
  expect(result.ticket).toMatchObject({
    id: ticket.id,
    status: 'solved',
    assignee_id: user.id,
    tags: expect.arrayContaining([...ticket.tags, 'one', 'two']),
    comment: { body: `Hi ${requester}, #${ticket.id} {{unknown.thing}}`, public: true },
  })
  expect((await get(sandbox, `tickets/${ticket.id}`)).ticket.status).toBe(ticket.status)
  expect((await get(sandbox, 'macros/categories')).categories).toContain('Do')
  const bulk = await send(sandbox, 'PUT', 'macros/update_many', { macros: [{ id: body.macro.id, active: false }] })
  expect(bulk.body.macros[0]).toMatchObject({ id: body.macro.id, active: false })
  expect(ids((await get(sandbox, 'macros/active')).macros)).not.toContain(body.macro.id)
})

test('triggers: categories, order, revisions, refusals', async () => {
  const { body: made } = await send(sandbox, 'POST', 'trigger_categories', { trigger_category: { name: 'Own' } })
  const category_id = made.trigger_category.id
  expect(category_id).toEqual(expect.any(String))
  const trigger = {
    title: 'T',
    category_id,
    conditions: { all: [open] },
    actions: [{ field: 'status', value: 'open' }],
  }
  const { status, body } = await send(sandbox, 'POST', 'triggers', { trigger })
  expect([status, body.trigger.category_id]).toEqual([201, category_id])
  const { id } = body.trigger
  await send(sandbox, 'PUT', `triggers/${id}`, { trigger: { title: 'T2' } })
  const { trigger_revisions } = await get(sandbox, `triggers/${id}/revisions`)
  expect(trigger_revisions.map(({ snapshot }: Body) => snapshot.title)).toEqual(['T2', 'T'])
  expect((await get(sandbox, `triggers?category_id=${category_id}`)).triggers).toHaveLength(1)
  expect((await send(sandbox, 'DELETE', `trigger_categories/${category_id}`)).status).toBe(422)
  for (const wrong of [
    { ...trigger, title: '' },
    { ...trigger, actions: [] },
    { ...trigger, conditions: {} },
    { ...trigger, category_id: '1' },
  ])
    expect((await send(sandbox, 'POST', 'triggers', { trigger: wrong })).status).toBe(422)
  expect((await send(sandbox, 'PUT', `triggers/${id}`, { trigger: { title: 'No' } }, agent)).status).toBe(403)
  expect((await send(sandbox, 'DELETE', `triggers/${id}`)).status).toBe(204)
  expect(account.truth('triggers').deleted).toContain(id)
})

test('an automation needs a condition on time', async () => {
  const automation = { title: 'A', conditions: { all: [open] }, actions: [{ field: 'priority', value: 'high' }] }
  expect((await send(sandbox, 'POST', 'automations', { automation })).status).toBe(422)
  const timed = { ...automation, conditions: { all: [{ field: 'PENDING', operator: 'is', value: '24' }] } }
  expect((await send(sandbox, 'POST', 'automations', { automation: timed })).status).toBe(201)
})
