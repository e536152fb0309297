#!/usr/bin/env node
import '../io/node-version.ts'

const { runProgram } = await import('./program.ts')
const { runSource } = await import('./run-source.ts')

await runProgram('source-zendesk', runSource)
