import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { get as getOverTls } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { readFlags } from '../src/cli/flags.ts'
import { readFaultOrder } from '../src/http/faults/order.ts'
import { type Credentials, startSandbox } from '../src/index.ts'
import { type Body, bearer } from './calls.ts'

const run = promisify(execFile)
const program = join(import.meta.dirname, '../dist/zendesk-sandbox.js')
const folder = mkdtempSync(join(tmpdir(), 'cli-test-'))
const children: ChildProcess[] = []
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

type Ready = {
  readonly url: string
  readonly tlsUrl: string
  readonly subdomain: string
  readonly ca: string
  readonly credentials: Credentials
}

/** Starts the program with `--json` on any free port and gives the line that it writes when it is ready. */
async function start(
  ...args: string[]
): Promise<Ready & { child: ChildProcess; get: (path: string) => Promise<Body> }> {
  const child = spawn(process.execPath, [program, '--json', '--port', '0', '--tickets', '40', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string]
  const ready = JSON.parse(line) as Ready
  const get = async (path: string) => {
    const headers = bearer(ready.credentials.accessToken)
    const response = await fetch(`${ready.url}${path}`, { headers })
    return { status: response.status, headers: response.headers, body: await response.json() }
  }
  return { ...ready, child, get }
}

/** Runs the program to its end. */
async function end(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const settled = await run(process.execPath, [program, ...args]).catch((error: object) => ({ code: 0, ...error }))
  return { code: 0, ...settled } as { code: number; stdout: string; stderr: string }
}

async function has(command: string): Promise<boolean> {
  return run(command, ['--version']).then(
    () => true,
    () => false,
  )
}

describe('HTTPS', async () => {
  const { url, tlsUrl, ca, subdomain, credentials, child, get } = await start('--tls-port', '0', '--subdomain', 'acme')
  const { port } = new URL(tlsUrl)
  const headers = bearer(credentials.accessToken)

  test('the line tells all that a client needs', () => {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(tlsUrl).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    expect(subdomain).toBe('acme')
    expect(readFileSync(ca, 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----\n/)
    expect(credentials).toMatchObject({
      email: 'admin@example.com',
      apiToken: /^.{40}$/.exec(credentials.apiToken)?.[0],
    })
  })

  test.each(['acme.zendesk.com', 'other.zendesk.com', 'deep.host.example.org', 'localhost'])(
    'answers as %s',
    async (name) => {
      const [response] = await once(
        getOverTls({
          host: '127.0.0.1',
          port,
          servername: name,
          path: '/api/v2/users?page[size]=1',
          ca: readFileSync(ca),
          headers: { ...headers, host: `${name}:${port}` },
        }),
        'response',
      )
      let text = ''
      for await (const part of response) text += String(part)
      const { users, links } = JSON.parse(text) as Body
      // Links lead back to where the request came from; the addresses of records are the account's own.
      expect(links.next).toMatch(`https://${name}:${port}/api/v2/users.json?`)
      expect(users[0].url).toBe(`https://acme.zendesk.com:${port}/api/v2/users/${users[0].id}.json`)
    },
  )

  test('nobody trusts it who was not told to', async () => {
    await expect(fetch(`${tlsUrl}/api/v2/users/me`, { headers })).rejects.toThrow()
  })

  test('curl', async ({ skip }) => {
    if (!(await has('curl'))) return skip()
    const ask = (...args: string[]) =>
      run('curl', ['-sS', '-g', '--noproxy', '*', '-u', `${credentials.email}/token:${credentials.apiToken}`, ...args])
    const named = ['--cacert', ca, '--resolve', `acme.zendesk.com:${port}:127.0.0.1`]
    const { stdout } = await ask(...named, `https://acme.zendesk.com:${port}/api/v2/users/me.json`)
    expect((JSON.parse(stdout) as Body).user.role).toBe('admin')
    const byPort = await ask(
      '--cacert',
      ca,
      '--connect-to',
      `::127.0.0.1:${port}`,
      'https://any.zendesk.com/api/v2/users?page[size]=1',
    )
    expect((JSON.parse(byPort.stdout) as Body).links.next).toMatch('https://any.zendesk.com/api/v2/')
  })

  test('Python, as strict as it can be', async ({ skip }) => {
    if (!(await has('python3'))) return skip()
    const script = `
import socket, ssl, sys, urllib.request
ca, port = sys.argv[1:]
context = ssl.create_default_context(cafile=ca)
context.verify_flags |= ssl.VERIFY_X509_STRICT
lookup = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **more: lookup("127.0.0.1", *rest, **more)
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
print(opener.open(f"https://acme.zendesk.com:{port}/api/v2/users/me").status)`
    const { stdout } = await run('python3', ['-c', script, ca, port])
    expect(stdout).toBe('200\n')
  })

  test('ends when told, and leaves nothing behind', async () => {
    expect((await get('/api/v2/users/me')).body.user.role).toBe('admin')
    child.kill('SIGTERM')
    expect((await once(child, 'exit'))[0]).toBe(0)
    expect(existsSync(ca)).toBe(false)
  })
})

test('without a port for HTTPS records have addresses that HTTP clients reach; the authority goes where one says', async () => {
  const file = join(folder, 'authority.pem')
  const { url, tlsUrl, ca, get } = await start('--ca', file)
  expect(ca).toBe(file)
  expect(readFileSync(file, 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----\n/)
  expect(tlsUrl).toMatch(/^https:/)
  const { users } = (await get('/api/v2/users?page[size]=1')).body
  expect(users[0].url).toBe(`${url}/api/v2/users/${users[0].id}.json`)
})

test('activity changes records while the program runs', async () => {
  const { get } = await start('--activity', '3000', '--control')
  const total = async () => {
    const kinds = ['tickets', 'users', 'ticket_audits']
    const truths = await Promise.all(kinds.map(async (kind) => (await get(`/__sandbox/truth/${kind}`)).body))
    return JSON.stringify(truths)
  }
  const before = await total()
  await expect.poll(total).not.toBe(before)
})

test('with a fast clock a limit is soon fresh again, and says so in the time of its clients', async () => {
  const { get } = await start('--time-scale', '60', '--export-limit', '2')
  const path = '/api/v2/incremental/organizations?start_time=0'
  const ask = async () => (await get(path)).status
  expect([await ask(), await ask()]).toEqual([200, 200])
  const refused = await get(path)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
  await expect.poll(ask).toBe(200)
})

test('with --frozen its clock stands still', async () => {
  const { get } = await start('--frozen', '--now', '2026-01-15T12:00:00Z')
  const time = async () => (await get('/api/v2/users/me')).headers.get('date')
  expect(await time()).toBe('Thu, 15 Jan 2026 12:00:00 GMT')
  await sleep(1100)
  expect(await time()).toBe('Thu, 15 Jan 2026 12:00:00 GMT')
})

test('the limits of the plan hold unless they are switched off', async () => {
  const limitsOf = async (...args: string[]) => {
    const { options } = readFlags(['--port', '0', '--tickets', '5', ...args])
    const sandbox = await startSandbox(options)
    const { headers } = await fetch(`${sandbox.url}/api/v2/incremental/organizations?start_time=0`, {
      headers: bearer(sandbox.credentials.accessToken),
    })
    await sandbox.close()
    return [
      headers.get('x-rate-limit'),
      /total=(\d+)/.exec(headers.get('zendesk-ratelimit-incremental-exports') ?? '')?.[1],
    ]
  }
  const cases = [
    [
      ['--plan', 'team'],
      ['200', '10'],
    ],
    [
      ['--plan', 'team', '--account-limit', '7'],
      ['7', '10'],
    ],
    [[], ['2500', '30']],
    [['--no-limits'], ['100000', '100000']],
    [
      ['--no-limits', '--export-limit', '5'],
      ['100000', '5'],
    ],
  ] as const
  expect(await Promise.all(cases.map(([flags]) => limitsOf(...flags)))).toEqual(cases.map(([, found]) => found))
})

test('the account is the same at the same time', async () => {
  const of = async (...args: string[]) => (await (await start('--control', ...args)).get('/__sandbox/truth/users')).body
  const [one, other, later] = await Promise.all([
    of('--now', '2026-01-15T12:00:00Z'),
    of('--now', '2026-01-15T12:00:00Z'),
    of('--now', '2026-01-16T12:00:00Z'),
  ])
  const dated = (users: Body) => users.live.map(({ id, name, created_at }: Body) => [id, name, created_at])
  expect(dated(one)).toEqual(dated(other))
  expect(dated(one)).not.toEqual(dated(later))
  expect(dated(one).every(([, , created]: string[]) => String(created) < '2026-01-15T12:00:00Z')).toBe(true)
})

test('exports can be closed from the start, and faults set', async () => {
  const file = join(folder, 'faults.json')
  writeFileSync(file, JSON.stringify([{ kind: 'status', status: 503, path: 'groups', times: 2, retryAfter: 3 }]))
  const { get } = await start('--without-exports', '410', '--faults', file)
  expect((await get('/api/v2/incremental/organizations?start_time=0')).status).toBe(410)
  const statuses = []
  for (let time = 0; time < 3; time++)
    statuses.push(
      await get('/api/v2/groups').then(
        ({ status }) => status,
        () => 'no JSON',
      ),
    )
  expect(statuses).toEqual(['no JSON', 'no JSON', 200])
})

test('it differs from what is assumed of Zendesk where that is asked for', async () => {
  const { get } = await start('--deviate', 'identities-beside', '--deviate', 'deleted-groups')
  expect(Object.keys((await get('/api/v2/users?include=identities')).body)).not.toContain('identities')
  const plain = await start()
  expect(Object.keys((await plain.get('/api/v2/users?include=identities')).body)).toContain('identities')
})

test('help is told, and mistakes in one line', async () => {
  const help = await end('--help')
  expect(help).toMatchObject({ code: 0, stderr: '' })
  const flags = '--port --tls-port --host --subdomain --tickets --seed --plan --no-limits --time-scale --now --activity'
  for (const flag of [
    ...flags.split(' '),
    '--without-exports',
    '--deviate',
    '--faults',
    '--control',
    '--json',
    '--ca',
    '--frozen',
  ])
    expect(help.stdout).toMatch(new RegExp(`^  ${flag} `, 'm'))

  const mistakes: [args: string[], words: string][] = [
    [['--tickets', 'many'], '--tickets takes a whole number from 1, not "many".'],
    [['--port', '70000'], '--port takes a whole number from 0 to 65535'],
    [['--time-scale', '0'], '--time-scale takes a number above 0'],
    [['--now', '2026-01-15'], '--now takes a time such as 2026-01-15T12:00:00Z, not "2026-01-15".'],
    [['--plan', 'gold'], '--plan takes '],
    [['--without-exports', '500'], '--without-exports takes 403, 404 or 410, not "500".'],
    [['--deviate', 'much'], '--deviate takes packed-cursor, '],
    [['--subdomain', 'a.b'], '--subdomain takes '],
    [['--nonsense'], 'Unknown flag --nonsense. See --help.'],
    [['--port'], '--port needs a value. See --help.'],
    [['--tickets', '--control'], '--tickets needs a value. See --help.'],
    [['--port', '1', '--port', '2'], '--port is given twice. See --help.'],
    [['extra'], "Unexpected argument 'extra'"],
  ]
  for (const [args, words] of mistakes) {
    const said = messageOf(() => readFlags(args))
    expect(said).toContain(words)
    expect(said.split('\n')).toHaveLength(1)
  }
  const orders: [order: unknown, words: string][] = [
    [[{ kind: 'status' }, { kind: 'explode' }], 'Fault 2 is of the kind "explode"; there are status, '],
    [{ random: { rate: 2, kinds: ['reset'] } }, '"rate" from 0 to 1'],
  ]
  for (const [order, words] of orders) expect(messageOf(() => readFaultOrder(order))).toContain(words)

  writeFileSync(join(folder, 'wrong.json'), '[{]')
  writeFileSync(join(folder, 'explode.json'), JSON.stringify(orders[0]![0]))
  const told = await Promise.all([
    end('--tickets', 'many'),
    end('--port', '0', '--faults', join(folder, 'none.json')),
    end('--faults', join(folder, 'wrong.json')),
    end('--faults', join(folder, 'explode.json')),
  ])
  for (const { code, stdout, stderr } of told)
    expect([code, stdout, stderr.trim().split('\n').length], stderr).toEqual([1, '', 1])
  const words = [mistakes[0]![1], 'ENOENT', 'wrong.json: ', 'explode.json: Fault 2 is of the kind "explode"']
  for (const [nth, { stderr }] of told.entries()) expect(stderr).toContain(words[nth])
})

const messageOf = (act: () => unknown): string => {
  try {
    act()
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

test('a port that is taken is told in one line', async () => {
  const { url } = await start()
  const { code, stderr } = await end('--port', new URL(url).port, '--tickets', '10')
  expect([code, stderr.trim().split('\n').length]).toEqual([1, 1])
  expect(stderr).toMatch(/Port \d+ is taken by another program \(EADDRINUSE\)\. Choose another/)
})
