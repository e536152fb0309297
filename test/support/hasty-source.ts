// The source with time-outs of less than a second, for sandboxes that fall silent: Zendesk's own would take minutes each.
// HASTE=10: its waits take a tenth of their time.

import { readFile } from 'node:fs/promises'
import { createConnector } from '../../src/connector/create-connector.ts'
import { createLineWriter } from '../../src/io/lines.ts'
import { stagedFile } from '../../src/io/staged-file.ts'
import { textFile } from '../../src/io/text-file.ts'
import type { Clock } from '../../src/model/clock.ts'
import { systemClock } from '../../src/model/clock.ts'
import { runCommand } from '../../src/protocols/airbyte/commands.ts'

const timeouts = { headers: 700, silence: 700, slowest: { bytes: 4_000, in: 700 } }
const haste = Number(process.env['HASTE'] ?? 1)
const began = Date.now()
const clock: Clock = {
  now: () => began + (Date.now() - began) * haste,
  after: (milliseconds, act) => systemClock.after(milliseconds / haste, act),
}
const stop = new AbortController()
const out = createLineWriter(process.stdout, () => stop.abort())
const exitCode = await runCommand(process.argv.slice(2), {
  ...out,
  signal: stop.signal,
  readText: (path) => readFile(path, 'utf8'),
  file: textFile,
  stage: stagedFile,
  environment: {},
  connect: (config, surroundings) => createConnector(config, { ...surroundings, timeouts, clock }),
})
process.stdout.write('', () => process.exit(exitCode))
