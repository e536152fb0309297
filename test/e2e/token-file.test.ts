import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Sandbox } from 'zendesk-sandbox'
import { configFor, configured, discover, type Output, openSandbox, run, runHere } from '../support/account.ts'
import { allowed, authHere, folder, jsonIn } from '../support/auth-program.ts'
import { openRelay } from '../support/relay.ts'

const credentialsOf = ({ credentials: { clientId, clientSecret, refreshToken } }: Sandbox) => ({
  credentials: 'oauth2_refresh',
  client_id: clientId,
  client_secret: clientSecret,
  refresh_token: refreshToken,
})

const statusOf = ({ lines }: Output) => lines.find(({ connectionStatus }) => connectionStatus)?.connectionStatus
const controls = ({ lines }: Output) => lines.filter(({ type }) => type === 'CONTROL')

/** A configuration that nobody may change, beside a file for its tokens. */
async function setUp({ tickets = 20 } = {}) {
  const sandbox = await openSandbox({ tickets })
  const relay = await openRelay(sandbox.url)
  const config = configFor(sandbox, { base_url: relay.url, credentials: credentialsOf(sandbox) })
  const at = folder({ 'config.json': config })
  chmodSync(at('config.json'), 0o400)
  const files = ['--config', at('config.json'), '--state-of-credentials', at('tokens.json')]
  return {
    sandbox,
    relay,
    config,
    at,
    files,
    tokens: () => jsonIn(at('tokens.json')),
    grants: () => relay.seen.filter(({ path }) => path === '/oauth/tokens').length,
    check: () => runHere('check', { more: files }),
  }
}

test('every command goes on with the tokens that the one before left, and the configuration stays as it is', async () => {
  const { sandbox, relay, at, files, tokens, grants, check } = await setUp()
  const before = readFileSync(at('config.json'), 'utf8')
  const first = await check()
  expect([statusOf(first), controls(first)]).toEqual([{ status: 'SUCCEEDED' }, []])
  expect(tokens()).toEqual({
    account: relay.url,
    client_id: sandbox.credentials.clientId,
    follows: expect.stringMatching(/^[0-9a-f]{64}$/),
    refresh_token: expect.any(String),
    access_token: expect.any(String),
    token_expiry_date: expect.any(String),
  })
  expect(statSync(at('tokens.json')).mode & 0o777).toBe(0o600)

  const found = await runHere('discover', { more: files })
  const names = ['tickets', 'ticket_comments', 'ticket_audits', 'users', 'organizations', 'groups', 'ticket_fields']
  const catalog = configured(found.lines.find((line) => line.catalog)!.catalog!.streams, { names })
  expect(grants()).toBe(1)
  for (const _ of [1, 2]) {
    sandbox.account.expireToken(tokens().access_token)
    const read = await runHere('read', { catalog, more: files })
    expect([read.exitCode, read.errors, controls(read)]).toEqual([0, [], []])
  }
  expect(grants()).toBe(3)
  const status = await authHere(['status', ...files])
  expect([status.exitCode, status.stdout]).toEqual([0, expect.stringMatching(/Every stream can be read/)])
  expect(readFileSync(at('config.json'), 'utf8')).toBe(before)
  expect(readdirSync(dirname(at('config.json'))).sort()).toEqual(['config.json', 'tokens.json'])

  expect((await authHere(['logout', ...files])).exitCode).toBe(0)
  expect(statusOf(await check())?.message).toMatch(/revoked.*sign in again/)
})

test('permissions of the file stay, and an empty file is none yet', async () => {
  const { at, check } = await setUp()
  writeFileSync(at('tokens.json'), '')
  chmodSync(at('tokens.json'), 0o660)
  expect(statusOf(await check())).toEqual({ status: 'SUCCEEDED' })
  expect(statSync(at('tokens.json')).mode & 0o777).toBe(0o660)
})

test('who signs in anew and configures that is not sent back to the old tokens', async () => {
  const { sandbox, at, check, config, tokens } = await setUp()
  await check()
  const old = tokens()
  sandbox.account.revokeToken(old.access_token)
  const [login] = [folder({ 'config.json': { ...config, base_url: sandbox.url } })]
  await authHere(['login', '--port', '0', '--config', login('config.json')], { onAddress: allowed })
  chmodSync(at('config.json'), 0o600)
  writeFileSync(at('config.json'), JSON.stringify({ ...config, credentials: jsonIn(login('config.json')).credentials }))
  expect(statusOf(await check())).toEqual({ status: 'SUCCEEDED' })
  sandbox.account.expireToken(jsonIn(login('config.json')).credentials.access_token)
  expect(statusOf(await check())).toEqual({ status: 'SUCCEEDED' })
  expect(tokens().follows).not.toBe(old.follows)
})

test('two runs at once use one refresh token once, and both go on', async () => {
  const { sandbox, relay, tokens, check, files } = await setUp()
  await check()
  sandbox.account.expireToken(tokens().access_token)
  relay.reset()
  // However slow the answer is, the other run waits for it.
  relay.intercept = async ({ path }) => {
    if (path === '/oauth/tokens') await new Promise((resolve) => setTimeout(resolve, 2_000))
    return undefined
  }
  const both = await Promise.all([run('check', { more: files }), run('check', { more: files })])
  expect(both.map(statusOf)).toEqual([{ status: 'SUCCEEDED' }, { status: 'SUCCEEDED' }])
  const answers = relay.seen.filter(({ path }) => path === '/oauth/tokens').map(({ status }) => status)
  expect(answers).toEqual([200])
})

describe('what cannot be used is told before the refresh token is', () => {
  test.each([
    [
      'another account',
      (kept: object) => ({ ...kept, account: 'https://other.zendesk.com' }),
      /another account or OAuth/,
    ],
    ['another client', (kept: object) => ({ ...kept, client_id: 'other' }), /another account or OAuth client/],
    ['what is no object', () => 'hello', /does not hold a JSON object/],
  ])('a file with %s', async (_, changed, message) => {
    const { at, check, grants, tokens } = await setUp()
    await check()
    const content = changed(tokens())
    writeFileSync(at('tokens.json'), typeof content === 'string' ? content : JSON.stringify(content))
    expect(statusOf(await check())?.message).toMatch(message)
    expect(grants()).toBe(1)
  })

  test('a file that cannot be written, a flag without a file', async () => {
    const { at, config, grants } = await setUp()
    const nowhere = await runHere('check', { config, more: ['--state-of-credentials', at('none/tokens.json')] })
    expect(statusOf(nowhere)?.message).toMatch(/none\/tokens\.json cannot be written, so no new tokens were requested/)
    const nothing = await runHere('check', { config, more: ['--state-of-credentials'] })
    expect([nothing.exitCode, nothing.errors[0]?.message]).toEqual([
      1,
      expect.stringContaining('--state-of-credentials needs a value: --state-of-credentials <file>'),
    ])
    expect([controls(nowhere), controls(nothing), grants()]).toEqual([[], [], 0])
  })
})

test('other ways of signing in have no use for the file, and leave it alone', async () => {
  const { sandbox, at } = await setUp()
  const config = configFor(sandbox)
  const output = await runHere('check', { config, more: ['--state-of-credentials', at('tokens.json')] })
  expect(statusOf(output)).toEqual({ status: 'SUCCEEDED' })
  expect(readdirSync(dirname(at('tokens.json')))).toEqual(['config.json'])
  expect((await discover(config)).length).toBeGreaterThan(5)
})
