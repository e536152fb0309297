import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Sandbox } from 'zendesk-sandbox'
import { configFor, configured, discover, type Output, openSandbox, run, runHere } from '../support/account.ts'
import { allowed, auth, authHere, folder } from '../support/auth-program.ts'
import { hastyClock } from '../support/hasty.ts'
import { type SourceArguments, startSource } from '../support/program.ts'
import { openRelay, type Relay, type Reply, type Seen } from '../support/relay.ts'

// What a password manager makes: characters that URLs, JSON and base64 each write in another way.
const PLANTED = {
  apiToken: 'planted/api+token"\\&=0123456789',
  accessToken: 'planted-access-token/+=0123456789',
  password: 'planted pass/word"\\%&=+',
  clientSecret: 'planted/client+secret"\\&=0123456789',
  refreshToken: 'planted-refresh-token/+=0123456789',
}
const sandbox = await openSandbox({ tickets: 20, credentials: PLANTED })
sandbox.account.setPasswordAccess(true)
const { email, clientId: client_id } = sandbox.credentials
const everything = await discover(configFor(sandbox))
/** Streams of each kind of walk, at more paths than there are ways to fail at a time. */
const catalog = configured(everything, {
  names: [
    ...['tickets', 'ticket_audits', 'ticket_comments', 'ticket_metric_events', 'users', 'organizations', 'groups'],
    ...['ticket_fields', 'ticket_forms', 'brands', 'macros', 'satisfaction_ratings', 'articles', 'custom_roles'],
    ...['side_conversations', 'audit_logs'],
  ],
})

/** Waits take a fiftieth of their time. */
const runHereInHaste = (command: string, args: SourceArguments): Promise<Output> =>
  runHere(command, args, undefined, { clock: hastyClock(50) })
/** The same in a process of its own. */
const runInHaste = (command: string, args: SourceArguments): Promise<Output> =>
  run(command, { ...args, program: join(import.meta.dirname, '../support/hasty-source.ts'), env: { HASTE: '50' } })

const KINDS: Readonly<Record<string, object>> = {
  oauth2_client_credentials: { client_id, client_secret: PLANTED.clientSecret },
  oauth2_refresh: { client_id, client_secret: PLANTED.clientSecret, refresh_token: PLANTED.refreshToken },
  'oauth2.0': { access_token: PLANTED.accessToken, client_secret: PLANTED.clientSecret },
  api_token: { email, api_token: PLANTED.apiToken },
  password: { email, password: PLANTED.password },
}
const configOf = (kind: string, { url }: Relay | Sandbox): object =>
  configFor(sandbox, {
    base_url: url,
    max_retry_minutes: 0,
    credentials: { credentials: kind, ...KINDS[kind] },
  })

/** Every form in which a secret could stand in a text. */
function formsOf(secret: string): string[] {
  const users = ['', `${email}:`, `${email}/token:`]
  const base64 = users.map((user) =>
    Buffer.from(user + secret)
      .toString('base64')
      .replace(/=+$/, ''),
  )
  const json = JSON.stringify(secret).slice(1, -1)
  return [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(secret),
    new URLSearchParams({ secret }).toString().slice('secret='.length),
    Buffer.from(secret).toString('hex'),
    Buffer.from(secret).toString('base64url'),
    ...base64,
  ]
}

/** What the source sent and was given that is secret: the planted ones, and what the token endpoint made of them. */
function secretsIn(relay: Relay): ReadonlySet<string> {
  const sent = relay.seen.flatMap(({ headers: { authorization }, body }) => {
    const { code, code_verifier, refresh_token } = body.startsWith('{') ? JSON.parse(body) : {}
    return [authorization?.split(' ')[1], code, code_verifier, refresh_token]
  })
  return new Set([...Object.values(PLANTED), ...sent].filter((secret) => secret !== undefined))
}

function expectNone(written: string, relay: Relay): void {
  const forms = new Set([...secretsIn(relay)].flatMap(formsOf))
  const found = [...forms].filter((form) => written.includes(form))
  expect(found).toEqual([])
  // A part of one is as bad, where an error was cut short.
  expect(written.match(/planted.{0,40}/)?.[0]).toBeUndefined()
}

// Each kind is tried in a process of its own, whose standard error nothing else has, and then in this one.

/** All that a run wrote, but for the messages that must hold the credentials. */
const written = ({ lines, stderr }: Output): string =>
  lines
    .filter(({ type }) => type !== 'CONTROL')
    .map((line) => JSON.stringify(line))
    .join('\n') + stderr

/** What a server may know of a request, as debugging servers and proxies show it. */
function shown({ method, path, headers, body }: Seen): string {
  const [, credentials = ''] = headers.authorization?.split(' ') ?? []
  const decoded = Buffer.from(credentials, 'base64').toString('utf8')
  const fields: string[] = body.startsWith('{') ? Object.values(JSON.parse(body)).map(String) : []
  const values = [credentials, decoded, decoded.slice(decoded.indexOf(':') + 1), ...fields]
  return [...values, ...values.map(encodeURIComponent), method, path, JSON.stringify(headers), body].join(' ')
}

