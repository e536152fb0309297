// Reads tickets and users into files, one JSON object a line, and goes on from there the next time:
//   node examples/library/read.ts config.json out
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createConnector, type StreamState } from 'zendesk-connector'

const [, , configFile = 'config.json', folder = 'out'] = process.argv
await mkdir(folder, { recursive: true })
const stateFile = join(folder, 'state.json')
const states: Record<string, StreamState> = JSON.parse(await readFile(stateFile, 'utf8').catch(() => '{}'))

const connector = await createConnector(JSON.parse(await readFile(configFile, 'utf8')), {
  report: (message) => message.kind === 'log' && process.stderr.write(`${message.level}: ${message.message}\n`),
})
const requests = ['tickets', 'users'].map((stream) => {
  const state = states[stream]
  return state ? { stream, state } : { stream }
})

for await (const message of connector.read(requests)) {
  if (message.kind === 'records') {
    const lines = message.records.map((record, at) => {
      const deletedAt = message.deletedAt?.[at]
      return JSON.stringify(deletedAt === undefined ? record : { ...record, deleted_at: deletedAt })
    })
    await appendFile(join(folder, `${message.stream}.jsonl`), `${lines.join('\n')}\n`)
  }
  // Every record that the state covers is in the file by now.
  if (message.kind === 'checkpoint') {
    states[message.stream] = message.state
    await writeFile(stateFile, JSON.stringify(states))
  }
}
