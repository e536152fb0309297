// The destination as a process that tests can kill, with waits that take a part of their time.
import { runProgram } from '../../src/bin/program.ts'
import { runDestination } from '../../src/bin/run-destination.ts'
import { hasty } from './hasty.ts'

await runProgram('destination-zendesk', (program) => runDestination(program, hasty(Number(process.env['HASTE'] ?? 1))))