const LISTS = [
  'tickets',
  'users',
  'organizations',
  'groups',
  'ticket_events',
  'ticket_fields',
  'ticket_forms',
  'audits',
]

/** Ways to fail that show what was sent. */
const FAILURES: readonly ((text: string) => Reply)[] = [
  (text) => ({ status: 401, body: JSON.stringify({ error: 'invalid_token', error_description: text }) }),
  (text) => ({ status: 403, body: JSON.stringify({ error: { title: text, message: text } }) }),
  (text) => ({ status: 404, body: `<!doctype html><pre>${text}</pre>` }),
  (text) => ({ status: 422, body: JSON.stringify({ error: text, description: text }) }),
  (text) => ({ status: 500, body: text }),
  (text) => ({ status: 502, body: `${'x'.repeat(190)}${text}` }),
  (text) => ({ status: 302, headers: { location: `http://127.0.0.1:1/?${encodeURIComponent(text)}` }, body: text }),
  (text) => ({ status: 204, headers: { 'x-request': encodeURIComponent(text) } }),
  (text) => ({ status: 203, body: text }),
  (text) => ({ status: 200, body: text }),
  (text) => ({ status: 200, body: text.slice(0, 30) }),
  (text) => ({ status: 200, headers: { 'content-encoding': 'gzip' }, body: text }),
  (text) => ({ status: 200, body: JSON.stringify({ [text]: text, error: text, error_description: text }) }),
  (text) => ({ status: 200, body: JSON.stringify(Object.fromEntries(LISTS.map((list) => [list, [text]]))) }),
  (text) => ({ status: 200, body: JSON.stringify(Object.fromEntries(LISTS.map((list) => [list, text]))) }),
  (text) => ({ status: 400, body: JSON.stringify({ errors: [{ code: text, title: text, detail: text }] }) }),
]
const failing = (number: number, seen: Seen): Reply => FAILURES[number % FAILURES.length]!(shown(seen))
const isForTokens = ({ path }: Seen): boolean => path === '/oauth/tokens'

describe.each(Object.keys(KINDS))('%s', (kind) => {
  test('no output of a good account holds a secret, nor does the process title', async () => {
    // A refresh token is used once, so that each run here has an account of its own.
    const own = await openSandbox({ tickets: 20, credentials: PLANTED, exportPageSize: 5 })
    own.account.setPasswordAccess(true)
    const relay = await openRelay(own.url)
    const outputs = [await runHere('check', { config: configOf(kind, relay), more: ['--debug'] })]
    const again = await openSandbox({ tickets: 20, credentials: PLANTED })
    again.account.setPasswordAccess(true)
    const other = await openRelay(again.url)
    // Every stream once; what is signed in with is the same for all.
    const whole = kind === 'oauth2_refresh' ? configured(everything) : catalog
    const args = { config: configOf(kind, other), catalog: whole, more: ['--debug'], env: { DEBUG: '*' } }
    const source = startSource('read', args)
    const titles: string[] = []
    const lines = []
    for await (const { line } of source.lines) {
      if (titles.length === 0 && source.process.exitCode === null) titles.push(titleOf(source.process.pid!))
      lines.push(line)
    }
    expect(await source.exit).toBe(0)
    expect(titles).toEqual([expect.stringContaining('source-zendesk.js read')])
    const text = [...outputs.map(written), titles.join(), source.stderr()].join('\n')
    expectNone(text, relay)
    const states = lines.filter(({ type }) => type !== 'CONTROL').map((line) => JSON.stringify(line))
    expect(states.join('\n')).toMatch(/"type":"STATE"/)
    expectNone(states.join('\n'), other)
  })

  test('no error holds a secret that the server repeats', async () => {
    let shift = 0
    const outputs: Output[] = []
    const relay = await openRelay(sandbox.url)
    const numbers = new Map<string, number>()
    relay.intercept = (seen) => {
      // Tokens are given out; whatever is asked with them fails, each path in its own way.
      if (isForTokens(seen)) return { status: 200, body: '{"access_token":"given-access-token-0123456789"}' }
      const path = seen.path.split('?')[0]!
      numbers.set(path, numbers.get(path) ?? numbers.size)
      return failing(numbers.get(path)! + shift, seen)
    }
    const config = configOf(kind, relay)
    for (; shift < FAILURES.length; shift += 8)
      outputs.push(await (shift === 0 ? runInHaste : runHereInHaste)('read', { config, catalog }))
    for (shift = Object.keys(KINDS).indexOf(kind); shift < FAILURES.length; shift += 5)
      outputs.push(await runHereInHaste('check', { config }))
    const text = outputs.map(written).join('\n')
    expect(relay.seen.length).toBeGreaterThan(20)
    expect(text).toMatch(/\[hidden\]/)
    expectNone(text, relay)
    expect(text).not.toContain('given-access-token')
  })
})

