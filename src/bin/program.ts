// What the programs have in common: the version of Node, signals, standard output, the exit code.
import { createInterface } from 'node:readline'
import { keepHeapSmall } from '../io/heap.ts'
import { linesOf } from '../io/input-lines.ts'
import { createLineWriter, type LineWriter } from '../io/lines.ts'
import { readText } from '../io/read-text.ts'
import { stagedFile } from '../io/staged-file.ts'
import { isOutputClosed, outputFailure } from '../io/standard-output.ts'
import { textChannel } from '../io/text-channel.ts'
import { textFile } from '../io/text-file.ts'
import type { StagedFile, TextFile } from '../model/runtime.ts'

/** What a program sees of its process. */
export interface Program extends LineWriter {
  /** The command line without the program's name. */
  readonly argv: readonly string[]
  /** Aborted when the process is asked to stop, or nobody reads its output any more. */
  readonly signal: AbortSignal
  /** Writes to standard error. */
  readonly say: (text: string) => void
  /** Shows progress in place; left out if standard error is not a terminal, or if records run over it. */
  readonly showProgress?: (text: string) => void
  readonly openDescriptor?: (descriptor: number) => (text: string) => void
  /** Stops the program, as a signal does, once standard input ends. */
  readonly stopWithInput?: () => void
  /** Whether standard output and standard error are terminals; left out: neither is. */
  readonly isTerminal?: { readonly out: boolean; readonly err: boolean }
  /** What a person types, line by line; left out if nobody can. */
  readonly typed?: () => AsyncIterable<string>
  /** The lines of standard input, with backpressure. */
  readonly lines: () => AsyncIterable<string>
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly readText: (path: string) => Promise<string>
  readonly file: (path: string) => TextFile
  readonly stage: (folder: string, relativePath: string) => StagedFile
}

/** The signals that stop a program, and the exit codes. */
const STOPPING = { SIGTERM: 143, SIGINT: 130, SIGHUP: 129, SIGQUIT: 131, SIGUSR2: 140 }

/**
 * Runs a program and exits with the code that it returns: with 128 plus the signal's number if a signal stops it, with 1 if
 * nobody reads standard output.
 */
export async function runProgram(name: string, run: (program: Program) => Promise<number>): Promise<void> {
  keepHeapSmall()
  const stop = new AbortController()
  let exitCode = 0
  const stopWith = (code: number): void => {
    // A second signal ends it at once, without waiting for the current page.
    if (stop.signal.aborted) process.exit(code)
    exitCode = code
    stop.abort()
  }
  // A closed terminal, or a supervisor with other signals: the current page is finished first.
  for (const [signal, code] of Object.entries(STOPPING)) process.on(signal, () => stopWith(code))
  // Otherwise Node would open its debugger to everybody on this machine.
  process.on('SIGUSR1', () => undefined)
  const say = (text: string): void => void process.stderr.write(text)
  const isTerminal = { out: process.stdout.isTTY === true, err: process.stderr.isTTY === true }
  // A /dev/null that was opened for reading and writing looks the same, so this is only a warning.
  if (process.argv[2] !== 'auth' && isOutputClosed())
    say(`${name}: Standard output is closed or leads to /dev/null: all output is lost.\n`)
  const code = await run({
    ...createLineWriter(process.stdout, (error) => {
      const failure = outputFailure(error)
      if (failure !== undefined) say(`${name}: ${failure}\n`)
      stopWith(1)
    }),
    argv: process.argv.slice(2),
    signal: stop.signal,
    say,
    ...(isTerminal.err && !isTerminal.out && { showProgress: say }),
    isTerminal,
    openDescriptor: (descriptor) => textChannel(descriptor, (message) => say(`${name}: ${message}\n`)),
    stopWithInput: () => void process.stdin.on('end', () => stopWith(143)).resume(),
    ...(process.stdin.isTTY === true && { typed: () => createInterface({ input: process.stdin }) }),
    lines: () => linesOf(process.stdin, stop.signal),
    environment: process.env,
    readText: (path) => readText(path, stop.signal),
    file: textFile,
    stage: stagedFile,
  })
  exitCode ||= code
  // Idle connections must not keep the process alive.
  process.stdout.write('', () => process.exit(exitCode))
}
