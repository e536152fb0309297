#!/usr/bin/env node
// What the program loads may already need a newer Node than this one. This is the first that undici runs on.
const NEEDED = '22.19'
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `zendesk-hub needs Node ${NEEDED} or newer; this is Node ${process.versions.node}. In a clone, run it with npx node, which is the project's own.\n`,
  )
  process.exit(1)
}
const { runCommand } = await import('../cli/commands.ts')

const stop = new AbortController()
let exitCode = 0
const stopWith = (code: number): void => {
  // Whoever asks twice does not want to wait for the page at hand.
  if (stop.signal.aborted) process.exit(code)
  exitCode = code
  stop.abort()
}
// A closed terminal, or a supervisor with other signals: the page at hand is loaded first, and renewed tokens are kept.
const STOPPING = { SIGTERM: 143, SIGINT: 130, SIGHUP: 129, SIGQUIT: 131, SIGUSR2: 140 }
for (const [signal, code] of Object.entries(STOPPING)) process.on(signal, () => stopWith(code))
// Otherwise Node would open its debugger to everybody on this machine.
process.on('SIGUSR1', () => undefined)
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has ended is no failure (`| head`).
  if (error.code !== 'EPIPE')
    process.stderr.write(
      `zendesk-hub: Standard output cannot be written (${error.code === 'ENOSPC' ? 'the disk is full' : error.code}).\n`,
    )
  stopWith(1)
})

const code = await runCommand({
  argv: process.argv.slice(2),
  write: (text) => void process.stdout.write(text),
  say: (text) => void process.stderr.write(text),
  watched: process.stderr.isTTY ? { columns: process.stderr.columns } : undefined,
  input: process.stdin,
  signal: stop.signal,
  processId: process.pid,
  isAlive(processId) {
    try {
      process.kill(processId, 0)
      return true
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM'
    }
  },
  environment: process.env,
})
exitCode ||= code
// Idle connections must not keep the process alive.
// An output reports its failure a moment after it was written to.
process.stdout.write('', () => setImmediate(() => process.exit(exitCode)))
