#!/usr/bin/env node
import '../io/node-version.ts'

const { runProgram } = await import('./program.ts')
const { runTarget } = await import('./run-target.ts')

await runProgram('target-zendesk', runTarget)
