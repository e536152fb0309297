#!/usr/bin/env node
import '../io/node-version.ts'

const { runProgram } = await import('./program.ts')
const { runDestination } = await import('./run-destination.ts')

await runProgram('destination-zendesk', runDestination)
