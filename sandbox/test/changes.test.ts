import { describe, expect, test } from 'vitest'
import { type Body, call, exportPages, get, ids, listPages, openSandbox, rowsOf } from './calls.ts'

const sandbox = await openSandbox({ tickets: 200, seed: 6 })
const { account } = sandbox
const DAY = 86_400

/** What the exports give of the changes that `act` makes, a minute and more later. */
async function changesOf(act: () => void): Promise<Record<string, Body[]>> {
  account.advance(120)
  const start = account.now() - 60
  act()
  account.advance(120)
  const paths: Record<string, string> = {
    tickets: 'incremental/tickets/cursor?include=metric_sets&',
    ticket_events: 'incremental/ticket_events?include=comment_events&',
    ticket_metric_events: 'incremental/ticket_metric_events?',
    users: 'incremental/users/cursor?',
    organizations: 'incremental/organizations?',
  }
  const found: Record<string, Body[]> = {}
  for (const [key, path] of Object.entries(paths))
    found[key] = await rowsOf(exportPages(sandbox, `${path}start_time=${start}`), key)
  return found
}
const status = async (path: string) => (await call(sandbox, path)).status
const childrenOf = (rows: readonly Body[] | undefined): Body[] => (rows ?? []).flatMap((row) => row.child_events)

