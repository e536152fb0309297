#!/usr/bin/env node
import { readFile } from 'node:fs/promises'
import { keepHeapSmall } from '../io/heap.ts'
import { createLineWriter } from '../io/lines.ts'
import { stagedFile } from '../io/staged-file.ts'
import { textFile } from '../io/text-file.ts'
import { runTap } from '../protocols/singer/commands.ts'

keepHeapSmall()

// The composition root of the Singer tap. What `--about` does not need is loaded by the other commands only.
const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 24) {
  process.stderr.write(`tap-zendesk needs Node 24 or newer; this is Node ${process.versions.node}.\n`)
  process.exit(1)
}

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

const code = await runTap(process.argv.slice(2), {
  ...createLineWriter(process.stdout, () => stopWith(1)),
  signal: stop.signal,
  say: (text) => void process.stderr.write(text),
  readText: (path) => readFile(path, 'utf8'),
  file: textFile,
  stage: stagedFile,
  environment: process.env,
  version: process.env.npm_package_version ?? 'from source',
  connect: async (config, surroundings) =>
    (await import('../connector/create-connector.ts')).createConnector(config, surroundings),
})
exitCode ||= code
// Connections that are kept open for a next request must not keep the process.
process.stdout.write('', () => process.exit(exitCode))
