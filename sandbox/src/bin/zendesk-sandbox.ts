#!/usr/bin/env node
import '../io/node-version.ts'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getHeapStatistics } from 'node:v8'
import { readFlags, USAGE } from '../cli/flags.ts'
import { greeting, readyLine } from '../cli/greeting.ts'
import { type FaultOrder, readFaultOrder } from '../http/faults/order.ts'
import { startSandbox } from '../index.ts'

// The composition root of the sandbox: flags in, a local Zendesk out, until a signal stops it.
async function run(): Promise<void> {
  const { options, json, help, version, faults, ca } = readFlags(process.argv.slice(2))
  if (help) return void process.stdout.write(USAGE)
  if (version) return void process.stdout.write(`zendesk-sandbox ${process.env.npm_package_version ?? 'from source'}\n`)
  withRoomFor(options.tickets ?? 0)
  const order = faults === undefined ? undefined : faultsIn(faults)
  const sandbox = await startSandbox({
    ...options,
    holdsProcess: true,
    ...(order === undefined ? {} : { faults: order }),
  })

  const file = ca ?? join(ownFolder(), 'ca.pem')
  writeFileSync(file, sandbox.tls?.ca ?? '')
  const stop = () => void sandbox.close().then(() => process.exit(0))
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.once(signal, stop)

  if (json) process.stdout.write(readyLine(sandbox, file))
  else process.stderr.write(greeting(sandbox, file))
}

/** A temporary folder that goes with this process, however it ends by itself. */
function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zendesk-sandbox-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A heap that was enlarged once is not enlarged again. */
const ENLARGED = 'ZENDESK_SANDBOX_HEAP'

// A large account needs more heap than Node takes by itself, and how much can only be said at the start: the program
// starts itself again, as the same process. (Measured: 3.2 kB a ticket, and as much again for a moment while it is made.)
function withRoomFor(tickets: number): void {
  const needed = Math.ceil(1024 + tickets / 200)
  if (getHeapStatistics().heap_size_limit / 2 ** 20 >= needed || process.env[ENLARGED] !== undefined) return
  const option = `--max-old-space-size=${needed}`
  // Windows has no such call.
  if (process.execve === undefined || process.platform === 'win32')
    throw new Error(`${tickets} tickets need more memory than Node takes by itself: set NODE_OPTIONS=${option}`)
  const [program = '', ...args] = process.argv
  process.execve(program, [program, option, ...process.execArgv, ...args], { ...process.env, [ENLARGED]: `${needed}` })
}

function faultsIn(file: string): FaultOrder {
  try {
    return readFaultOrder(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has ended needs no words (`| head`).
  if (error.code !== 'EPIPE')
    process.stderr.write(`zendesk-sandbox: Standard output cannot be written (${error.code}).\n`)
  process.exit(1)
})
try {
  await run()
} catch (error) {
  process.stderr.write(`zendesk-sandbox: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