describe('tickets', () => {
  test('are created, updated, commented and solved, with audits, events and metrics', async () => {
    const [agent] = [...account.truth('users').live.values()].filter((user) => user['role'] === 'agent') as Body[]
    let id = 0
    const made = await changesOf(() => {
      id = account.createTicket({ subject: 'Blank', priority: 'urgent', tags: ['a'], comment: 'Help' })
    })
    expect(made['tickets']).toHaveLength(1)
    expect(made['tickets']?.[0]).toMatchObject({ id, subject: 'Blank', status: 'new', description: 'Help' })
    expect(made['ticket_metric_events']?.map((event) => event.type)).toContain('apply_sla')

    const changed = await changesOf(() => {
      account.updateTicket(id, { status: 'pending', assignee_id: agent.id, tags: ['a', 'b'] }, 'On it')
      account.advance(10)
      account.addComment(id, { body: 'Between us', public: false })
    })
    expect(changed['tickets']?.[0].metric_set).toMatchObject({ replies: 1, assignee_stations: 1 })
    expect(changed['ticket_events']).toHaveLength(2)
    expect(childrenOf(changed['ticket_events'])).toMatchObject([
      { event_type: 'Comment', body: 'On it', public: true },
      { status: 'pending', previous_value: 'new' },
      { assignee_id: agent.id, previous_value: null },
      { tags: ['a', 'b'], added_tags: ['b'], removed_tags: [], previous_value: ['a'] },
      { custom_status_id: expect.any(Number) },
      { event_type: 'Comment', body: 'Between us', public: false },
    ])
    const averted = changed['ticket_metric_events']?.find((event) => event.type === 'breach')
    expect(averted).toMatchObject({ deleted: true, ticket_id: id })
    expect(account.truth('ticket_metric_events').deleted).toContain(averted.id)

    const { audits } = await get(sandbox, `tickets/${id}/audits?page[size]=100`)
    expect(audits[1].events.find((event: Body) => event.field_name === 'assignee_id')).toMatchObject({
      type: 'Change',
      value: String(agent.id),
      previous_value: null,
    })
    const solved = await changesOf(() => account.updateTicket(id, { status: 'solved' }))
    expect(solved['tickets']?.[0].metric_set.solved_at).toBe(solved['tickets']?.[0].updated_at)
    account.updateTicket(id, { status: 'closed' })
    expect(() => account.addComment(id, 'Too late')).toThrow('closed prevents ticket update')
  })

  test('a change that changes nothing leaves no trace', async () => {
    const id = account.createTicket({ tags: ['x'] })
    const found = await changesOf(() => account.updateTicket(id, { tags: ['x'] }))
    expect(found['tickets']).toEqual([])
  })

  test('deleted: gone from lists, 404 below their path, marked in the exports; restored: back', async () => {
    const id = account.createTicket({ subject: 'Gone' })
    const deleted = await changesOf(() => account.deleteTicket(id))
    expect(deleted['tickets']).toMatchObject([{ id, status: 'deleted', subject: 'Gone', metric_set: null }])
    expect(childrenOf(deleted['ticket_events'])).toMatchObject([{ status: 'deleted', previous_value: 'new' }])
    expect(deleted['ticket_metric_events']?.length).toBeGreaterThan(3)
    expect(deleted['ticket_metric_events']?.every((event) => event.deleted === true)).toBe(true)
    for (const path of ['', '/audits', '/comments', '/metrics']) {
      const { status: missing, body } = await call(sandbox, `tickets/${id}${path}`)
      expect([missing, body]).toEqual([404, { error: 'RecordNotFound', description: 'Not found' }])
    }
    expect(ids((await get(sandbox, 'tickets?page[size]=100&sort=-id')).tickets)).not.toContain(id)
    const { deleted_tickets } = await get(sandbox, 'deleted_tickets?page[size]=1&sort=-deleted_at')
    expect(deleted_tickets).toMatchObject([{ id, subject: 'Gone', previous_state: 'new' }])
    for (const stream of ['tickets', 'ticket_metrics'] as const) expect(account.truth(stream).deleted).toContain(id)
    const there = (await rowsOf(listPages(sandbox, 'deleted_tickets?page[size]=100'), 'deleted_tickets')) as Body[]
    expect(new Map(there.map((row) => [row.id, row]))).toEqual(account.truth('deleted_tickets').live)

    const restored = await changesOf(() => account.restoreTicket(id))
    expect(restored['tickets']).toMatchObject([{ id, status: 'new' }])
    expect(childrenOf(restored['ticket_events'])).toMatchObject([{ status: 'new', previous_value: 'deleted' }])
    expect(restored['ticket_metric_events']?.every((event) => event.deleted === false)).toBe(true)
    expect(await status(`tickets/${id}/audits`)).toBe(200)
    expect(account.truth('ticket_audits').live.size).toBeGreaterThan(0)
    expect(account.truth('deleted_tickets').deleted).toContain(id)
    expect((await get(sandbox, 'deleted_tickets?page[size]=1&sort=-deleted_at')).deleted_tickets[0]?.id).not.toBe(id)
  })

  test('permanently deleted, at once or 30 days later: scrubbed', async () => {
    const [now, later] = [account.createTicket({ subject: 'Secret' }), account.createTicket({ subject: 'Secret' })]
    const scrubbed = await changesOf(() => {
      account.permanentlyDeleteTicket(now)
      account.deleteTicket(later)
    })
    const row = scrubbed['tickets']?.find(({ id }) => id === now)
    expect(row).toMatchObject({ status: 'deleted', subject: 'SCRUBBED', description: 'SCRUBBED', requester_id: -1 })
    expect(scrubbed['tickets']?.find(({ id }) => id === later)?.subject).toBe('Secret')
    expect(() => account.restoreTicket(now)).toThrow()
    const { ticket_events } = await get(
      sandbox,
      `incremental/ticket_events?start_time=${account.now() - 600}&include=comment_events`,
    )
    const bodies = childrenOf(ticket_events.filter((event: Body) => event.ticket_id === now)).flatMap(
      ({ body }) => body ?? [],
    )
    expect(bodies).toEqual(['X'])
    const aged = await changesOf(() => account.advance(30 * DAY))
    expect(aged['tickets']?.find(({ id }) => id === later)?.subject).toBe('SCRUBBED')
  })

  test('deleted 30 days ago: scrubbed as time passes, unless they were restored', async () => {
    // Thirty days are half a second.
    const other = await openSandbox({ tickets: 30, seed: 6, timeScale: 5_000_000 })
    const [gone, restored] = [other.account.createTicket(), other.account.createTicket()]
    other.account.deleteTicket(gone)
    const [, deletedAt] = [other.account.deleteTicket(restored), other.account.now()]
    other.account.restoreTicket(restored)
    while (other.account.now() < deletedAt + 31 * DAY) await new Promise((resolve) => setTimeout(resolve, 20))
    const { tickets } = await get(other, `incremental/tickets/cursor?start_time=${deletedAt - DAY}`)
    const row = tickets.find(({ id }: Body) => id === gone)
    expect([row.status, row.subject]).toEqual(['deleted', 'SCRUBBED'])
    // In the export it stands where it was due, however late anyone looks.
    expect(row.generated_timestamp).toBeGreaterThanOrEqual(deletedAt + 30 * DAY - DAY)
    expect(row.generated_timestamp).toBeLessThanOrEqual(deletedAt + 30 * DAY)
    expect(tickets.find(({ id }: Body) => id === restored).subject).toBe('Sandbox ticket')
  })

  test('merged: the source is closed and tagged, both name each other', async () => {
    const [source, target] = [account.createTicket(), account.createTicket()]
    const merged = await changesOf(() => account.mergeTickets([source], target))
    const [one, other] = [source, target].map((id) => merged['tickets']?.find((row) => row.id === id))
    expect(one).toMatchObject({ status: 'closed', tags: ['closed_by_merge'] })
    expect(other.status).toBe('new')
    const comments = childrenOf(merged['ticket_events']).filter((event) => event.event_type === 'Comment')
    expect(comments.map(({ body }) => body)).toEqual(
      expect.arrayContaining([expect.stringContaining(`#${target}`), expect.stringContaining(`#${source}`)]),
    )
    expect(() => account.mergeTickets([target], target)).toThrow('cannot merge a ticket into itself')
  })

  test('archived: gone from the lists, still shown', async () => {
    const id = account.createTicket()
    account.archiveTicket(id)
    expect(ids((await get(sandbox, 'tickets?page[size]=100&sort=-id')).tickets)).not.toContain(id)
    expect((await get(sandbox, `tickets/${id}`)).ticket.status).toBe('closed')
    const { audits, meta } = await get(sandbox, `tickets/${id}/audits?page[size]=1`)
    expect([audits.length, meta.has_more]).toEqual([2, false])
    const closed = account.createTicket()
    account.updateTicket(closed, { status: 'closed' })
    account.advance(120 * DAY)
    expect(ids((await get(sandbox, 'tickets?page[size]=100&sort=-id')).tickets)).not.toContain(closed)
  })

  test('a problem learns of its first incident without an audit', async () => {
    const problem = account.createTicket({ type: 'problem' })
    const found = await changesOf(() => account.createTicket({ type: 'incident', problem_id: problem }))
    expect(found['tickets']?.find(({ id }) => id === problem)?.has_incidents).toBe(true)
    expect(found['ticket_events']).toHaveLength(1)
  })
})

