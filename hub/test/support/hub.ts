// The command line, from the code.
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { runCommand } from '../../src/cli/commands.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly said: string
}

/** Runs a command here: its exit code, and what it wrote. */
export const hub = (...argv: string[]): Promise<Ran> => hubReading('', ...argv)

/** The same, with this on its standard input. */
export const hubReading = (input: string, ...argv: string[]): Promise<Ran> => ranIn({}, argv, { input })

/** The same in an environment, until a signal ends it. */
export async function ranIn(
  environment: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
  { input = '', signal = new AbortController().signal }: { input?: string; signal?: AbortSignal } = {},
): Promise<Ran> {
  const out: string[] = []
  const said: string[] = []
  const code = await runCommand({
    argv,
    write: (text) => void out.push(text),
    say: (text) => void said.push(text),
    watched: undefined,
    input: Readable.from([Buffer.from(input)]),
    signal,
    processId: process.pid,
    isAlive: (processId) => processId === process.pid,
    environment,
  })
  return { code, out: out.join(''), said: said.join('') }
}

/** A command that runs until it is stopped. */
export interface Running {
  /** Waits until it said this on standard error. */
  says(pattern: RegExp): Promise<RegExpExecArray>
  stop(): void
  /** Its exit code. */
  readonly ended: Promise<number>
}

export function startHub(...argv: string[]): Running {
  const stop = new AbortController()
  let said = ''
  const ended = runCommand({
    argv,
    write: () => {},
    say: (text) => {
      said += text
    },
    watched: undefined,
    input: Readable.from([]),
    signal: stop.signal,
    processId: process.pid,
    isAlive: (processId) => processId === process.pid,
    environment: {},
  })
  return {
    async says(pattern) {
      for (;;) {
        const found = pattern.exec(said)
        if (found) return found
        const isOver = await Promise.race([ended.then(() => true), pause(20).then(() => false)])
        if (isOver && !pattern.test(said)) throw new Error(`It ended without saying ${pattern}: ${said}`)
      }
    },
    stop: () => stop.abort(),
    ended,
  }
}
