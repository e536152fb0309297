import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startSandbox } from 'zendesk-sandbox'
import { streams } from '../../src/streams/index.ts'
import { configFor, configured, discover, openSandbox, outputOf, run, runHere } from '../support/account.ts'

const check = async (config: unknown) => {
  const { lines, exitCode } = await runHere('check', { config })
  expect(exitCode).toBe(0)
  const told = lines.filter(({ connectionStatus }) => connectionStatus)
  expect(told).toHaveLength(1)
  return told[0]!.connectionStatus!
}

describe('spec', () => {
  test('is one SPEC, whatever else is asked', async () => {
    const { lines, exitCode } = await run('spec', { more: ['--debug'] })
    expect(exitCode).toBe(0)
    expect(lines).toHaveLength(1)
    expect(lines[0]!.spec).toMatchObject({ connectionSpecification: { required: ['subdomain', 'credentials'] } })
  })
})

describe('check', () => {
  test('succeeds with an API token and with an access token', async () => {
    const sandbox = await openSandbox({ tickets: 20 })
    expect(await check(configFor(sandbox))).toEqual({ status: 'SUCCEEDED' })
    const oauth = { credentials: { credentials: 'oauth2.0', access_token: sandbox.credentials.accessToken } }
    expect(await check(configFor(sandbox, oauth))).toEqual({ status: 'SUCCEEDED' })
  })

  test('takes --config=file as well as --config file', async () => {
    const { lines } = await runHere('check', { more: ['--config=/nowhere/config.json'] })
    expect(lines[0]!.connectionStatus?.message).toMatch(/config file \/nowhere\/config\.json cannot be read \(ENOENT\)/)
  })

  test('says what is wrong with the credentials', async () => {
    const sandbox = await openSandbox({ tickets: 20 })
    const wrongToken = configFor(sandbox, {
      credentials: { credentials: 'api_token', email: sandbox.credentials.email, api_token: 'wrong' },
    })
    expect(await check(wrongToken)).toMatchObject({
      status: 'FAILED',
      message: expect.stringMatching(/did not accept the credentials.*Check the email and the token/),
    })
    const expired = configFor(sandbox, { credentials: { credentials: 'oauth2.0', access_token: 'expired' } })
    expect((await check(expired)).message).toMatch(/access token is expired, revoked or wrong/)
    const narrow = configFor(sandbox, {
      credentials: { credentials: 'oauth2.0', access_token: sandbox.credentials.narrowToken },
    })
    expect((await check(narrow)).message).toMatch(/lacks a scope.*"read"/)
    sandbox.account.setApiTokenAccess(false)
    expect((await check(configFor(sandbox))).message).toMatch(/none works where token access is switched off/)
  })

  test('names the streams that only an administrator may read', async () => {
    const sandbox = await openSandbox({ tickets: 20 })
    const agent = configFor(sandbox, {
      credentials: { credentials: 'oauth2.0', access_token: sandbox.credentials.agentToken },
    })
    const { status, message } = await check(agent)
    expect(status).toBe('FAILED')
    const exports = streams.filter(({ adminOnly }) => adminOnly).map(({ name }) => name)
    expect(message).toContain(`${exports.join(', ')}, custom_object_vehicle_records`)
    expect(message).toContain('custom_object_empty_kind_records: Zendesk gives it to administrators only')
    const endUser = configFor(sandbox, {
      credentials: { credentials: 'oauth2.0', access_token: sandbox.credentials.endUserToken },
    })
    expect((await check(endUser)).message).toMatch(/may read none of the streams.*administrator/)
    const readable = (await discover(agent)).map(({ name }) => name)
    expect(readable).toEqual(expect.arrayContaining(['ticket_fields', 'ticket_forms', 'groups', 'macros']))
    expect(readable).toEqual(expect.arrayContaining(['deleted_tickets', 'ticket_skips', 'articles', 'calls']))
    for (const name of [...exports, 'audit_logs', 'satisfaction_ratings']) expect(readable).not.toContain(name)
  })

  test('a plan without ticket forms is no failure, and discover leaves them out', async () => {
    const sandbox = await openSandbox({ tickets: 20 })
    sandbox.account.setPlan({ features: { ticket_forms: false } })
    expect(await check(configFor(sandbox))).toMatchObject({
      status: 'SUCCEEDED',
      message: expect.stringContaining('ticket_forms'),
    })
    expect((await discover(configFor(sandbox))).map(({ name }) => name)).not.toContain('ticket_forms')
  })

  test('says that there is no such account, no network, no trust, no request left, no such date', async () => {
    const missing = await startSandbox({ tickets: 10, subdomainMissing: true })
    expect((await check(configFor(missing))).message).toMatch(/There is no Zendesk at .*Check "subdomain"/)
    await missing.close()
    expect((await check(configFor(missing))).message).toMatch(/cannot be reached from here.*ECONNREFUSED/)

    const notTls = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1')
    await once(notTls, 'listening')
    const { port } = notTls.address() as { port: number }
    expect((await check(configFor(missing, { base_url: `https://127.0.0.1:${port}` }))).message).toMatch(
      /No secure connection/,
    )
    notTls.close()

    const sandbox = await openSandbox({ tickets: 20 })
    sandbox.faults.next({ kind: 'status', status: 429, retryAfter: 60, times: 3 })
    expect((await check(configFor(sandbox))).message).toMatch(/limit is used up/)
    expect((await check(configFor(sandbox, { start_date: '2099-01-01T00:00:00Z' }))).message).toMatch(
      /"start_date" is 2099-01-01T00:00:00Z, which is in the future/,
    )
  })

  test.each([
    ['a web page', 200, 'text/html', '<html>hello</html>', /is not Zendesk.*Check "subdomain" and "base_url"/],
    [
      'JSON of something else',
      200,
      'application/json',
      '{"ok":true}',
      /is not Zendesk.*Check "subdomain" and "base_url"/,
    ],
    ['a page that is not found', 404, 'text/html', '<html>no</html>', /There is no Zendesk at .*"base_url"/],
  ])('says that an address leads elsewhere: to %s', async (_, status, type, body, message) => {
    const server = createHttpServer(
      (_request, response) => void response.writeHead(status, { 'content-type': type }).end(body),
    )
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as { port: number }
    const told = await check({
      subdomain: 'a',
      credentials: { credentials: 'oauth2.0', access_token: 'x' },
      base_url: `http://127.0.0.1:${port}`,
    })
    server.close()
    server.closeAllConnections()
    expect(told).toMatchObject({ status: 'FAILED', message: expect.stringMatching(message) })
  })

  test('says which option was probably meant', async () => {
    const sandbox = await openSandbox({ tickets: 5 })
    const { logs } = await runHere('check', {
      config: configFor(sandbox, { strat_date: '2024-01-01T00:00:00Z', other: 1 }),
    })
    expect(logs.join()).toContain('are ignored: strat_date (did you mean start_date?), other.')
  })

  // Certificates are made by openssl, which nearly every machine has; without it this test is shown as skipped.
  const hasOpenssl = spawnSync('openssl', ['version']).status === 0
  test.skipIf(!hasOpenssl)('says that a certificate is not trusted, and what to do behind a proxy', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'certificate-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const args = [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      '-subj',
      '/CN=127.0.0.1',
    ]
    expect(spawnSync('openssl', args).status).toBe(0)
    const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    const credentials = { credentials: 'oauth2.0', access_token: 'x' }
    const told = await check({ subdomain: 'a', credentials, base_url: `https://127.0.0.1:${port}` })
    server.close()
    expect(told.status).toBe('FAILED')
    expect(told.message).toMatch(
      /No secure connection.*SELF_SIGNED.*certificate is not trusted here.*NODE_EXTRA_CA_CERTS/,
    )
  })

  test.each([
    ['acme corp', /"subdomain" is "acme corp", but must be the first part.*acme for https:\/\/acme\.zendesk\.com/],
    ['https://acme.example.com', /"subdomain" is "https:\/\/acme\.example\.com"/],
    ['-acme', /"subdomain"/],
  ])('refuses the subdomain %s', async (subdomain, message) => {
    expect((await check({ subdomain, credentials: { credentials: 'oauth2.0', access_token: 'x' } })).message).toMatch(
      message,
    )
  })

  test.each([
    ['no credentials', { subdomain: 'a' }, '"credentials" is missing.'],
    [
      'credentials of no kind',
      { subdomain: 'a', credentials: {} },
      '"credentials.credentials" must say how to sign in',
    ],
    [
      'a token without its address',
      { subdomain: 'a', credentials: { credentials: 'api_token', api_token: 'sEcReT99' } },
      '"credentials.email" is missing.',
    ],
    [
      'a date that is none',
      { subdomain: 'a', credentials: { credentials: 'oauth2.0', access_token: 'x' }, start_date: 'yesterday' },
      '"start_date" must look like YYYY-MM-DDTHH:mm:ssZ, or 90 days ago.',
    ],
    [
      'an unknown choice',
      { subdomain: 'a', credentials: { credentials: 'oauth2.0', access_token: 'x' }, deleted_records: 'drop' },
      '"deleted_records" must be one of delete, mark, exclude.',
    ],
    [
      'plain http',
      { subdomain: 'a', credentials: { credentials: 'oauth2.0', access_token: 'x' }, base_url: 'http://example.com' },
      '"base_url" is plain http',
    ],
    [
      'a misspelled token',
      { subdomain: 'a', credentials: { credentials: 'api_token', email: 'a@b.c', api_tokn: 'sEcReT99' } },
      '"credentials.api_token" is missing. There is "api_tokn": did you mean "api_token"?',
    ],
    [
      'a misspelled token and no word of how to sign in',
      { subdomain: 'a', credentials: { email: 'a@b.c', api_tokn: 'sEcReT99' } },
      'There is "api_tokn": did you mean "api_token"?',
    ],
    [
      "a misspelled token as Singer's taps have it",
      { subdomain: 'a', email: 'a@b.c', api_tokn: 'sEcReT99' },
      '"credentials" is missing. There is "api_tokn": did you mean "api_token"?',
    ],
    [
      'misspelled credentials',
      { subdomain: 'a', credentails: {} },
      'There is "credentails": did you mean "credentials"?',
    ],
    ['a list', [], 'It must be a JSON object.'],
    ['no JSON', '{"api_token": "sEcReT99', 'holds no valid JSON.'],
  ])('a configuration with %s says what to change', async (_, config, message) => {
    const told = await check(config)
    expect(told.status).toBe('FAILED')
    expect(told.message).toContain(message)
    expect(told.message).not.toContain('sEcReT99')
  })
})

