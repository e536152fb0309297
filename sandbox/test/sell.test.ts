import { request } from 'node:http'
import { expect, test } from 'vitest'
import { SELL_CREDENTIALS } from '../src/account/sell.ts'
import { type Body, bearer, openSandbox } from './calls.ts'

const sandbox = await openSandbox()
const live = (): Body[] => [...sandbox.account.truth('contacts').live.values()]
const sell = async (method: string, path: string, data?: Body, headers: Record<string, string> = {}) => {
  const response = await fetch(`${sandbox.url}${path}`, {
    method,
    headers: { ...bearer(SELL_CREDENTIALS.accessToken), 'content-type': 'application/json', ...headers },
    body: data === undefined ? null : JSON.stringify({ data }),
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? undefined : JSON.parse(text)) as Body,
  }
}

test('contacts are listed in pages to the last, filtered and sorted', async () => {
  const seen: number[] = []
  for (let next = '/v2/contacts?per_page=30&sort_by=updated_at:desc'; ; ) {
    const { body } = await sell('GET', next)
    seen.push(...body.items.map(({ data }: Body) => data.id))
    if (body.meta.links.next_page === undefined) break
    next = body.meta.links.next_page.replace(sandbox.url, '')
  }
  expect(seen.toSorted()).toEqual(
    live()
      .map(({ id }) => id)
      .toSorted(),
  )
  const { body } = await sell('GET', '/v2/contacts?is_organization=true&per_page=100')
  expect(body.items.every(({ data }: Body) => data.is_organization)).toBe(true)
  expect((await sell('GET', '/v2/contacts?per_page=101')).body.errors[0].error.code).toBe('invalid_param')
})

test('errors have an envelope of their own, which names the request', async () => {
  const { status, headers, body } = await sell('POST', '/v2/contacts', { invalid_field: 1, tags: 'x' })
  expect(status).toBe(422)
  expect(headers.get('x-request-id')).toBe(body.meta.logref)
  expect(body.errors.map(({ error }: Body) => [error.field, error.code])).toEqual([
    ['/invalid_field', 'unknown'],
    ['/tags', 'invalid_type'],
    ['/last_name', 'missing'],
  ])
  expect((await sell('GET', '/v2/contacts', undefined, bearer('nobody'))).status).toBe(401)
  expect((await sell('GET', '/v2/nowhere/at/all')).body.errors[0].error.code).toBe('incorrect_path')
})

test('a call without a User-Agent is refused', async () => {
  const status = await new Promise((resolve) => {
    const call = request(`${sandbox.url}/v2/contacts`, { headers: bearer(SELL_CREDENTIALS.accessToken) })
    call.on('response', ({ statusCode }) => resolve(statusCode)).end()
  })
  expect(status).toBe(400)
})

test('an upsert creates, updates what it finds, and refuses to choose', async () => {
  const path = '/v2/contacts/upsert?email=new@example.org'
  const made = await sell('POST', path, { last_name: 'N', email: 'new@example.org' })
  const changed = await sell('POST', path, { tags: ['a'], custom_fields: { external_id: '7' } })
  expect(changed.body.data).toMatchObject({ id: made.body.data.id, tags: ['a'], name: 'N' })
  expect((await sell('POST', '/v2/contacts/upsert?custom_fields[external_id]=7', { title: 'T' })).body.data.id).toBe(
    made.body.data.id,
  )
  expect((await sell('POST', '/v2/contacts/upsert?is_organization=true', {})).status).toBe(409)
  expect((await sell('POST', '/v2/contacts/upsert', {})).status).toBe(400)
})

test('a device gets each change until it has acknowledged it', async () => {
  const device = { 'x-basecrm-device-uuid': 'one' }
  const drain = async (acknowledge: boolean) => {
    const started = await sell('POST', '/v2/sync/start', undefined, device)
    const items: Body[] = []
    for (;;) {
      if (started.status === 204) return items
      const queue = await sell('GET', `/v2/sync/${started.body.data.id}/queues/main`, undefined, device)
      if (queue.status === 204) return items
      items.push(...queue.body.items)
      const ack_keys = queue.body.items.map(({ meta }: Body) => meta.sync.ack_key)
      if (acknowledge) expect((await sell('POST', '/v2/sync/ack', { ack_keys }, device)).status).toBe(202)
    }
  }
  expect(await drain(false)).toHaveLength(live().length)
  expect(await drain(true)).toHaveLength(live().length)
  expect(await drain(true)).toEqual([])
  const [first, second] = live()
  await sell('PUT', `/v2/contacts/${first.id}`, { title: 'T' })
  await sell('DELETE', `/v2/contacts/${second.id}`)
  const changes = await drain(true)
  expect(changes.map(({ data, meta }) => [data.id, meta.sync.event_type])).toEqual([
    [first.id, 'updated'],
    [second.id, 'deleted'],
  ])
})

test('a token is granted, refreshed once, and revoked', async () => {
  const { clientId, clientSecret, email, password } = SELL_CREDENTIALS
  const ask = async (path: string, fields: Record<string, string>) => {
    const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
    const body = new URLSearchParams(fields)
    return fetch(`${sandbox.url}/oauth2/${path}`, { method: 'POST', headers: { authorization }, body })
  }
  const granted = (await (await ask('token', { grant_type: 'password', username: email, password })).json()) as Body
  const self = () => sell('GET', '/v2/users/self', undefined, bearer(granted.access_token))
  expect((await self()).status).toBe(200)
  const refresh = { grant_type: 'refresh_token', refresh_token: granted.refresh_token }
  expect((await ask('token', refresh)).status).toBe(200)
  expect((await ask('token', refresh)).status).toBe(400)
  await ask('revoke', { token: granted.access_token })
  expect((await self()).status).toBe(401)
})
