#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import specification from '../../spec.json' with { type: 'json' }
import { keepHeapSmall } from '../io/heap.ts'
import { createLineWriter } from '../io/lines.ts'
import { stagedFile } from '../io/staged-file.ts'
import { textFile } from '../io/text-file.ts'

keepHeapSmall()

const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 24) {
  process.stderr.write(`source-zendesk needs Node 24 or newer; this is Node ${process.versions.node}.\n`)
  process.exit(1)
}

// The composition root of the Airbyte source. What `spec` does not need is loaded by the other commands only.
const stop = new AbortController()
let exitCode = 0
const stopWith = (code: number): void => {
  // Whoever asks twice does not want to wait for the page at hand.
  if (stop.signal.aborted) process.exit(code)
  exitCode = code
  stop.abort()
}
process.on('SIGTERM', () => stopWith(143))
process.on('SIGINT', () => stopWith(130))
const out = createLineWriter(process.stdout, () => stopWith(1))

const argv = process.argv.slice(2)
if (argv[0] === 'auth') {
  const code = await auth(argv.slice(1))
  exitCode ||= code
} else if (argv[0] === 'spec') await out.write(`${JSON.stringify({ type: 'SPEC', spec: specification })}\n`)
else {
  const { runCommand, USAGE } = await import('../protocols/airbyte/commands.ts')
  if (argv.length === 0 || argv.includes('--help')) process.stderr.write(USAGE)
  const code = await runCommand(argv, {
    ...out,
    signal: stop.signal,
    readText: (path) => readFile(path, 'utf8'),
    file: textFile,
    stage: stagedFile,
    environment: process.env,
    connect: async (config, surroundings) =>
      (await import('../connector/create-connector.ts')).createConnector(config, surroundings),
  })
  exitCode ||= code
}
// Connections that are kept open for a next request must not keep the process.
process.stdout.write('', () => process.exit(exitCode))

async function auth(rest: readonly string[]): Promise<number> {
  const { runAuth } = await import('../auth/commands/run-auth.ts')
  const { createConnector } = await import('../connector/create-connector.ts')
  const { createSignIn } = await import('../connector/account-connection.ts')
  const { signal } = stop
  const environment = process.env
  return runAuth(rest, {
    say: (text) => void process.stderr.write(text),
    write: out.write,
    file: textFile,
    environment,
    openBrowser,
    tokenEndpoint: (config) => createSignIn(config, signal),
    connect: (config, keep) =>
      createConnector(config, { signal, tell: () => undefined, keep, environment, stage: stagedFile, patient: false }),
    signal,
  })
}

/** Where there is no browser, nothing opens; the address is shown in any case. */
function openBrowser(url: URL): boolean {
  const [command = 'xdg-open', ...args] = { darwin: ['open'], win32: ['explorer'] }[process.platform as string] ?? []
  if (command === 'xdg-open' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return false
  const child = spawn(command, [...args, String(url)], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
  return true
}