describe('read', () => {
  test('goes on with what is possible of a catalog, warns, and says what is not', async () => {
    const sandbox = await openSandbox({ tickets: 20 })
    const config = configFor(sandbox)
    const catalog = await discover(config)
    const { streams } = configured(catalog, { names: ['groups', 'tickets', 'users'] }) as {
      streams: { stream: Record<string, unknown>; sync_mode: string }[]
    }
    const chosen = (...names: string[]) => ({
      json_schema: { properties: Object.fromEntries(names.map((name) => [name, {}])) },
    })
    const [tickets, users, groups] = streams
    const asked = {
      streams: [
        {
          ...tickets!,
          stream: { ...tickets!.stream, ...chosen('id', 'generated_timestamp', 'subject', 'status', 'colour') },
        },
        { ...users!, sync_mode: 'telepathy' },
        { ...groups!, stream: { name: 'groups', json_schema: {} } },
        { stream: { name: 'unicorns', json_schema: {} }, sync_mode: 'incremental' },
        { stream: { name: 'groups', json_schema: {} }, sync_mode: 'full_refresh' },
      ],
    }
    const output = await runHere('read', { config, catalog: asked })
    expect(output.exitCode).toBe(1)
    expect(output.statuses('unicorns')).toEqual(['INCOMPLETE'])
    expect(output.errors.map(({ message, failure_type }) => [message, failure_type])).toEqual([
      [expect.stringContaining('This account has no stream "unicorns"'), 'config_error'],
    ])
    for (const name of ['tickets', 'users', 'groups']) expect(output.statuses(name).at(-1)).toBe('COMPLETE')
    expect(new Set(output.records('tickets').flatMap((record) => Object.keys(record)))).toEqual(
      new Set(['id', 'generated_timestamp', 'subject', 'status']),
    )
    expect(output.records('users').length).toBeGreaterThan(0)
    expect(Object.keys(output.records('groups')[0]!)).toContain('name')
    const warnings = output.logs.filter((log) => log.startsWith('WARN')).join('\n')
    expect(warnings).toMatch(/stream "unicorns"/)
    expect(warnings).toMatch(/names stream "groups" more than once/)
    expect(warnings).toMatch(/"tickets" has no column colour/)
    expect(warnings).toMatch(/"tickets" is read without _ab_cdc_deleted_at/)
    expect(warnings).toMatch(/"users" has no sync mode "telepathy"/)
  })

  test('counts the records of each STATE with a decimal point, and estimates the rest', async () => {
    const sandbox = await openSandbox({ tickets: 50 })
    const config = configFor(sandbox)
    const catalog = await discover(config)
    const { startSource } = await import('../support/program.ts')
    const source = startSource('read', { config, catalog: configured(catalog, { names: ['tickets'] }) })
    const texts: string[] = []
    for await (const { text } of source.lines) texts.push(text)
    expect(texts.filter((text) => text.includes('"sourceStats":{"recordCount":50.0}'))).toHaveLength(1)
    expect(texts.find((text) => text.includes('"ESTIMATE"'))).toMatch(/"row_estimate":\d+/)
  })

  test('an estimate counts the archive too; there is none of what a start date leaves out', async () => {
    const sandbox = await openSandbox({ tickets: 2_000 })
    const estimates = async (more: object): Promise<Record<string, number>> => {
      const { lines } = await runHere('read', {
        config: configFor(sandbox, more),
        more: ['--streams', 'tickets,users'],
      })
      const found = lines.flatMap(({ trace }) => (trace?.estimate ? [trace.estimate] : []))
      return Object.fromEntries(found.map(({ name, row_estimate }) => [name, row_estimate]))
    }
    const { tickets, users } = await estimates({})
    expect(tickets).toBe(sandbox.account.truth('tickets').live.size)
    expect(users).toBe(sandbox.account.truth('users').live.size)
    expect(await estimates({ start_date: '2024-01-01T00:00:00Z' })).toEqual({})
  })

  test.each([
    ['a catalog that is none', { catalog: [] }, 'The catalog must be a JSON object with the list "streams"'],
    ['no catalog', {}, '--catalog <file> is missing.'],
    ['a state of another shape', { catalog: { streams: [] }, state: [7] }, 'The state file cannot be understood'],
  ])('%s is one clear error', async (_, args, message) => {
    const sandbox = await openSandbox({ tickets: 10 })
    const output = await runHere('read', { config: configFor(sandbox), ...args })
    expect(output.exitCode).toBe(1)
    expect(output.errors).toEqual([
      expect.objectContaining({ message: expect.stringContaining(message), failure_type: 'config_error' }),
    ])
  })

  test('a stream state that cannot be understood stops the sync before anything is read', async () => {
    const sandbox = await openSandbox({ tickets: 10 })
    const config = configFor(sandbox)
    const catalog = configured(await discover(config))
    const state = [{ type: 'STREAM', stream: { stream_descriptor: { name: 'users' }, stream_state: { page: 3 } } }]
    sandbox.requests.reset()
    const output = await runHere('read', { config, catalog, state })
    expect(output.exitCode).toBe(1)
    expect(output.errors[0]!.message).toMatch(/state of stream "users" cannot be understood.*"updated_at"/)
    expect(sandbox.requests.all()).toEqual([])
  })

  test('an unknown command and a missing one are told on stdout as an error, and nothing else', async () => {
    const output = await run('frobnicate')
    expect(output.exitCode).toBe(1)
    expect(output.errors[0]!.message).toContain('There is no command "frobnicate"')
    expect(outputOf([], 0, '').lines).toEqual([])
  })
})
