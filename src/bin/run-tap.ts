import type { Runtime } from '../model/runtime.ts'
import { runTap as runCommand } from '../protocols/singer/commands.ts'
import type { Program } from './program.ts'

/**
 * The Singer tap: does what its arguments ask for and resolves to the exit code. `--about` loads only what it needs. `other`
 * replaces parts of this machine in tests: the clock, time-outs.
 */
export const runTap = ({ argv, ...program }: Program, other: Partial<Runtime> = {}): Promise<number> =>
  runCommand(argv, {
    ...program,
    version: process.env.npm_package_version ?? 'from source',
    connect: async (config, runtime) =>
      (await import('../connector/create-connector.ts')).createConnector(config, { ...runtime, ...other }),
  })
