#!/usr/bin/env node
import { runProgram } from './program.ts'
import { runTap } from './run-tap.ts'

await runProgram('tap-zendesk', runTap)
