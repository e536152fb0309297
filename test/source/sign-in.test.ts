import { expect, test } from 'vitest'
import { configFor, openSandbox, run } from './account.ts'

/** The configuration in the last CONTROL message. */
const controlled = (lines: Awaited<ReturnType<typeof run>>['lines']) =>
  (
    lines.findLast(({ type }) => type === 'CONTROL') as unknown as
      | { control: { connectorConfig: { config: { credentials: Record<string, string> } } } }
      | undefined
  )?.control.connectorConfig.config

const statusOf = ({ lines }: Awaited<ReturnType<typeof run>>) =>
  lines.find(({ connectionStatus }) => connectionStatus)?.connectionStatus

test('an OAuth client signs in for itself, and keeps nothing', async () => {
  const sandbox = await openSandbox({ tickets: 20 })
  const { clientId: client_id, clientSecret: client_secret } = sandbox.credentials
  const credentials = { credentials: 'oauth2_client_credentials', client_id, client_secret }
  const output = await run('check', { config: configFor(sandbox, { credentials }) })
  expect(statusOf(output)).toEqual({ status: 'SUCCEEDED' })
  expect(controlled(output.lines)).toBeUndefined()
  const wrong = { ...credentials, client_secret: 'wrong' }
  const refused = await run('check', { config: configFor(sandbox, { credentials: wrong }) })
  expect(statusOf(refused)?.message).toMatch(/client ID or the client secret is wrong/)
})

test('a refresh token is used once: the new pair is handed on, and the next sync goes on with it', async () => {
  const sandbox = await openSandbox({ tickets: 20 })
  const { clientId: client_id, clientSecret: client_secret, refreshToken: refresh_token } = sandbox.credentials
  const credentials = { credentials: 'oauth2_refresh', client_id, client_secret, refresh_token }
  const first = await run('check', { config: configFor(sandbox, { credentials }) })
  expect(statusOf(first)).toEqual({ status: 'SUCCEEDED' })
  const renewed = controlled(first.lines)!
  expect(renewed.credentials).toMatchObject({ client_id, client_secret, access_token: expect.any(String) })
  expect(renewed.credentials['refresh_token']).not.toBe(refresh_token)

  const again = await run('check', { config: configFor(sandbox, { credentials }) })
  expect(statusOf(again)?.message).toMatch(/refresh token was used before.*sign in again/)

  sandbox.requests.reset()
  const next = await run('check', { config: renewed })
  expect(statusOf(next)).toEqual({ status: 'SUCCEEDED' })
  expect(controlled(next.lines)).toBeUndefined()
})

test('a password is refused with what became of passwords', async () => {
  const sandbox = await openSandbox({ tickets: 20 })
  const credentials = { credentials: 'password', email: sandbox.credentials.email, password: 'secret' }
  const output = await run('check', { config: configFor(sandbox, { credentials }) })
  expect(statusOf(output)?.message).toMatch(/switched passwords off for its API on 12 January 2026/)
})
