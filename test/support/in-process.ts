// Runs the source's commands in this process, from its code: for tests whose subject is what is read, not the process.
import { readFile } from 'node:fs/promises'
import { createConnector } from '../../src/connector/create-connector.ts'
import { stagedFile } from '../../src/io/staged-file.ts'
import { textFile } from '../../src/io/text-file.ts'
import { runCommand } from '../../src/protocols/airbyte/commands.ts'
import { type AirbyteLine, filesOf, lineOf, type SourceArguments } from './program.ts'

/**
 * Runs a command to its end, and resolves to its exit code. `onLine` takes each line as it is written: the source waits for
 * it, as it would wait for a slow reader.
 */
export async function runInProcess(
  command: string,
  { config, catalog, state, more = [], env = {} }: Omit<SourceArguments, 'program'>,
  onLine: (line: AirbyteLine) => void,
): Promise<number> {
  const take = (lines: string | Uint8Array): void => {
    for (const text of (typeof lines === 'string' ? lines : Buffer.from(lines).toString('utf8')).split('\n'))
      if (text !== '') onLine(lineOf(text))
  }
  return runCommand([command, ...filesOf({ config, catalog, state }), ...more], {
    // A reader of a pipe has its turn between two writes.
    write: async (lines) => {
      take(lines)
      await new Promise((resolve) => setImmediate(resolve))
    },
    writeNow: take,
    deliver: async (lines) => take(lines),
    signal: new AbortController().signal,
    readText: (path) => readFile(path, 'utf8'),
    file: textFile,
    stage: stagedFile,
    environment: { ...process.env, ...env },
    connect: createConnector,
  })
}
