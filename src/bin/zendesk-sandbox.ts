#!/usr/bin/env node
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readFlags, USAGE } from '../sandbox/command/flags.ts'
import { greeting, readyLine } from '../sandbox/command/greeting.ts'
import { type FaultOrder, readFaultOrder } from '../sandbox/http/fault-order.ts'
import { startSandbox } from '../sandbox/index.ts'

// The composition root of the sandbox: flags in, a local Zendesk out, until it is told to stop.
async function run(): Promise<void> {
  const { options, json, help, faults, ca } = readFlags(process.argv.slice(2))
  if (help) return void process.stdout.write(USAGE)
  const order = faults === undefined ? undefined : faultsIn(faults)
  const sandbox = await startSandbox({ ...options, ...(order === undefined ? {} : { faults: order }) })

  const file = ca ?? join(mkdtempSync(join(tmpdir(), 'zendesk-sandbox-')), 'ca.pem')
  writeFileSync(file, sandbox.tls?.ca ?? '')
  const stop = () =>
    void sandbox.close().then(() => {
      if (ca === undefined) rmSync(dirname(file), { recursive: true, force: true })
      process.exit(0)
    })
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)

  if (json) process.stdout.write(readyLine(sandbox, file))
  else process.stderr.write(greeting(sandbox, file))
}

function faultsIn(file: string): FaultOrder {
  try {
    return readFaultOrder(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

try {
  await run()
} catch (error) {
  process.stderr.write(`zendesk-sandbox: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
