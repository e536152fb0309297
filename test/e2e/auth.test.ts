import { once } from 'node:events'
import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { createServer as createProxyServer } from 'node:http'
import { connect, createServer, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runSource } from '../../src/bin/run-source.ts'
import { openSandbox, runHere } from '../support/account.ts'
import { allowed, auth, authHere, consent, folder, jsonIn, wayBack } from '../support/auth-program.ts'
import { programHere } from '../support/in-process.ts'
import { openRelay } from '../support/relay.ts'

const sandbox = await openSandbox({ tickets: 20 })
const { clientId, clientSecret, publicClientId, email, apiToken, endUserToken } = sandbox.credentials
const base = { subdomain: 'sandbox', base_url: sandbox.url }
const ownClient = { client_id: clientId, client_secret: clientSecret }
const configWith = (credentials: object): object => ({ ...base, credentials })
/** Any free port: 0 is bound to one, and the address tells which. */
const LOGIN = ['login', '--port', '0']

const check = async (config: string, ...more: string[]) => {
  const { lines } = await runHere('check', { more: ['--config', config, ...more] })
  return lines.find(({ connectionStatus }) => connectionStatus)?.connectionStatus
}
const status = async (token: string): Promise<number> =>
  (await fetch(`${sandbox.url}/api/v2/users/me`, { headers: { authorization: `Bearer ${token}` } })).status

