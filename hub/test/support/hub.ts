// The command line, from the code.
import { Readable } from 'node:stream'
import { runCommand } from '../../src/cli/commands.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly said: string
}

/** Runs a command here: its exit code, and what it wrote. */
export const hub = (...argv: string[]): Promise<Ran> => hubReading('', ...argv)

/** The same, with this on its standard input. */
export async function hubReading(input: string, ...argv: string[]): Promise<Ran> {
  const out: string[] = []
  const said: string[] = []
  const code = await runCommand({
    argv,
    write: (text) => void out.push(text),
    say: (text) => void said.push(text),
    watched: undefined,
    input: Readable.from([Buffer.from(input)]),
    signal: new AbortController().signal,
    processId: process.pid,
    environment: {},
  })
  return { code, out: out.join(''), said: said.join('') }
}
