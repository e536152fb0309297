import type { Runtime } from '../model/runtime.ts'
import { runTargetCommand } from '../protocols/singer/target-commands.ts'
import type { Program } from './program.ts'

/** The Singer target: does what its arguments ask for and resolves to the exit code. `other` replaces parts of this machine in tests. */
export const runTarget = ({ argv, ...program }: Program, other: Partial<Runtime> = {}): Promise<number> =>
  runTargetCommand(argv, {
    ...program,
    version: process.env.npm_package_version ?? 'from source',
    connectWriter: async (config, runtime) =>
      (await import('../connector/create-writer.ts')).createWriter(config, { ...runtime, ...other }),
  })