describe('auth login', () => {
  test('asks for consent with state and PKCE, writes the credentials, and check works with them', async () => {
    const at = folder({ 'config.json': { ...configWith(ownClient), start_date: '2024-01-01T00:00:00Z' } })
    const config = at('config.json')
    chmodSync(config, 0o640)
    let address!: URL
    const { exitCode, stderr, stdout } = await auth([...LOGIN, '--config', config], {
      onAddress: async (shown) => {
        address = shown
        const response = await consent(shown)
        expect([response.status, await response.text()]).toEqual([
          200,
          expect.stringContaining('you can close this window'),
        ])
      },
    })
    expect([exitCode, stdout, stderr]).toEqual([0, '', expect.stringContaining('Signed in for read.')])
    const asked = Object.fromEntries(address.searchParams)
    expect(asked).toMatchObject({ response_type: 'code', client_id: clientId, scope: 'read' })
    expect(asked['code_challenge_method']).toBe('S256')
    expect([asked['state']!.length, asked['code_challenge']!.length]).toEqual([32, 43])
    expect(asked['redirect_uri']).toMatch(/^http:\/\/localhost:\d+\/callback$/)
    expect(jsonIn(config)).toEqual({
      ...base,
      start_date: '2024-01-01T00:00:00Z',
      credentials: {
        credentials: 'oauth2_refresh',
        ...ownClient,
        refresh_token: expect.stringMatching(/^\w{64}$/),
        access_token: expect.stringMatching(/^\w{64}$/),
        token_expiry_date: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    })
    expect(Date.parse(jsonIn(config).credentials.token_expiry_date) - Date.now()).toBeGreaterThan(47 * 3_600_000)
    expect(statSync(config).mode & 0o777).toBe(0o640)
    expect(readdirSync(dirname(config))).toEqual(['config.json'])
    expect(await check(config)).toEqual({ status: 'SUCCEEDED' })
  })

  test('a public client needs no secret, and proves itself with its verifier', async () => {
    const flags = ['--subdomain', 'sandbox', '--client-id', publicClientId]
    const relay = await openRelay(sandbox.url)
    const at = folder({ 'config.json': { base_url: relay.url } })
    const first = await authHere([...LOGIN, '--config', at('config.json'), ...flags], { onAddress: allowed })
    expect(first.exitCode).toBe(0)
    const [grant] = relay.seen.filter(({ path, method }) => path === '/oauth/tokens' && method === 'POST')
    const sent = JSON.parse(grant!.body)
    expect(sent).toMatchObject({ grant_type: 'authorization_code', expires_in: 172_800 })
    expect([sent.code_verifier.length, sent.client_secret]).toEqual([64, undefined])
    expect(jsonIn(at('config.json')).credentials.client_secret).toBeUndefined()
    expect(await check(at('config.json'))).toEqual({ status: 'SUCCEEDED' })
  })

  test('a secret of the environment is not written down, and the flat form stays flat', async () => {
    const at = folder({ 'client.json': { ...base, client_id: clientId } })
    const env = { ZENDESK_CLIENT_SECRET: clientSecret }
    const { exitCode } = await authHere([...LOGIN, '--config', at('client.json')], { env, onAddress: allowed })
    expect(exitCode).toBe(0)
    const written = jsonIn(at('client.json'))
    expect(Object.keys(written).sort()).toEqual(
      ['access_token', 'base_url', 'client_id', 'refresh_token', 'subdomain', 'token_expiry_date'].sort(),
    )
    const { lines } = await runHere('check', { more: ['--config', at('client.json')], env })
    expect(lines.find(({ connectionStatus }) => connectionStatus)?.connectionStatus).toEqual({ status: 'SUCCEEDED' })
    const missing = await authHere([...LOGIN, '--config', at('none.json'), '--client-id', 'x'])
    expect([missing.exitCode, missing.stderr]).toEqual([1, expect.stringMatching(/--subdomain is missing/)])
    expect(existsSync(at('none.json'))).toBe(false)
  })

  test('credentials that no file is named for are printed', async () => {
    const secure = await openSandbox({ tickets: 10, subdomain: 'acme', tlsPort: 0 })
    const proxy = createProxyServer().listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    proxy.on('connect', (_, socket: Socket) => {
      const there = connect(Number(new URL(secure.tls!.url).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        there.pipe(socket).pipe(there)
      })
    })
    const { port } = proxy.address() as { port: number }
    const env = {
      HTTPS_PROXY: `http://127.0.0.1:${port}`,
      NODE_EXTRA_CA_CERTS: folder({ 'ca.pem': secure.tls!.ca })('ca.pem'),
      NO_PROXY: '',
    }
    const { exitCode, stdout, stderr } = await auth([...LOGIN, '--subdomain', 'acme'], {
      env: { ...env, ZENDESK_CLIENT_ID: clientId, ZENDESK_CLIENT_SECRET: clientSecret },
      onAddress: async ({ origin, pathname, search }) => {
        expect(origin).toBe('https://acme.zendesk.com')
        await consent(new URL(pathname + search, secure.url))
      },
    })
    proxy.close()
    expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/^Open this address/)])
    const credentials = JSON.parse(stdout)
    expect(credentials).toMatchObject({ credentials: 'oauth2_refresh', client_id: clientId })
    expect(credentials).not.toHaveProperty('client_secret')
    const headers = { authorization: `Bearer ${credentials.access_token}` }
    expect((await fetch(`${secure.url}/api/v2/users/me`, { headers })).status).toBe(200)
  })

  test('a consent with another state is refused and ends nothing; the one that was asked for still counts', async () => {
    const at = folder({ 'config.json': configWith(ownClient) })
    const { exitCode } = await authHere([...LOGIN, '--config', at('config.json')], {
      onAddress: async (address) => {
        const back = await wayBack(address)
        const forged = new URL(back)
        forged.searchParams.set('state', 'another')
        const response = await fetch(forged)
        expect([response.status, await response.text()]).toEqual([
          400,
          expect.stringContaining('another request for consent'),
        ])
        forged.searchParams.delete('state')
        forged.searchParams.set('error', 'access_denied')
        expect((await fetch(forged)).status).toBe(400)
        expect((await fetch(new URL('/other', back))).status).toBe(404)
        expect((await fetch(back)).status).toBe(200)
      },
    })
    expect(exitCode).toBe(0)
    expect(await check(at('config.json'))).toEqual({ status: 'SUCCEEDED' })
  })

  test('a code that somebody else asked for does not sign in: the verifier is another', async () => {
    const at = folder({ 'config.json': configWith(ownClient) })
    const before = readFileSync(at('config.json'), 'utf8')
    const { exitCode, stderr } = await authHere([...LOGIN, '--config', at('config.json')], {
      onAddress: async (address) => {
        const theirs = new URL(address)
        theirs.searchParams.set('code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
        await consent(theirs)
      },
    })
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/did not accept the code.*Sign in again/)])
    expect(readFileSync(at('config.json'), 'utf8')).toBe(before)
  })

  test('says that the consent was refused, that the scope is not allowed, that the secret is wrong', async () => {
    const config = folder({ 'config.json': configWith(ownClient) })('config.json')
    const denied = await authHere([...LOGIN, '--config', config], { onAddress: (address) => consent(address, 'deny') })
    expect([denied.exitCode, denied.stderr]).toEqual([1, expect.stringMatching(/consent was refused in Zendesk/)])
    const flags = ['--config', config, '--client-id', publicClientId, '--scope', 'write']
    const tooMuch = await authHere([...LOGIN, ...flags], { onAddress: (address) => fetch(address) })
    expect([tooMuch.exitCode, tooMuch.stderr]).toEqual([1, expect.stringMatching(/refused the consent.*scope/i)])
    const wrong = folder({ 'config.json': configWith({ ...ownClient, client_secret: 'wrong' }) })('config.json')
    const refused = await authHere([...LOGIN, '--config', wrong], { onAddress: allowed })
    expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringMatching(/client secret is wrong/)])
  })

  test('says that its port is taken, that a file cannot be written, that a flag makes no sense', async () => {
    const config = folder({ 'config.json': configWith(ownClient) })('config.json')
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    const busy = await authHere(['login', '--port', String(port), '--config', config])
    taken.close()
    expect([busy.exitCode, busy.stderr]).toEqual([
      1,
      expect.stringMatching(/Port \d+ cannot be used .*\(EADDRINUSE\).*--port/),
    ])
    const lost = folder()('no-folder/config.json')
    const flags = ['--subdomain', 'a', '--client-id', 'b']
    const nowhere = await authHere([...LOGIN, '--config', lost, ...flags])
    expect([nowhere.exitCode, nowhere.stderr]).toEqual([1, expect.stringMatching(/no-folder.*cannot be written/)])
    for (const [args, words] of [
      [['login', '--port', 'x'], /--port must be a port number .* not "x"/],
      [['login', '--client-secret', 'x'], /not taken from the command line.*ZENDESK_CLIENT_SECRET/],
      [['login', '--colour'], /--colour.*Usage/s],
      [['dance'], /^Usage/],
    ] as const)
      expect(await authHere(args)).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(words) })
  })

  test('over SSH the address that the browser ends at can be pasted', async () => {
    const config = folder({ 'config.json': configWith(ownClient) })('config.json')
    const said: string[] = []
    const shown = Promise.withResolvers<URL>()
    const program = programHere(['auth', 'login', '--port', '0', '--no-browser', '--config', config], {
      onOut: (text) => said.push(text),
      onError: (text) => {
        said.push(text)
        const address = /^https?:\S+authorizations\/new\S+$/m.exec(text)?.[0]
        if (address !== undefined) shown.resolve(new URL(address))
      },
    })
    async function* typed(): AsyncGenerator<string> {
      yield 'what?'
      yield '//['
      const back = await wayBack(await shown.promise)
      const stranger = new URL(back)
      stranger.searchParams.set('state', 'another')
      yield String(stranger)
      yield ` ${back} `
    }
    expect(await runSource({ ...program, typed })).toBe(0)
    const text = said.join('')
    expect(text).toMatch(/Paste that address here\.\n/)
    expect(text.match(/This is not the address at which the browser ended/g)).toHaveLength(2)
    expect(text).toMatch(/another request for consent/)
    expect(await check(config)).toEqual({ status: 'SUCCEEDED' })
  })

  test('an address on its port that is none ends nothing', async () => {
    const config = folder({ 'config.json': configWith(ownClient) })('config.json')
    const { exitCode } = await auth([...LOGIN, '--config', config], {
      onAddress: async (address) => {
        const { port } = new URL(address.searchParams.get('redirect_uri')!)
        const socket = connect(Number(port), 'localhost')
        socket.end('GET //[ HTTP/1.1\r\nHost: x\r\n\r\n')
        await once(socket.resume(), 'close')
        await consent(address)
      },
    })
    expect(exitCode).toBe(0)
  })

  test('ends when it is told to, and writes nothing', async () => {
    const at = folder({ 'config.json': configWith(ownClient) })
    const before = readFileSync(at('config.json'), 'utf8')
    const { exitCode } = await auth([...LOGIN, '--config', at('config.json')], {
      onAddress: async (_, child) => child.kill('SIGINT'),
    })
    expect([exitCode, readFileSync(at('config.json'), 'utf8')]).toEqual([130, before])
  })

  test('what a link leads to is replaced, not the link', async () => {
    const at = folder({ 'real.json': configWith(ownClient) })
    symlinkSync(at('real.json'), at('config.json'))
    expect((await authHere([...LOGIN, '--config', at('config.json')], { onAddress: allowed })).exitCode).toBe(0)
    expect(lstatSync(at('config.json')).isSymbolicLink()).toBe(true)
    expect(jsonIn(at('real.json')).credentials.refresh_token).toBeDefined()
  })

  test('tokens go to a file of their own, private, and the configuration stays as it is', async () => {
    const at = folder({ 'config.json': configWith({ credentials: 'oauth2_refresh', ...ownClient }) })
    const before = readFileSync(at('config.json'), 'utf8')
    const files = ['--config', at('config.json'), '--state-of-credentials', at('tokens.json')]
    expect(await authHere([...LOGIN, ...files], { onAddress: allowed })).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/tokens are in .*tokens\.json/),
    })
    expect(readFileSync(at('config.json'), 'utf8')).toBe(before)
    expect(statSync(at('tokens.json')).mode & 0o777).toBe(0o600)
    expect(await check(at('config.json'), ...files.slice(2))).toEqual({ status: 'SUCCEEDED' })
    expect((await check(at('config.json')))?.message).toMatch(/"credentials.refresh_token" is missing/)
    const other = folder({ 'config.json': configWith({ credentials: 'api_token', email, api_token: apiToken }) })
    const flags = ['--config', other('config.json'), '--state-of-credentials', at('tokens.json'), '--client-id', 'a']
    expect((await authHere([...LOGIN, ...flags])).stderr).toMatch(/signs in with "api_token" and would not use/)
  })
})

