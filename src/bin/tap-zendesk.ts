#!/usr/bin/env node
import '../io/node-version.ts'

const { runProgram } = await import('./program.ts')
const { runTap } = await import('./run-tap.ts')

await runProgram('tap-zendesk', runTap)
