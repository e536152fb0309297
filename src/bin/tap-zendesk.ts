#!/usr/bin/env node
import { runTap } from '../protocols/singer/commands.ts'
import { runProgram } from './program.ts'

// The Singer tap. What `--about` does not need is loaded by the other commands only.
await runProgram('tap-zendesk', ({ argv, ...program }) =>
  runTap(argv, {
    ...program,
    version: process.env.npm_package_version ?? 'from source',
    connect: async (config, surroundings) =>
      (await import('../connector/create-connector.ts')).createConnector(config, surroundings),
  }),
)