describe('auth status', () => {
  test('tells who, which role, scopes, ends, the limit, and the streams', async () => {
    const at = folder({ 'config.json': configWith(ownClient) })
    await auth([...LOGIN, '--config', at('config.json')], { onAddress: allowed })
    const { exitCode, stdout } = await auth(['status', '--config', at('config.json')])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^Signed in to http:\/\/127\.0\.0\.1:\d+ as .+ \(admin\)\.\n/)
    expect(stdout).toMatch(/Scopes: read\.\nThe access token expires at \d{4}-.*\nThe refresh token expires at \d{4}-/)
    expect(stdout).toMatch(/Every stream can be read\.\n$/)
  })

  test('works with every way of signing in, also from the environment alone', async () => {
    const config = folder({ 'config.json': base })('config.json')
    const env = { ZENDESK_EMAIL: email, ZENDESK_API_TOKEN: apiToken }
    const api = await authHere(['status', '--config', config], { env })
    expect([api.exitCode, api.stdout]).toEqual([0, expect.stringMatching(/\(admin\)\.\n.*Every stream/s)])
    expect(api.stdout).not.toMatch(/Scopes/)
    expect(api.stdout).toMatch(/API tokens end on 30 April 2027; OAuth does not\./)
    const limited = await openSandbox({ tickets: 10, limits: true })
    const token = { ...base, base_url: limited.url, access_token: limited.credentials.agentToken }
    const agent = await authHere(['status', '--config', folder({ 'config.json': token })('config.json')])
    expect(agent.stdout).toMatch(/\(agent\)\.\n/)
    expect(agent.stdout).toMatch(/The access token does not expire\.\nThe account allows 2500 requests a minute\./)
    expect(agent.stdout).toMatch(/tickets cannot be read: .*administrators only/)
    const nobody = await authHere(['status'], { env: { ZENDESK_SUBDOMAIN: 'acme' } })
    expect([nobody.exitCode, nobody.stderr]).toEqual([1, expect.stringMatching(/"credentials" is missing/)])
  })

  test('tells what narrow scopes allow, stream by stream', async () => {
    const { narrowToken } = sandbox.credentials
    const config = folder({ 'config.json': { ...base, access_token: narrowToken } })('config.json')
    const { exitCode, stdout } = await authHere(['status', '--config', config])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/as a user that the token's scopes do not show.*Scopes: tickets:read\.\nSome streams may/s)
    expect(stdout).toMatch(/^users cannot be read: .*HTTP 403.*scope/m)
    expect(stdout).not.toMatch(/^tickets cannot be read/m)
    const writer = await runHere('check', { more: ['--config', config] })
    expect(writer.lines[0]?.connectionStatus?.message).toMatch(/lacks a scope/)
  })

  test('does not use up a refresh token where the next one cannot be kept', async () => {
    const own = await openSandbox({ tickets: 10 })
    const env = {
      ZENDESK_SUBDOMAIN: 'sandbox',
      ZENDESK_CLIENT_ID: clientId,
      ZENDESK_CLIENT_SECRET: clientSecret,
      ZENDESK_REFRESH_TOKEN: own.credentials.refreshToken,
    }
    const config = folder({ 'config.json': { base_url: own.url } })
    const lost = ['--config', config('config.json'), '--state-of-credentials', config('none/tokens.json')]
    const refused = await authHere(['status', ...lost], { env })
    expect([refused.exitCode, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/cannot be written, so no new tokens were requested/),
    ])
    const kept = await authHere(['status', '--config', config('config.json')], { env })
    expect([kept.exitCode, kept.stdout]).toEqual([0, expect.stringMatching(/Scopes: read/)])
    expect(jsonIn(config('config.json'))).toMatchObject({ base_url: own.url, refresh_token: expect.any(String) })
  })
})

