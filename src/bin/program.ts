// What the programs have in common: the version of Node, signals, standard output, the exit code.
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { keepHeapSmall } from '../io/heap.ts'
import { createLineWriter, type LineWriter } from '../io/lines.ts'
import { stagedFile } from '../io/staged-file.ts'
import { isOutputClosed, outputFailure } from '../io/standard-output.ts'
import { textFile } from '../io/text-file.ts'
import type { StagedFile, TextFile } from '../model/runtime.ts'

/** The process, as a program sees it. */
export interface Program extends LineWriter {
  /** The command line, without the program. */
  readonly argv: readonly string[]
  /** Given when the process is asked to stop, or when nobody reads its output any more. */
  readonly signal: AbortSignal
  /** Writes to standard error. */
  readonly say: (text: string) => void
  /** Shows progress in place; left out if nobody watches: standard error is no terminal, or records run over it. */
  readonly showProgress?: (text: string) => void
  /** Whether standard output and standard error are terminals; neither is, if it is left out. */
  readonly isTerminal?: { readonly out: boolean; readonly err: boolean }
  /** What a person types, line by line; left out if nobody can. */
  readonly typed?: () => AsyncIterable<string>
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly readText: (path: string) => Promise<string>
  readonly file: (path: string) => TextFile
  readonly stage: (folder: string, relativePath: string) => StagedFile
}

/**
 * Runs a program and ends the process with the code that it gives; 143 after SIGTERM, 130 after SIGINT, 1 once nobody
 * reads standard output.
 */
export async function runProgram(name: string, run: (program: Program) => Promise<number>): Promise<void> {
  keepHeapSmall()
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
  const say = (text: string): void => void process.stderr.write(text)
  const isTerminal = { out: process.stdout.isTTY === true, err: process.stderr.isTTY === true }
  if (process.argv[2] !== 'auth' && isOutputClosed()) {
    say(`${name}: Standard output is closed, so that all that is read would be lost (> /dev/null throws it away).\n`)
    process.exit(1)
  }
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
    ...(process.stdin.isTTY === true && { typed: () => createInterface({ input: process.stdin }) }),
    environment: process.env,
    readText: (path) => readFile(path, 'utf8'),
    file: textFile,
    stage: stagedFile,
  })
  exitCode ||= code
  // Connections that are kept open for a next request must not keep the process.
  process.stdout.write('', () => process.exit(exitCode))
}
