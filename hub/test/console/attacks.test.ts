// Who must not come in, and what must not come out: by value.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { PROXY_SECRET, passwordLine, personOfProxy } from '../../src/console/access/people.ts'
import { makeLink, makeToken } from '../../src/console/access/sessions.ts'
import { beginSync, endSync } from '../../src/console/journal/syncs.ts'
import { checkAddress, isPublic } from '../../src/console/operations/places.ts'
import { withoutSecrets } from '../../src/console/operations/secrets-in.ts'
import { consoleHere, type Here, ORIGIN } from './here.ts'

let here: Here
beforeAll(async () => {
  here = await consoleHere()
})
afterAll(() => here.close())

const EVIL = '<img src=x onerror=alert(1)>"\'`</script><script>alert(2)</script>'
const credentials = { credentials: 'api_token', email: 'a@b.c', api_token: 'secret-of-acme' }
const connection = (name: string, more: object = {}) => ({
  name,
  source: { subdomain: 'acme', credentials },
  to: `duckdb:${join(here.folder, 'acme.duckdb')}`,
  schedule: 'manual',
  ...more,
})
const form = (csrf: string, values: Record<string, string> = {}) => new URLSearchParams({ _csrf: csrf, ...values })

describe('another name for this machine (DNS rebinding)', () => {
  test.each([
    'evil.example',
    'evil.example:8090',
    '127.0.0.1',
    '127.0.0.1:80',
    'localhost.evil.example:8090',
    'localhost:8090.evil.example',
    '',
  ])('host %j is refused, whoever is signed in', async (host) => {
    const { cookie } = here.person('admin')
    for (const path of [
      '/',
      '/api/v1/connections',
      '/sign-in',
      '/assets/style.css',
      '/events',
      '/consent/callback?state=x',
    ])
      expect((await here.send(path, { headers: { host, cookie } })).status, path).toBe(421)
  })
  test.each(['localhost:8090', '127.0.0.1:8090', '[::1]:8090', 'LOCALHOST:8090'])('host %s is ours', async (host) => {
    const { cookie } = here.person('viewer')
    expect((await here.send('/api/v1/connections', { headers: { host, cookie } })).status).toBe(200)
  })
})