describe('auth logout', () => {
  test('ends the access token and the refresh token', async () => {
    const at = folder({ 'config.json': configWith(ownClient) })
    await auth([...LOGIN, '--config', at('config.json')], { onAddress: allowed })
    const { access_token } = jsonIn(at('config.json')).credentials
    expect(await status(access_token)).toBe(200)
    const { exitCode, stderr } = await auth(['logout', '--config', at('config.json')])
    expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/^Signed out/)])
    expect(await status(access_token)).toBe(401)
    expect(stderr).toMatch(/\nThe tokens were removed from .*config\.json\.\n$/)
    expect(jsonIn(at('config.json'))).toEqual(configWith({ credentials: 'oauth2_refresh', ...ownClient }))
    const told = await check(at('config.json'))
    expect(told).toMatchObject({ status: 'FAILED', message: expect.stringMatching(/revoked.*sign in again/) })
    expect((await auth(['logout', '--config', at('config.json')])).exitCode).toBe(1)
  })

  test('ends the pair also when the access token has ended by itself', async () => {
    const at = folder({ 'config.json': configWith(ownClient) })
    await authHere([...LOGIN, '--config', at('config.json')], { onAddress: allowed })
    sandbox.account.expireToken(jsonIn(at('config.json')).credentials.access_token)
    expect((await authHere(['logout', '--config', at('config.json')])).exitCode).toBe(0)
    expect(await status(jsonIn(at('config.json')).credentials.access_token)).toBe(401)
    expect((await check(at('config.json')))?.message).toMatch(/revoked/)
  })

  test('takes the tokens out of every file that holds them, and leaves the rest as it is', async () => {
    const tokensOf = async (file: string, ...flags: string[]) => {
      await auth([...LOGIN, ...flags], { onAddress: allowed })
      const { exitCode } = await auth(['logout', ...flags])
      return [exitCode, JSON.stringify(jsonIn(file)).match(/refresh_token|access_token|token_expiry_date/g)]
    }
    // As Singer's taps have them, beside the other settings.
    const flat = folder({ 'config.json': { ...base, ...ownClient, start_date: '2024-01-01T00:00:00Z' } })
    expect(await tokensOf(flat('config.json'), '--config', flat('config.json'))).toEqual([0, null])
    expect(jsonIn(flat('config.json'))).toMatchObject({ ...base, start_date: '2024-01-01T00:00:00Z' })
    // It has not become a client that signs in for itself.
    expect(await check(flat('config.json'))).toMatchObject({
      status: 'FAILED',
      message: expect.stringMatching(/"credentials\.refresh_token" is missing/),
    })
    const apart = folder({ 'config.json': configWith({ credentials: 'oauth2_refresh', ...ownClient }) })
    const files = ['--config', apart('config.json'), '--state-of-credentials', apart('tokens.json')]
    expect(await tokensOf(apart('tokens.json'), ...files)).toEqual([0, null])
    expect(await check(apart('config.json'), ...files.slice(2))).toMatchObject({
      message: expect.stringMatching(/"credentials\.refresh_token" is missing.*sign in again/),
    })
  })

  test('says what it cannot end', async () => {
    const api = folder({ 'config.json': configWith({ email, api_token: apiToken }) })('config.json')
    const [one, own] = [await authHere(['logout', '--config', api]), folder({ 'config.json': configWith(ownClient) })]
    expect([one.exitCode, one.stderr]).toEqual([1, expect.stringMatching(/Only OAuth tokens.*Admin Center/)])
    const client = await authHere(['logout', '--config', own('config.json')])
    expect([client.exitCode, client.stderr]).toEqual([0, expect.stringMatching(/signs in for itself/)])
    const relay = await openRelay(sandbox.url)
    relay.intercept = ({ method }) => (method === 'DELETE' ? { status: 403, body: '{}' } : undefined)
    const narrow = { ...base, base_url: relay.url, access_token: endUserToken }
    const kept = await authHere(['logout', '--config', folder({ 'config.json': narrow })('config.json')])
    expect([kept.exitCode, kept.stderr]).toEqual([1, expect.stringMatching(/does not let the token revoke itself/)])
  })
})