test('no error of the token endpoint holds a secret that it repeats', async () => {
  const relay = await openRelay()
  const outputs: Output[] = []
  for (const number of FAILURES.keys()) {
    relay.intercept = (seen) => failing(number, seen)
    const kind = number % 2 === 0 ? 'oauth2_refresh' : 'oauth2_client_credentials'
    outputs.push(await (number < 2 ? runInHaste : runHereInHaste)('read', { config: configOf(kind, relay), catalog }))
  }
  const spent = (text: string) => JSON.stringify({ error: 'invalid_grant', error_description: text })
  relay.intercept = (seen) => ({ status: 400, body: spent(shown(seen)) })
  const refused = await runHere('check', { config: configOf('oauth2_refresh', relay) })
  expect(JSON.stringify(refused.lines)).toMatch(/was used before.*\[hidden\]/)
  expectNone([...outputs, refused].map(written).join('\n'), relay)
})

test('auth tells no secret, and keeps them where they belong', async () => {
  const relay = await openRelay(sandbox.url)
  const credentials = { client_id, client_secret: PLANTED.clientSecret }
  const at = folder({ 'config.json': configFor(sandbox, { base_url: relay.url, credentials }) })
  const told = []
  for (const number of [0, 3, 6, 9, 12]) {
    relay.intercept = (seen) => (isForTokens(seen) ? failing(number, seen) : undefined)
    told.push(
      await (number === 0 ? auth : authHere)(['login', '--port', '0', '--config', at('config.json')], {
        onAddress: allowed,
      }),
    )
  }
  expect(new Set(told.map(({ exitCode }) => exitCode))).toEqual(new Set([1]))
  relay.intercept = () => undefined
  const files = ['--config', at('config.json'), '--state-of-credentials', at('tokens.json')]
  const good = [
    await auth(['login', '--port', '0', '--config', at('config.json')], { onAddress: allowed }),
    await authHere(['login', '--port', '0', ...files], { onAddress: allowed }),
    await authHere(['status', ...files]),
  ]
  expect(good.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0])
  for (const number of [0, 1, 3, 6, 8, 12]) {
    relay.intercept = (seen) => failing(number, seen)
    told.push(await (number < 2 ? auth : authHere)([number % 2 === 0 ? 'status' : 'logout', ...files]))
  }
  relay.intercept = () => undefined
  good.push(await auth(['logout', ...files]))
  expectNone([...told, ...good].map(({ stdout, stderr }) => stdout + stderr).join('\n'), relay)
  expect(readdirSync(dirname(at('x'))).sort()).toEqual(['config.json', 'tokens.json'])
  expect(readFileSync(at('tokens.json'), 'utf8')).not.toContain('planted')
})

test('secrets in the wrong places are not repeated', async () => {
  const secret = 'planted-in-the-wrong-place'
  const odd: unknown[] = [
    `{"subdomain": "acme", "credentials": {"access_token": "${secret}"}`,
    `"${secret}"`,
    { subdomain: `https://me:${secret}@acme.zendesk.com`, credentials: KINDS['api_token'] },
    { subdomain: 'acme', base_url: `https://me:${secret}@127.0.0.1`, credentials: KINDS['api_token'] },
    { subdomain: 'acme', base_url: `https://127.0.0.1/${secret}`, credentials: KINDS['api_token'] },
    { subdomain: 'acme', credentials: secret },
    { subdomain: 'acme', credentials: { credentials: secret, api_token: secret } },
    { subdomain: 'acme', credentials: { credentials: 'oauth2.0', access_token: [secret] } },
    { subdomain: 'acme', credentials: { credentials: 'oauth2_refresh', refresh_token: { secret } } },
    // No header can hold these.
    configFor(sandbox, { credentials: { access_token: `${secret}\u0000\nx` } }),
    configFor(sandbox, { credentials: { access_token: `${secret}✓` } }),
  ]
  for (const [number, config] of odd.entries()) {
    const output = await (number % 4 === 0 ? run : runHere)('check', { config })
    expect(output.lines[0]?.connectionStatus?.status, String(written(output))).toBe('FAILED')
    expect(written(output)).not.toContain(secret)
  }
  for (const config of odd.slice(0, 3)) {
    const { exitCode, stdout, stderr } = await authHere(['status', '--config', folder({ config })('config')])
    expect([exitCode, stdout, stderr.includes(secret)]).toEqual([1, '', false])
  }
  const typed = await auth(['login', `--client-secret=${secret}`])
  expect([typed.exitCode, typed.stderr.includes(secret)]).toEqual([1, false])
})

/** The title of a process, as `ps` shows it to everybody on the machine. */
const titleOf = (pid: number): string => execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)]).toString()
