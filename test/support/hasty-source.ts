// The source in a hurry, as a program. HASTE=10: its waits take a tenth of their time.
import { runProgram } from '../../src/bin/program.ts'
import { runSource } from '../../src/bin/run-source.ts'
import { hasty } from './hasty.ts'

await runProgram('source-zendesk', (program) => runSource(program, hasty(Number(process.env['HASTE'] ?? 1))))
