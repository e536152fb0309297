// Runs our programs in this process, from their code: for tests whose subject is what they do, not the process.
import { readFile } from 'node:fs/promises'
import type { Program } from '../../src/bin/program.ts'
import { stagedFile } from '../../src/io/staged-file.ts'
import { textFile } from '../../src/io/text-file.ts'

/** What a program here writes, as it does; and what it finds in its environment besides what this process does. */
export interface Listener {
  /** Takes what it writes to standard output: whole lines. It waits for that, as it would for a slow reader. */
  readonly onOut: (text: string) => void
  /** Takes what it writes to standard error. */
  readonly onError: (text: string) => void
  readonly env?: Readonly<Record<string, string>>
  readonly isTerminal?: Program['isTerminal']
  /** The lines of its standard input; left out: none. */
  readonly input?: AsyncIterable<string>
}

/** A process for a program that runs here. */
export function programHere(
  argv: readonly string[],
  { onOut, onError, env = {}, isTerminal, input = nothing() }: Listener,
): Program {
  const take = (lines: string | Uint8Array): void =>
    onOut(typeof lines === 'string' ? lines : Buffer.from(lines).toString('utf8'))
  return {
    argv,
    // A reader of a pipe has its turn between two writes.
    write: async (lines) => {
      if (lines.length > 0) take(lines)
      await new Promise((resolve) => setImmediate(resolve))
    },
    writeNow: take,
    deliver: async (lines) => take(lines),
    say: onError,
    ...(isTerminal && { isTerminal }),
    signal: new AbortController().signal,
    lines: () => input,
    environment: { ...process.env, ...env },
    readText: (path) => readFile(path, 'utf8'),
    file: textFile,
    stage: stagedFile,
  }
}

/** The whole lines of a text, without their line breaks and without empty ones. */
export const linesIn = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '')

async function* nothing(): AsyncGenerator<string> {}
