import type { Runtime } from '../model/runtime.ts'
import { runTap as runCommand } from '../protocols/singer/commands.ts'
import type { Program } from './program.ts'

/**
 * The Singer tap: runs what its arguments ask for, and resolves to the exit code. What `--about` does not need is loaded by
 * the other commands only. `other` is what a test has in place of this machine's: a clock, time-outs.
 */
export const runTap = ({ argv, ...program }: Program, other: Partial<Runtime> = {}): Promise<number> =>
  runCommand(argv, {
    ...program,
    version: process.env.npm_package_version ?? 'from source',
    connect: async (config, runtime) =>
      (await import('../connector/create-connector.ts')).createConnector(config, { ...runtime, ...other }),
  })
