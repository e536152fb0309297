#!/usr/bin/env node
import { runProgram } from './program.ts'
import { runSource } from './run-source.ts'

await runProgram('source-zendesk', runSource)
