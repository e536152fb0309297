import { describe, expect, test } from 'vitest'
import { type Body, bearer, call, openSandbox } from './calls.ts'
import { answer } from './fixtures.ts'

const sandbox = await openSandbox({ tickets: 20, control: true, now: 1_760_000_000, frozen: true })
const { credentials } = sandbox
const { clientId, clientSecret } = credentials

/** Asks for a token; as JSON, or as a form. */
async function token(body: Record<string, unknown>, form = false): Promise<{ status: number; body: Body }> {
  const response = await fetch(`${sandbox.url}/oauth/tokens`, {
    method: 'POST',
    headers: { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' },
    body: form ? new URLSearchParams(body as Record<string, string>) : JSON.stringify(body),
  })
  return { status: response.status, body: await response.json() }
}
const status = async (accessToken: string, path = 'users/me') => (await call(sandbox, path, bearer(accessToken))).status

test('an unknown scope gives a token that may do nothing; a fine one reaches its own records', async () => {
  const asked = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }
  const { body } = await token({ ...asked, scope: 'raed' })
  const { status: refused, body: why } = await call(sandbox, 'tickets', bearer(body.access_token))
  expect([refused, why]).toEqual([
    403,
    { error: 'Forbidden', description: 'Missing the following required scopes: read' },
  ])
  const { body: fine } = await token({ ...asked, scope: 'tickets:read' })
  expect([await status(fine.access_token, 'tickets'), await status(fine.access_token, 'organizations')]).toEqual([
    200, 403,
  ])
})

test('who may impersonate acts for an end user', async () => {
  const me = (accessToken: string, email: string) =>
    call(sandbox, 'users/me', { ...bearer(accessToken), 'x-on-behalf-of': email })
  const { accessToken, agentToken, endUserEmail, agentEmail } = credentials
  expect((await me(accessToken, endUserEmail)).body.user).toMatchObject({ email: endUserEmail, role: 'end-user' })
  expect((await me(accessToken, agentEmail)).status).toBe(403)
  expect((await me(agentToken, endUserEmail)).body.description).toContain('impersonate')
})

describe('management', () => {
  const send = async (method: string, path: string, body?: object, accessToken = credentials.accessToken) => {
    const response = await fetch(`${sandbox.url}/api/v2/oauth/${path}`, {
      method,
      headers: { ...bearer(accessToken), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Body }
  }

  test('tokens are listed without their text, made, and revoked', async () => {
    const { body } = await send('GET', 'tokens/current')
    expect(Object.keys(body.token)).toEqual(Object.keys(answer('oauth_token_current').token))
    expect(body.token.token).toBe(credentials.accessToken.slice(0, 10))
    const { body: all } = await send('GET', 'tokens.json?all=true&page[size]=100')
    expect(all.tokens.length).toBeGreaterThan(4)
    expect((await send('GET', 'tokens?all=true', undefined, credentials.agentToken)).status).toBe(403)
    const order = { token: { client_id: body.token.client_id, scopes: ['read'] } }
    const { status: made, body: fresh } = await send('POST', 'tokens', order)
    expect([made, await status(fresh.token.full_token)]).toEqual([201, 200])
    expect((await send('GET', `tokens/${fresh.token.id}`)).body.token.full_token).toBeUndefined()
    expect((await send('DELETE', `tokens/${fresh.token.id}`, undefined, credentials.endUserToken)).status).toBe(403)
    expect((await send('DELETE', `tokens/${fresh.token.id}`)).status).toBe(204)
    expect(await status(fresh.token.full_token)).toBe(401)
  })

  test('a token that may only read ends itself', async () => {
    const order = { token: { client_id: (await send('GET', 'tokens/current')).body.token.client_id, scopes: ['read'] } }
    const { full_token } = (await send('POST', 'tokens', order)).body.token
    expect((await send('DELETE', 'tokens/current.json', undefined, full_token)).status).toBe(204)
    expect(await status(full_token)).toBe(401)
  })

  test('clients are made with a secret that is shown once, and changed', async () => {
    const client = { name: 'Mine', identifier: 'mine', redirect_uri: ['https://mine.example/back'] }
    const { status: made, body } = await send('POST', 'clients', { client })
    expect([made, body.client.secret.length, body.client.kind]).toEqual([201, 64, 'confidential'])
    const { id, secret } = body.client
    const credentialsOf = (client_secret: string) =>
      token({ grant_type: 'client_credentials', client_id: 'mine', client_secret, scope: 'read' })
    const { body: mine } = await credentialsOf(secret)
    expect((await send('GET', `clients/${id}`)).body.client.secret).toBe(`${secret.slice(0, 10)}...`)
    const { body: changed } = await send('PUT', `clients/${id}/generate_secret`)
    expect((await credentialsOf(secret)).status).toBe(401)
    expect((await credentialsOf(changed.client.secret)).status).toBe(200)
    expect((await send('PUT', `clients/${id}`, { client: { name: 'Ours' } })).body.client.name).toBe('Ours')
    expect((await send('POST', 'clients', { client })).body.details.identifier[0].error).toBe('DuplicateValue')
    expect((await send('POST', 'clients', { client: { name: 'x' } })).status).toBe(422)
    expect((await send('DELETE', `clients/${id}`)).status).toBe(204)
    expect(await status(mine.access_token)).toBe(401)
    expect((await send('GET', 'clients', undefined, credentials.agentToken)).status).toBe(403)
    expect((await send('GET', 'global_clients')).body.global_clients).toHaveLength(1)
  })
})

test('from outside: a token expires or ends, passwords work, everything is revoked', async () => {
  const one = async (action: string, ...args: unknown[]) => {
    const body = JSON.stringify({ action, args })
    return (await fetch(`${sandbox.url}/__sandbox/one`, { method: 'POST', body })).status
  }
  const again = await openSandbox({ tickets: 10 })
  const { body } = await token({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: 'read',
  })
  expect(await one('expireToken', body.access_token)).toBe(200)
  expect(await status(body.access_token)).toBe(401)
  expect(await one('revokeToken', credentials.narrowToken)).toBe(200)
  expect(await status(credentials.narrowToken)).toBe(401)
  expect(await one('revokeToken', 'nonsense')).toBe(422)
  const basic = { authorization: `Basic ${btoa(`${credentials.email}:${credentials.password}`)}` }
  expect((await call(sandbox, 'tickets', basic)).status).toBe(401)
  expect(await one('setPasswordAccess', true)).toBe(200)
  expect((await call(sandbox, 'tickets', basic)).status).toBe(200)
  expect(await one('revokeTokens')).toBe(200)
  expect(await status(credentials.accessToken)).toBe(401)
  // The refresh token of the credentials works once, in an account of its own.
  const asked = { grant_type: 'refresh_token', client_id: clientId, client_secret: clientSecret }
  const order = { method: 'POST', body: JSON.stringify({ ...asked, refresh_token: again.credentials.refreshToken }) }
  expect((await fetch(`${again.url}/oauth/tokens`, order)).status).toBe(200)
  expect((await fetch(`${again.url}/oauth/tokens`, order)).status).toBe(400)
})
