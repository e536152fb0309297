// What the programs have in common: the version of Node, signals, standard output, the exit code.
import { readFile } from 'node:fs/promises'
import { keepHeapSmall } from '../io/heap.ts'
import { createLineWriter, type LineWriter } from '../io/lines.ts'
import { stagedFile } from '../io/staged-file.ts'
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
  const [major = 0] = process.versions.node.split('.').map(Number)
  if (major < 24) {
    process.stderr.write(`${name} needs Node 24 or newer; this is Node ${process.versions.node}.\n`)
    process.exit(1)
  }
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
  const isWatched = process.stderr.isTTY && !process.stdout.isTTY
  const code = await run({
    ...createLineWriter(process.stdout, () => stopWith(1)),
    argv: process.argv.slice(2),
    signal: stop.signal,
    say,
    ...(isWatched && { showProgress: say }),
    environment: process.env,
    readText: (path) => readFile(path, 'utf8'),
    file: textFile,
    stage: stagedFile,
  })
  exitCode ||= code
  // Connections that are kept open for a next request must not keep the process.
  process.stdout.write('', () => process.exit(exitCode))
}
