import { once } from 'node:events'
import { get as httpGet, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { type Body, bearer, call, get, ids, listPages, openSandbox, rowsOf } from './calls.ts'

const sandbox = await openSandbox({ tickets: 600, seed: 21, now: 1_760_000_000, frozen: true })
const { account, credentials } = sandbox
const admin = bearer(credentials.accessToken)

const put = async (path: string, body: unknown): Promise<{ status: number; body: Body }> => {
  const headers = { ...admin, 'content-type': 'application/json' }
  const response = await fetch(`${sandbox.url}/api/v2/${path}`, { method: 'PUT', headers, body: JSON.stringify(body) })
  return { status: response.status, body: await response.json() }
}
const comments = [...account.truth('ticket_comments').live.values()] as Body[]

describe('files', () => {
  test('of every type are served by an object store that wants no credentials', async () => {
    const files = Map.groupBy(
      comments.flatMap((comment) => comment.attachments as Body[]).filter(({ size }) => size < 1_000_000),
      (file) => file.content_type,
    )
    expect(files.size).toBeGreaterThan(3)
    for (const [type, [file]] of files) {
      expect((await get(sandbox, `attachments/${file.id}`)).attachment).toEqual(file)
      const sentOn = await fetch(file.content_url, { redirect: 'manual' })
      expect(sentOn.status).toBe(302)
      const location = String(sentOn.headers.get('location'))
      expect(new URL(location).origin).not.toBe(new URL(sandbox.url).origin)
      const stored = await fetch(location)
      expect(stored.headers.get('content-type')).toBe(type)
      const bytes = new Uint8Array(await stored.arrayBuffer())
      expect(bytes.length).toBe(file.size)
      if (type === 'image/png') expect(Buffer.from(bytes.subarray(1, 4)).toString()).toBe('PNG')
      if (type === 'application/pdf') expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-')
      const again = await fetch(file.content_url)
      expect(Buffer.from(await again.arrayBuffer()).equals(bytes)).toBe(true)
      const known = await fetch(location, { headers: admin })
      expect([known.status, known.headers.get('content-type')]).toEqual([403, 'application/xml'])
      expect((await fetch(location.replace(/signature=./, 'signature=_'))).status).toBe(403)
    }
  })

  test('have addresses that expire, and thumbnails if they are pictures', async () => {
    const picture = comments.flatMap((one) => one.attachments as Body[]).find((file) => file.thumbnails.length > 0)
    const [thumbnail] = picture.thumbnails
    const bytes = await (await fetch(thumbnail.content_url)).arrayBuffer()
    expect(bytes.byteLength).toBe(thumbnail.size)
    const sentOn = await fetch(picture.content_url, { redirect: 'manual' })
    account.advance(301)
    const late = await fetch(String(sentOn.headers.get('location')))
    expect([late.status, await late.text()]).toEqual([403, expect.stringContaining('Request has expired')])
  })

  test('are served to a client that keeps its credentials where there is one name for all', async () => {
    const file = comments.flatMap((comment) => comment.attachments as Body[]).find(({ size }) => size < 1_000_000)
    // As a client asks that has the account's own name: fetch would not send it.
    const named = async (address: string): Promise<IncomingMessage> => {
      const { pathname, search } = new URL(address)
      const asked = httpGet(`${sandbox.url}${pathname}${search}`, { headers: { ...admin, host: 'acme.zendesk.com' } })
      const [response] = (await once(asked, 'response')) as [IncomingMessage]
      return response
    }
    const sentOn = await named(file.content_url)
    sentOn.resume()
    const location = String(sentOn.headers.location)
    expect(new URL(location).hostname).toBe('acme.zendesk.com')
    const stored = await named(location)
    expect([stored.statusCode, (await buffer(stored)).length]).toEqual([200, file.size])
  })

  test('wait under one token until a comment takes them', async () => {
    const upload = async (name: string, token = '') => {
      const path = `uploads?filename=${name}${token === '' ? '' : `&token=${token}`}`
      const headers = { ...admin, 'content-type': 'text/plain' }
      const response = await fetch(`${sandbox.url}/api/v2/${path}`, { method: 'POST', headers, body: name })
      expect(response.status).toBe(201)
      return ((await response.json()) as Body).upload
    }
    const { token } = await upload('one.txt')
    const both = await upload('two.txt', token)
    expect(both.attachments.map((file: Body) => file.file_name)).toEqual(['one.txt', 'two.txt'])
    expect(both.attachment.malware_scan_result).toBe('not_scanned')
    const id = account.createTicket()
    const { body } = await put(`tickets/${id}`, { ticket: { comment: { body: 'Files', uploads: [token] } } })
    const [comment] = body.audit.events
    expect(ids(comment.attachments)).toEqual(ids(both.attachments))
    expect(await (await fetch(comment.attachments[1].content_url)).text()).toBe('two.txt')
    const again = await put(`tickets/${id}`, { ticket: { comment: { body: 'Again', uploads: [token] } } })
    expect(again.body.audit.events[0].attachments).toEqual([])
    const path = `tickets/${id}/comments/${comment.id}/attachments/${comment.attachments[0].id}/redact`
    expect((await put(path, {})).body.attachment).toMatchObject({ file_name: 'redacted.txt', size: 0 })
    expect(await (await fetch(comment.attachments[0].content_url)).text()).toBe('')
  })
})

describe('comments', () => {
  test('are cut at 64 kB, redacted and made private', async () => {
    const id = account.createTicket({ comment: 'é'.repeat(60_000) })
    account.advance(60)
    const path = `tickets/${id}/comments`
    const [long] = (await get(sandbox, path)).comments
    expect(long.body).toBe('é'.repeat(32_768))
    await put(`tickets/${id}`, { ticket: { comment: { html_body: '<p>My card is <b>4242</b></p>', public: true } } })
    const { comments: two, users } = await get(sandbox, `${path}?sort=-created_at&include=users&page[size]=1`)
    expect(ids(users)).toEqual([two[0].author_id])
    expect((await get(sandbox, `${path}/count`)).count.value).toBe(2)
    const redacted = await put(`${path}/${two[0].id}/redact`, { text: '4242' })
    expect(redacted.body.comment).toMatchObject({ id: two[0].id, body: 'My card is ▇▇▇▇' })
    expect(redacted.body.comment.html_body).toContain('<b>▇▇▇▇</b>')
    const whole = { ticket_id: id, html_body: 'My <redact>card</redact>' }
    expect((await put(`comment_redactions/${two[0].id}`, whole)).body.comment.body).toBe('My ▇▇▇▇ is ▇▇▇▇')
    expect((await put(`${path}/${two[0].id}/make_private`, {})).status).toBe(200)
    expect((await put(`${path}/${long.id}/make_private`, {})).status).toBe(200)
    expect((await get(sandbox, `tickets/${id}`)).ticket.is_public).toBe(false)
    const { audits } = await get(sandbox, `tickets/${id}/audits?filter_events[]=CommentPrivacyChange`)
    expect(audits.map((audit: Body) => audit.events[0])).toMatchObject([
      { comment_id: two[0].id, public: false },
      { comment_id: long.id, public: false },
    ])
  })

  test('are at most 5,000 a ticket', async () => {
    const id = account.createTicket()
    for (let nth = 1; nth < 5000; nth++) account.addComment(id, 'More')
    const { status } = await put(`tickets/${id}`, { ticket: { comment: 'One too many', priority: 'low' } })
    expect(status).toBe(422)
    expect((await get(sandbox, `tickets/${id}`)).ticket.priority).toBeNull()
  })
})

describe('side-loads', () => {
  const names = 'users,groups,organizations,last_audits,metric_sets,dates,comment_count,incident_counts,ticket_forms'

  test('stand beside tickets and within them', async () => {
    const page = await get(sandbox, `tickets?per_page=100&include=${names},brands,custom_statuses,metric_events`)
    for (const name of ['users', 'groups', 'ticket_forms', 'last_audits', 'metric_sets', 'brands'])
      expect(page[name].length, name).toBeGreaterThan(0)
    const known = new Set(ids(page.users))
    for (const ticket of page.tickets) {
      expect(known).toContain(ticket.requester_id)
      expect(ticket.comment_count).toBe(comments.filter((one) => one.ticket_id === ticket.id).length)
      expect(ticket.dates.status_updated_at).toMatch(/^\d{4}-/)
      expect(ticket.metric_set).toBeUndefined()
      const events = Object.values(page.metric_events[ticket.id]).flat() as Body[]
      expect(events.every((event) => event.ticket_id === ticket.id)).toBe(true)
    }
    const all = [...account.truth('tickets').live.values()] as Body[]
    const problems = page.tickets.filter((ticket: Body) => ticket.type === 'problem')
    for (const { id, incident_count } of problems)
      expect(incident_count, `of ${id}`).toBe(all.filter((ticket) => ticket.problem_id === id).length)
    const problem = problems.find((ticket: Body) => ticket.incident_count > 0)
    const one = await get(sandbox, `tickets/${problem.id}?include=metric_events,slas,metric_sets`)
    expect(one.ticket.metric_events).toEqual(await get(sandbox, `tickets/${problem.id}/metric_events`))
    expect(one.ticket.metric_set.ticket_id).toBe(problem.id)
    expect(one.ticket.slas).toHaveProperty('policy_metrics')
    const refused = await call(sandbox, 'incremental/tickets/cursor?start_time=0&include=last_audits')
    expect(refused.status).toBe(400)
  })
})

describe('lists around tickets', () => {
  test('equal the truth', async () => {
    for (const [path, key, stream] of [
      ['satisfaction_ratings?page[size]=40', 'satisfaction_ratings', 'satisfaction_ratings'],
      ['activities?page[size]=40', 'activities', 'ticket_activities'],
      ['skips?page[size]=40&sort_order=desc', 'skips', 'ticket_skips'],
      ['suspended_tickets?page[size]=40', 'suspended_tickets', 'suspended_tickets'],
    ] as const) {
      const rows = await rowsOf(listPages(sandbox, path), key)
      expect(rows.length, path).toBeGreaterThan(3)
      const { live } = account.truth(stream as 'tickets')
      expect(new Map(rows.map((row) => [row.id, row])), path).toEqual(
        new Map(JSON.parse(JSON.stringify([...live])) as [number, Body][]),
      )
    }
  })

  test('find tickets by their people', async () => {
    const tickets = [...account.truth('tickets').live.values()] as Body[]
    const live = new Set((await rowsOf(listPages(sandbox, 'tickets?page[size]=100'), 'tickets')).map(({ id }) => id))
    const find = async (path: string, fits: (ticket: Body) => boolean) => {
      const rows = await rowsOf(listPages(sandbox, `${path}?page[size]=20`), 'tickets')
      const wanted = tickets.filter((ticket) => live.has(ticket.id) && fits(ticket))
      expect(wanted.length, path).toBeGreaterThan(0)
      expect(ids(rows), path).toEqual(wanted.map(({ id }) => id))
    }
    const shown = tickets.filter(({ id }) => live.has(id))
    const [assigned, company, copied] = [
      shown.find((one) => one.assignee_id !== null),
      shown.find((one) => one.organization_id !== null),
      shown.find((one) => one.email_cc_ids.length > 0),
    ]
    await find(`users/${assigned.assignee_id}/tickets/assigned`, (one) => one.assignee_id === assigned.assignee_id)
    await find(`users/${assigned.requester_id}/tickets/requested`, (one) => one.requester_id === assigned.requester_id)
    await find(`users/${copied.email_cc_ids[0]}/tickets/ccd`, (one) =>
      one.email_cc_ids.includes(copied.email_cc_ids[0]),
    )
    const organization = company.organization_id
    await find(`organizations/${organization}/tickets`, (one) => one.organization_id === organization)
    const many = await get(sandbox, `tickets/show_many?ids=${assigned.id},999999,${company.id}`)
    expect(ids(many.tickets)).toEqual([...new Set([assigned.id, company.id])])
  })

  test('suspended tickets are recovered, or go after 14 days', async () => {
    const { suspended_tickets: all } = await get(sandbox, 'suspended_tickets')
    const { body } = await put(`suspended_tickets/${all[0].id}/recover`, {})
    expect(body.ticket).toMatchObject([{ subject: all[0].subject, via: { channel: 'email' } }])
    const many = await put(`suspended_tickets/recover_many?ids=${all[1].id}`, {})
    expect(many.body.tickets).toHaveLength(1)
    expect((await call(sandbox, `suspended_tickets/${all[0].id}`)).status).toBe(404)
    account.advance(14 * 86_400)
    expect((await get(sandbox, 'suspended_tickets/count')).count.value).toBe(0)
  })
})

test('metric events of some tickets are written minutes after their change', async () => {
  let late = 0
  for (let nth = 0; nth < 40; nth++) {
    const id = account.createTicket()
    account.advance(60)
    if (Object.keys(await get(sandbox, `tickets/${id}/metric_events`)).length > 0) continue
    late++
    const has = () => [...account.truth('ticket_metric_events').live.values()].some((one) => one['ticket_id'] === id)
    expect(has()).toBe(false)
    account.advance(13 * 60)
    expect(has()).toBe(true)
    const start = account.now() - 15 * 60
    const page = await get(sandbox, `incremental/ticket_metric_events?start_time=${start}`)
    expect(page.ticket_metric_events.some((one: Body) => one.ticket_id === id)).toBe(true)
  }
  expect(late).toBeGreaterThan(0)
  expect(late).toBeLessThan(10)
})
