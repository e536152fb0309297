import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type Body, bearer, call, openSandbox } from './calls.ts'
import { answer } from './fixtures.ts'

const sandbox = await openSandbox({ tickets: 20, control: true, now: 1_760_000_000, frozen: true })
const { credentials, account } = sandbox
const { clientId, clientSecret, publicClientId, oldClientId, oldClientSecret } = credentials
const redirect_uri = 'http://localhost:7777/callback'

/** Asks for a token; as JSON, or as a form. */
async function token(body: Record<string, unknown>, form = false): Promise<{ status: number; body: Body }> {
  const response = await fetch(`${sandbox.url}/oauth/tokens`, {
    method: 'POST',
    headers: { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' },
    body: form ? new URLSearchParams(body as Record<string, string>) : JSON.stringify(body),
  })
  return { status: response.status, body: await response.json() }
}
/** Asks for authorization; gives the page, or what the redirect tells. */
async function authorize(asked: Record<string, string>, init: RequestInit = {}) {
  const query = new URLSearchParams({ response_type: 'code', client_id: clientId, redirect_uri, ...asked })
  const response = await fetch(`${sandbox.url}/oauth/authorizations/new?${query}`, { redirect: 'manual', ...init })
  const location = response.headers.get('location')
  return {
    status: response.status,
    page: await response.text(),
    told: location === null ? undefined : Object.fromEntries(new URL(location).searchParams),
  }
}
const codeFor = async (asked: Record<string, string> = {}) =>
  (await authorize({ scope: 'read write', approve: '1', ...asked })).told?.['code'] ?? ''
const exchange = (code: string, more: object = {}) =>
  token({
    grant_type: 'authorization_code',
    client_id: clientId,
    client_secret: clientSecret,
    code,
    redirect_uri,
    ...more,
  })
const refresh = (refresh_token: string, more: object = {}) =>
  token({ grant_type: 'refresh_token', client_id: clientId, client_secret: clientSecret, refresh_token, ...more })
const status = async (accessToken: string, path = 'users/me') => (await call(sandbox, path, bearer(accessToken))).status

describe('authorization', () => {
  test('a page to allow or deny, whose forms lead back with the state', async () => {
    const { status: shown, page } = await authorize({ scope: 'read', state: '"><b>ö' })
    expect([shown, page.includes('Connector 🔌'), page.includes('"><b>')]).toEqual([200, true, false])
    const post = async (button: string) => {
      const fields = [...page.matchAll(/name="([a-z_]+)" value="([^"]*)"/g)]
        .filter(([, name]) => name !== 'approve' && name !== 'deny')
        .map(([, name = '', value = '']): [string, string] => [
          name,
          value.replaceAll('&quot;', '"').replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&'),
        ])
      const body = new URLSearchParams([...fields, ['email', credentials.agentEmail], [button, '1']])
      const response = await fetch(`${sandbox.url}/oauth/authorizations`, { method: 'POST', body, redirect: 'manual' })
      return new URL(response.headers.get('location') ?? '').searchParams
    }
    const allowed = await post('approve')
    expect(allowed.get('state')).toBe('"><b>ö')
    const { body } = await exchange(allowed.get('code') ?? '')
    expect((await call(sandbox, 'users/me', bearer(body.access_token))).body.user.email).toBe(credentials.agentEmail)
    expect(Object.fromEntries(await post('deny'))).toMatchObject({ error: 'access_denied', state: '"><b>ö' })
  })

  test('without a browser: by credentials, or by `approve`', async () => {
    const { told } = await authorize({ scope: 'read' }, { headers: bearer(credentials.endUserToken) })
    const { body } = await exchange(told?.['code'] ?? '')
    expect((await call(sandbox, 'users/me', bearer(body.access_token))).body.user.role).toBe('end-user')
    expect((await authorize({ scope: 'read', deny: '1' })).told?.['error']).toBe('access_denied')
  })

  test('what is wrong is told to the client, unless the client itself is', async () => {
    expect((await authorize({ client_id: 'nobody', scope: 'read' })).status).toBe(400)
    expect((await authorize({ redirect_uri: 'https://evil.example/', scope: 'read' })).status).toBe(400)
    expect((await authorize({ response_type: 'token', scope: 'read' })).told?.['error']).toBe(
      'unsupported_response_type',
    )
    expect((await authorize({})).told?.['error']).toBe('invalid_scope')
    const open = { client_id: publicClientId, approve: '1', scope: 'read' }
    expect((await authorize(open)).told?.['error']).toBe('invalid_request')
    const pkce = { code_challenge: 'x', code_challenge_method: 'S256' }
    expect((await authorize({ ...open, ...pkce, scope: 'write' })).told?.['error']).toBe('invalid_scope')
  })
})

describe('grants', () => {
  test('a code gives a pair of tokens, once, within two minutes, to its own client', async () => {
    const code = await codeFor()
    const { status: made, body } = await exchange(code, { expires_in: 172_800 })
    expect(made).toBe(200)
    expect(Object.keys(body)).toEqual(Object.keys(answer('oauth_token_response')))
    expect(body).toMatchObject({ token_type: 'bearer', scope: 'read write', expires_in: 172_800 })
    expect(body.refresh_token_expires_in).toBe(2_592_000)
    expect(await status(body.access_token)).toBe(200)
    const refused = [
      await exchange(code),
      await exchange(await codeFor(), { redirect_uri: 'http://localhost:8888/callback' }),
      await exchange(await codeFor(), { client_id: oldClientId, client_secret: oldClientSecret }),
    ]
    const late = await codeFor()
    account.advance(120)
    refused.push(await exchange(late))
    for (const answer of refused) expect([answer.status, answer.body.error]).toEqual([400, 'invalid_grant'])
    const wrong = await exchange(await codeFor(), { client_secret: 'wrong' })
    expect([wrong.status, wrong.body.error]).toEqual([401, 'invalid_client'])
    const short = await exchange(await codeFor(), { expires_in: 299 })
    expect([short.status, short.body.error]).toEqual([400, 'invalid_request'])
    expect((await exchange(await codeFor(), { refresh_token_expires_in: 604_799 })).status).toBe(400)
  })

  test('a public client proves itself with a verifier', async () => {
    const code_verifier = 'verifier-of-forty-three-characters-or-more-0123'
    const code_challenge = createHash('sha256').update(code_verifier).digest('base64url')
    const asked = { client_id: publicClientId, scope: 'read', code_challenge, code_challenge_method: 'S256' }
    const take = async (verifier?: string) =>
      token(
        {
          grant_type: 'authorization_code',
          client_id: publicClientId,
          code: await codeFor(asked),
          redirect_uri,
          ...(verifier === undefined ? {} : { code_verifier: verifier }),
        },
        true,
      )
    const { status: made, body } = await take(code_verifier)
    expect([made, body.scope, body.expires_in]).toEqual([200, 'read', 1800])
    expect((await take('another')).body.error).toBe('invalid_grant')
    expect((await take()).body.error).toBe('invalid_grant')
    const renewed = await token({
      grant_type: 'refresh_token',
      client_id: publicClientId,
      refresh_token: body.refresh_token,
    })
    expect(renewed.status).toBe(200)
    const own = await token({ grant_type: 'client_credentials', client_id: publicClientId, scope: 'read' })
    expect([own.status, own.body.error]).toEqual([400, 'unauthorized_client'])
  })

  test('a refresh changes both tokens at once; an old refresh token fails and ends nothing', async () => {
    const { body: first } = await exchange(await codeFor())
    account.advance(1800)
    expect(await status(first.access_token)).toBe(401)
    const { body: second } = await refresh(first.refresh_token)
    expect(await status(second.access_token)).toBe(200)
    const { body: third } = await refresh(second.refresh_token, { scope: 'read' })
    expect(await status(second.access_token)).toBe(401)
    const again = await refresh(first.refresh_token)
    expect([again.status, again.body.error]).toEqual([400, 'invalid_grant'])
    expect([await status(third.access_token), third.scope]).toEqual([200, 'read'])
    expect((await refresh(third.refresh_token, { scope: 'read write' })).body.error).toBe('invalid_scope')
    account.advance(2_592_000)
    expect((await refresh(third.refresh_token)).body.error).toBe('invalid_grant')
  })

  test('client credentials act as the user of the client and cannot be refreshed; old clients know no expiry', async () => {
    const asked = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope: 'read' }
    const { status: made, body } = await token(asked)
    expect([made, Object.keys(body)]).toEqual([200, ['access_token', 'token_type', 'scope', 'expires_in']])
    expect((await call(sandbox, 'users/me', bearer(body.access_token))).body.user.email).toBe(credentials.email)
    const old = { ...asked, client_id: oldClientId, client_secret: oldClientSecret }
    const { body: endless } = await token(old, true)
    expect(Object.keys(endless)).toEqual(Object.keys(answer('oauth_token_response_legacy')))
    account.advance(1e9)
    expect(await status(endless.access_token)).toBe(200)
    expect((await token({ ...asked, grant_type: 'password' })).body.error).toBe('unsupported_grant_type')
    expect((await token({ ...asked, scope: '' })).body.error).toBe('invalid_scope')
  })
})
