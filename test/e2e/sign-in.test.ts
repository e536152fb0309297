import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Sandbox } from 'zendesk-sandbox'
import { systemClock } from '../../src/model/clock.ts'
import {
  configFor,
  configured,
  connect,
  discover,
  type Output,
  openSandbox,
  run,
  runHere,
  streamsOf,
} from '../support/account.ts'
import { wayBack } from '../support/auth-program.ts'
import type { AirbyteLine } from '../support/program.ts'
import { startSource } from '../support/program.ts'
import { openRelay, passOn, type Relay, type Seen } from '../support/relay.ts'

type Credentials = Record<string, string>

afterEach(() => void vi.restoreAllMocks())

/** The configurations in the CONTROL messages, in order. */
const controlled = (lines: readonly AirbyteLine[]): { credentials: Credentials }[] =>
  lines.flatMap((line) => {
    const { control } = line as { control?: { connectorConfig: { config: { credentials: Credentials } } } }
    return control ? [control.connectorConfig.config] : []
  })

const statusOf = ({ lines }: Output) => lines.find(({ connectionStatus }) => connectionStatus)?.connectionStatus

const refreshable = ({ credentials: { clientId, clientSecret, refreshToken } }: Sandbox): Credentials => ({
  credentials: 'oauth2_refresh',
  client_id: clientId,
  client_secret: clientSecret,
  refresh_token: refreshToken,
})
/** Streams of every kind of endpoint; fewer than there are, so that these tests stay short. */
const names = ['tickets', 'ticket_comments', 'ticket_audits', 'users', 'organizations', 'groups', 'ticket_fields']
const grantsIn = (relay: Relay) =>
  relay.seen.filter(({ path }) => path === '/oauth/tokens').map(({ body }) => JSON.parse(body))
const bearerOf = ({ headers }: Seen): string | undefined => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1]

describe('an OAuth client that signs in for itself', () => {
  test('keeps nothing, and is told apart from a wrong one', async () => {
    const sandbox = await openSandbox({ tickets: 20 })
    const relay = await openRelay(sandbox.url)
    const { clientId: client_id, clientSecret: client_secret, publicClientId } = sandbox.credentials
    const credentials = { credentials: 'oauth2_client_credentials', client_id, client_secret }
    const output = await runHere('check', { config: configFor(sandbox, { credentials, base_url: relay.url }) })
    expect(statusOf(output)).toEqual({ status: 'SUCCEEDED' })
    expect(controlled(output.lines)).toEqual([])
    expect(grantsIn(relay)).toEqual([
      { grant_type: 'client_credentials', client_id, client_secret, scope: 'read', expires_in: 172_800 },
    ])
    const wrong = { ...credentials, client_secret: 'wrong' }
    const refused = await runHere('check', { config: configFor(sandbox, { credentials: wrong }) })
    expect(statusOf(refused)?.message).toMatch(/client ID or the client secret is wrong/)
    const open = { ...credentials, client_id: publicClientId }
    const kind = await runHere('check', { config: configFor(sandbox, { credentials: open }) })
    expect(statusOf(kind)?.message).toMatch(/need a confidential client of your own account/)
  })

  test('signs in again when its token ends in the middle of a sync', async () => {
    const sandbox = await openSandbox({ tickets: 120, exportPageSize: 20 })
    const relay = await openRelay(sandbox.url)
    const { clientId: client_id, clientSecret: client_secret } = sandbox.credentials
    const credentials = { credentials: 'oauth2_client_credentials', client_id, client_secret }
    const config = configFor(sandbox, { credentials, base_url: relay.url })
    const connection = await connect(sandbox, { config, names })
    relay.reset()
    endTokens(relay, sandbox, [10])
    const output = await connection.sync()
    expect([output.exitCode, output.errors, grantsIn(relay).length]).toEqual([0, [], 2])
    expect(connection.differences()).toEqual({})
  })
})

