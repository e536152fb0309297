import { describe, expect, test } from 'vitest'
import { signatureOf } from '../src/webhooks/signature.ts'
import { call } from './calls.ts'
import { answer } from './fixtures.ts'
import { openWebhooks, shapeOf, zen } from './webhook-calls.ts'

const { sandbox, receiver, send, plain, make } = await openWebhooks()
const { credentials } = sandbox

test('signatures are those that others worked out', () => {
  const { secret, timestamp, body, ...expected } = answer('webhook_signature_vector')
  expect(signatureOf(secret, timestamp, body)).toBe(expected.expected_signature)
  expect(signatureOf(secret, timestamp, '')).toBe(expected.expected_signature_for_empty_body)
  expect(signatureOf(secret, timestamp, body)).not.toBe(expected.wrong_if_secret_is_base64_decoded)
  const text = '{"event":"ticket.updated","id":123}'
  expect(signatureOf('dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==', '2021-03-25T05:09:27Z', text)).toBe(
    'S/RDdU2ERmj7LHDDoWJ2onPYH+t7/f2+LTM4dL7UiLM=',
  )
})

describe('managing', () => {
  test('a webhook is made, shown, changed and deleted', async () => {
    const authentication = { type: 'basic_auth', data: { username: 'me', password: 'secret' }, add_position: 'header' }
    const webhook = { ...plain, subscriptions: zen('ticket.created'), authentication }
    const { status, body } = await send('POST', 'webhooks', { webhook })
    expect(status).toBe(201)
    expect(Object.keys(body.webhook)).toEqual(Object.keys(answer('webhook_create_response').webhook))
    expect(body.webhook.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/)
    const { id } = body.webhook
    expect((await send('GET', `webhooks/${id}`)).body.webhook.authentication.data).toEqual({ username: 'me' })
    expect((await send('PATCH', `webhooks/${id}`, { webhook: { description: 'new' } })).status).toBe(204)
    expect((await send('PUT', `webhooks/${id}`, { webhook: plain })).status).toBe(204)
    const { webhook: after } = (await send('GET', `webhooks/${id}`)).body
    expect(after).toMatchObject({ description: '', subscriptions: zen('ticket.created') })
    expect(after).toHaveProperty('updated_by')
    const secret = (await send('GET', `webhooks/${id}/signing_secret`)).body
    expect(shapeOf(secret)).toEqual(shapeOf(answer('webhook_signing_secret')))
    expect(secret.signing_secret.secret).toHaveLength(44)
    const reset = await send('POST', `webhooks/${id}/signing_secret`)
    expect([reset.status, reset.body.signing_secret.secret === secret.signing_secret.secret]).toEqual([201, false])
    const clone = await send('POST', `webhooks?clone_webhook_id=${id}`, {})
    expect([clone.status, clone.body.webhook.name, clone.body.webhook.id === id]).toEqual([201, 'Mine', false])
    expect((await send('DELETE', `webhooks/${id}`)).status).toBe(204)
    expect((await send('GET', `webhooks/${id}`)).status).toBe(404)
    expect((await send('GET', 'webhooks', undefined, credentials.agentToken)).status).toBe(403)
  })

  test.each([
    ['plain HTTP elsewhere', { endpoint: 'http://receiver.example/' }],
    ['no name', { name: '' }],
    ['another method for events', { http_method: 'PUT' }],
    ['another format for events', { request_format: 'xml' }],
    ['both kinds of connection', { subscriptions: ['conditional_ticket_events', ...zen('ticket.created')] }],
    ['an event that there is none of', { subscriptions: zen('ticket.updated') }],
    ['half of an authentication', { authentication: { type: 'bearer_token', data: {} } }],
  ])('is refused: %s', async (_, wrong) => {
    const webhook = { ...plain, subscriptions: zen('ticket.created'), ...wrong }
    const { status, body } = await send('POST', 'webhooks', { webhook })
    expect([status, typeof body.errors[0].title]).toEqual([400, 'string'])
  })

  test('lists and invocations have pages of their own kind', async () => {
    const first = (await call(sandbox, 'webhooks?page[size]=1')).body
    expect([first.webhooks.length, first.meta.has_more]).toEqual([1, true])
    const second = (await call(sandbox, first.links.next)).body
    expect([second.webhooks.length, second.meta]).toEqual([1, { has_more: false }])
    expect((await call(sandbox, 'webhooks?filter[name_contains]=FEED')).body.webhooks).toHaveLength(1)
    expect((await call(sandbox, 'webhooks?filter[status]=active')).body.webhooks).toHaveLength(0)
    const feed = first.webhooks[0].id
    const seen = new Set<string>()
    let next = `webhooks/${feed}/invocations?page[size]=50`
    for (let page = (await call(sandbox, next)).body; ; page = (await call(sandbox, next)).body) {
      for (const { id } of page.invocations) seen.add(id)
      if (!page.meta.has_more) break
      expect(shapeOf(page)).toEqual(shapeOf(answer('webhook_invocations')))
      expect(page.links.next).toContain('page[after]=')
      next = page.links.next
    }
    expect(seen.size).toBe(120)
    const throttled = (await call(sandbox, `webhooks/${feed}/invocations?filter[status]=throttled`)).body.invocations
    expect(throttled.length).toBeGreaterThan(3)
    expect(throttled[0]).not.toHaveProperty('status_code')
    expect((await call(sandbox, `webhooks/${feed}/invocations?page[after]=eA==`)).status).toBe(400)
  })

  test('a test send tells what came back, also where node-zendesk asks for it', async () => {
    const id = await make(zen('ticket.created'), { custom_headers: { 'X-Team': 'a' } })
    const { status, body } = await send('POST', `/webhooks/test?webhook_id=${id}`, { request: { payload: '{"a":1}' } })
    expect([status, body.response.status_code, body.response.payload]).toEqual([200, 200, 'thanks'])
    expect(body.response.headers).toContainEqual({ key: 'x-receiver', value: 'yes' })
    expect(receiver.got[0]).toMatchObject({ body: '{"a":1}', headers: { 'x-team': 'a' } })
    await send('POST', 'webhooks/test', { request: { endpoint: receiver.url, payload: 'x' } })
    const { headers } = receiver.nth(1)
    const timestamp = String(headers['x-zendesk-webhook-signature-timestamp'])
    const expected = signatureOf('dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==', timestamp, 'x')
    expect(headers['x-zendesk-webhook-signature']).toBe(expected)
  })
})
