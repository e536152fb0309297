import { describe, expect, test } from 'vitest'
import { SELL_CREDENTIALS } from '../src/account/sell.ts'
import { type Body, bearer, get, openSandbox } from './calls.ts'
import { send } from './send.ts'

// What a program that writes has to reckon with.
const sandbox = await openSandbox({ tickets: 60, seed: 5, now: 1_760_000_000, frozen: true })
const { account } = sandbox
const create = async (ticket: object = {}): Promise<Body> =>
  (await send(sandbox, 'POST', 'tickets', { ticket: { comment: { body: 'Help', public: false }, ...ticket } })).body
    .ticket
const show = async (id: number): Promise<Body> => (await get(sandbox, `tickets/${id}`)).ticket
const jobOf = async (id: string): Promise<Body> => (await get(sandbox, `job_statuses/${id}`)).job_status

describe('bulk updates are always safe', () => {
  test('a ticket that was touched while the job waited is a conflict, and the others are written', async () => {
    const [one, other] = [await create(), await create()]
    account.advance(10)
    account.setJobs({ waits: 5_000 })
    const body = { tickets: [one, other].map(({ id }) => ({ id, subject: 'Bulk' })) }
    const { job_status } = (await send(sandbox, 'PUT', 'tickets/update_many', body)).body
    account.advance(2)
    account.updateTicket(one.id, { priority: 'low' })
    account.advance(10)
    account.setJobs({ waits: 300 })
    const { results } = await jobOf(job_status.id)
    expect(results.map(({ id, success }: Body) => [id, success])).toEqual([
      [one.id, false],
      [other.id, true],
    ])
    expect(results[0].details).toMatch(/Safe Update/)
    expect([(await show(one.id)).subject, (await show(other.id)).subject]).toEqual(['Help', 'Bulk'])
  })

  test('one of the two keys alone is an error', async () => {
    const { id } = await create()
    const sent = { tickets: [{ id, subject: 'x', safe_update: true }] }
    const { job_status } = (await send(sandbox, 'PUT', 'tickets/update_many', sent)).body
    account.advance(5)
    expect((await jobOf(job_status.id)).results).toMatchObject(
      [{ id, success: false, details: /together/ }].map((one) => ({
        ...one,
        details: expect.stringMatching(one.details),
      })),
    )
  })

  test('"false" means true', async () => {
    const ticket = await create()
    account.advance(10)
    account.updateTicket(ticket.id, { priority: 'high' })
    const stale = { safe_update: false, updated_stamp: ticket.updated_at, subject: 'x' }
    expect((await send(sandbox, 'PUT', `tickets/${ticket.id}`, { ticket: stale })).status).toBe(409)
  })
})

test('choices of fields are tags of the ticket, and the other way round', async () => {
  const { ticket_fields } = await get(sandbox, 'ticket_fields')
  const field = ticket_fields.find(({ type }: Body) => type === 'tagger')
  const [first, second] = field.custom_field_options.map(({ value }: Body) => value)
  const { id } = await create({ tags: ['own'] })
  const held = async () => (await show(id)).custom_fields.find((one: Body) => one.id === field.id).value
  const change = (ticket: object) => send(sandbox, 'PUT', `tickets/${id}`, { ticket })
  await change({ custom_fields: [{ id: field.id, value: first }] })
  expect((await show(id)).tags).toEqual(['own', first].toSorted())
  await change({ custom_fields: [{ id: field.id, value: second }] })
  expect((await show(id)).tags).toEqual(['own', second].toSorted())
  await change({ tags: ['own'] })
  expect(await held()).toBeNull()
  await change({ tags: ['own', first] })
  expect(await held()).toBe(first)
})

test('triggers run after creations and changes, and not after imports; mails are counted', async () => {
  const [firings, mails] = [account.firings().length, account.mails().length]
  const { id } = await create()
  await send(sandbox, 'PUT', `tickets/${id}`, { ticket: { comment: { body: 'Public', public: true } } })
  const history = { ticket: { comments: [{ body: 'Old' }], created_at: '2020-01-01T00:00:00Z' } }
  expect((await send(sandbox, 'POST', 'imports/tickets', history)).status).toBe(201)
  const fired = account.firings().slice(firings)
  expect(fired.map(({ ticket, update }) => [ticket, update])).toEqual([
    [id, 'Create'],
    [id, 'Change'],
  ])
  expect(fired[1]?.triggers.length).toBeGreaterThan(0)
  expect(account.mails().slice(mails)).toMatchObject([{ kind: 'comment' }])
})

