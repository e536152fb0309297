// Reads tickets with the connector's library and does nothing with them: what a load costs beside. With a second argument
// they are written there, one JSON object a line: what DuckDB loads by itself.

import { once } from 'node:events'
import { createWriteStream, readFileSync } from 'node:fs'
import { createConnector } from 'zendesk-connector'

const [, , configFile = '', into] = process.argv
const connector = await createConnector(JSON.parse(readFileSync(configFile, 'utf8')))
const out = into === undefined ? undefined : createWriteStream(into)
let count = 0
for await (const message of connector.read([{ stream: 'tickets' }])) {
  if (message.kind !== 'records') continue
  count += message.records.length
  if (out && !out.write(message.records.map((record) => `${JSON.stringify(record)}\n`).join('')))
    await once(out, 'drain')
}
out?.end()
if (out) await once(out, 'finish')
process.stdout.write(`${count}\n`, () => process.exit(0))
