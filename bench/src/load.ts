// What loading costs: `npm run bench:load`. Prints Markdown. TICKETS=200000 for a larger account, ROUNDS=5 for more turns.
// LOADERS=1 measures target-duckdb, PyAirbyte and dlt on the same tickets, in environments that it makes once.
// The account is read alone, then read and loaded by the hub; the floor is DuckDB's own bulk load of the same rows.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSandboxProcess } from '../../test/support/sandbox-process.ts'
import { otherLoaders } from './load-peers.ts'
import { measure, ON_SANDBOX_CORE, type Program } from './measure.ts'
import type { Cost } from './report.ts'

const tickets = Number(process.env['TICKETS'] ?? 20_000)
const rounds = Number(process.env['ROUNDS'] ?? 3)
const postgres = process.env['POSTGRES_URL']
const folder = mkdtempSync(join(tmpdir(), 'bench-load-'))
const at = (name: string): string => join(folder, name)
const ours = (file: string): string => join(import.meta.dirname, file)
const HUB = join(import.meta.dirname, '../../hub/dist/zendesk-hub.js')

const sandbox = await startSandboxProcess(['--tickets', String(tickets), '--control'], { before: ON_SANDBOX_CORE })
const rows: string[] = []
try {
  writeFileSync(at('config.json'), JSON.stringify(sandbox.config))
  const node = (...args: string[]): Program => ({ command: [process.execPath, ...args], folder })
  const sync = (to: string, ...more: string[]) =>
    node(HUB, 'sync', '--source', at('config.json'), '--to', to, '--streams', 'tickets', ...more)
  // Answers are made once and kept: a first reading is not counted, and leaves the rows for the floor.
  await measure(node(ours('read-alone.ts'), at('config.json'), at('tickets.ndjson')), at('out'))
  const expected = Number(readFileSync(at('out'), 'utf8'))

  await row('read alone', () => measure(node(ours('read-alone.ts'), at('config.json')), at('out')))
  await row('read and loaded into DuckDB', async () => {
    rmSync(at('first.duckdb'), { force: true })
    return await measure(sync(`duckdb:${at('first.duckdb')}`), at('out'))
  })
  await row("floor: DuckDB's read_json of the same rows", async () => {
    rmSync(at('floor.duckdb'), { force: true })
    const cost = await measure(node(ours('load-floor.ts'), at('tickets.ndjson'), at('floor.duckdb')), at('out'))
    const loaded = Number(readFileSync(at('out'), 'utf8'))
    if (loaded !== expected) throw new Error(`The floor has ${loaded} rows, not ${expected}.`)
    return cost
  })
  if (process.env['LOADERS'] !== undefined)
    for (const loader of await otherLoaders({
      folder,
      config: at('config.json'),
      tickets: at('tickets.ndjson'),
      count: expected,
    }))
      await row(loader.name, () => loader.load())
  if (postgres !== undefined) {
    let schema = 0
    const next = () => `bench_${process.pid}_${schema++}`
    await row('read and loaded into PostgreSQL (client only)', () =>
      measure(sync(postgres, '--schema', next()), at('out')),
    )
  }
  await row('2 % changed, read and loaded into DuckDB', async () => {
    await sandbox.control('changes', { count: Math.round(tickets / 50), seed: rows.length })
    await sandbox.control('advance', { seconds: 3600 })
    return await measure(sync(`duckdb:${at('first.duckdb')}`), at('out'))
  })
} finally {
  await sandbox.close()
  rmSync(folder, { recursive: true })
}
process.stdout.write(
  `${tickets} tickets, the best of ${rounds} turns:\n\n| | CPU s | wall s | peak MB |\n| --- | --- | --- | --- |\n`,
)
process.stdout.write(`${rows.join('\n')}\n`)

async function row(name: string, run: () => Promise<Cost>): Promise<void> {
  const costs: Cost[] = []
  for (let round = 0; round < rounds; round++) costs.push(await run())
  const best = costs.reduce((least, cost) => (cost.cpuSeconds < least.cpuSeconds ? cost : least))
  rows.push(`| ${name} | ${best.cpuSeconds.toFixed(2)} | ${best.seconds.toFixed(1)} | ${Math.round(best.peakMB)} |`)
  process.stderr.write(`${rows.at(-1)}\n`)
}