test('subscribers of a section get a mail of a new article, unless the body says no', async () => {
  const { sections } = await get(sandbox, 'help_center/sections')
  const { id } = sections[0]
  await send(sandbox, 'POST', `help_center/sections/${id}/subscriptions`, { subscription: {} })
  const mailed = () => account.mails().filter(({ kind }) => kind === 'article').length
  const before = mailed()
  const path = `help_center/sections/${id}/articles`
  const article = { title: 'New', locale: 'en-us', user_segment_id: null }
  await send(sandbox, 'POST', path, { article, notify_subscribers: false })
  expect(mailed()).toBe(before)
  await send(sandbox, 'POST', path, { article: { ...article, notify_subscribers: false } })
  expect(mailed()).toBeGreaterThan(before)
})

test('jobs take as long as was measured, if that is asked for', async () => {
  account.setJobs({ measured: true })
  const tickets = Array.from({ length: 100 }, () => ({ comment: 'x' }))
  const { job_status } = (await send(sandbox, 'POST', 'tickets/create_many', { tickets })).body
  account.advance(2)
  expect((await jobOf(job_status.id)).status).toBe('queued')
  account.advance(8)
  expect((await jobOf(job_status.id)).status).toBe('working')
  account.advance(6)
  expect((await jobOf(job_status.id)).status).toBe('completed')
  account.setJobs({ measured: false })
})

test('Sell has leads, deals and notes with rules of their own', async () => {
  const sell = async (method: string, path: string, data?: Body) => {
    const response = await fetch(`${sandbox.url}/v2/${path}`, {
      method,
      headers: { ...bearer(SELL_CREDENTIALS.accessToken), 'content-type': 'application/json' },
      body: data === undefined ? null : JSON.stringify({ data }),
    })
    const text = await response.text()
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Body }
  }
  expect((await sell('POST', 'leads', { first_name: 'Only' })).body.errors[0].error).toMatchObject({
    resource: 'lead',
    code: 'missing',
  })
  const lead = await sell('POST', 'leads/upsert?email=l@example.org', {
    organization_name: 'L',
    email: 'l@example.org',
  })
  const same = await sell('POST', 'leads/upsert?email=l@example.org', { custom_fields: { Score: 5 } })
  expect(same.body.data).toMatchObject({ id: lead.body.data.id, organization_name: 'L', custom_fields: { Score: 5 } })
  expect((await sell('POST', 'deals', { name: 'D', contact_id: 1 })).status).toBe(422)
  const contact = (await sell('POST', 'contacts', { last_name: 'C' })).body.data
  const deal = (await sell('POST', 'deals', { name: 'D', contact_id: contact.id, value: 12.5 })).body.data
  // Amounts are read back as text.
  expect(deal.value).toBe('12.50')
  const note = { resource_type: 'deal', resource_id: deal.id, content: 'Called' }
  expect((await sell('POST', 'notes/upsert?content=x', note)).status).toBe(404)
  await sell('POST', 'notes', note)
  await sell('POST', 'notes', note)
  const listed = await sell('GET', `notes?resource_type=deal&resource_id=${deal.id}`)
  expect(listed.body.items).toHaveLength(2)
  expect((await sell('DELETE', `notes/${listed.body.items[0].data.id}`)).status).toBe(204)
  const unfiltered = await sell('GET', `contacts?custom_fields[${encodeURIComponent('Größe (m²)')}]=3`)
  expect(unfiltered.body.errors[0].error.code).toBe('invalid_param')
})

test('Sell refuses more than ten requests a second, and names no time', async () => {
  const limited = await openSandbox({ tickets: 1, limits: true })
  const ask = () => fetch(`${limited.url}/v2/users/self`, { headers: bearer(SELL_CREDENTIALS.accessToken) })
  const answers = await Promise.all(Array.from({ length: 25 }, ask))
  const refused = answers.filter(({ status }) => status === 429)
  const said = (await Promise.all(refused.map((one) => one.json()))) as Body[]
  expect(said[0].errors[0].error.code).toBe('rate_limit_exceeded')
  expect(refused[0]?.headers.get('retry-after')).toBeNull()
})
