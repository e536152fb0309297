// What a person types, and what comes back: flags, help, versions, and errors that can be read.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runSource } from '../../src/bin/run-source.ts'
import { configFor, openSandbox, run, runHere } from '../support/account.ts'
import { programHere } from '../support/in-process.ts'
import { filesOf, startProgram } from '../support/program.ts'

const root = join(import.meta.dirname, '../..')
const versionIn = (folder: string): string =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')).version
const SANDBOX = join(root, 'sandbox/dist/zendesk-sandbox.js')

async function typed(program: string, ...args: string[]) {
  const { lines, exit, stderr } = startProgram(program, args)
  const texts: string[] = []
  for await (const text of lines) texts.push(text)
  return { code: await exit, stdout: texts.join('\n'), stderr: stderr() }
}

/** The same by value: what it says does not depend on the process. */
async function typedHere(...args: string[]) {
  const [stdout, said]: string[][] = [[], []]
  const listener = {
    onOut: (text: string) => void stdout!.push(text),
    onError: (text: string) => void said!.push(text),
  }
  const code = await runSource(programHere(args, listener))
  return { code, stdout: stdout!.join('').trimEnd(), stderr: said!.join('') }
}

describe.each(['source-zendesk', 'tap-zendesk', SANDBOX])('%s', (program) => {
  const version = program === SANDBOX ? `zendesk-sandbox ${versionIn('sandbox')}` : `${program} ${versionIn('.')}`

  test('--help and -h are text, --version is a line', async () => {
    const [help, short, told] = await Promise.all(['--help', '-h', '--version'].map((flag) => typed(program, flag)))
    expect(help).toEqual({ code: 0, stdout: expect.stringMatching(/^Usage: ?/), stderr: '' })
    expect(help!.stdout).not.toMatch(/^[{[]/m)
    expect(short).toEqual(help)
    expect(told).toEqual({ code: 0, stdout: version, stderr: '' })
  })
})

test.each(['spec', 'check', 'discover', 'read', 'auth', 'auth login', 'auth status', 'auth logout'])(
  'source-zendesk %s: --help and -h are text, --version is a line',
  async (command) => {
    for (const flag of ['--help', '-h']) {
      const { code, stdout, stderr } = await typedHere(...command.split(' '), flag)
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).toMatch(/^Usage: ?/)
      expect(stdout).not.toMatch(/^[{[]/m)
    }
    const { code, stdout, stderr } = await typedHere(...command.split(' '), '--version')
    expect([code, stdout.split('\n').length, stderr]).toEqual([0, 1, ''])
    expect(stdout).toMatch(/^source-zendesk \S/)
  },
)

describe('a flag that is not known is refused before anything is asked', async () => {
  const sandbox = await openSandbox({ tickets: 5 })
  const config = configFor(sandbox)

  test.each([
    ['read', ['--stat', 'state.json'], 'Unknown flag --stat; did you mean --state?'],
    ['read', ['--catalog'], '--catalog needs a value: --catalog <file>.'],
    ['check', ['--confg', 'x'], 'Unknown flag --confg; did you mean --config?'],
    ['check', ['--state', 'x'], 'source-zendesk check has no flag --state.'],
    ['discover', ['--catalog', 'x'], 'source-zendesk discover has no flag --catalog.'],
    ['spec', [], 'source-zendesk spec has no flag --config.'],
    ['read', ['--config', 'x'], '--config is given twice'],
    ['read', ['--streams', 'tickets', '--streams', 'users'], '--streams is given twice'],
    ['reed', [], 'There is no command "reed"; did you mean "read"?'],
    ['read', ['tickets'], 'There is no argument "tickets".'],
    ['read', ['--streams', ','], '--streams takes names of streams, such as tickets,users.'],
    ['read', ['--streams', 'tickets', '--catalog', 'x'], '--catalog and --streams both say what to read'],
  ])('%s %j', async (command, more, message) => {
    sandbox.requests.reset()
    const { exitCode, errors } = await runHere(command, { config, more })
    expect([exitCode, errors]).toEqual([
      1,
      [expect.objectContaining({ message: expect.stringContaining(message), failure_type: 'config_error' })],
    ])
    expect(sandbox.requests.all()).toEqual([])
  })

  test.each([
    [['auth', 'login', '--prot', '1'], 'Unknown flag --prot; did you mean --port?'],
    [['auth', 'status', '--port', '1'], 'source-zendesk auth status has no flag --port.'],
    [['auth', 'logout', '--config'], '--config needs a value: --config <file>.'],
    [['auth', 'logn'], 'There is no command "logn"; did you mean "login"?'],
    [['auth', 'login', 'now'], 'There is no argument "now".'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await typedHere(...args)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(message)
  })

  test.each([
    [['--tickts', '5'], 'Unknown flag --tickts; did you mean --tickets?'],
    [['--contrl'], 'Unknown flag --contrl; did you mean --control?'],
    [['--tickets'], '--tickets needs a value.'],
    [['--seed', '--json'], '--seed needs a value.'],
  ])('the sandbox: %j', async (args, message) => {
    const { code, stdout, stderr } = await typed(SANDBOX, ...args)
    expect([code, stdout, stderr.trim().split('\n').length]).toEqual([1, '', 1])
    expect(stderr).toContain(message)
  })
})

describe('at a terminal', async () => {
  const sandbox = await openSandbox({ tickets: 5 })
  const at = async (
    out: boolean,
    command: string,
    { more = [], ...files }: { more?: string[] } & Record<string, unknown>,
  ) => {
    const lines: string[] = []
    const said: string[] = []
    const program = programHere([command, ...filesOf(files), ...more], {
      onOut: (text) => lines.push(text),
      onError: (text) => said.push(text),
      isTerminal: { out, err: true },
    })
    return { code: await runSource(program), lines: lines.join(''), said: said.join('') }
  }

  test('an error and a log are text on standard error, and no JSON', async () => {
    const wrong = await at(true, 'read', { more: ['--stat', 'x'] })
    expect(wrong).toEqual({
      code: 1,
      lines: '',
      said: 'ERROR Unknown flag --stat; did you mean --state? See source-zendesk --help.\n',
    })
    const config = configFor(sandbox)
    const failed = await at(true, 'check', { config: { ...config, base_url: 'http://127.0.0.1:1' } })
    expect(failed).toMatchObject({ code: 0, lines: expect.stringMatching(/^The check failed: .*cannot be reached/) })
    expect((await at(true, 'check', { config })).lines).toBe('The check succeeded.\n')
    const read = await at(true, 'read', { config, catalog: { streams: [{ stream: { name: 'no_such' } }] } })
    expect(read.said).toContain('ERROR Stream "no_such": This account has no stream "no_such"')
    expect(read.lines).not.toMatch(/"log"|"error"/)
  })

  test('lines that go into a file stay messages, and the error is said to whoever watches', async () => {
    const { lines, said } = await at(false, 'read', { more: ['--stat', 'x'] })
    expect(lines).toMatch(/"type":"TRACE".*Unknown flag --stat/)
    expect(said).toMatch(/^ERROR Unknown flag --stat/)
  })
})

test('a check that fails exits with 0, as Airbyte expects it, and with 1 where a script asks for that', async () => {
  const config = {
    subdomain: 'a',
    base_url: 'http://127.0.0.1:1',
    credentials: { credentials: 'oauth2.0', access_token: 'x' },
  }
  expect((await runHere('check', { config })).exitCode).toBe(0)
  const asked = await runHere('check', { config, more: ['--exit-code'] })
  expect([asked.exitCode, asked.lines.at(-1)?.connectionStatus?.status]).toEqual([1, 'FAILED'])
  const sandbox = await openSandbox({ tickets: 5 })
  expect((await runHere('check', { config: configFor(sandbox), more: ['--exit-code'] })).exitCode).toBe(0)
})

describe('output that cannot be written is said in one sentence', async () => {
  const sandbox = await openSandbox({ tickets: 50 })
  const shell = (command: string) => {
    const { status, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' })
    return { status, stderr }
  }
  const node = `'${process.execPath}'`
  const hasFull = spawnSync('test', ['-c', '/dev/full']).status === 0

  test.skipIf(!hasFull).each([
    ['source-zendesk', '--help', />/],
    ['tap-zendesk', '--about', />/],
  ])('%s %s on a full disk', (program, flag) => {
    expect(shell(`${node} '${join(root, 'dist', program)}.js' ${flag} > /dev/full`)).toEqual({
      status: 1,
      stderr: `${program}: Standard output cannot be written: the disk is full (ENOSPC).\n`,
    })
  })

  test.skipIf(!hasFull)('the sandbox on a full disk', () => {
    expect(shell(`${node} '${SANDBOX}' --port 0 --tickets 5 --json > /dev/full`)).toEqual({
      status: 1,
      stderr: 'zendesk-sandbox: Standard output cannot be written (ENOSPC).\n',
    })
  })

  test.skipIf(process.platform !== 'linux').each(['source-zendesk', 'tap-zendesk'])(
    '%s with standard output closed',
    (program) => {
      const path = `'${join(root, 'dist', program)}.js'`
      expect(shell(`${node} ${path} --version >&-`)).toEqual({
        status: 0,
        stderr: expect.stringMatching(/^\S+: Standard output is closed[^\n]*\n$/),
      })
      expect(shell(`${node} ${path} --version > /dev/null`)).toEqual({ status: 0, stderr: '' })
    },
  )

  test.skipIf(!hasFull)('a read on a full disk ends with 1', async () => {
    const file = join(root, 'dist/source-zendesk.js')
    const { config } = await written(sandbox)
    expect(shell(`${node} '${file}' read --config '${config}' --streams tickets > /dev/full`)).toEqual({
      status: 1,
      stderr: 'source-zendesk: Standard output cannot be written: the disk is full (ENOSPC).\n',
    })
  })
})

async function written(sandbox: Parameters<typeof configFor>[0]): Promise<{ config: string }> {
  const [, config = ''] = filesOf({ config: configFor(sandbox) })
  return { config }
}

test('an unknown flag is a message for a platform, in the built program too', async () => {
  const { exitCode, errors, stderr } = await run('read', { more: ['--stat', 'x'] })
  expect([exitCode, stderr]).toEqual([1, ''])
  expect(errors[0]?.message).toContain('Unknown flag --stat; did you mean --state?')
})
