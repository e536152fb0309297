// The source with time-outs of less than a second, for sandboxes that fall silent: Zendesk's own would take minutes each.
import { readFile } from 'node:fs/promises'
import { runCommand } from '../../src/airbyte/commands.ts'
import { createConnector } from '../../src/connector.ts'
import { createLineWriter } from '../../src/io/lines.ts'
import { stagedFile } from '../../src/io/staged-file.ts'
import { textFile } from '../../src/io/text-file.ts'

const timeouts = { headers: 700, silence: 700, slowest: { bytes: 4_000, in: 700 } }
const stop = new AbortController()
const out = createLineWriter(process.stdout, () => stop.abort())
const exitCode = await runCommand(process.argv.slice(2), {
  ...out,
  signal: stop.signal,
  readText: (path) => readFile(path, 'utf8'),
  file: textFile,
  stage: stagedFile,
  environment: {},
  connect: (config, surroundings) => createConnector(config, { ...surroundings, timeouts }),
})
process.stdout.write('', () => process.exit(exitCode))