test('users: created, updated, deleted, permanently deleted', async () => {
  const id = account.createUser({ name: 'Nora 🌲', email: 'nora@example.org' })
  const updated = await changesOf(() => account.updateUser(id, { name: 'Nora Lund' }))
  expect(updated['users']).toMatchObject([{ id, name: 'Nora Lund', active: true, permanently_deleted: false }])
  const deleted = await changesOf(() => account.deleteUser(id))
  expect(deleted['users']).toMatchObject([{ id, active: false, email: null, permanently_deleted: false }])
  expect(ids((await get(sandbox, 'users?page[size]=100&sort=-id')).users)).not.toContain(id)
  expect(account.truth('users').deleted).toContain(id)
  const forgotten = await changesOf(() => account.permanentlyDeleteUser(id))
  expect(forgotten['users']).toMatchObject([{ id, name: 'Permanently Deleted User', permanently_deleted: true }])
})

test('organizations: deleted ones keep a row in the export, under another name, and lose their members', async () => {
  const id = account.createOrganization({ name: 'Fjord Foods' })
  const member = account.createUser({ organization: id })
  const deleted = await changesOf(() => account.deleteOrganization(id))
  expect(deleted['organizations']).toMatchObject([
    { id, name: `${id}_deleted_Fjord Foods`, deleted_at: expect.any(String) },
  ])
  expect(deleted['users']).toMatchObject([{ id: member, organization_id: null }])
  expect(await status(`organizations/${id}`)).toBe(404)
})

test('groups stay in the list as deleted; fields and forms leave', async () => {
  const [group, field, form] = [
    account.createGroup({ name: 'Temps' }),
    account.createTicketField({ type: 'checkbox' }),
    account.createTicketForm(),
  ]
  account.updateTicketForm(form, { fields: [field] })
  const groups = async (query: string) => ids((await get(sandbox, `groups?page[size]=100${query}`)).groups)
  account.deleteGroup(group)
  expect(await groups('')).toContain(group)
  expect(await groups('&exclude_deleted=false')).toContain(group)
  expect(await groups('&exclude_deleted=true')).not.toContain(group)

  const ticket = account.createTicket({ custom_fields: [{ id: field, value: true }] })
  const shown = async () =>
    (await get(sandbox, `tickets/${ticket}`)).ticket.custom_fields.find((one: Body) => one.id === field)?.value
  expect(await shown()).toBe(true)
  expect(await status(`ticket_fields/${field}`)).toBe(200)
  account.deleteTicketField(field)
  expect(await status(`ticket_fields/${field}`)).toBe(404)
  expect((await get(sandbox, `ticket_forms/${form}`)).ticket_form.ticket_field_ids).toEqual([])
  account.addComment(ticket, 'After the field')
  expect(await shown()).toBeUndefined()
  account.deleteTicketForm(form)
  expect(await status(`ticket_forms/${form}`)).toBe(404)
  expect(account.truth('ticket_forms').deleted).toContain(form)
  expect(account.truth('ticket_fields').deleted).toContain(field)
})

test('rows that were read once and changes that came since add up to the truth', async () => {
  const other = await openSandbox({ tickets: 150, seed: 8, exportPageSize: 40 })
  const held = new Map<number, Body>()
  let next = 'incremental/tickets/cursor?start_time=0&include=metric_sets'
  for (const round of [1, 2, 3, 4]) {
    let page: Body
    do {
      page = await get(other, next)
      for (const { metric_set: _, ...row } of page.tickets) held.set(row.id, row)
      next = page.after_url
      // The account changes between two pages.
      other.account.changeAtRandom(5, round)
      other.account.advance(3)
    } while (!page.end_of_stream)
    other.account.changeAtRandom(50, 100 + round)
    other.account.advance(120)
  }
  for (let page: Body; ; next = page.after_url) {
    page = await get(other, next)
    for (const { metric_set: _, ...row } of page.tickets) held.set(row.id, row)
    if (page.end_of_stream) break
  }
  const live = [...held.values()].filter(({ status }) => status !== 'deleted')
  expect(new Map(live.map((row) => [row.id, row]))).toEqual(other.account.truth('tickets').live)
})
