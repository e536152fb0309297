import { describe, expect, test } from 'vitest'
import { type Body, bearer, get, openSandbox } from './calls.ts'

const sandbox = await openSandbox({ tickets: 120, seed: 12, now: 1_760_000_000, frozen: true })
const { account, credentials } = sandbox
const endUser = bearer(credentials.endUserToken)

async function send(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = bearer(credentials.accessToken),
): Promise<{ status: number; headers: Headers; body: Body }> {
  const raw = body instanceof Uint8Array
  const response = await fetch(`${sandbox.url}/api/v2/${path}`, {
    method,
    headers: { ...(raw ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: raw ? Uint8Array.from(body) : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
}

/** Sends, and waits for the job that is answered. */
async function jobOf(method: string, path: string, body?: unknown): Promise<Body> {
  const { status, body: answer } = await send(method, path, body)
  expect(status, JSON.stringify(answer)).toBe(200)
  expect(answer.job_status).toMatchObject({ status: 'queued', progress: null, message: null, results: null })
  account.advance(5)
  return (await get(sandbox, `job_statuses/${answer.job_status.id}`)).job_status
}
const create = async (ticket: object): Promise<Body> => {
  const { status, body } = await send('POST', 'tickets', { ticket: { comment: 'Help', ...ticket } })
  expect(status, JSON.stringify(body)).toBe(201)
  return body.ticket
}
const agentId = async (): Promise<number> => (await get(sandbox, 'users?role=agent')).users[0].id

describe('a ticket', () => {
  test('is created with its requester, fields, files and audit, and read back as it was answered', async () => {
    const fields = (await get(sandbox, 'ticket_fields')).ticket_fields
    const team = fields.find((field: Body) => field.type === 'tagger')
    const choice = team.custom_field_options[0].value
    const upload = await send('POST', 'uploads?filename=a%20b.txt', new TextEncoder().encode('hello'), {
      ...bearer(credentials.accessToken),
      'content-type': 'text/plain',
    })
    const { status, headers, body } = await send('POST', 'tickets', {
      ticket: {
        subject: 'Blank',
        comment: { html_body: '<p>One &amp; <b>two</b></p>', uploads: [upload.body.upload.token] },
        requester: { name: 'Ny Kunde', email: 'ny.kunde@example.org' },
        tags: ['B c', 'a'],
        custom_fields: { [team.id]: team.custom_field_options[0].value },
        metadata: { time: '2m' },
        colour: 'red',
      },
    })
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(body.ticket.url)
    expect(headers.get('x-zendesk-api-warn')).toContain('"colour"')
    expect(body.ticket).toMatchObject({
      generated_timestamp: 0,
      status: 'new',
      tags: ['a', 'b', choice, 'c'].toSorted(),
    })
    expect(body.ticket.custom_fields).toContainEqual({ id: team.id, value: team.custom_field_options[0].value })
    expect(body.audit.metadata.custom).toEqual({ time: '2m' })
    expect(body.audit.events[0]).toMatchObject({
      type: 'Comment',
      body: 'One & two',
      attachments: [{ file_name: 'a b.txt', size: 5, content_type: 'text/plain' }],
    })
    const { user } = await get(sandbox, `users/${body.ticket.requester_id}`)
    expect(user).toMatchObject({ name: 'Ny Kunde', email: 'ny.kunde@example.org', role: 'end-user' })
    const { ticket } = await get(sandbox, `tickets/${body.ticket.id}`)
    expect({ ...ticket, generated_timestamp: 0 }).toEqual(body.ticket)
    expect(account.truth('ticket_audits').live.get(body.audit.id)).toMatchObject({ ticket_id: ticket.id })
    expect((await send('POST', 'tickets', { ticket: { comment: 'x', requester: { email: 'nobody' } } })).status).toBe(
      422,
    )
    expect((await send('POST', 'tickets', { ticket: { subject: 'without words' } })).body.details.base).toMatchObject([
      { error: 'BlankValue' },
    ])
  })

  test('is created once for an idempotency key', async () => {
    const headers = { ...bearer(credentials.accessToken), 'idempotency-key': 'once' }
    const ticket = { ticket: { comment: 'Only once' } }
    const [first, again] = [
      await send('POST', 'tickets', ticket, headers),
      await send('POST', 'tickets', ticket, headers),
    ]
    expect([first.headers.get('x-idempotency-lookup'), again.headers.get('x-idempotency-lookup')]).toEqual([
      'miss',
      'hit',
    ])
    expect(again.body).toEqual(first.body)
    const other = await send('POST', 'tickets', { ticket: { comment: 'Other' } }, headers)
    expect(other).toMatchObject({ status: 400, body: { error: 'IdempotentRequestError' } })
    account.advance(7201)
    const late = await send('POST', 'tickets', ticket, headers)
    expect(late.body.ticket.id).toBeGreaterThan(first.body.ticket.id)
  })

  test('is updated, and what is wrong or late is refused without a trace', async () => {
    const { id } = await create({ tags: ['one'] })
    const before = await get(sandbox, `tickets/${id}`)
    const solved = await send('PUT', `tickets/${id}`, { ticket: { status: 'solved', comment: 'Done' } })
    expect(solved).toMatchObject({ status: 422, body: { error: 'RecordInvalid' } })
    expect(solved.body.details.base[0]).toMatchObject({ ticket_field_type: 'FieldAssignee' })
    const wrong = await send('PUT', `tickets/${id}`, { ticket: { priority: 'huge', group_id: 5, subject: 'New' } })
    expect(Object.keys(wrong.body.details).sort()).toEqual(['group', 'priority'])
    expect(await get(sandbox, `tickets/${id}`)).toEqual(before)
    account.advance(60)
    const agent = await agentId()
    const sent = { assignee_id: agent, comment: { body: 'Between us', public: false }, additional_tags: ['two'] }
    const { status, body } = await send('PUT', `tickets/${id}`, {
      ticket: { ...sent, followers: [{ user_id: agent }], email_ccs: [{ user_email: 'cc@example.org' }] },
    })
    expect(status).toBe(200)
    expect(body.ticket).toMatchObject({ status: 'open', assignee_id: agent, tags: ['one'], follower_ids: [agent] })
    expect(body.audit.events.map((event: Body) => event.type)).toEqual(
      expect.arrayContaining(['Comment', 'Change', 'Cc', 'FollowersChange']),
    )
    expect((await get(sandbox, `tickets/${id}/email_ccs`)).users[0].email).toBe('cc@example.org')
    const stale = { safe_update: true, updated_stamp: before.ticket.updated_at, priority: 'low' }
    expect(await send('PUT', `tickets/${id}`, { ticket: stale })).toMatchObject({
      status: 409,
      body: { error: 'UpdateConflict' },
    })
    const nothing = await send('PUT', `tickets/${id}`, { ticket: { priority: null } })
    expect(nothing.body.audit.events).toEqual([])
    expect((await get(sandbox, `tickets/${id}/audits`)).count).toBe(2)
  })

  test('is closed for good, and followed up', async () => {
    const { id } = await create({ tags: ['kept'] })
    await send('PUT', `tickets/${id}`, { ticket: { status: 'closed' } })
    const { body } = await send('PUT', `tickets/${id}`, { ticket: { priority: 'low' } })
    expect(body.details).toEqual({ status: [{ description: 'Status: closed prevents ticket update' }] })
    const next = await create({ via_followup_source_id: id })
    expect(next).toMatchObject({ tags: ['kept'], via: { source: { rel: 'follow_up', from: { ticket_id: id } } } })
    expect((await get(sandbox, `tickets/${id}`)).ticket.followup_ids).toEqual([next.id])
    expect((await get(sandbox, `tickets/${next.id}/related`)).followup_source_ids).toEqual([String(id)])
    const open = { comment: 'x', via_followup_source_id: next.id }
    expect((await send('POST', 'tickets', { ticket: open })).status).toBe(422)
  })

  test('is deleted, restored, deleted for good', async () => {
    const { id } = await create({})
    expect((await send('DELETE', `tickets/${id}`)).status).toBe(204)
    expect((await send('GET', `tickets/${id}`)).status).toBe(404)
    expect((await get(sandbox, 'deleted_tickets')).deleted_tickets).toContainEqual(
      expect.objectContaining({ id, previous_state: 'new' }),
    )
    expect(await send('PUT', `deleted_tickets/${id}/restore`)).toMatchObject({ status: 200, body: {} })
    expect((await send('PUT', `deleted_tickets/${id}/restore`)).status).toBe(404)
    expect((await get(sandbox, `tickets/${id}`)).ticket.status).toBe('new')
    await send('PUT', `tickets/${id}/mark_as_spam`)
    const job = await jobOf('DELETE', `deleted_tickets/${id}`)
    expect(job).toMatchObject({ total: null, progress: null, status: 'completed', results: { success: true } })
    expect((await send('PUT', `deleted_tickets/${id}/restore`)).status).toBe(404)
    expect(account.truth('tickets').deleted).toContain(id)
  })

  test('takes tags, each in its way', async () => {
    const { id } = await create({ tags: ['b'] })
    const path = `tickets/${id}/tags`
    expect(await send('PUT', path, { tags: ['A'] })).toMatchObject({ status: 200, body: { tags: ['a', 'b'] } })
    expect(await send('POST', path, { tags: ['c d'] })).toMatchObject({ status: 201, body: { tags: ['c', 'd'] } })
    expect((await send('DELETE', path, { tags: ['c'] })).status).toBe(204)
    expect(await get(sandbox, path)).toEqual({ tags: ['d'] })
  })
})

describe('many tickets', () => {
  test('are created by a job, whose failures stand among its results', async () => {
    const tickets = [{ comment: 'a' }, {}, { comment: 'c' }, { comment: 'd' }]
    const job = await jobOf('POST', 'tickets/create_many', { tickets })
    expect(job).toMatchObject({ job_type: 'Bulk Create Ticket', status: 'completed', total: 4, progress: 4 })
    expect(job.message).toMatch(/^Completed at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0000$/)
    expect(job.results.map(({ index }: Body) => index).sort()).toEqual([0, 1, 2, 3])
    for (const line of job.results)
      if (line.index === 1) expect(line).toEqual({ index: 1, error: 'TicketCreateFailed', details: expect.any(String) })
      else {
        expect(Object.keys(line)).toEqual(['index', 'id', 'account_id'])
        const { ticket } = await get(sandbox, `tickets/${line.id}`)
        expect(ticket.description).toBe(['a', '', 'c', 'd'][line.index])
      }
    const many = Array.from({ length: 101 }, () => ({ comment: 'x' }))
    expect(await send('POST', 'tickets/create_many', { tickets: many })).toMatchObject({
      status: 400,
      body: { error: 'TooManyValues' },
    })
  })

  test('are updated by ids or each by itself, and deleted', async () => {
    const [one, other] = [await create({ tags: ['x'] }), await create({})]
    await send('PUT', `tickets/${other.id}`, { ticket: { status: 'closed' } })
    const ticket = { additional_tags: ['y'], remove_tags: ['x'] }
    const job = await jobOf('PUT', `tickets/update_many?ids=${one.id},${other.id}`, { ticket })
    expect(job.results).toEqual([
      { action: 'update', id: one.id, status: 'Updated', success: true },
      {
        action: 'update',
        id: other.id,
        error: 'TicketUpdateFailed',
        details: 'Status: closed prevents ticket update',
        success: false,
      },
    ])
    expect((await get(sandbox, `tickets/${one.id}`)).ticket.tags).toEqual(['y'])
    await jobOf('PUT', 'tickets/update_many', { tickets: [{ id: one.id, subject: 'Batch' }] })
    expect((await get(sandbox, `tickets/${one.id}`)).ticket.subject).toBe('Batch')
    const gone = await jobOf('DELETE', `tickets/destroy_many?ids=${one.id}`)
    expect(gone.results).toEqual([{ action: 'delete', id: one.id, status: 'Deleted', success: true }])
  })

  test('are merged', async () => {
    const [source, target] = [await create({ subject: 'Twin' }), await create({})]
    const itself = await send('POST', `tickets/${target.id}/merge`, { ids: [target.id] })
    expect(itself.body).toEqual({
      error: 'SourceInvalid',
      description: `You selected the same ticket as source and target: #${target.id}. You cannot merge a ticket into itself.`,
    })
    const job = await jobOf('POST', `tickets/${target.id}/merge`, { ids: [source.id], source_comment: 'See there' })
    expect(job.status).toBe('completed')
    expect((await get(sandbox, `tickets/${source.id}`)).ticket).toMatchObject({
      status: 'closed',
      tags: ['closed_by_merge'],
    })
    const { comments } = await get(sandbox, `tickets/${source.id}/comments`)
    expect(comments.at(-1)).toMatchObject({ body: 'See there', public: false, via: { source: { rel: 'merge' } } })
    expect((await get(sandbox, `tickets/${target.id}/comments`)).comments.at(-1).body).toContain(`#${source.id}`)
  })

  test('are imported with a past of their own', async () => {
    const comments = [
      { value: 'one', created_at: '2001-01-01T00:00:00Z' },
      { html_body: '<b>two</b>', created_at: '2002-01-01T00:00:00Z' },
    ]
    const ticket = { subject: 'Old', created_at: '1960-05-05T00:00:00Z', status: 'solved', comments }
    const { body } = await send('POST', 'imports/tickets?archive_immediately=true', { ticket })
    expect(body.ticket).toMatchObject({ created_at: '1970-01-01T00:00:00Z', status: 'closed', description: 'one' })
    const told = (await get(sandbox, `tickets/${body.ticket.id}/comments`)).comments
    expect(told.map((one: Body) => one.created_at)).toEqual(['1970-01-01T00:00:00Z', '2002-01-01T00:00:00Z'])
    const listed = (await get(sandbox, 'tickets?sort_by=created_at')).tickets
    expect(listed.map(({ id }: Body) => id)).not.toContain(body.ticket.id)
    const future = { comments: [{ value: 'x', created_at: '2090-01-01T00:00:00Z' }] }
    expect((await send('POST', 'imports/tickets', { ticket: future })).status).toBe(422)
    const agent = bearer(credentials.agentToken)
    expect((await send('POST', 'imports/tickets', { ticket }, agent)).status).toBe(403)
  })
})

describe('requests', () => {
  test('are what end users see of tickets, comment on and rate', async () => {
    const { body } = await send('POST', 'requests', { request: { subject: 'Mine', comment: { body: 'Hi' } } }, endUser)
    const { id } = body.request
    await send('PUT', `tickets/${id}`, { ticket: { comment: { body: 'Secret', public: false } } })
    const agent = await agentId()
    await send('PUT', `tickets/${id}`, { ticket: { status: 'pending', assignee_id: agent, comment: 'Really?' } })
    const list = await send('GET', 'requests/open', undefined, endUser)
    expect(list.body.requests.find((row: Body) => row.id === id)).toMatchObject({ can_be_solved_by_me: true })
    const answered = await send('PUT', `requests/${id}`, { request: { comment: { body: 'Yes' } } }, endUser)
    expect(answered.body.request.status).toBe('open')
    const seen = await send('GET', `requests/${id}/comments`, undefined, endUser)
    expect(seen.body.comments.map((one: Body) => one.body)).toEqual(['Hi', 'Really?', 'Yes'])
    expect(Object.keys(seen.body)).toEqual(expect.arrayContaining(['comments', 'users', 'organizations']))
    await send('PUT', `requests/${id}`, { request: { solved: true } }, endUser)
    account.advance(60)
    const rating = { satisfaction_rating: { score: 'bad', comment: 'Slow', reason_code: 5 } }
    const rated = await send('POST', `tickets/${id}/satisfaction_rating`, rating, endUser)
    expect(rated.body.satisfaction_rating).toMatchObject({ score: 'bad', comment: 'Slow', ticket_id: id })
    const { ticket } = await get(sandbox, `tickets/${id}`)
    expect(ticket.satisfaction_rating).toMatchObject({ id: rated.body.satisfaction_rating.id, score: 'bad' })
    const ratings = await get(sandbox, `satisfaction_ratings?score=bad_with_comment&start_time=${account.now() - 1}`)
    expect(ratings.satisfaction_ratings).toEqual([rated.body.satisfaction_rating])
    expect((await send('POST', `tickets/${id}/satisfaction_rating`, rating)).status).toBe(403)
    const other = await create({})
    expect((await send('GET', `requests/${other.id}`, undefined, endUser)).status).toBe(404)
    expect((await send('POST', 'requests', { request: { comment: 'x' } }, {})).status).toBe(422)
  })
})