/** Lets the access token in use expire when so many requests have come with one that was alive. */
function endTokens(relay: Relay, sandbox: Sandbox, after: readonly number[]): void {
  const ended = new Set<string>()
  let count = 0
  relay.intercept = (seen) => {
    const token = bearerOf(seen)
    if (token === undefined || ended.has(token) || !after.includes(++count)) return undefined
    ended.add(token)
    sandbox.account.expireToken(token)
    return undefined
  }
}

describe('a refresh token', () => {
  test('is used once: the new pair is handed on, and the next sync goes on with it', async () => {
    const sandbox = await openSandbox({ tickets: 20 })
    const relay = await openRelay(sandbox.url)
    const credentials = refreshable(sandbox)
    const config = configFor(sandbox, { credentials, base_url: relay.url, start_date: '2020-01-01T00:00:00Z' })
    const first = await runHere('check', { config })
    expect(statusOf(first)).toEqual({ status: 'SUCCEEDED' })
    const [renewed] = controlled(first.lines)
    expect(renewed).toEqual({
      ...config,
      credentials: {
        ...credentials,
        refresh_token: expect.not.stringContaining(credentials['refresh_token']!),
        access_token: expect.any(String),
        token_expiry_date: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    })
    const { client_id, client_secret, refresh_token } = credentials
    const ends = { expires_in: 172_800, refresh_token_expires_in: 7_776_000 }
    expect(grantsIn(relay)).toEqual([{ grant_type: 'refresh_token', client_id, client_secret, refresh_token, ...ends }])
    relay.reset()
    const next = await runHere('check', { config: renewed! })
    expect(statusOf(next)).toEqual({ status: 'SUCCEEDED' })
    expect([controlled(next.lines), grantsIn(relay)]).toEqual([[], []])
  })

  test('that was used before is told, with what to do; nobody tries it twice', async () => {
    const sandbox = await openSandbox({ tickets: 20 })
    const relay = await openRelay(sandbox.url)
    const config = configFor(sandbox, { credentials: refreshable(sandbox), base_url: relay.url })
    const catalog = configured(await discover(config))
    relay.reset()
    const output = await runHere('read', { config, catalog })
    expect(output.exitCode).toBe(1)
    expect(output.errors.at(0)).toMatchObject({
      failure_type: 'config_error',
      message: expect.stringMatching(/refresh token was used before.*nothing else uses it.*sign in again.*auth login/),
    })
    expect(grantsIn(relay)).toHaveLength(1)
    expect(statusOf(await runHere('check', { config }))?.message).toMatch(/refresh token was used before/)
  })

  test('is used once however many requests wait, and a CONTROL message is out before the new token is used', async () => {
    const sandbox = await openSandbox({ tickets: 60, exportPageSize: 10 })
    const relay = await openRelay(sandbox.url)
    const credentials = { ...refreshable(sandbox), access_token: 'ended', token_expiry_date: '2020-01-01T00:00:00Z' }
    const config = configFor(sandbox, { credentials, base_url: relay.url })
    const { lines: first } = await runHere('discover', { config })
    const catalog = configured(first.find((line) => line.catalog)!.catalog!.streams, { names })
    const [renewed] = controlled(first)
    relay.reset()
    endTokens(relay, sandbox, [1, 25, 50])

    const lines: AirbyteLine[] = []
    const isKnown = (token: string) =>
      [renewed, ...controlled(lines)].some((one) => one!.credentials['access_token'] === token)
    const { intercept } = relay
    const unknown: string[] = []
    relay.intercept = async (seen) => {
      // A request waits here for the message that must have been written before it: without that, it would never come.
      const token = bearerOf(seen)
      for (let turn = 0; token !== undefined && !isKnown(token) && turn < 3000; turn++)
        await new Promise((resolve) => setTimeout(resolve, 20))
      if (token !== undefined && !isKnown(token)) unknown.push(token)
      return intercept(seen)
    }
    const output = await run('read', { config: renewed, catalog }, (line) => lines.push(line))
    expect([output.exitCode, output.errors, unknown]).toEqual([0, [], []])
    const grants = grantsIn(relay)
    expect(grants).toHaveLength(3)
    // Each used the token that the one before brought.
    const pairs = [renewed!, ...controlled(lines)].map((one) => one.credentials['refresh_token'])
    expect(grants.map(({ refresh_token }) => refresh_token)).toEqual(pairs.slice(0, 3))
    expect(relay.seen.filter(({ status }) => status === 401).length).toBeGreaterThanOrEqual(3)
    const ids = output.records('tickets').map(({ id }) => id)
    expect([...sandbox.account.truth('tickets').live.keys()].filter((id) => !ids.includes(Number(id)))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('is renewed before its access token ends, as often as a sync takes', async () => {
    const sandbox = await openSandbox({ tickets: 100, exportPageSize: 3 })
    const relay = await openRelay(sandbox.url)
    const config = configFor(sandbox, { credentials: refreshable(sandbox), base_url: relay.url })
    const catalog = configured(await streamsOf(configFor(sandbox)), { names })
    const ends = new Map<string, number>()
    const late: Seen[] = []
    // Each request takes a second; no other time passes.
    let now = Date.now()
    relay.intercept = async (seen) => {
      if (seen.path === '/oauth/tokens') {
        const reply = await passOn(sandbox.url, seen)
        const body = JSON.parse(Buffer.from(reply.body as Uint8Array).toString())
        ends.set(body.access_token, now + 60_000)
        return { ...reply, body: JSON.stringify({ ...body, expires_in: 60 }) }
      }
      if (now > (ends.get(bearerOf(seen) ?? '') ?? 0)) late.push(seen)
      now += 1_000
      return undefined
    }
    vi.spyOn(systemClock, 'now').mockImplementation(() => now)
    const output = await runHere('read', { config, catalog })
    expect([output.exitCode, output.errors, late]).toEqual([0, [], []])
    expect(grantsIn(relay).length).toBeGreaterThan(2)
    expect(controlled(output.lines)).toHaveLength(grantsIn(relay).length)
  })

  test('survives a token endpoint that fails for a while', async () => {
    const sandbox = await openSandbox({ tickets: 20 })
    sandbox.faults.next(
      { kind: 'status', status: 503, path: /oauth/ },
      { kind: 'html', path: /oauth/ },
      { kind: 'refuse', seconds: 0.5, path: /oauth/ },
    )
    const output = await runHere('discover', { config: configFor(sandbox, { credentials: refreshable(sandbox) }) })
    // The page came with a success, so that the refresh token may have been used; here it was not.
    expect(output.exitCode).toBe(0)
    expect(output.logs.filter((log) => /POST \/oauth\/tokens.*Trying again/.test(log))).toHaveLength(3)
  })

  test('is not lost when the program is told to stop while it is used', async () => {
    const sandbox = await openSandbox({ tickets: 20 })
    const relay = await openRelay(sandbox.url)
    const config = configFor(sandbox, { credentials: refreshable(sandbox), base_url: relay.url })
    const catalog = configured(await streamsOf(configFor(sandbox)), { names })
    const source = startSource('read', { config, catalog })
    relay.intercept = async (seen) => {
      if (seen.path !== '/oauth/tokens') return undefined
      const reply = await passOn(sandbox.url, seen)
      source.process.kill('SIGTERM')
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      return reply
    }
    const lines: AirbyteLine[] = []
    for await (const { line } of source.lines) lines.push(line)
    expect(await source.exit).toBe(143)
    relay.intercept = () => undefined
    expect(controlled(lines)).toHaveLength(1)
    expect(statusOf(await runHere('check', { config: controlled(lines)[0]! }))).toEqual({ status: 'SUCCEEDED' })
  })
})

test('an access token that ends in the middle of a sync is told, and nothing is lost', async () => {
  const sandbox = await openSandbox({ tickets: 100, exportPageSize: 20 })
  const relay = await openRelay(sandbox.url)
  const credentials = { credentials: 'oauth2.0', access_token: sandbox.credentials.accessToken }
  const config = configFor(sandbox, { credentials, base_url: relay.url })
  const catalog = configured(await streamsOf(config), { names: ['tickets'] })
  relay.intercept = ({ path }) => {
    if (!path.includes('/incremental/')) return undefined
    relay.intercept = () => undefined
    sandbox.account.expireToken(sandbox.credentials.accessToken)
    return undefined
  }
  const output = await runHere('read', { config, catalog })
  expect([output.exitCode, output.statuses('tickets').at(-1)]).toEqual([1, 'INCOMPLETE'])
  expect(output.errors[0]).toMatchObject({
    failure_type: 'config_error',
    message: expect.stringMatching(/401.*expired/),
  })
})

test('a password is refused with what became of passwords', async () => {
  const sandbox = await openSandbox({ tickets: 20 })
  const credentials = { credentials: 'password', email: sandbox.credentials.email, password: 'secret' }
  const anonymous = await runHere('check', { config: configFor(sandbox, { credentials }) })
  const gone = /switched passwords off for its API on 12 January 2026.*OAuth/
  expect(statusOf(anonymous)?.message).toMatch(gone)
  sandbox.faults.next({ kind: 'status', status: 401, body: '{"error":"Couldn\'t authenticate you"}' })
  expect(statusOf(await runHere('check', { config: configFor(sandbox, { credentials }) }))?.message).toMatch(gone)
  sandbox.account.setPasswordAccess(true)
  const { password } = sandbox.credentials
  const works = await runHere('check', { config: configFor(sandbox, { credentials: { ...credentials, password } }) })
  expect(statusOf(works)).toEqual({ status: 'SUCCEEDED' })
})

describe('spellings', async () => {
  const sandbox = await openSandbox({ tickets: 20 })
  sandbox.account.setPasswordAccess(true)
  const {
    email,
    apiToken: api_token,
    accessToken: access_token,
    password,
    clientId,
    clientSecret,
  } = sandbox.credentials
  const own = { client_id: clientId, client_secret: clientSecret }
  test.each<[string, object]>([
    ['Airbyte, API token', { credentials: { credentials: 'api_token', email, api_token } }],
    [
      'Airbyte, access token',
      { credentials: { credentials: 'oauth2.0', access_token, client_id: '', client_secret: '' } },
    ],
    ['OAuth client', { credentials: { credentials: 'oauth2_client_credentials', ...own, scope: 'read' } }],
    ['password', { credentials: { credentials: 'password', email, password } }],
    ['without a word for the kind', { credentials: { email, api_token } }],
    [
      'Singer, access token',
      { access_token, start_date: '2024-01-01T00:00:00Z', request_timeout: 300, page_size: 100 },
    ],
    [
      'Singer, API token',
      { email, api_token, marketplace_name: 'x', marketplace_organization_id: 1, marketplace_app_id: 2 },
    ],
    ['Singer, password', { email, password }],
    ['flat OAuth client, beside an API token that ends', { ...own, email, api_token: 'ended' }],
    ['email as in Zendesk’s examples, blanks around', { email: `${email}/token`, api_token: ` ${api_token}\n` }],
  ])('%s', async (_, more) => {
    const config = { ...configFor(sandbox, { credentials: undefined }), ...more }
    expect(statusOf(await runHere('check', { config }))).toEqual({ status: 'SUCCEEDED' })
  })

  test.each([
    ['Airbyte, refresh token', true, { access_token: '', token_expiry_date: '' }],
    ['Airbyte, as its consent flow leaves it', true, { access_token: 'ended', token_expiry_date: '172800' }],
    ['Singer, refresh token', false, { access_token: 'ended' }],
  ])('%s', async (_, isNested, more) => {
    const account = await openSandbox({ tickets: 10 })
    const { credentials, ...names }: Credentials = { ...refreshable(account), ...more }
    const nested = { credentials: { credentials, ...names } }
    const config = { ...configFor(account, { credentials: undefined }), ...(isNested ? nested : names) }
    const output = await runHere('check', { config })
    expect(statusOf(output)).toEqual({ status: 'SUCCEEDED' })
    // What is handed on has the form in which it came, and works.
    const [renewed] = controlled(output.lines)
    expect(Object.keys(renewed!).includes('refresh_token')).toBe(!isNested)
    expect(statusOf(await runHere('check', { config: renewed! }))).toEqual({ status: 'SUCCEEDED' })
  })

  test('the environment gives what the configuration does not', async () => {
    const bare = { ...configFor(sandbox), credentials: undefined, subdomain: undefined }
    const check = async (config: object, env: Record<string, string>) =>
      statusOf(await runHere('check', { config, env: { ZENDESK_SUBDOMAIN: 'sandbox', ...env } }))
    const succeeded = { status: 'SUCCEEDED' }
    const client = { ZENDESK_CLIENT_ID: clientId, ZENDESK_CLIENT_SECRET: clientSecret }
    expect(await check(bare, client)).toEqual(succeeded)
    expect(await check(bare, { ZENDESK_ACCESS_TOKEN: access_token })).toEqual(succeeded)
    expect(await check(bare, { ZENDESK_EMAIL: email, ZENDESK_API_TOKEN: `${api_token}\n` })).toEqual(succeeded)
    expect(await check(bare, { ZENDESK_EMAIL: email, ZENDESK_PASSWORD: password })).toEqual(succeeded)
    // A configuration that says how to sign in is not talked into another way.
    const half = { ...bare, credentials: { credentials: 'api_token', email } }
    expect(await check(half, { ZENDESK_ACCESS_TOKEN: 'wrong', ZENDESK_API_TOKEN: api_token })).toEqual(succeeded)
    const whole = { ...bare, access_token }
    expect(await check(whole, { ZENDESK_REFRESH_TOKEN: 'wrong', ZENDESK_ACCESS_TOKEN: 'wrong', ...client })).toEqual(
      succeeded,
    )
    expect((await check(bare, {}))?.message).toMatch(/"credentials" is missing/)
    expect((await check(bare, { ZENDESK_API_TOKEN: 'x' }))?.message).toMatch(/"credentials.email" is missing/)
  })

  test('secrets of the environment are not in the configuration that is handed on', async () => {
    const account = await openSandbox({ tickets: 10 })
    const { client_id, client_secret, refresh_token } = refreshable(account)
    const config = configFor(account, { credentials: { credentials: 'oauth2_refresh', client_id } })
    const env = { ZENDESK_CLIENT_SECRET: client_secret!, ZENDESK_REFRESH_TOKEN: refresh_token! }
    const first = await run('check', { config, env })
    expect(statusOf(first)).toEqual({ status: 'SUCCEEDED' })
    const [renewed] = controlled(first.lines)
    expect(Object.keys(renewed!.credentials).sort()).toEqual(
      ['access_token', 'client_id', 'credentials', 'refresh_token', 'token_expiry_date'].sort(),
    )
    expect(statusOf(await runHere('check', { config: renewed!, env }))).toEqual({ status: 'SUCCEEDED' })
  })
})

test('the consent flow that the specification declares for Airbyte leaves a configuration that works', async () => {
  const sandbox = await openSandbox({ tickets: 10 })
  const { clientId: client_id, clientSecret: client_secret } = sandbox.credentials
  const { advanced_auth } = (await runHere('spec')).lines[0]!.spec as { advanced_auth: AdvancedAuth }
  const { oauth_connector_input_specification: flow, ...outputs } = advanced_auth.oauth_config_specification
  const values: Record<string, string> = { client_id, client_secret, scope: flow.scope, state: 'some-state' }
  values['redirect_uri'] = 'https://app.example.com/oauth/callback'
  const rendered = (template: string): string =>
    template
      .replaceAll(/\{\{ (\w+)_param \}\}/g, (_, name) => `${name}=${encodeURIComponent(values[name]!)}`)
      .replaceAll(/\{\{ (\w+)_value \}\}/g, (_, name) => values[name]!)
      .replace('https://{{ subdomain }}.zendesk.com', sandbox.url)
  const back = await wayBack(new URL(rendered(flow.consent_url)))
  expect([back.origin + back.pathname, back.searchParams.get('state')]).toEqual([values['redirect_uri'], 'some-state'])
  values['auth_code'] = back.searchParams.get('code')!
  const params = Object.entries(flow.access_token_params).map(([name, template]) => [name, rendered(template)])
  const response = await fetch(rendered(flow.access_token_url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(Object.fromEntries(params)),
  })
  const answer = (await response.json()) as Record<string, string | number>
  expect([response.status, answer['expires_in']]).toEqual([200, 172_800])

  const credentials: Credentials = { credentials: advanced_auth.predicate_value }
  const { properties: given } = outputs.complete_oauth_output_specification
  const { properties: own } = outputs.complete_oauth_server_output_specification
  for (const { path_in_connector_config: to, path_in_oauth_response: from } of Object.values(given))
    credentials[to[1]!] = String(answer[from![0]!])
  for (const [name, { path_in_connector_config: to }] of Object.entries(own)) credentials[to[1]!] = values[name]!
  expect(Object.keys(credentials).sort()).toEqual(
    ['access_token', 'client_id', 'client_secret', 'credentials', 'refresh_token', 'token_expiry_date'].sort(),
  )
  const config = configFor(sandbox, { credentials })
  expect(statusOf(await runHere('check', { config }))).toEqual({ status: 'SUCCEEDED' })
  sandbox.account.expireToken(credentials['access_token']!)
  const renewed = await runHere('check', { config })
  expect([statusOf(renewed), controlled(renewed.lines).length]).toEqual([{ status: 'SUCCEEDED' }, 1])
})

interface AdvancedAuth {
  readonly predicate_value: string
  readonly oauth_config_specification: {
    readonly oauth_connector_input_specification: {
      readonly consent_url: string
      readonly access_token_url: string
      readonly access_token_params: Readonly<Record<string, string>>
      readonly scope: string
    }
    readonly complete_oauth_output_specification: Outputs
    readonly complete_oauth_server_output_specification: Outputs
  }
}
interface Outputs {
  readonly properties: Readonly<
    Record<string, { readonly path_in_connector_config: string[]; readonly path_in_oauth_response?: string[] }>
  >
}

describe('where the credentials go', () => {
  test('redirects are not followed: another host gets neither a request nor the credentials', async () => {
    const sandbox = await openSandbox({ tickets: 10 })
    const [relay, other] = [await openRelay(sandbox.url), await openRelay()]
    for (const status of [301, 302, 303, 307, 308]) {
      relay.intercept = ({ path }) => ({ status, headers: { location: other.url + path } })
      const config = configFor(sandbox, { base_url: relay.url })
      const host = new URL(other.url).host.replaceAll('.', '\\.')
      const { message } = statusOf(await runHere('check', { config }))!
      expect(message).toMatch(new RegExp(`There is no Zendesk at.*redirect to ${host}`))
      const oauth = configFor(sandbox, { base_url: relay.url, credentials: refreshable(sandbox) })
      expect(statusOf(await runHere('check', { config: oauth }))?.message).toMatch(
        new RegExp(`token endpoint answered ${status}`),
      )
    }
    expect(other.seen).toEqual([])
  })

  test.each([
    ['Airbyte', { marketplace: { name: 'Mine', organization_id: '12', app_id: '345' } }],
    ['Singer', { marketplace_name: 'Mine', marketplace_organization_id: 12, marketplace_app_id: 345 }],
  ])('who distributes the connector is told with every request, in the spelling of %s', async (_, marketplace) => {
    const sandbox = await openSandbox({ tickets: 20 })
    const relay = await openRelay(sandbox.url)
    const config = configFor(sandbox, { credentials: refreshable(sandbox), base_url: relay.url, ...marketplace })
    const { lines } = await runHere('discover', { config })
    const catalog = configured(lines.find((line) => line.catalog)!.catalog!.streams, { names })
    expect((await runHere('read', { config: controlled(lines)[0]!, catalog })).exitCode).toBe(0)
    expect(grantsIn(relay)).toHaveLength(1)
    const told = new Set(
      relay.seen.map(({ headers }) =>
        ['name', 'organization-id', 'app-id'].map((name) => headers[`x-zendesk-marketplace-${name}`]).join(' '),
      ),
    )
    expect([relay.seen.length > 15, told]).toEqual([true, new Set(['Mine 12 345'])])
  })
})
