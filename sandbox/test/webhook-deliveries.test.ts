import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createStore } from '../src/account/store.ts'
import { createClock } from '../src/clock.ts'
import { createDelivery } from '../src/webhooks/delivery.ts'
import type { Webhook } from '../src/webhooks/model.ts'
import { type Body, call } from './calls.ts'
import { answer } from './fixtures.ts'
import { eventShape, openWebhooks, zen } from './webhook-calls.ts'

const { sandbox, receiver, send, make, events } = await openWebhooks()
const { account } = sandbox

/** The changes of events, by one of their members. */
const inOrderOf = (member: string, events: readonly Body[]): Body[] =>
  events.map(({ event }) => event).sort((one, other) => (one[member] < other[member] ? -1 : 1))

describe('deliveries', () => {
  test('are signed over the bytes, name themselves, and leave an invocation', async () => {
    const authentication = { type: 'bearer_token', data: { token: 't0k' }, add_position: 'header' }
    const id = await make(zen('ticket.created'), { authentication })
    const { secret } = (await send('GET', `webhooks/${id}/signing_secret`)).body.signing_secret
    account.createTicket({ subject: '“é” \u2028 🛰️' })
    await receiver.wait(1)
    const { headers, body, method } = receiver.nth(0)
    expect(method).toBe('POST')
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Zendesk Webhook',
      authorization: 'Bearer t0k',
      'x-zendesk-webhook-id': id,
      'x-zendesk-webhook-signature-timestamp': '2025-10-09T08:53:20Z',
    })
    const key = `${headers['x-zendesk-webhook-signature-timestamp']}${body}`
    expect(headers['x-zendesk-webhook-signature']).toBe(createHmac('sha256', secret).update(key).digest('base64'))
    expect(body.startsWith('{\n   "account_id": ')).toBe(true)
    expect(body.endsWith('}\n')).toBe(true)
    expect(eventShape(JSON.parse(body))).toEqual(eventShape(answer('webhook_event_ticket_created')))
    expect(String(JSON.parse(body).account_id)).toBe(headers['x-zendesk-account-id'])
    const invocationsOf = async () => (await call(sandbox, `webhooks/${id}/invocations`)).body.invocations
    await expect.poll(async () => (await invocationsOf())[0]?.status).toBe('success')
    const invocations = await invocationsOf()
    expect(invocations).toMatchObject([
      { id: headers['x-zendesk-webhook-invocation-id'], status: 'success', status_code: 200 },
    ])
    const path = `webhooks/${id}/invocations/${invocations[0].id}/attempts`
    const { attempts } = (await call(sandbox, path)).body
    expect(attempts).toMatchObject([{ invocation_id: invocations[0].id, status: 'success', status_code: 200 }])
    expect([attempts[0].request.payload, attempts[0].response.payload]).toEqual([body, 'thanks'])
    expect(attempts[0].request.headers).toContainEqual({ key: 'Authorization', value: '[SCRUBBED]' })
  })

  test('tell what happens to tickets, each by its own event', async () => {
    await make(
      zen(
        ...['created', 'status_changed', 'priority_changed', 'comment_added', 'tags_changed', 'merged'],
        ...['soft_deleted', 'undeleted', 'permanently_deleted', 'custom_field_changed'],
      ).map((type) => type.replace('event-type:', 'event-type:ticket.')),
    )
    const field = (await call(sandbox, 'ticket_fields')).body.ticket_fields.find(({ type }: Body) => type === 'text')
    const [one, two] = [account.createTicket({ tags: ['a'] }), account.createTicket()]
    account.updateTicket(one, {
      status: 'open',
      priority: 'high',
      tags: ['b'],
      custom_fields: [{ id: field.id, value: 'v' }],
    })
    account.addComment(one, { body: 'Looking into it', public: false })
    account.mergeTickets([one], two)
    account.deleteTicket(two)
    account.restoreTicket(two)
    account.permanentlyDeleteTicket(two)
    const told = (await events(14)).filter(({ subject }) => subject === `zen:ticket:${one}`)
    const by = (name: string) => told.filter(({ type }) => type === `zen:event-type:ticket.${name}`)
    for (const name of ['status_changed', 'comment_added', 'tags_changed', 'merged', 'custom_field_changed'])
      expect(eventShape(by(name)[0])).toEqual(
        name === 'custom_field_changed' ? expect.anything() : eventShape(answer(`webhook_event_ticket_${name}`)),
      )
    // Deliveries of one moment are under way together, and arrive in any order: Zendesk promises none.
    expect(inOrderOf('previous', by('status_changed'))).toEqual([
      { current: 'OPEN', previous: 'NEW' },
      { current: 'CLOSED', previous: 'OPEN' },
    ])
    expect(by('priority_changed')[0].event).toEqual({ current: 'HIGH', previous: null })
    expect(by('tags_changed').map(({ event }) => event)).toContainEqual({ tags_added: ['b'], tags_removed: ['a'] })
    expect(by('custom_field_changed')[0].event).toMatchObject({
      current: { value: 'v' },
      previous: { value: null },
      custom_field: { id: String(field.id), type: 'TEXT' },
    })
    expect(
      by('comment_added')
        .map(({ event }) => event.comment.is_public)
        .sort(),
    ).toEqual([false, false, true])
    expect(by('merged')[0].event).toEqual({ target_ticket_id: String(two) })
    const gone = (await events(14)).filter(({ subject }) => subject === `zen:ticket:${two}`).map(({ type }) => type)
    for (const name of ['soft_deleted', 'undeleted', 'permanently_deleted'])
      expect(gone).toContain(`zen:event-type:ticket.${name}`)
  })

  test('tell what happens to users and organizations', async () => {
    await make(zen('user.created', 'user.name_changed', 'user.tags_changed', 'user.active_changed', 'user.deleted'))
    await make(zen('organization.created', 'organization.name_changed', 'organization.deleted'))
    const { user } = (await send('POST', 'users', { user: { name: 'Ada', email: 'ada@example.org' } })).body
    await send('PUT', `users/${user.id}`, { user: { name: 'Ada L.', tags: ['vip'] } })
    account.deleteUser(user.id)
    account.permanentlyDeleteUser(user.id)
    const organization = account.createOrganization({ name: 'Contoso Farms' })
    account.updateOrganization(organization, { name: 'Contoso' })
    account.deleteOrganization(organization)
    const told = await events(8)
    const by = (type: string) => told.find((one) => one.type === `zen:event-type:${type}`)
    expect(eventShape(by('user.created'))).toEqual(eventShape(answer('webhook_event_user_created')))
    expect(by('user.created').detail).toMatchObject({ id: String(user.id), organization_id: '0', external_id: '' })
    expect(by('user.name_changed').event).toEqual({ current: 'Ada L.', previous: 'Ada' })
    expect(by('user.tags_changed').event).toEqual({ added: { tags: ['vip'] }, removed: { tags: [] } })
    expect(by('user.active_changed').event).toEqual({ current: false, previous: true })
    expect(by('user.deleted').subject).toBe(`zen:user:${user.id}`)
    const created = by('organization.created')
    expect(eventShape(created)).toEqual(eventShape(answer('webhook_event_organization_created')))
    expect(by('organization.name_changed').event).toEqual({ current: 'Contoso', previous: 'Contoso Farms' })
    expect(by('organization.deleted').event).toEqual({})
    expect(told).toHaveLength(8)
  })

  test('go out when a trigger calls a webhook, with the body that it has', async () => {
    const id = await make(['conditional_ticket_events'], { http_method: 'PUT' })
    const trigger = {
      title: 'Call out',
      conditions: { all: [{ field: 'status', operator: 'is', value: 'solved' }], any: [] },
      actions: [{ field: 'notification_webhook', value: [id, '{"id": {{ticket.id}}, "title": "{{ticket.title}}"}'] }],
    }
    expect((await send('POST', 'triggers', { trigger })).status).toBe(201)
    const ticket = account.createTicket({ subject: 'A "quoted" title' })
    account.updateTicket(ticket, { status: 'solved' })
    await receiver.wait(1)
    expect(receiver.got).toHaveLength(1)
    expect(receiver.nth(0).method).toBe('PUT')
    // Values are pasted in as they are.
    expect(receiver.nth(0).body).toBe(`{"id": ${ticket}, "title": "A "quoted" title"}`)
    account.disturbDeliveries({ escaped: true })
    account.updateTicket(account.createTicket({ subject: 'A "quoted" title' }), { status: 'solved' })
    await receiver.wait(2)
    account.disturbDeliveries({})
    expect(JSON.parse(receiver.nth(1).body)).toEqual({ id: ticket + 1, title: 'A "quoted" title' })
  })

  test('are tried again as the answer allows, under the same invocation', async () => {
    const id = await make(zen('ticket.created'))
    const answers = [{ status: 409 }, { status: 503, headers: { 'retry-after': '30' } }, { status: 200 }]
    receiver.answer = (nth) => answers[nth - 1] ?? { status: 500 }
    // An answer has been reckoned with when its attempt is told.
    const attempted = async (count: number) => {
      await receiver.wait(count)
      const invocation = receiver.nth(0).headers['x-zendesk-webhook-invocation-id']
      for (;;) {
        const { attempts } = (await call(sandbox, `webhooks/${id}/invocations/${invocation}/attempts`)).body
        if (attempts.length >= count) return attempts
      }
    }
    account.createTicket()
    await attempted(1)
    account.advance(5)
    await attempted(2)
    account.advance(29)
    await new Promise((resolve) => setTimeout(resolve, 120))
    expect(receiver.got).toHaveLength(2)
    account.advance(1)
    const attempts = await attempted(3)
    expect(new Set(receiver.got.map(({ headers }) => headers['x-zendesk-webhook-invocation-id'])).size).toBe(1)
    expect(attempts.map(({ status }: Body) => status)).toEqual(['client error', 'server error', 'success'])
    for (const answer of [{ status: 500 }, { status: 404 }, { status: 429, headers: { 'retry-after': '60' } }]) {
      receiver.got.length = 0
      receiver.answer = () => answer
      account.createTicket()
      await receiver.wait(1)
      account.advance(600)
      await new Promise((resolve) => setTimeout(resolve, 120))
      expect(receiver.got).toHaveLength(1)
    }
  })

  test('are lost, doubled, out of order and throttled as the account is told', async () => {
    const id = await make(zen('ticket.created'))
    /** Waits for so many deliveries, and then a moment for more than those. */
    const created = async (count: number, deliveries: number) => {
      receiver.got.length = 0
      const tickets = Array.from({ length: count }, () => account.createTicket())
      account.advance(30)
      await receiver.wait(deliveries)
      await new Promise((resolve) => setTimeout(resolve, 300))
      const told = receiver.got.map(({ body }) => Number(JSON.parse(body).detail.id))
      return { tickets, told }
    }
    try {
      account.disturbDeliveries({ lost: 1 })
      expect((await created(5, 0)).told).toEqual([])
      account.disturbDeliveries({ duplicated: 1 })
      expect((await created(5, 10)).told).toHaveLength(10)
      expect(new Set(receiver.got.map(({ body }) => JSON.parse(body).id)).size).toBe(5)
      account.disturbDeliveries({ shuffledFor: 20 })
      receiver.got.length = 0
      const tickets = Array.from({ length: 12 }, () => account.createTicket())
      for (let second = 0; second < 20; second++) {
        account.advance(1)
        await new Promise((resolve) => setTimeout(resolve, 60))
      }
      await receiver.wait(12)
      const order = receiver.got.map(({ body }) => Number(JSON.parse(body).detail.id))
      expect(order).not.toEqual(tickets)
      expect(order.toSorted((a, b) => a - b)).toEqual(tickets)
      account.disturbDeliveries({ perMinute: 3 })
      expect((await created(5, 3)).told).toHaveLength(3)
      const path = `webhooks/${id}/invocations?filter[status]=throttled`
      await expect.poll(async () => (await call(sandbox, path)).body.invocations).toHaveLength(2)
    } finally {
      account.disturbDeliveries({})
    }
  })

  test('give up on silence after five more tries; a breaker pauses what fails all the time', async () => {
    const clock = createClock({ start: 1_760_000_000, frozen: true })
    const store = createStore(clock, 'http://127.0.0.1')
    const invocations = store.table('webhook_invocations', { ids: 'ulid' })
    const hasty = createDelivery(store, 1, { timeout: 500 })
    const webhook = { id: 'W', secret: 's', endpoint: receiver.url, http_method: 'POST', request_format: 'json' }
    receiver.answer = () => 'never'
    const silent = hasty.enqueue(webhook as Webhook, 'x')
    for (let nth = 0; nth < 8; nth++) {
      await hasty.run()
      clock.advance(600)
    }
    hasty.stop()
    expect(receiver.got).toHaveLength(6)
    expect(invocations.get(silent)?.['status']).toBe('timeout')
    // Long enough for a hundred answers, however busy the machine is.
    const delivery = createDelivery(store, 1, { timeout: 120_000 })
    receiver.answer = () => ({ status: 500 })
    const all = Array.from({ length: 120 }, () => delivery.enqueue(webhook as Webhook, 'x'))
    await delivery.run()
    const statuses = () => all.map((id) => invocations.get(id)?.['status'])
    expect(statuses().filter((status) => status === 'server error')).toHaveLength(100)
    expect(statuses().filter((status) => status === 'circuit broken')).toHaveLength(20)
    clock.advance(5)
    const later = delivery.enqueue(webhook as Webhook, 'x')
    await delivery.run()
    expect(invocations.get(later)?.['status']).toBe('server error')
    delivery.stop()
  })
})