describe('a page elsewhere sends something (CSRF)', () => {
  const attempts: readonly (readonly [string, Record<string, string>])[] = [
    ['another site', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://localhost:9999' }],
    ['no origin to see', { origin: 'null' }],
    ['another name of this machine', { origin: 'http://127.0.0.1:8090' }],
    ['a site that the browser names', { 'sec-fetch-site': 'same-site' }],
  ]
  test.each(attempts)('%s: refused, with the right cookie and token', async (_, headers) => {
    const { cookie, csrf } = here.person('admin')
    for (const [path, init] of [
      ['/settings/tokens', { body: form(csrf, { name: 'x', role: 'admin' }) }],
      ['/sign-in', { body: form('', { name: 'x', password: 'y' }) }],
      [
        '/api/v1/tokens',
        { body: '{"name":"x","role":"admin"}', headers: { 'content-type': 'application/json', 'x-csrf-token': csrf } },
      ],
      [
        '/api/v1/tokens',
        { body: '{"name":"x","role":"admin"}', headers: { 'content-type': 'text/plain', 'x-csrf-token': csrf } },
      ],
    ] as const)
      expect(
        (
          await here.send(path, {
            method: 'POST',
            ...init,
            headers: { cookie, ...('headers' in init ? init.headers : {}), ...headers },
          })
        ).status,
        path,
      ).toBe(403)
  })
  test.each([
    ['no token', ''],
    ['the token of another session', 'other'],
  ])('%s in the form: refused', async (_, which) => {
    const { cookie } = here.person('admin')
    const csrf = which === 'other' ? here.person('admin').csrf : which
    const post = await here.send('/settings/tokens', {
      method: 'POST',
      body: form(csrf, { name: 'x', role: 'admin' }),
      headers: { cookie, origin: ORIGIN },
    })
    expect(post.status).toBe(403)
    const call = await here.send('/api/v1/tokens', {
      method: 'POST',
      body: '{"name":"x","role":"admin"}',
      headers: { cookie, origin: ORIGIN, 'content-type': 'application/json', 'x-csrf-token': csrf },
    })
    expect(call.status).toBe(403)
  })
  test('nothing of it was done', async () => expect((await here.api('admin', 'GET', '/tokens')).body).toEqual([]))
})

describe('who is not signed in', () => {
  test.each(['/', '/connections/new', '/connections/x', '/syncs', '/syncs/1', '/settings', '/nothing'])(
    'sees nothing of %s',
    async (path) => {
      const answer = await here.send(path)
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in'])
    },
  )
  test.each(['/api/v1/connections', '/api/v1/syncs', '/api/v1/nothing', '/events'])('is refused at %s', async (path) =>
    expect((await here.send(path)).status).toBe(401),
  )
  test.each(['Bearer ', 'Bearer wrong', 'Basic YTpi', `Bearer ${'x'.repeat(5000)}`])(
    'comes in with no made-up token: %.20s',
    async (authorization) =>
      expect((await here.send('/api/v1/connections', { headers: { authorization } })).status).toBe(401),
  )
})

describe('sessions', () => {
  test('a link is good once, and sets a cookie that no script can read and no other site sends', async () => {
    const token = makeLink(here.hub.journal)
    const first = await here.send(`/sign-in?token=${token}`)
    expect([first.status, first.headers.get('location')]).toEqual([303, '/'])
    expect(first.headers.get('set-cookie')).toMatch(/^hub-8090=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    const second = await here.send(`/sign-in?token=${token}`)
    expect([second.status, second.headers.get('set-cookie')]).toEqual([401, null])
  })
  test('fixation: a cookie that came along is never taken for a session', async () => {
    const token = makeLink(here.hub.journal)
    const answer = await here.send(`/sign-in?token=${token}`, { headers: { cookie: 'hub-8090=chosen-by-an-attacker' } })
    expect(answer.headers.get('set-cookie')).not.toContain('chosen-by-an-attacker')
    expect(
      (await here.send('/api/v1/connections', { headers: { cookie: 'hub-8090=chosen-by-an-attacker' } })).status,
    ).toBe(401)
  })
  test('links and sessions end by themselves', async () => {
    const token = makeLink(here.hub.journal)
    const { cookie } = here.person('viewer')
    vi.useFakeTimers({ now: Date.now() + 16 * 60_000, toFake: ['Date'] })
    expect((await here.send(`/sign-in?token=${token}`)).status).toBe(401)
    vi.setSystemTime(Date.now() + 13 * 3_600_000)
    expect((await here.send('/api/v1/connections', { headers: { cookie } })).status).toBe(401)
    vi.useRealTimers()
  })
  test('signing out ends it on this side too', async () => {
    const { cookie, csrf } = here.person('viewer')
    await here.send('/sign-out', { method: 'POST', body: form(csrf), headers: { cookie, origin: ORIGIN } })
    expect((await here.send('/api/v1/connections', { headers: { cookie } })).status).toBe(401)
  })
})

test('a viewer looks, and changes nothing', async () => {
  expect((await here.api('viewer', 'GET', '/connections')).status).toBe(200)
  for (const [method, path, body] of [
    ['POST', '/connections', connection('x')],
    ['PATCH', '/connections/x', {}],
    ['DELETE', '/connections/x', undefined],
    ['POST', '/connections/x/sync', undefined],
    ['POST', '/connections/x/reset', { streams: ['a'] }],
    ['POST', '/tokens', { name: 'x', role: 'admin' }],
    ['GET', '/tokens', undefined],
  ] as const)
    expect((await here.api('viewer', method, path, body)).status, `${method} ${path}`).toBe(403)
  const { cookie, csrf } = here.person('viewer')
  const post = await here.send('/settings/tokens', {
    method: 'POST',
    body: form(csrf, { name: 'x', role: 'admin' }),
    headers: { cookie, origin: ORIGIN },
  })
  expect(post.status).toBe(403)
  const { token } = makeToken(here.hub.journal, 'reader', 'viewer')
  const call = await here.send('/api/v1/connections', {
    method: 'POST',
    body: JSON.stringify(connection('x')),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  })
  expect(call.status).toBe(403)
})

describe('brute force', () => {
  test('five wrong passwords of a name in a minute, then nobody of that name is asked; others are', async () => {
    const folder = await consoleHere()
    const file = join(folder.folder, 'people')
    writeFileSync(
      file,
      `${await passwordLine('jane', 'admin', 'correct horse battery')}\n${await passwordLine('joe', 'viewer', 'other horse battery')}\n`,
    )
    const guarded = await consoleHere({ passwordFile: file })
    const attempt = (name: string, password: string) =>
      guarded.send('/sign-in', { method: 'POST', body: form('', { name, password }), headers: { origin: ORIGIN } })
    // All at once: each counts before it is known to be wrong.
    const wrong = await Promise.all(Array.from({ length: 8 }, (_, nth) => attempt('jane', `guess number ${nth}`)))
    expect(wrong.map(({ status }) => status).toSorted()).toEqual([401, 401, 401, 401, 401, 429, 429, 429])
    const right = await attempt('jane', 'correct horse battery')
    expect([right.status, Number(right.headers.get('retry-after')) > 50]).toEqual([429, true])
    expect((await attempt('joe', 'other horse battery')).headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/)
    guarded.close()
    folder.close()
  })
})

describe('a proxy that signs people in', () => {
  const proxy = { header: 'x-user', secret: 'only-the-proxy-knows', admins: ['jane'] }
  test.each([
    [
      { 'x-user': 'jane', [PROXY_SECRET]: proxy.secret },
      { who: 'jane', role: 'admin' },
    ],
    [
      { 'x-user': 'joe', [PROXY_SECRET]: proxy.secret },
      { who: 'joe', role: 'viewer' },
    ],
    [{ 'x-user': 'jane', [PROXY_SECRET]: 'guessed' }, undefined],
    [{ 'x-user': 'jane' }, undefined],
    [{ 'x-user': ' ', [PROXY_SECRET]: proxy.secret }, undefined],
  ])('%j', (headers, person) =>
    expect(personOfProxy(proxy, new Headers(headers as Record<string, string>))).toEqual(person),
  )
  test('a cookie alone lets nobody in then', async () => {
    const behind = await consoleHere({ proxy })
    const { cookie } = behind.person('admin')
    expect((await behind.send('/api/v1/connections', { headers: { cookie } })).status).toBe(401)
    behind.close()
  })
})

describe('secrets go in, and never come out', () => {
  test('neither in answers, nor in pages, the log of changes, the configuration or the vault as it lies there', async () => {
    const added = await here.api(
      'admin',
      'POST',
      '/connections',
      connection('acme', { to: 'postgres://me:db-password@localhost/x' }),
    )
    expect(added.status, JSON.stringify(added.body)).toBe(201)
    expect(added.body.source.credentials.api_token).toEqual({ set: true })
    const { cookie } = here.person('admin')
    const texts = [
      JSON.stringify(added.body),
      ...(await Promise.all(
        [
          '/',
          '/connections/acme',
          '/connections/acme/edit',
          '/connections/acme/consent',
          '/settings',
          '/api/v1/connections',
          '/api/v1/changes',
        ].map(async (path) => (await here.send(path, { headers: { cookie } })).text()),
      )),
      readFileSync(join(here.folder, 'hub.yaml'), 'utf8'),
      readFileSync(join(here.folder, 'hub.secrets/secrets.json'), 'utf8'),
    ]
    for (const text of texts) expect(text).not.toMatch(/secret-of-acme|db-password/)
    expect(here.hub.connections().find(({ name }) => name === 'acme')).toMatchObject({
      source: { credentials: { api_token: 'secret-of-acme' } },
      to: 'postgres://me:db-password@localhost/x',
    })
  })
  test('a change without a secret keeps it; a new one replaces it; another way to sign in takes nothing over', async () => {
    const secret = () => here.hub.connections().find(({ name }) => name === 'acme')?.source.credentials
    await here.api('admin', 'PATCH', '/connections/acme', {
      source: { subdomain: 'acme', credentials: { ...credentials, api_token: { set: true } } },
      to: 'postgres://me:•••@localhost/x',
    })
    expect(secret()).toMatchObject({ api_token: 'secret-of-acme' })
    await here.api('admin', 'PATCH', '/connections/acme', {
      source: { subdomain: 'acme', credentials: { ...credentials, api_token: 'another' } },
    })
    expect(secret()).toMatchObject({ api_token: 'another' })
    const other = { credentials: 'oauth2_client_credentials', client_id: 'c', client_secret: 's' }
    await here.api('admin', 'PATCH', '/connections/acme', { source: { subdomain: 'acme', credentials: other } })
    expect(secret()).toEqual(other)
    expect(readFileSync(join(here.folder, 'hub.secrets/secrets.json'), 'utf8')).not.toContain('API_TOKEN')
  })
  test('whatever it is, a secret is not in what is shown', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('client_secret', 'refresh_token', 'access_token', 'api_token', 'password'),
        fc.string({ minLength: 8 }).filter((text) => /[^\w ":{},]/.test(text)),
        (name, secret) => {
          for (const source of [
            { subdomain: 'a', credentials: { [name]: secret } },
            { subdomain: 'a', [name]: secret },
          ])
            expect(JSON.stringify(withoutSecrets(source))).not.toContain(JSON.stringify(secret))
        },
      ),
      { numRuns: 200 },
    ))
  test('nobody asks for a variable of the environment', async () => {
    for (const more of [
      { source: { subdomain: `$\{HOME}`, credentials } },
      { source: { subdomain: 'a', credentials: { ...credentials, email: `$\{HOME}` } } },
      { publish: `$\{HOME}` },
      { to: `postgres://$\{HOME}@h/x` },
    ])
      expect((await here.api('admin', 'POST', '/connections', connection('env', more))).status).toBe(422)
  })
})

test('path traversal: only files below the folder of the configuration can be named, and names hold no path', async () => {
  for (const more of [
    { to: 'duckdb:/etc/hub.duckdb' },
    { to: `duckdb:${here.folder}/../other.duckdb` },
    { publish: '/etc/cron.d/hub' },
    { source: { subdomain: 'a', credentials, files_folder: '/etc' } },
  ])
    expect(
      (await here.api('admin', 'POST', '/connections', connection('far', more))).status,
      JSON.stringify(more),
    ).toBe(422)
  for (const name of ['../x', 'a/b', '.hidden', '', 'x'.repeat(64), 'a\nb'])
    expect((await here.api('admin', 'POST', '/connections', connection(name))).status, name).toBe(400)
  const { cookie } = here.person('admin')
  for (const path of [
    '/assets/..%2f..%2fhub.yaml',
    '/assets/%2e%2e/hub.yaml',
    '/assets/constructor',
    '/assets/__proto__',
  ])
    expect((await here.send(path, { headers: { cookie } })).status, path).toBe(404)
})

test.each([
  [['8.8.8.8'], 'taken'],
  [['8.8.8.8', '10.0.0.1'], 'refused'],
  [['169.254.169.254'], 'refused'],
  [['fd00::1'], 'refused'],
  [['fe80::1%eth0'], 'refused'],
  [[], 'taken'],
])('a name counts as what it leads to, %j: it is %s', async (addresses, what) => {
  const resolve = async () => addresses.map((address) => ({ address }))
  const check = (allows: boolean) =>
    checkAddress('https://hooks.example.com/x', '"notify"', allows, resolve).then(
      () => 'taken',
      () => 'refused',
    )
  expect([await check(false), await check(true)]).toEqual([what, 'taken'])
})

test('addresses of this network cannot be named, unless that is allowed', async () => {
  for (const address of [
    'http://acme.example.com',
    'https://127.0.0.1',
    'https://10.1.2.3',
    'https://192.168.1.1/x',
    'https://169.254.169.254/latest',
    'https://[::1]',
    'https://[fd00::1]',
    'https://localhost',
    'https://db.internal',
    'https://0x7f000001',
    'https://2130706433',
    'https://localhost.',
    'https://db.internal.',
    'https://224.0.0.1',
    'https://[::ffff:10.0.0.1]',
    'https://[::127.0.0.1]',
    'https://[64:ff9b::7f00:1]',
    'https://[2002:7f00:1::]',
    'https://[fec0::1]',
    'file:///etc/passwd',
    'nonsense',
  ])
    expect([address, isPublic(address)]).toEqual([address, false])
  for (const address of ['https://hooks.example.com/x', 'https://8.8.8.8', 'https://[2606:4700::1]'])
    expect([address, isPublic(address)]).toEqual([address, true])
  expect(
    (await here.api('admin', 'POST', '/connections', connection('near', { notify: 'https://169.254.169.254/' })))
      .status,
  ).toBe(422)
  expect(
    (
      await here.api(
        'admin',
        'POST',
        '/connections',
        connection('near', { source: { subdomain: 'a', credentials, base_url: 'http://127.0.0.1:1' } }),
      )
    ).status,
  ).toBe(422)
})

describe('XSS: names from Zendesk, from files and from addresses are text', () => {
  test('in every page that shows them', async () => {
    const { journal } = here.hub
    const id = beginSync(journal, EVIL, Date.now())
    const stream = {
      stream: EVIL,
      status: EVIL,
      rows: 1,
      deletions: 0,
      misfits: 0,
      requests: 3,
      waited: 0,
      started: Date.now(),
      ended: Date.now(),
      error: EVIL,
    }
    endSync(
      journal,
      {
        id,
        number: null,
        ended: Date.now(),
        status: 'failed',
        rows: 1,
        deletions: 0,
        requests: 3,
        waited: 0,
        error: EVIL,
      },
      [stream],
    )
    journal.run('insert into lines values (?, 1, ?, ?, ?)', id, Date.now(), EVIL, EVIL)
    journal.run(
      'insert into audit (at, who, action, subject, detail) values (?, ?, ?, ?, ?)',
      Date.now(),
      EVIL,
      EVIL,
      EVIL,
      JSON.stringify({ [EVIL]: EVIL }),
    )
    makeToken(journal, EVIL, 'viewer')
    writeFileSync(
      join(here.folder, 'hub.yaml'),
      JSON.stringify({
        connections: [
          {
            name: EVIL,
            source: { subdomain: EVIL, credentials: { ...credentials, email: EVIL } },
            to: 'duckdb:x.duckdb',
            schedule: 'manual',
          },
        ],
      }),
    )
    const { cookie } = here.person('admin')
    const name = encodeURIComponent(EVIL)
    for (const path of [
      '/',
      `/?search=${name}`,
      `/connections/${name}`,
      `/connections/${name}/edit`,
      `/connections/${name}/consent`,
      `/connections/${name}/remove`,
      `/connections/${name}/data`,
      '/syncs',
      `/syncs?connection=${name}`,
      `/syncs/${id}`,
      `/syncs/${id}?search=${name}`,
      '/settings',
      `/connections/${encodeURIComponent(`${EVIL}2`)}`,
      `/sign-in?token=${name}`,
    ]) {
      const answer = await here.send(path, { headers: { cookie } })
      const text = await answer.text()
      expect(text, path).not.toMatch(/<img src=x|<script>alert|onerror=alert\(1\)>"/)
      expect(answer.status, path).toBeLessThan(500)
      expect(answer.headers.get('content-security-policy'), path).toMatch(
        /default-src 'none'; script-src 'self'; style-src 'self'/,
      )
    }
    writeFileSync(join(here.folder, 'hub.yaml'), '{"connections": []}')
  })
  test('no page has a script or a style within it, and all say what the browser may do', async () => {
    const { cookie } = here.person('admin')
    for (const path of ['/', '/connections/new', '/syncs', '/settings', '/sign-in']) {
      const answer = await here.send(path, { headers: { cookie } })
      const text = await answer.text()
      expect(text, path).not.toMatch(/ style=| on\w+="|<style|<script(?! src="\/assets\/)/)
      for (const [header, value] of [
        ['x-content-type-options', 'nosniff'],
        ['x-frame-options', 'DENY'],
        ['referrer-policy', 'same-origin'],
        ['cache-control', 'no-store'],
      ] as const)
        expect(answer.headers.get(header), `${path} ${header}`).toBe(value)
    }
  })
})

test('a consent that nobody asked for changes nothing', async () => {
  for (const query of ['', '?state=x&code=y', '?error=access_denied'])
    expect((await here.send(`/consent/callback${query}`)).status).toBe(400)
})

test('a request that is too long is not read', async () => {
  const { cookie, csrf } = here.person('admin')
  const answer = await here.send('/api/v1/tokens', {
    method: 'POST',
    body: JSON.stringify({ name: 'x'.repeat(2 ** 20), role: 'viewer' }),
    headers: { cookie, origin: ORIGIN, 'x-csrf-token': csrf, 'content-type': 'application/json' },
  })
  expect(answer.status).toBe(413)
})

test('nothing went wrong inside', () => expect(here.said).toEqual([]))
