// What surrounds the built programs: signals, and configurations that come through a pipe.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, constants, mkdtempSync, openSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { configFor, configured, openSandbox, streamsOf } from '../support/account.ts'
import { startSource } from '../support/program.ts'

const sandbox = await openSandbox({ tickets: 400 })
const config = configFor(sandbox)
const dist = join(import.meta.dirname, '../../dist')

/** Runs a line of bash with $TAP, $SOURCE and $CONFIG. */
async function bash(line: string) {
  const folder = mkdtempSync(join(tmpdir(), 'pipes-'))
  writeFileSync(join(folder, 'c.json'), JSON.stringify(config))
  const [tap, source] = ['tap-zendesk', 'source-zendesk'].map((name) => `${process.execPath} ${dist}/${name}.js`)
  const child = spawn('bash', ['-c', line], {
    cwd: folder,
    env: { ...process.env, TAP: tap, SOURCE: source, CONFIG: join(folder, 'c.json') },
  })
  const [out, error, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { out, error, code, folder }
}

test.each([
  ['a process substitution', '$TAP --config <(cat $CONFIG) --test'],
  ['standard input', 'cat $CONFIG | $TAP --config /dev/stdin --test'],
  ['a named pipe', 'mkfifo pipe; (cat $CONFIG > pipe &) ; $TAP --config pipe --test'],
  ['a process substitution', '$SOURCE check --config <(cat $CONFIG)'],
  ['standard input', 'cat $CONFIG | $SOURCE check --config /dev/stdin'],
])('a configuration from %s is taken: %s', async (_, line) => {
  const { code, out, error } = await bash(line)
  expect(error + out).toMatch(/Signed in|SUCCEEDED/)
  expect(code).toBe(0)
})

/** Opens a pipe to write, once somebody reads it. */
async function openedByReader(pipe: string): Promise<number> {
  for (;;)
    try {
      return openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error
      await delay(20)
    }
}

test('a pipe that nobody writes to is waited for until a signal comes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pipes-'))
  execFileSync('mkfifo', [join(folder, 'pipe')])
  const child = spawn(process.execPath, [join(dist, 'tap-zendesk.js'), '--config', join(folder, 'pipe')])
  const writer = await openedByReader(join(folder, 'pipe'))
  expect(child.exitCode).toBe(null)
  child.kill('SIGTERM')
  expect(await once(child, 'close')).toEqual([143, null])
  closeSync(writer)
})

const catalog = configured(await streamsOf(config), { names: ['tickets', 'ticket_comments', 'users'] })

test.each([
  ['SIGHUP', 129],
  ['SIGQUIT', 131],
  ['SIGUSR2', 140],
] as const)('%s lets the page at hand come to its end', async (signal, expected) => {
  const source = startSource('read', { config, catalog })
  let lines = 0
  let statuses = ''
  for await (const { line } of source.lines) {
    if (++lines === 30) source.process.kill(signal)
    statuses += line.trace?.stream_status?.status ?? ''
  }
  expect(await source.exit).toBe(expected)
  expect(statuses).toContain('INCOMPLETE')
})

test('SIGUSR1 opens no debugger', async () => {
  const source = startSource('read', { config, catalog })
  let lines = 0
  for await (const _ of source.lines) if (++lines === 30) source.process.kill('SIGUSR1')
  expect(await source.exit).toBe(0)
  expect(source.stderr()).not.toMatch(/Debugger/)
})

test('where Node may make no code at run time, nothing is missing', async () => {
  const { out } = await bash('NODE_OPTIONS=--disallow-code-generation-from-strings $SOURCE check --config $CONFIG')
  expect(out).toMatch(/"status":"SUCCEEDED"/)
})

test.each([
  [
    `HTTPS_PROXY='se cret//[' $SOURCE check --config <(sed 's#"base_url":"[^"]*",##' $CONFIG)`,
    /The address of the proxy in HTTPS_PROXY or HTTP_PROXY cannot be read/,
  ],
])('surroundings that cannot work are a clear error: %s', async (line, message) => {
  const { out, error } = await bash(line)
  expect(out).toMatch(message)
  expect(out + error).not.toMatch(/se cret/)
})
