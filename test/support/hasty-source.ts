// The source with time-outs of less than a second, for sandboxes that fall silent: Zendesk's own would take minutes each.
// HASTE=10: its waits take a tenth of their time.

import { runProgram } from '../../src/bin/program.ts'
import { runSource } from '../../src/bin/run-source.ts'
import { hastyClock } from './hasty-clock.ts'

const timeouts = { headers: 700, silence: 700, slowest: { bytes: 4_000, in: 700 } }
const clock = hastyClock(Number(process.env['HASTE'] ?? 1))
await runProgram('source-zendesk', (program) => runSource(program, { timeouts, clock }))
