import specification from '../../spec-destination.json' with { type: 'json' }
import type { Runtime } from '../model/runtime.ts'
import type { Program } from './program.ts'

/**
 * The Airbyte destination: runs the command that its arguments name, and resolves to the exit code. What `spec` does not need
 * is loaded by the other commands only. `other` is what a test has in place of this machine's: a clock, time-outs.
 */
export async function runDestination(program: Program, other: Partial<Runtime> = {}): Promise<number> {
  const { argv, write, say, isTerminal = { out: false, err: false }, ...rest } = program
  if (argv.length === 1 && argv[0] === 'spec') {
    await write(`${JSON.stringify({ type: 'SPEC', spec: specification })}\n`)
    return 0
  }
  const { runDestinationCommand } = await import('../protocols/airbyte/destination-commands.ts')
  return runDestinationCommand(argv, {
    ...rest,
    write,
    version: process.env.npm_package_version ?? 'from source',
    isTerminal: isTerminal.out,
    ...((isTerminal.out || isTerminal.err) && { say }),
    connectWriter: async (config, runtime) =>
      (await import('../connector/create-writer.ts')).createWriter(config, { ...runtime, ...other }),
  })
}
