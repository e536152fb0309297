import specification from '../../spec-destination.json' with { type: 'json' }
import type { Runtime } from '../model/runtime.ts'
import type { Program } from './program.ts'

/**
 * The Airbyte destination: runs the command in its arguments and resolves to the exit code. `spec` loads only what it needs.
 * `other` replaces parts of this machine in tests: the clock, time-outs.
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
